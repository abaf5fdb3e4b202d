"""What the page says, and offers, when voice or microphone fail."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from interview_app.domain.errors import StorageError, VoiceUnavailable
from interview_app.domain.rehearsal.machine import Phase
from tests.fakes import HEADSET, MICROPHONE
from tests.gui.conftest import World
from tests.gui.keys import press
from tests.gui.rehearsing import begin, phase_of, wait_for

Key = Qt.Key


def test_a_missing_voice_costs_only_the_sound(qtbot: QtBot, world: World) -> None:
    world.voice.problem = VoiceUnavailable("No voice works.", remedy="Install espeak-ng.")
    press(world.page, Key.Key_Return)
    wait_for(qtbot, world, Phase.THINKING)
    room = world.page.room
    assert room.voice_bar.problem() == "No voice works. Install espeak-ng."
    assert room.question.isVisible()
    press(world.page, Key.Key_Space)
    assert phase_of(world) is Phase.ANSWERING


def test_a_lost_microphone_keeps_the_take_and_offers_another(qtbot: QtBot, world: World) -> None:
    world.recorder.offer(MICROPHONE, HEADSET)
    begin(qtbot, world)
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(9)
    world.recorder.lose("The microphone is gone.")
    trouble = world.page.room.trouble
    qtbot.waitUntil(trouble.isVisible)
    assert "What you said so far is kept." in trouble.text()
    assert [trouble.box.itemText(n) for n in range(2)] == [MICROPHONE.name, HEADSET.name]

    trouble.box.setCurrentIndex(1)
    press(world.page, Key.Key_P)

    assert phase_of(world) is Phase.ANSWERING
    assert world.recorder.device.id == HEADSET.id
    assert not trouble.isVisible()
    world.recorder.hear(3)
    press(world.page, Key.Key_Space)
    wait_for(qtbot, world, Phase.REVIEWING)
    assert world.page.review.take is not None
    assert round(world.page.review.take.duration_s) == 12
    assert world.preferences.settings.microphone_name == HEADSET.name


def test_a_microphone_plugged_in_later_is_in_the_list(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(1)
    world.recorder.lose("The microphone is gone.")
    trouble = world.page.room.trouble
    qtbot.waitUntil(trouble.isVisible)
    assert trouble.box.count() == 0
    world.recorder.offer(HEADSET)
    qtbot.waitUntil(lambda: trouble.box.currentText() == HEADSET.name)


def test_without_a_microphone_the_answer_can_be_typed(qtbot: QtBot, world: World) -> None:
    world.recorder.refusal = "No microphone was found."
    begin(qtbot, world)
    press(world.page, Key.Key_Space)
    trouble = world.page.room.trouble
    qtbot.waitUntil(trouble.isVisible)
    assert "No microphone was found." in trouble.text()
    assert "type your answer" in world.page.room.stage.caption.text()
    press(world.page, Key.Key_T)
    assert phase_of(world) is Phase.TYPING


def test_a_microphone_that_another_program_held_is_offered_again_by_itself(
    qtbot: QtBot, world: World
) -> None:
    world.recorder.refusal = "The microphone cannot be opened."
    begin(qtbot, world)
    press(world.page, Key.Key_Space)
    room = world.page.room
    qtbot.waitUntil(room.trouble.isVisible)
    assert room.trouble.button.text() == "Try again"
    world.recorder.become_free()
    qtbot.waitUntil(lambda: not room.trouble.isVisible())
    assert "Take the time you need" in room.stage.caption.text()
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    assert phase_of(world) is Phase.ANSWERING


def test_the_set_up_says_that_there_is_no_microphone(qtbot: QtBot, world: World) -> None:
    notice = world.page.setup.microphone_notice
    assert not notice.isVisible()
    world.recorder.offer()
    qtbot.waitUntil(notice.isVisible)
    with qtbot.waitSignal(world.page.sound_check_asked):
        notice.button.click()
    world.recorder.offer(MICROPHONE)
    qtbot.waitUntil(lambda: not notice.isVisible())


def test_a_full_disk_is_told_while_the_recording_goes_on(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    world.sessions.problem = StorageError("The session could not be stored.", remedy="Free space.")
    press(world.page, Key.Key_Space)
    room = world.page.room
    qtbot.waitUntil(room.notice.isVisible)
    assert room.notice.text() == "The session could not be stored. Free space."
    assert phase_of(world) is Phase.ANSWERING
    assert room.stage.wave.isVisible()
    assert not room.trouble.isVisible()
    world.sessions.problem = None


def test_the_set_up_says_that_there_is_no_voice(qtbot: QtBot, world: World) -> None:
    world.page.setup.show_voices((), "Install espeak-ng.")
    assert "Install espeak-ng." in world.page.setup.voice_notice.text()
    world.page.setup.show_voices(world.voice.voices())
    assert not world.page.setup.voice_notice.isVisible()


def test_without_guides_the_set_up_says_so(qtbot: QtBot, world: World) -> None:
    world.page.setup.show_guides((), "")
    assert world.page.setup.empty.isVisible()
    assert not world.page.setup.begin_button.isVisible()
