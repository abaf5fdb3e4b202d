"""What the summary counts as answered, and what it advises."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from interview_app.domain.rehearsal.machine import Phase
from tests.gui.conftest import MakeWorld, World
from tests.gui.keys import press
from tests.gui.rehearsing import answer, begin, phase_of


def answer_one(qtbot: QtBot, make_world: MakeWorld, seconds: float, says: str) -> World:
    """A session of one question, answered so long with these words, at its summary."""
    world = make_world(question_count=1)
    world.transcriber.says = says
    begin(qtbot, world)
    answer(qtbot, world, seconds)
    press(world.page, Qt.Key.Key_N)
    assert phase_of(world) is Phase.ENDED
    qtbot.waitUntil(lambda: "still being" not in world.page.summary.advice.text())
    return world


def test_a_recording_in_which_nothing_was_heard_is_no_answer(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    summary = answer_one(qtbot, make_world, 2, "").page.summary
    assert summary.total.text().startswith("0 of 1 questions answered")
    assert "Nothing was answered" in summary.advice.text()


@pytest.mark.parametrize(
    ("seconds", "advice"),
    [
        (9, "1 answer stayed far below the target: try again, and say more."),
        (100, "All questions answered. Practice spread over several days sticks best."),
    ],
)
def test_the_advice_fits_the_length_of_the_answer(
    qtbot: QtBot, make_world: MakeWorld, seconds: float, advice: str
) -> None:
    summary = answer_one(qtbot, make_world, seconds, "four words and more").page.summary
    assert summary.advice.text() == advice
