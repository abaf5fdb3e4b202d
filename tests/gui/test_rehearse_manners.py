"""The interviewer in the room: what is said besides the questions, and the drawn presence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from interview_app.domain.rehearsal.interviewer_lines import LONG_SILENCE_S
from interview_app.domain.rehearsal.machine import Phase
from interview_app.gui.widgets.recording_badge import RecordingState
from interview_app.services.ports.voice import Delay
from tests.fakes import GUIDE
from tests.gui.conftest import MakeWorld, World
from tests.gui.keys import press
from tests.gui.rehearsing import begin, phase_of, wait_for

Key = Qt.Key
HANNAH, SYSTEM = "kokoro:af_heart", ""
NOT_READY = Delay("The natural voice was not ready in time.")
TOO_SLOW = Delay("This machine is too slow.", is_lasting=True)
PROMPTS = {each.prompt for each in GUIDE.questions}


def start(qtbot: QtBot, make_world: MakeWorld, **settings: object) -> World:
    world = make_world(**{"question_count": 2, "has_manners": True, **settings})
    begin(qtbot, world)
    return world


def spoken(world: World) -> str:
    """What the voice says now."""
    sound = world.player.sound if world.player.token.startswith("voice:") else None
    return world.voice.texts.get(sound, "")


def line(world: World) -> str:
    label = world.page.room.stage.interviewer.line
    return label.text() if label.isVisible() else ""


def hear_out(qtbot: QtBot, world: World) -> None:
    """Let what is being said come to its end."""
    before = world.player.sound
    world.player.end()
    qtbot.waitUntil(lambda: world.player.sound != before or phase_of(world) is Phase.THINKING)


def test_the_greeting_is_said_and_shown_before_the_first_question(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start(qtbot, make_world)
    assert line(world)
    assert spoken(world) == line(world)
    assert "2 questions" in line(world)
    hear_out(qtbot, world)
    assert spoken(world) == world.page.room.question.toPlainText()
    assert phase_of(world) is Phase.ASKING


def test_stopping_the_greeting_leads_to_the_question_at_once(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start(qtbot, make_world)
    press(world.page, Key.Key_S)
    qtbot.waitUntil(lambda: spoken(world) == world.page.room.question.toPlainText())
    press(world.page, Key.Key_S)
    wait_for(qtbot, world, Phase.THINKING)


def test_switched_off_in_the_set_up_only_questions_are_asked(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = make_world(question_count=2, has_manners=True)
    world.page.setup.how.manners.setChecked(False)
    begin(qtbot, world)
    assert line(world) == ""
    assert spoken(world) == world.page.room.question.toPlainText()
    assert not world.preferences.settings.has_manners


def test_after_the_last_answer_the_interviewer_takes_leave(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start(qtbot, make_world, question_count=1, mode="interview")
    press(world.page, Key.Key_Space)  # the greeting is skipped
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(20)
    press(world.page, Key.Key_Space)
    wait_for(qtbot, world, Phase.ENDED)
    closing = world.page.summary.closing
    assert closing.isVisible()
    qtbot.waitUntil(lambda: spoken(world) == closing.text())
    press(world.page, Key.Key_Escape)
    qtbot.waitUntil(lambda: world.player.token == "")


def test_a_long_silence_in_an_interview_is_met_with_patience_once(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start(qtbot, make_world, mode="interview")
    press(world.page, Key.Key_Space)  # the greeting is skipped
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(LONG_SILENCE_S + 1, peak=0.0)
    qtbot.waitUntil(lambda: "time" in spoken(world) or "moment" in spoken(world))
    assert line(world) == spoken(world)
    assert not world.recorder.is_recording
    assert world.page.room.stage.sign.sign is RecordingState.PAUSED
    world.player.end()
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    assert phase_of(world) is Phase.ANSWERING
    said = len(world.voice.said)
    world.recorder.hear(LONG_SILENCE_S + 1, peak=0.0)
    assert world.recorder.is_recording
    assert len(world.voice.said) == said


def test_somebody_who_speaks_is_never_interrupted(qtbot: QtBot, make_world: MakeWorld) -> None:
    world = start(qtbot, make_world, mode="interview")
    press(world.page, Key.Key_Space)  # the greeting is skipped
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    for _ in range(4):
        world.recorder.hear(LONG_SILENCE_S, peak=0.3)
    assert world.recorder.is_recording
    assert line(world) == ""


def test_the_presence_moves_with_the_voice_and_rests_when_it_is_silent(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start(qtbot, make_world)
    avatar = world.page.room.stage.interviewer.avatar
    world.player.go_to(0.2)
    qtbot.waitUntil(lambda: avatar.is_speaking)
    assert avatar.reach > 0
    assert avatar.accessibleName() == "The interviewer is speaking"
    press(world.page, Key.Key_P)
    qtbot.waitUntil(lambda: not avatar.is_speaking)
    assert avatar.reach == 0


def test_a_natural_voice_asks_by_name_and_a_systems_voice_as_the_interviewer(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start(qtbot, make_world, voice="kokoro:af_heart")
    name = world.page.room.stage.interviewer.name
    qtbot.waitUntil(lambda: name.text() == "Hannah · American, warm and even")
    press(world.page, Key.Key_K)
    world.page.leave()
    other = start(qtbot, make_world, voice="en-us")
    name_of_other = other.page.room.stage.interviewer.name
    qtbot.waitUntil(lambda: name_of_other.text() == "Interviewer · American")


def name(world: World) -> str:
    return world.page.room.stage.interviewer.name.text()


def heard_in(world: World) -> str:
    """The voice that is heard now."""
    return world.voice.spoken_by[world.player.sound]


def start_late(qtbot: QtBot, make_world: MakeWorld, late: Delay, *, ready: set[str]) -> World:
    """A session in Hannah's voice, in which only some texts are rendered in time."""
    world = make_world(question_count=3, has_manners=True, voice=HANNAH)
    world.voice.late, world.voice.ready = late, ready
    begin(qtbot, world)
    qtbot.waitUntil(lambda: spoken(world) != "")
    return world


def to_the_next_turn(qtbot: QtBot, world: World) -> None:
    before = world.player.sound
    press(world.page, Key.Key_K)
    qtbot.waitUntil(lambda: world.player.sound != before and world.player.token != "")


def test_a_greeting_and_its_question_come_in_one_voice_and_the_next_turn_in_its_own_again(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start_late(qtbot, make_world, NOT_READY, ready=PROMPTS)
    greeting = line(world)
    assert spoken(world) == greeting
    assert heard_in(world) == SYSTEM
    assert name(world) == "Hannah · the system's voice for now"
    hear_out(qtbot, world)
    # It is rendered, and would have been heard in another voice than the greeting.
    assert spoken(world) == world.page.room.question.toPlainText()
    assert heard_in(world) == SYSTEM
    world.voice.late = None
    to_the_next_turn(qtbot, world)
    assert heard_in(world) == HANNAH
    qtbot.waitUntil(lambda: name(world) == "Hannah · American, warm and even")


def test_skipping_the_greeting_does_not_change_the_voice_of_its_turn(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start_late(qtbot, make_world, NOT_READY, ready=PROMPTS)
    press(world.page, Key.Key_S)
    qtbot.waitUntil(lambda: spoken(world) == world.page.room.question.toPlainText())
    assert heard_in(world) == SYSTEM


def test_a_machine_that_is_too_slow_keeps_the_systems_voice_to_the_end_of_the_session(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start_late(qtbot, make_world, TOO_SLOW, ready=set())
    assert heard_in(world) == SYSTEM
    world.voice.late = None
    planned = len(world.voice.prepared)
    to_the_next_turn(qtbot, world)
    assert heard_in(world) == SYSTEM
    assert len(world.voice.prepared) == planned, "nothing more is rendered ahead in vain"
    press(world.page, Key.Key_R)
    qtbot.waitUntil(lambda: spoken(world) == world.page.room.question.toPlainText())
    assert heard_in(world) == SYSTEM


def test_who_asks_why_another_voice_speaks_is_told_without_anything_moving(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start_late(qtbot, make_world, NOT_READY, ready=set())
    room, label = world.page.room, world.page.room.stage.interviewer.name
    assert label.toolTip() == NOT_READY.reason
    assert label.accessibleDescription() == NOT_READY.reason
    assert not room.notice.isVisible()
    places = [label.geometry().top(), label.height(), room.question.geometry()]
    world.voice.late = None
    press(world.page, Key.Key_R)
    qtbot.waitUntil(lambda: name(world) == "Hannah · American, warm and even")
    qtbot.waitUntil(lambda: heard_in(world) == HANNAH)
    world.page.grab()
    assert label.toolTip() == ""
    assert [label.geometry().top(), label.height(), room.question.geometry()] == places


def test_the_presence_is_still_where_motion_is_not_wanted(
    qtbot: QtBot, make_world: MakeWorld
) -> None:
    world = start(qtbot, make_world)
    avatar = world.page.room.stage.interviewer.avatar
    avatar.is_still = True
    avatar.set_level(0.8)
    assert avatar.is_speaking
    assert avatar.reach == 0
