"""Icons of the Phosphor set in QtAwesome's package, in the theme's colours.

Importing QtAwesome and loading its nine fonts costs more than the whole first paint (175 ms and
54 ms measured on 2 cores), so its one font and table are read from its package directly, and only
when the first icon is painted.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from interview_app.gui.theme import ICON_PX, Theme

_FONT = "phosphor-*.ttf"
_TABLE = "phosphor-charmap-*.json"
_GLYPH_PART = 0.94
"""A glyph's size in its box, so that no stroke is cut at the edge."""


class _GlyphEngine(QIconEngine):
    """Paints one glyph in the theme's present colour; nothing to renew when the theme changes."""

    def __init__(self, theme: Theme, name: str, color: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._color = color
        self._pixmaps: dict[tuple[int, int, str], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        name = "faint" if mode == QIcon.Mode.Disabled else self._color
        paint_glyph(painter, QRectF(rect), self._name, self._theme.color(name))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        name = "faint" if mode == QIcon.Mode.Disabled else self._color
        key = (size.width(), size.height(), self._theme.color(name).name())
        if key not in self._pixmaps:
            pixmap = QPixmap(size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
            painter.end()
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._theme, self._name, self._color)


def icon(theme: Theme, name: str, color: str = "text") -> QIcon:
    """The icon of that Phosphor name (``microphone``, ``play-fill``…) in a colour of the theme."""
    return QIcon(_GlyphEngine(theme, name, color))


def icon_size(theme: Theme) -> QSize:
    """The size of icons beside text."""
    side = theme.px(ICON_PX)
    return QSize(side, side)


def paint_glyph(painter: QPainter, box: QRectF, name: str, color: QColor) -> None:
    """Paint an icon into a box; nothing for a name the set does not have."""
    font = QFont(_family())
    font.setPixelSize(max(1, round(min(box.width(), box.height()) * _GLYPH_PART)))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _glyph(name))
    painter.restore()


def has_icon(name: str) -> bool:
    """Whether the set has an icon of that name."""
    return _glyph(name) != ""


@cache
def _glyph(name: str) -> str:
    """The character of an icon; empty for a name the set does not have."""
    found = re.search(rf'"{re.escape(name)}": *"(?:0x)?([0-9a-fA-F]+)"', _table())
    return chr(int(found[1], 16)) if found else ""


@cache
def _family() -> str:
    font_id = QFontDatabase.addApplicationFont(str(next(_fonts().glob(_FONT))))
    return QFontDatabase.applicationFontFamilies(font_id)[0]


@cache
def _table() -> str:
    """Names and characters as text: to read all 4,500 as JSON takes 2 ms, to find one none."""
    return next(_fonts().glob(_TABLE)).read_text(encoding="utf-8")


@cache
def _fonts() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise RuntimeError("QtAwesome, which brings the icons, is not installed")
    return Path(spec.origin).parent / "fonts"
