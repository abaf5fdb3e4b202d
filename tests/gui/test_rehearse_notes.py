"""What a person wrote to a question stands beside the take they gave to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from interview_app.domain.rehearsal import Phase
from interview_app.services.personal_notes import PersonalNote
from tests.fakes import GUIDE
from tests.gui.conftest import World
from tests.gui.keys import press
from tests.gui.test_rehearse_practice import answer, begin, wait_for


def test_my_prepared_answer_and_notes_are_shown_under_the_tip(qtbot: QtBot, world: World) -> None:
    world.notes["prioritize"] = PersonalNote(
        GUIDE.id, "prioritize", "Name the figures:\n40 wishes, 9 built", "I begin with the outcome."
    )
    begin(qtbot, world)
    answer(qtbot, world)
    mine = world.page.review.mine
    qtbot.waitUntil(mine.isVisible)
    assert mine.answer.reading.text() == "I begin with the outcome."
    assert mine.notes.reading.text().splitlines() == ["Name the figures:", "40 wishes, 9 built"]


def test_nothing_is_shown_where_nothing_was_written_and_notes_do_not_stray(
    qtbot: QtBot, world: World
) -> None:
    world.notes["prioritize"] = PersonalNote(GUIDE.id, "prioritize", "only here")
    begin(qtbot, world)
    answer(qtbot, world)
    mine = world.page.review.mine
    qtbot.waitUntil(mine.isVisible)
    assert not mine.answer.isVisible()
    press(world.page, Qt.Key.Key_N)
    wait_for(qtbot, world, Phase.ASKING)
    answer(qtbot, world)
    qtbot.waitUntil(lambda: bool(world.page.review.answer.transcript.text()))
    assert not mine.isVisible()
