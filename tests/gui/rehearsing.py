"""A session on the Rehearse page, taken from one phase to the next by key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from interview_app.domain.rehearsal.machine import Phase
from interview_app.gui.rehearse.page import RehearsePage
from interview_app.gui.widgets.recording_badge import RecordingState
from tests.gui.conftest import World
from tests.gui.keys import press


def phase_of(world: World) -> Phase | None:
    """Where the session on the page stands; ``None`` where there is none."""
    runner = world.page.runner
    return runner.state.phase if runner is not None else None


def wait_for(qtbot: QtBot, world: World, phase: Phase) -> None:
    """Return once the session stands there."""
    qtbot.waitUntil(lambda: phase_of(world) is phase)


def begin(qtbot: QtBot, world: World) -> None:
    """Start the session that is set up, and hear its first question begin."""
    press(world.page, Qt.Key.Key_Return)
    wait_for(qtbot, world, Phase.ASKING)
    qtbot.waitUntil(lambda: bool(world.player.token))


def answer(qtbot: QtBot, world: World, seconds: float = 30.0) -> None:
    """Answer the question in front so many seconds long."""
    press(world.page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(seconds)
    qtbot.waitUntil(lambda: world.page.room.stage.sign.sign is RecordingState.RECORDING)
    press(world.page, Qt.Key.Key_Space)
    wait_for(qtbot, world, Phase.REVIEWING)


def end_session(page: RehearsePage) -> None:
    """End the session in front by its key, and say that it is meant."""
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(page, Qt.Key.Key_W, keys)
    page.room.leaving.ask.buttons[0].click()
