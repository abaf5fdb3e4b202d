"""Nothing ends a session, or cuts an answer, without being asked; the way out stands in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from interview_app.domain.rehearsal.machine import Phase
from tests.gui.conftest import MakeWorld, World
from tests.gui.keys import press
from tests.gui.rehearsing import answer, begin, end_session, phase_of, wait_for

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def record(qtbot: QtBot, world: World, seconds: float = 7) -> None:
    """Begin an answer and speak so long."""
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(seconds)


def test_the_ways_out_stand_in_words_beside_the_question(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    leaving = world.page.room.leaving
    assert (leaving.leave.text(), leaving.end.text()) == ("Save and leave", "End session…")
    assert leaving.leave.isVisible()
    assert leaving.end.isVisible()
    assert world.page.room.place.text().startswith("Practice · ")


def test_the_key_that_exports_elsewhere_does_nothing_in_the_room(
    qtbot: QtBot, world: World
) -> None:
    begin(qtbot, world)
    record(qtbot, world)
    press(world.page, Key.Key_E, CONTROL)
    assert phase_of(world) is Phase.ANSWERING
    assert not world.page.room.leaving.ask.isVisible()


def test_ending_is_asked_and_a_key_pressed_twice_goes_on(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    record(qtbot, world)
    ask = world.page.room.leaving.ask

    press(world.page, Key.Key_W, CONTROL | SHIFT)
    assert ask.isVisible()
    assert "kept as far as you have spoken" in ask.text()
    focus = QApplication.focusWidget()
    assert focus is ask.buttons[-1]
    assert ask.buttons[-1].text() == "Keep going"
    assert world.recorder.is_recording

    press(world.page, Key.Key_Space)
    assert not ask.isVisible()
    assert phase_of(world) is Phase.ANSWERING

    end_session(world.page)
    wait_for(qtbot, world, Phase.ENDED)
    qtbot.waitUntil(lambda: world.sessions.get(1).takes[0].duration_s == 7)


def test_leaving_is_asked_only_while_an_answer_is_recorded(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    record(qtbot, world)
    room = world.page.room
    room.leaving.leave.click()
    assert room.leaving.ask.isVisible()
    press(world.page, Key.Key_Escape)
    assert not room.leaving.ask.isVisible()
    assert phase_of(world) is Phase.ANSWERING

    press(world.page, Key.Key_Space)
    wait_for(qtbot, world, Phase.REVIEWING)
    assert world.page.review.leaving.isVisible()
    world.page.review.leaving.leave.click()
    assert world.page.currentWidget() is world.page.setup


def test_skipping_the_last_question_is_asked_because_it_ends_the_session(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = make_world(question_count=1)
    begin(qtbot, world)
    ask = world.page.room.leaving.ask
    press(world.page, Key.Key_K)
    assert "last question" in ask.text()
    press(world.page, Key.Key_Return)
    assert phase_of(world) is Phase.ASKING

    press(world.page, Key.Key_K)
    ask.buttons[0].click()
    wait_for(qtbot, world, Phase.ENDED)


def test_n_pressed_once_too_often_leaves_the_summary_there(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = make_world(question_count=1)
    begin(qtbot, world)
    answer(qtbot, world)
    press(world.page, Key.Key_N)
    press(world.page, Key.Key_N)
    assert world.page.currentWidget() is world.page.summary
    press(world.page, Key.Key_Escape)
    assert world.page.currentWidget() is world.page.setup


def test_space_skips_the_greeting_and_nothing_is_recorded_before_the_question(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = make_world(question_count=2, has_manners=True)
    begin(qtbot, world)
    bar, line = world.page.room.bar, world.page.room.stage.interviewer.line
    assert line.isVisible()
    assert bar.primary.text() == "Skip greeting"
    assert not bar.typing.isEnabled()

    press(world.page, Key.Key_Space)
    assert phase_of(world) is Phase.ASKING
    assert not world.recorder.is_recording
    assert not line.isVisible()
    assert bar.primary.text() == "Start answer"
    question = world.page.room.question.toPlainText()
    qtbot.waitUntil(lambda: world.voice.texts.get(world.player.sound) == question)

    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)


def test_the_greeting_goes_from_the_screen_when_the_question_is_read(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = make_world(question_count=2, has_manners=True)
    begin(qtbot, world)
    world.player.end()
    qtbot.waitUntil(lambda: not world.page.room.stage.interviewer.line.isVisible())
    assert world.page.room.bar.primary.text() == "Start answer"
