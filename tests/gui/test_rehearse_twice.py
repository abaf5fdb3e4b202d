"""One session after another on the same page: nothing of the first stands in the second."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from interview_app.domain.rehearsal import Phase
from tests.fakes import GUIDE
from tests.gui.conftest import MakeWorld, World
from tests.gui.keys import press
from tests.gui.rehearsing import answer, begin, phase_of, wait_for

Key = Qt.Key
FIRST = GUIDE.sections[0].questions[0].prompt
OTHER = GUIDE.sections[1].questions[0].prompt


def finish_the_session(world: World) -> None:
    """From the review of the last question back to the set-up."""
    press(world.page, Key.Key_N)
    assert phase_of(world) is Phase.ENDED
    world.page.summary.done_button.click()
    assert world.page.currentWidget() is world.page.setup


def choose_the_other_section(world: World) -> None:
    """Leave only the section that has one question of its own."""
    world.page.setup.questions.sections[0].setChecked(False)


def test_a_second_session_shows_its_own_question_and_its_own_mode(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = make_world(question_count=1, voice="off")
    room = world.page.room
    press(world.page, Key.Key_Return)
    wait_for(qtbot, world, Phase.THINKING)
    assert room.question.toPlainText() == FIRST
    answer(qtbot, world)
    finish_the_session(world)

    choose_the_other_section(world)
    world.page.setup.how.interview.setChecked(True)
    press(world.page, Key.Key_Return)
    wait_for(qtbot, world, Phase.THINKING)

    assert room.question.toPlainText() == OTHER
    assert room.place.text() == "IT Product Manager · Behavioral questions · 1 of 1"
    assert room.session_button.text() == "Interview"


def test_what_was_typed_in_one_session_does_not_stand_in_the_next(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = make_world(question_count=1)
    page, editor = world.page, world.page.room.stage.editor
    begin(qtbot, world)
    press(page, Key.Key_T)
    QTest.keyClicks(editor, "I compare the cost of waiting.")
    press(page, Key.Key_Escape)
    answer(qtbot, world)
    finish_the_session(world)

    begin(qtbot, world)
    press(page, Key.Key_T)

    assert editor.isVisible()
    assert editor.toPlainText() == ""
