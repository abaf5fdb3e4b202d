"""That something is recorded is seen and heard of on every page of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from interview_app.domain.rehearsal.machine import Phase
from interview_app.gui.theme import Theme
from interview_app.gui.window.main_window import MainWindow, WindowPage
from tests.gui.conftest import MakeWorld, World
from tests.gui.keys import press
from tests.gui.rehearsing import begin, phase_of, wait_for

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


class Framed:
    """The Rehearse page in its window, with another page beside it."""

    def __init__(self, qtbot: QtBot, theme: Theme, world: World) -> None:
        self.world = world
        pages = [
            WindowPage("rehearse", "Rehearse", "microphone", world.page),
            WindowPage("sessions", "Sessions", "clock-counter-clockwise", QLineEdit()),
        ]
        self.window = MainWindow(theme, pages, None)
        world.page.recording.connect(self.window.show_recording)
        qtbot.addWidget(self.window)
        self.window.resize(1200, 760)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def button(self) -> QPushButton:
        """The entry of the side bar that stands for the page."""
        return next(
            button
            for button in self.window.findChildren(QPushButton)
            if button.accessibleName().startswith("Rehearse")
        )

    @property
    def has_red_dot(self) -> bool:
        """Whether the middle of the entry's icon is red."""
        button = self.button
        picture = button.icon().pixmap(QSize(20, 20)).toImage()
        color = picture.pixelColor(10, 10)
        return color.alpha() > 200 and color.red() > 2 * color.blue()


@pytest.fixture
def framed(qtbot: QtBot, theme: Theme, make_world: MakeWorld) -> Iterator[Framed]:
    world = make_world(question_count=2)
    framed = Framed(qtbot, theme, world)
    yield framed
    world.page.close_sessions()


def record(qtbot: QtBot, framed: Framed, seconds: float) -> None:
    """Begin an answer and speak so long."""
    begin(qtbot, framed.world)
    press(framed.window, Key.Key_Space)
    qtbot.waitUntil(lambda: framed.world.recorder.is_recording)
    framed.world.recorder.hear(seconds)


def test_a_recording_is_shown_on_another_page_and_in_the_title(
    qtbot: QtBot, framed: Framed
) -> None:
    record(qtbot, framed, 16)
    press(framed.window, Key.Key_2, CONTROL)
    assert framed.window.page.name == "sessions"

    qtbot.waitUntil(lambda: "0:16" in framed.button.text())
    assert framed.has_red_dot
    assert framed.window.windowTitle() == "● Recording 0:16 · Mock Interview"
    assert framed.button.accessibleName() == "Rehearse. Recording 0:16"

    framed.world.recorder.hear(60)
    qtbot.waitUntil(lambda: "1:16" in framed.window.windowTitle())
    assert "1:16" in framed.button.text()


def test_nothing_is_shown_while_nothing_is_recorded(qtbot: QtBot, framed: Framed) -> None:
    assert not framed.has_red_dot
    record(qtbot, framed, 5)
    qtbot.waitUntil(lambda: framed.has_red_dot)

    press(framed.window, Key.Key_P)
    assert not framed.has_red_dot
    assert framed.window.windowTitle() == "Mock Interview"
    press(framed.window, Key.Key_P)
    assert phase_of(framed.world) is Phase.ANSWERING
    assert framed.has_red_dot

    press(framed.window, Key.Key_Space)
    wait_for(qtbot, framed.world, Phase.REVIEWING)
    assert not framed.has_red_dot
    assert framed.button.text() == "Rehearse"
    assert framed.button.accessibleName() == "Rehearse"
