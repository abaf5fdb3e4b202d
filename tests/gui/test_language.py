"""The window is English on any machine: words, numbers, keys and the direction of its lines."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction, QKeySequence, QTextLayout
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QDoubleSpinBox, QLabel, QMenu
from pytestqt.qtbot import QtBot

from interview_app.gui.text.bidi import isolated, joined
from interview_app.gui.text.locale import english_of, key_name, language_name
from interview_app.gui.theme import Theme
from interview_app.gui.widgets.controls import Button
from tests.fakes import GUIDE
from tests.gui.conftest import MakeWorld
from tests.gui.rehearsing import answer, begin

pytestmark = pytest.mark.anywhere

ARABIC = "أسئلة عامة"
HEBREW = "שאלות"


@pytest.mark.parametrize(
    ("system", "at_two"),
    [
        ("de_DE", "14:05"),
        ("tr_TR", "14:05"),
        ("fr_CA", "14:05"),
        ("en_GB", "14:05"),
        ("C", "14:05"),
        ("en_US", "2:05 PM"),
        ("ar_EG", "2:05 PM"),
        ("ko_KR", "2:05 PM"),
    ],
)
def test_words_and_numbers_are_english_and_the_hours_are_the_system_s(
    system: str, at_two: str
) -> None:
    from PySide6.QtCore import QDate, QTime

    english = english_of(QLocale(system))
    shown = english.toString(QTime(14, 5), QLocale.FormatType.ShortFormat)
    assert " ".join(shown.split()) == at_two
    assert english.toString(QDate(2026, 10, 4), "dddd, d MMMM") == "Sunday, 4 October"
    assert english.toString(1234.5, "f", 1) == "1,234.5"


def test_what_qt_writes_itself_is_english_too(qtbot: QtBot) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    seconds = QDoubleSpinBox()
    seconds.setValue(2.5)
    menu = QMenu()
    act = QAction("Delete", menu)
    act.setShortcut(QKeySequence("Shift+Del"))
    for widget in (buttons, seconds, menu):
        qtbot.addWidget(widget)
    assert [button.text().replace("&", "") for button in buttons.buttons()] == ["Cancel"]
    assert seconds.text() == "2.50"
    assert act.shortcut().toString(QKeySequence.SequenceFormat.PortableText) == "Shift+Del"


def test_the_window_is_read_from_the_left(qtbot: QtBot, qapp: QApplication) -> None:
    label = QLabel("Sessions")
    qtbot.addWidget(label)
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert label.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_keys_bear_their_english_names(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert [key_name(key) for key in ("Ctrl+E", "Shift+L", "Del", "PgUp", "")] == [
        "Ctrl+E",
        "Shift+L",
        "Del",
        "PgUp",
        "",
    ]
    button = Button(theme, "Export", "export", key="Ctrl+E")
    qtbot.addWidget(button)
    assert button.accessibleDescription() == "Ctrl+E"


def test_languages_are_named_in_english() -> None:
    assert [language_name(code) for code in ("de", "tr", "ar")] == ["German", "Turkish", "Arabic"]


def seen_from_left(text: str) -> str:
    """The letters of a line in the order they stand on the screen."""
    layout = QTextLayout(text)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(10_000)
    layout.endLayout()
    places = [min(_x(line, n), _x(line, n + 1)) for n in range(len(text))]
    order = sorted(range(len(text)), key=lambda n: places[n])
    return "".join(text[n] for n in order)


def _x(line: object, number: int) -> float:
    found = line.cursorToX(number)  # type: ignore[attr-defined]
    return float(found[0] if isinstance(found, tuple) else found)


@pytest.mark.parametrize("title", [ARABIC, HEBREW])
def test_a_title_read_from_the_right_leaves_the_line_as_it_is(
    qapp: QApplication, title: str
) -> None:
    told = joined(title, "1 of 2")
    assert seen_from_left(told).endswith("· 1 of 2")
    assert not seen_from_left(f"{title} · 1 of 2").endswith("· 1 of 2"), "Qt needs the isolation"
    assert seen_from_left(joined(title, title, "1 of 2")).endswith("· 1 of 2")


def test_text_read_from_the_left_is_not_touched() -> None:
    assert isolated("Allgemeine Fragen, 日本") == "Allgemeine Fragen, 日本"
    assert joined("", "Common questions", None, "1 of 2") == "Common questions · 1 of 2"


def test_room_and_review_of_an_arabic_guide_tell_the_place_in_order(
    qtbot: QtBot, make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    sections = tuple(replace(section, title=HEBREW) for section in GUIDE.sections)
    arabic = replace(GUIDE, title=ARABIC, sections=sections)
    monkeypatch.setattr("tests.gui.conftest.GUIDE", arabic)
    world = make_world(question_count=2)
    begin(qtbot, world)
    answer(qtbot, world)
    for place in (world.page.room.place, world.page.review.place):
        assert ARABIC in place.text()
        assert HEBREW in place.text()
        assert seen_from_left(place.text()).endswith("· 1 of 2")


AS_STARTED = """
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialogButtonBox
from interview_app.gui.application import make_application

application = make_application(["mock-interview"])
box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
print(QLocale.system().name(), box.buttons()[0].text(), application.layoutDirection().name)
"""


@pytest.mark.parametrize("language", ["de_DE", "ar_EG", "tr_TR"])
def test_the_application_starts_in_english_from_the_left_whatever_the_system_speaks(
    language: str,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AS_STARTED],
        env={**os.environ, "LC_ALL": f"{language}.UTF-8", "LANGUAGE": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [language, "Cancel", "LeftToRight"]
