"""How everything looks: the tokens of the design, and fonts and style made from them.

Only ``colors`` writes a colour, only this module and ``style_sheet`` a size. A widget is given the
:class:`Theme`, asks it for a colour, a length or a font when it paints, and repaints on
:attr:`Theme.changed`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QWidget

from interview_app.gui.colors import DARK, LIGHT, Colors, palette_of
from interview_app.gui.style_sheet import style_sheet

if TYPE_CHECKING:
    from interview_app.gui.application import DesktopApplication

SystemFont = Callable[[], QFont]
"""Tells the font the system wants for its windows, now."""


class Scheme(StrEnum):
    """The colours a person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Space(IntEnum):
    """Distances in logical pixels; they do not grow with the text."""

    HAIR = 1
    XXS = 4
    XS = 8
    S = 12
    M = 16
    L = 24
    XL = 32
    XXL = 48


class Role(StrEnum):
    """What a label is, which decides its size, weight and colour."""

    BODY = "body"
    READING = "reading"
    TITLE = "title"
    QUESTION = "question"
    HEADING = "heading"
    MUTED = "muted"
    FIGURE = "figure"
    ATTENTION = "attention"
    RECORDING = "recording"


class Kind(StrEnum):
    """What a button is: the one obvious action, a plain or quiet one, recording, or a heading."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    RECORDING = "recording"
    HEADING = "heading"


RADIUS_CONTROL = 6
FOCUS_WIDTH = 2
ICON_PX = 20
READING_CHARACTERS = 70
"""Reading text is at most this wide."""

LINE_HEIGHT_PERCENT = 150
"""Of the type size, for reading text."""
_BODY_PX = 13
_SIZES_PX = {
    Role.BODY: _BODY_PX,
    Role.MUTED: _BODY_PX,
    Role.ATTENTION: _BODY_PX,
    Role.FIGURE: 15,
    Role.READING: 15,
    Role.HEADING: 15,
    Role.RECORDING: 20,
    Role.TITLE: 20,
    Role.QUESTION: 28,
}
_LARGEST_SCALE = 3.0


def system_font() -> QFont:
    """The font the system wants for windows."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)


class Theme(QObject):
    """Keeps the application's palette, font and style as the system and the person want them.

    Signals:
        changed: colours or sizes are others now; what paints itself must paint again.
    """

    changed = Signal()

    def __init__(
        self,
        app: DesktopApplication,
        scheme: Scheme = Scheme.SYSTEM,
        font_of_system: SystemFont = system_font,
        is_system_dark: Callable[[], bool] | None = None,
        *,
        dresses_at_once: bool = True,
    ) -> None:
        super().__init__(app)
        self._is_dressed = dresses_at_once
        self._app = app
        self._scheme = scheme
        self._font_of_system = font_of_system
        self._is_system_dark = is_system_dark or self._hint_says_dark
        self._family = "Inter" if QFontDatabase.hasFamily("Inter") else ""
        self._shown: tuple[Colors, int] | None = None
        self._colors = LIGHT
        self._scale = 1.0
        app.setStyle("Fusion")
        self._show_system()
        self._refresh()
        app.styleHints().colorSchemeChanged.connect(self._refresh)
        # The system's font tells of its change no other way.
        app.theme_changed.connect(self._refresh)

    @property
    def colors(self) -> Colors:
        """The colours in use."""
        return self._colors

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on dark ground."""
        return self._colors is DARK

    @property
    def scheme(self) -> Scheme:
        """What the person chose."""
        return self._scheme

    @property
    def scale(self) -> float:
        """How much larger text is than the design draws it: 1 to 3, from the system's font."""
        return self._scale

    def apply_style_sheet(self) -> None:
        """Set the style sheet, if it was to wait until the window is built.

        Widgets made under a style sheet are looked at anew with each parent they are given: half of
        what building the first page costs.
        """
        if not self._is_dressed:
            self._is_dressed = True
            self._set_style_sheet()

    def choose(self, scheme: Scheme) -> None:
        """Use another scheme from now on."""
        self._scheme = scheme
        self._show_system()
        self._refresh()

    def color(self, name: str) -> QColor:
        """The colour of that token (a field or property of :class:`Colors`)."""
        return QColor(str(getattr(self._colors, name)))

    def px(self, length: float) -> int:
        """A length that grows with the text, in logical pixels."""
        return round(length * self._scale)

    def text_px(self, role: Role) -> int:
        """The size of text of that role, in logical pixels."""
        return self.px(_SIZES_PX[role])

    def font(self, role: Role = Role.BODY) -> QFont:
        """The font of that role, with figures of one width."""
        font = QFont(self._font_of_system())
        if self._family:
            font.setFamilies([self._family, font.family()])
        font.setPixelSize(self.text_px(role))
        if role in {Role.TITLE, Role.QUESTION, Role.HEADING, Role.RECORDING}:
            font.setWeight(QFont.Weight.DemiBold)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def close(self) -> None:
        """Stop following the system."""
        self._app.theme_changed.disconnect(self._refresh)
        self._app.styleHints().colorSchemeChanged.disconnect(self._refresh)

    def _show_system(self) -> None:
        """Let the system draw its own parts (title bar, file dialogs) in the same scheme."""
        wanted = {
            Scheme.SYSTEM: Qt.ColorScheme.Unknown,
            Scheme.LIGHT: Qt.ColorScheme.Light,
            Scheme.DARK: Qt.ColorScheme.Dark,
        }
        self._app.styleHints().setColorScheme(wanted[self._scheme])

    def _wants_dark(self) -> bool:
        if self._scheme is Scheme.SYSTEM:
            return self._is_system_dark()
        return self._scheme is Scheme.DARK

    def _hint_says_dark(self) -> bool:
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _refresh(self) -> None:
        colors = DARK if self._wants_dark() else LIGHT
        system_px = QFontInfo(self._font_of_system()).pixelSize()
        scale = min(max(system_px / _BODY_PX, 1.0), _LARGEST_SCALE)
        if self._shown == (colors, round(scale * 100)):
            return
        self._shown = (colors, round(scale * 100))
        self._colors, self._scale = colors, scale
        self._app.setPalette(palette_of(colors))
        self._app.setFont(self.font())
        if self._is_dressed:
            self._set_style_sheet()
        self.changed.emit()

    def _set_style_sheet(self) -> None:
        sizes = {str(role): self.text_px(role) for role in Role}
        self._app.setStyleSheet(style_sheet(self._colors, sizes, is_dark=self.is_dark))


def set_role(widget: QWidget, role: Role) -> None:
    """Give a label its role, now or later."""
    _set_property(widget, "role", role)


def set_kind(widget: QWidget, kind: Kind) -> None:
    """Give a button its kind, now or later."""
    _set_property(widget, "kind", kind)


def set_panel(widget: QWidget, panel: str) -> None:
    """Give a frame its ground: ``raised``, ``sunken``, ``notice`` or ``side``."""
    _set_property(widget, "panel", panel)


def _set_property(widget: QWidget, name: str, value: str) -> None:
    if widget.property(name) == str(value):
        return
    widget.setProperty(name, str(value))
    widget.style().unpolish(widget)
    widget.style().polish(widget)
