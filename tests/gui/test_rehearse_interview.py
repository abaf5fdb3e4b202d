"""Interview mode: straight through, with time to think, reviewed at the end."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from interview_app.domain.rehearsal.machine import Phase
from tests.gui.conftest import MakeWorld, World, ticking
from tests.gui.keys import press
from tests.gui.rehearsing import begin, phase_of, wait_for

Key = Qt.Key


def ends_with(label: QLabel, text: str) -> bool:
    return label.text().endswith(text)


def start(qtbot: QtBot, make_world: MakeWorld, think_s: int) -> World:
    world = make_world(question_count=2, mode="interview", think_s=think_s)
    begin(qtbot, world)
    world.player.end()
    return world


def test_the_countdown_starts_the_recording_by_itself(qtbot: QtBot, make_world: MakeWorld) -> None:
    world = make_world(question_count=1, mode="interview", think_s=1)
    begin(qtbot, world)
    world.player.end()
    wait_for(qtbot, world, Phase.THINKING)
    assert world.page.room.stage.countdown.isVisible()
    assert world.page.room.stage.countdown.seconds == 1

    assert len(ticking()) == 1
    wait_for(qtbot, world, Phase.ANSWERING)
    assert world.recorder.is_recording
    assert ticking() == []


def test_the_countdown_can_be_cut_short(qtbot: QtBot, make_world: MakeWorld) -> None:
    world = start(qtbot, make_world, 30)
    wait_for(qtbot, world, Phase.THINKING)
    press(world.page, Key.Key_Space)
    assert phase_of(world) is Phase.ANSWERING


def test_practice_has_no_countdown(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    world.player.end()
    wait_for(qtbot, world, Phase.THINKING)
    assert not world.page.room.stage.countdown.isVisible()


def test_the_reviews_come_at_the_end_through_the_summary(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start(qtbot, make_world, 30)
    page = world.page
    for number in (1, 2):
        place = f"{number} of 2"
        qtbot.waitUntil(partial(ends_with, page.room.place, place))
        press(page, Key.Key_Space)
        qtbot.waitUntil(lambda: world.recorder.is_recording)
        world.recorder.hear(20)
        press(page, Key.Key_Space)
        if number == 1:
            wait_for(qtbot, world, Phase.ASKING)
    wait_for(qtbot, world, Phase.ENDED)

    assert page.currentWidget() is page.summary
    qtbot.waitUntil(lambda: "words a minute" in page.summary.rows[1].figures.words)
    press(page, Key.Key_Return)
    assert page.currentWidget() is page.review
    assert page.review.answer.transcript.text().startswith("We had three weeks")
    assert not page.review.another.isVisible()

    press(page, Key.Key_N)
    assert page.review.question.toPlainText() == "Why do you want this role?"
    press(page, Key.Key_Escape)
    assert page.currentWidget() is page.summary
    press(page, Key.Key_N)
    assert page.currentWidget() is page.summary
    press(page, Key.Key_Escape)
    assert page.currentWidget() is page.setup
    assert page.runner is None
