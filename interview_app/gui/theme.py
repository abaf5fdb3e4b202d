"""How everything looks: the tokens of the design, and palette, fonts and style made from them.

No other module writes a colour or a size. A widget is given the :class:`Theme`, asks it for a
colour, a length or a font when it paints, and repaints on :attr:`Theme.changed`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QWidget

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


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one scheme, as ``#RRGGBB``; text keeps 4.5 to 1 on its ground."""

    surface: str
    raised: str
    sunken: str
    text: str
    muted: str
    faint: str
    line: str
    accent: str
    recording: str
    good: str
    attention: str
    on_accent: str

    def mixed(self, over: str, under: str, part: float) -> str:
        """``over`` laid on ``under`` at an opacity of ``part`` (0 to 1)."""
        top, ground = QColor(over), QColor(under)
        rest = 1 - part
        return QColor(
            round(top.red() * part + ground.red() * rest),
            round(top.green() * part + ground.green() * rest),
            round(top.blue() * part + ground.blue() * rest),
        ).name()

    @property
    def hover(self) -> str:
        """The ground of a quiet control under the pointer."""
        return self.mixed(self.text, self.surface, 0.07)

    @property
    def accent_soft(self) -> str:
        """The ground of something chosen."""
        return self.mixed(self.accent, self.surface, 0.14)


LIGHT = Colors(
    surface="#FAFAF8",
    raised="#FFFFFF",
    sunken="#F1F1EE",
    text="#1D1E20",
    muted="#5C6066",
    faint="#8A8F96",
    line="#E3E3DF",
    accent="#1F5FBF",
    recording="#C62828",
    good="#2E7D4F",
    attention="#9A6700",
    on_accent="#FFFFFF",
)
DARK = Colors(
    surface="#1B1C1E",
    raised="#242628",
    sunken="#151617",
    text="#ECEDEE",
    muted="#A8ADB3",
    faint="#7B8087",
    line="#34373A",
    accent="#7FB0FF",
    recording="#FF6B62",
    good="#6CC48E",
    attention="#E0B050",
    on_accent="#151617",
)

RADIUS_PANEL = 8
RADIUS_CONTROL = 6
FOCUS_WIDTH = 2
ICON_PX = 20
MOTION_MS = 160
"""Under 200 ms, and only to show where something came from."""

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
        self._tell_system()
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

    def dress(self) -> None:
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
        self._tell_system()
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

    def _tell_system(self) -> None:
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


def palette_of(colors: Colors) -> QPalette:
    """Qt's palette in those colours."""
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, color in (
        (roles.Window, colors.surface),
        (roles.Base, colors.raised),
        (roles.AlternateBase, colors.sunken),
        (roles.Button, colors.raised),
        (roles.ToolTipBase, colors.raised),
        (roles.WindowText, colors.text),
        (roles.Text, colors.text),
        (roles.ButtonText, colors.text),
        (roles.ToolTipText, colors.text),
        (roles.BrightText, colors.recording),
        (roles.PlaceholderText, colors.muted),
        (roles.Highlight, colors.accent),
        (roles.Accent, colors.accent),
        (roles.HighlightedText, colors.on_accent),
        (roles.Link, colors.accent),
        (roles.LinkVisited, colors.accent),
        (roles.Mid, colors.line),
        (roles.Dark, colors.line),
    ):
        palette.setColor(role, QColor(color))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.faint))
    return palette


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
