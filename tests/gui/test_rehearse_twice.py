"""One session after another on the same page: nothing of the first stands in the second."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from interview_app.domain.errors import StorageError
from interview_app.domain.rehearsal.machine import Phase
from tests.fakes import GUIDE
from tests.gui.conftest import MakeWorld, World
from tests.gui.keys import press
from tests.gui.rehearsing import answer, begin, end_session, phase_of, wait_for

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
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
    assert room.place.text() == "Interview · IT Product Manager · Behavioral questions · 1 of 1"


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


def test_what_was_typed_is_there_again_when_its_own_session_goes_on(
    qtbot: QtBot, world: World
) -> None:
    page, editor = world.page, world.page.room.stage.editor
    begin(qtbot, world)
    press(page, Key.Key_T)
    QTest.keyClicks(editor, "I compare the cost of waiting.")
    press(page, Key.Key_W, CONTROL)
    assert page.currentWidget() is page.setup

    begin(qtbot, world)
    press(page, Key.Key_T)
    assert editor.toPlainText() == ""
    press(page, Key.Key_Escape)
    end_session(page)
    page.summary.done_button.click()

    qtbot.waitUntil(page.setup.card.isVisible)
    page.setup.card.button.click()
    wait_for(qtbot, world, Phase.ASKING)
    press(page, Key.Key_T)
    assert editor.toPlainText() == "I compare the cost of waiting."


def leave_the_summary_while_the_answer_is_transcribed(qtbot: QtBot, world: World) -> None:
    """One question answered aloud, its transcript not there yet, and the set-up in front again."""
    begin(qtbot, world)
    world.transcriber.gate.clear()
    answer(qtbot, world)
    finish_the_session(world)


def test_a_transcript_that_comes_late_lands_in_its_session_and_leaves_the_next_in_front(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = make_world(question_count=1)
    page = world.page
    leave_the_summary_while_the_answer_is_transcribed(qtbot, world)
    choose_the_other_section(world)
    begin(qtbot, world)

    world.transcriber.gate.set()
    qtbot.waitUntil(lambda: world.sessions.get(1).takes[0].transcript is not None)

    assert page.currentWidget() is page.room
    assert page.room.question.toPlainText() == OTHER
    assert phase_of(world) is Phase.ASKING
    assert world.sessions.get(2).takes == ()


def test_a_session_begun_over_a_summary_stays_in_front(qtbot: QtBot, make_world: MakeWorld) -> None:
    world = make_world(question_count=1)
    page = world.page
    begin(qtbot, world)
    world.transcriber.gate.clear()
    answer(qtbot, world)
    press(page, Key.Key_N)
    assert page.currentWidget() is page.summary

    choose_the_other_section(world)
    page.begin_first_question()  # as a start from another page does
    wait_for(qtbot, world, Phase.ASKING)
    world.transcriber.gate.set()
    qtbot.waitUntil(lambda: world.sessions.get(1).takes[0].transcript is not None)

    assert page.currentWidget() is page.room
    assert page.room.question.toPlainText() == OTHER


def test_an_answer_left_behind_is_waited_for_when_the_window_closes(
    qtbot: QtBot, world: World
) -> None:
    page = world.page
    begin(qtbot, world)
    world.recorder.is_slow_to_save = True
    press(page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(7)
    press(page, Key.Key_W, CONTROL)
    page.room.leaving.ask.buttons[0].click()
    begin(qtbot, world)

    page.leave()
    qtbot.waitUntil(lambda: world.sessions.get(2).position == 0)
    assert not page.is_settled

    world.recorder.save_now()
    qtbot.waitUntil(lambda: page.is_settled)
    assert world.sessions.get(1).takes[0].duration_s == 7


def test_a_session_that_goes_on_shows_the_transcript_that_was_still_being_made(
    qtbot: QtBot, world: World
) -> None:
    page = world.page
    begin(qtbot, world)
    world.transcriber.gate.clear()
    answer(qtbot, world)
    press(page, Key.Key_N)
    wait_for(qtbot, world, Phase.ASKING)
    press(page, Key.Key_W, CONTROL)
    qtbot.waitUntil(page.setup.card.isVisible)
    page.setup.card.button.click()
    wait_for(qtbot, world, Phase.ASKING)
    assert page.room.place.text().endswith("2 of 2")

    world.transcriber.gate.set()
    end_session(page)
    assert page.currentWidget() is page.summary
    qtbot.waitUntil(lambda: "words a minute" in page.summary.rows[0].figures.words)
    qtbot.waitUntil(lambda: world.sessions.get(1).takes[0].transcript is not None)


def test_the_sections_left_out_stay_left_out_when_another_guide_comes(
    qtbot: QtBot, world: World
) -> None:
    questions = world.page.setup.questions
    choose_the_other_section(world)
    assert questions.count_box.maximum() == 1

    other = replace(GUIDE, id="other", title="Another role")
    world.page.setup.show_guides((other, GUIDE), GUIDE.id)
    assert questions.guide == GUIDE
    assert questions.count_box.maximum() == 1
    assert not questions.sections[0].isChecked()

    questions.guide_box.setCurrentIndex(0)
    assert questions.count_box.maximum() == 3, "another guide has its own sections"
    questions.guide_box.setCurrentIndex(1)
    assert questions.count_box.maximum() == 1


def test_the_same_trouble_is_told_again_at_the_next_question(qtbot: QtBot, world: World) -> None:
    page, notice = world.page, world.page.review.notice

    def answer_and_lose_the_disk() -> None:
        answer(qtbot, world)
        world.sessions.problem = StorageError("The disk is full.")
        press(page, Key.Key_T)
        answer(qtbot, world)
        qtbot.waitUntil(notice.isVisible)
        world.sessions.problem = None

    begin(qtbot, world)
    answer_and_lose_the_disk()
    assert notice.text() == "The disk is full."
    press(page, Key.Key_N)
    wait_for(qtbot, world, Phase.ASKING)
    answer_and_lose_the_disk()
    assert notice.text() == "The disk is full."
