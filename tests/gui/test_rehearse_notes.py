"""What a person has of their own to a question stands beside the take they gave to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from interview_app.domain.errors import StorageError
from interview_app.domain.rehearsal.machine import Phase
from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.rehearse.review_view import ReviewNotes
from interview_app.services.guides.notes import PersonalNote
from tests.fakes import GUIDE
from tests.gui.conftest import World
from tests.gui.guides_world import wait
from tests.gui.keys import press
from tests.gui.rehearsing import answer, begin, wait_for

NOTE = PersonalNote(GUIDE.id, "prioritize", "Name the figures:\n40 wishes, 9 built", "I begin.")
CRANE = Story(
    "a" * 32,
    "The crane",
    "It stood still.",
    result="It moved again.",
    questions=(QuestionKey(GUIDE.id, "prioritize"),),
)


def review(qtbot: QtBot, world: World) -> ReviewNotes:
    """Give one answer, and look back on it."""
    begin(qtbot, world)
    answer(qtbot, world)
    mine = world.page.review.mine
    wait(qtbot, mine.isVisible)
    return mine


def test_my_prepared_answer_and_notes_are_shown_under_the_tip(qtbot: QtBot, world: World) -> None:
    world.notes["prioritize"] = NOTE
    mine = review(qtbot, world)
    wait(qtbot, mine.words.isVisible)
    assert mine.words.answer.toPlainText() == "I begin."
    assert mine.words.notes.toPlainText().splitlines() == [
        "Name the figures:",
        "40 wishes, 9 built",
    ]
    assert not mine.words.read_button.isVisible()


def test_where_nothing_was_written_one_begins_with_a_key_and_it_is_kept(
    qtbot: QtBot, world: World
) -> None:
    mine = review(qtbot, world)
    wait(qtbot, lambda: mine.words.note is not None)
    assert not mine.words.isVisible()
    world.page.review.take_focus()
    press(world.page, Qt.Key.Key_M)
    focus = QApplication.focusWidget()
    assert focus is mine.words.notes
    QTest.keyClicks(focus, "No tables next time, both")
    assert world.page.review.isVisible(), "letters are text here, not keys of the review"
    wait(qtbot, lambda: "prioritize" in world.notes)
    assert world.notes["prioritize"].notes == "No tables next time, both"
    wait(qtbot, lambda: mine.words.state.text() == "Saved")


def test_notes_stay_with_their_question(qtbot: QtBot, world: World) -> None:
    world.notes["prioritize"] = NOTE
    mine = review(qtbot, world)
    wait(qtbot, mine.words.isVisible)
    mine.words.notes.setPlainText("changed at the last moment")
    world.page.review.take_focus()
    press(world.page, Qt.Key.Key_N)
    wait_for(qtbot, world, Phase.ASKING)
    answer(qtbot, world)
    wait(qtbot, lambda: mine.words.note is not None)
    assert not mine.words.isVisible()
    assert world.notes["prioritize"].notes == "changed at the last moment"
    assert list(world.notes) == ["prioritize"]


def test_leaving_the_session_keeps_what_was_just_written(qtbot: QtBot, world: World) -> None:
    world.notes["prioritize"] = NOTE
    mine = review(qtbot, world)
    wait(qtbot, mine.words.isVisible)
    mine.words.answer.setPlainText("I end.")
    world.page.leave()
    wait(qtbot, lambda: world.notes["prioritize"].answer == "I end.")


def test_what_was_written_elsewhere_meanwhile_is_shown_when_the_review_comes_back(
    qtbot: QtBot, world: World
) -> None:
    world.notes["prioritize"] = NOTE
    mine = review(qtbot, world)
    wait(qtbot, mine.words.isVisible)
    world.page.hide()
    world.notes["prioritize"] = PersonalNote(GUIDE.id, "prioritize", "from the Guides page")
    world.page.show()
    wait(qtbot, lambda: mine.words.notes.toPlainText() == "from the Guides page")


def test_a_note_that_cannot_be_kept_stays_on_the_screen_and_is_tried_again(
    qtbot: QtBot, world: World
) -> None:
    told: list[str] = []
    world.page.told.connect(told.append)
    mine = review(qtbot, world)
    wait(qtbot, lambda: mine.words.note is not None)
    world.note_problem = StorageError("The disk is full.", remedy="Free some space.")
    mine.write()
    mine.words.notes.setPlainText("kept in the end")
    mine.save()
    wait(qtbot, lambda: mine.words.state.text() == "Not saved")
    assert told == ["The disk is full. Free some space."]
    world.note_problem = None
    mine.save()
    wait(qtbot, lambda: "prioritize" in world.notes)
    assert world.notes["prioritize"].notes == "kept in the end"


def test_stories_that_serve_the_question_are_folded_under_the_notes(
    qtbot: QtBot, world: World
) -> None:
    world.stories.append(CRANE)
    mine = review(qtbot, world)
    wait(qtbot, mine.stories.isVisible)
    assert [fold.button.text() for fold in mine.stories.folds] == ["The crane · 0:02"]
    assert mine.stories.readings[0].text() == "Situation: It stood still.\nResult: It moved again."
    press(world.page, Qt.Key.Key_N)
    wait_for(qtbot, world, Phase.ASKING)
    answer(qtbot, world)
    wait(qtbot, lambda: mine.words.note is not None)
    assert not mine.stories.isVisible()


def test_notes_that_could_not_be_kept_come_back_with_their_own_question(
    qtbot: QtBot, world: World
) -> None:
    mine = review(qtbot, world)
    wait(qtbot, lambda: mine.words.note is not None)
    told: list[str] = []
    world.page.told.connect(told.append)
    world.note_problem = StorageError("The disk is full.")
    mine.write()
    mine.words.notes.setPlainText("of the first question")
    press(world.page, Qt.Key.Key_Escape)
    world.page.review.next.click()
    wait(qtbot, lambda: bool(told))
    wait_for(qtbot, world, Phase.ASKING)
    answer(qtbot, world)
    wait(qtbot, lambda: mine.words.notes.toPlainText() == "" and mine.words.state.text() == "")

    world.note_problem = None
    world.page.review.next.click()
    world.page.summary.rows[0].button.click()
    wait(qtbot, lambda: mine.words.notes.toPlainText() == "of the first question")
    assert mine.words.notes.isVisible()
