"""The colours of the design, light and dark, and Qt's palette made from them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


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
