"""The tokens of the design, and that the window follows the system."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from interview_app.gui import colors as colors_module
from interview_app.gui.application import DesktopApplication
from interview_app.gui.colors import DARK, LIGHT, Colors
from interview_app.gui.icons import has_icon
from interview_app.gui.theme import Role, Scheme, Theme
from interview_app.gui.widgets.controls import make_label
from tests.gui.conftest import plain_font

GUI = Path(colors_module.__file__).parent


def luminance(color: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    shade = QColor(color)
    red, green, blue = (linear(p) for p in (shade.redF(), shade.greenF(), shade.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 counts it, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(colors: Colors) -> None:
    grounds = (colors.surface, colors.raised, colors.sunken)
    texts = (colors.text, colors.muted, colors.accent, colors.recording)
    for text, ground in itertools.product(texts, grounds):
        assert contrast(text, ground) >= 4.5, (text, ground)
    for figure in (colors.good, colors.attention):
        assert contrast(figure, colors.surface) >= 4.5
    for filled in (colors.accent, colors.recording):
        assert contrast(colors.on_accent, filled) >= 4.5
    assert contrast(colors.text, colors.accent_soft) >= 4.5
    assert contrast(colors.muted, colors.hover) >= 4.5


def test_no_colour_is_written_outside_the_theme() -> None:
    for file in GUI.rglob("*.py"):
        if file.name not in {"colors.py", "theme.py"}:
            found = re.search(
                r"#[0-9A-Fa-f]{6}\b|QColor\(|Qt\.GlobalColor\.(?!transparent)",
                file.read_text("utf-8"),
            )
            assert found is None, f"{file.name}: {found}"


def test_every_icon_named_in_the_source_is_in_the_set() -> None:
    names = set()
    for file in GUI.rglob("*.py"):
        text = file.read_text("utf-8")
        names |= set(re.findall(r'icon_name="([a-z-]+)"', text))
        names |= set(
            re.findall(
                r'(?:set_icon|(?<!Voice)Button)\([^()]*?(?:\([^()]*\))?, "([a-z]+(?:-[a-z]+)*)"',
                text,
            )
        )
    assert {"speaker-slash", "play-fill", "microphone"} <= names
    assert [name for name in names if not has_icon(name)] == []


def test_the_scheme_can_be_chosen_and_changes_while_running(
    qtbot: QtBot, theme: Theme, qapp: DesktopApplication
) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose(Scheme.DARK)
    assert theme.is_dark
    assert qapp.palette().window().color().name() == DARK.surface.lower()
    theme.choose(Scheme.LIGHT)
    assert qapp.palette().window().color().name() == LIGHT.surface.lower()


def test_the_system_scheme_is_followed(qtbot: QtBot, qapp: DesktopApplication) -> None:
    is_dark = [False]
    following = Theme(qapp, Scheme.SYSTEM, plain_font, lambda: is_dark[0])
    assert not following.is_dark
    is_dark[0] = True
    qapp.sendEvent(qapp, QEvent(QEvent.Type.ThemeChange))
    assert following.is_dark
    following.close()


def test_text_grows_with_the_font_of_the_system(qtbot: QtBot, qapp: DesktopApplication) -> None:
    pixels = [13]
    theme = Theme(qapp, Scheme.LIGHT, lambda: plain_font(pixels[0]))
    label = make_label("0:12", Role.TITLE)
    qtbot.addWidget(label)
    assert label.fontInfo().pixelSize() == 20
    pixels[0] = 26
    qapp.sendEvent(qapp, QEvent(QEvent.Type.ThemeChange))
    assert theme.scale == 2.0
    label.ensurePolished()
    assert label.fontInfo().pixelSize() == 40
    theme.close()


def test_figures_are_of_one_width_at_every_size(qtbot: QtBot, theme: Theme) -> None:
    for role in Role:
        label: QLabel = make_label("", role)
        qtbot.addWidget(label)
        label.ensurePolished()
        metrics = QFontMetrics(label.font())
        assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000"), role
        assert label.font().featureValue(QFont.Tag("tnum")) == 1, role
