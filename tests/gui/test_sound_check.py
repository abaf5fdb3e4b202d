"""The sound check by keyboard: a sentence is recorded, heard and read, and causes are named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from interview_app.domain.errors import RecognizerUnavailable
from interview_app.gui.sound_check.dialog import SoundCheckDialog
from interview_app.gui.theme import Theme
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.sound_check.sound_check import UID, SoundCheckRunner
from interview_app.services.sound_check.state import CheckPhase
from tests.fakes import HEADSET, MICROPHONE
from tests.gui.naming import nameless
from tests.gui.settings_world import TONE, SettingsWorld, build_settings


class Check:
    """A sound check in front."""

    def __init__(
        self, world: SettingsWorld, checking: SoundCheckRunner, dialog: SoundCheckDialog
    ) -> None:
        self.world = world
        self.checking = checking
        self.dialog = dialog

    def press(self, key: Qt.Key) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.dialog, key)

    def hear(self, blocks: int, peak: float) -> None:
        """The microphone hears so many blocks."""
        for _ in range(blocks):
            self.world.recorder.hear(0.05, peak)

    def say_the_sentence(self, qtbot: QtBot, peak: float = 0.4) -> None:
        """Go to the second step and record two seconds, with Space."""
        self.press(Qt.Key.Key_Return)
        assert self.dialog.step == 1
        self.press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: self.checking.state.phase is CheckPhase.RECORDING)
        self.hear(40, peak)
        self.press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: self.checking.state.phase is CheckPhase.PLAYING)


@pytest.fixture
def check(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Check]:
    """A sound check in front, its devices known."""
    world = build_settings(theme, tmp_path)
    qtbot.addWidget(world.page)
    qtbot.waitUntil(lambda: world.devices.is_known)
    checking, dialog = world.make_check(theme)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    yield Check(world, checking, dialog)
    dialog.close()
    world.close()


def test_a_sentence_is_recorded_heard_and_read_by_keyboard_alone(
    check: Check, qtbot: QtBot
) -> None:
    dialog, world = check.dialog, check.world
    check.hear(5, 0.3)
    qtbot.waitUntil(lambda: "hears you" in dialog.microphone.text.text())
    check.say_the_sentence(qtbot)
    assert world.player.sound is not None
    assert world.player.sound.stem == UID
    world.player.end()
    qtbot.waitUntil(lambda: "shipped two weeks early" in dialog.sentence.heard.text())
    qtbot.waitUntil(lambda: "Did you hear yourself" in dialog.sentence.text.text())
    check.press(Qt.Key.Key_Return)
    assert dialog.step == 2
    assert "You are ready." in dialog.summary.text()
    check.press(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    world.settle()
    assert world.file.load().is_sound_checked
    assert not list((world.folder / "takes").iterdir()), "the recording is removed"
    assert not world.recorder.is_open


def test_the_sentence_can_be_heard_and_recorded_again(check: Check, qtbot: QtBot) -> None:
    check.say_the_sentence(qtbot)
    check.world.player.end()
    qtbot.waitUntil(lambda: check.checking.state.phase is CheckPhase.DONE)
    check.press(Qt.Key.Key_H)
    qtbot.waitUntil(lambda: check.checking.state.phase is CheckPhase.PLAYING)
    check.dialog.sentence.record.setFocus()
    check.world.recognizer.says = "Second try."
    check.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: check.checking.state.phase is CheckPhase.RECORDING)
    assert check.world.player.token == "", "no sound while recording"
    assert check.checking.state.transcript is None
    check.hear(20, 0.4)
    check.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Second try." in check.dialog.sentence.heard.text())


def test_a_sentence_ends_by_itself_after_fifteen_seconds(check: Check, qtbot: QtBot) -> None:
    check.press(Qt.Key.Key_Return)
    check.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: check.checking.state.phase is CheckPhase.RECORDING)
    check.world.recorder.hear(15.1)
    qtbot.waitUntil(lambda: check.checking.state.phase is CheckPhase.PLAYING)


def test_escape_skips_it_and_it_is_not_offered_again(check: Check) -> None:
    assert "type my answers" in check.dialog.skip.text()
    check.press(Qt.Key.Key_Escape)
    assert not check.dialog.isVisible()
    check.world.settle()
    assert check.world.file.load().is_sound_checked
    assert not check.world.recorder.is_open


def test_another_microphone_is_listened_to_and_kept(check: Check) -> None:
    check.dialog.microphone.box.setFocus()
    check.press(Qt.Key.Key_End)
    assert check.world.recorder.device == DeviceChoice(HEADSET.id, HEADSET.name)
    check.dialog.close()
    check.world.settle()
    assert check.world.file.load().microphone_name == HEADSET.name


def test_the_speaker_is_tried_with_a_sound(check: Check, qtbot: QtBot) -> None:
    check.press(Qt.Key.Key_Return)
    check.dialog.sentence.tone.click()
    assert check.world.player.sound == TONE
    check.world.player.problem = "The sound system does not answer."
    check.dialog.sentence.tone.click()
    notice = check.dialog.sentence.speaker_notice
    qtbot.waitUntil(lambda: notice.text() == "The sound system does not answer.")


def cause(check: Check) -> str:
    """What the first step says is wrong."""
    notice = check.dialog.microphone.notice
    return notice.text() if notice.isVisible() else ""


def test_no_microphone(check: Check, qtbot: QtBot) -> None:
    check.world.recorder.offer()
    qtbot.waitUntil(lambda: "No microphone was found" in cause(check))
    check.world.recorder.offer(MICROPHONE)
    qtbot.waitUntil(lambda: cause(check) == "")


def test_no_microphone_from_the_beginning(check: Check, theme: Theme, qtbot: QtBot) -> None:
    check.dialog.close()
    check.world.recorder.offer()
    qtbot.waitUntil(lambda: check.world.devices.has_no_microphone)
    _, dialog = check.world.make_check(theme)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "No microphone was found" in dialog.microphone.notice.text()
    dialog.close()


def test_perfect_silence_means_muted_and_the_other_microphone_is_offered(
    check: Check, qtbot: QtBot
) -> None:
    check.hear(19, 0.0)
    QApplication.processEvents()
    assert cause(check) == "", "a device may begin with zeros"
    check.hear(5, 0.0)
    qtbot.waitUntil(lambda: "probably muted" in cause(check))
    assert "Choose another microphone" in cause(check)


def test_perfect_silence_on_macos_means_a_missing_permission(
    check: Check, theme: Theme, qtbot: QtBot
) -> None:
    check.dialog.close()
    checking, dialog = check.world.make_check(theme, "darwin")
    qtbot.addWidget(dialog)
    dialog.show()
    check.hear(25, 0.0)
    qtbot.waitUntil(lambda: "Privacy & Security" in dialog.microphone.notice.text())
    dialog.close()
    assert checking.state.causes


def test_a_microphone_that_cannot_be_opened(check: Check, qtbot: QtBot) -> None:
    check.world.recorder.refusal = "Device or resource busy."
    check.dialog.microphone.box.setFocus()
    check.press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "Device or resource busy." in cause(check))
    assert "Another application may be using it" in cause(check)
    check.world.recorder.become_free()
    qtbot.waitUntil(lambda: "Device or resource busy." not in cause(check))
    check.hear(5, 0.3)
    qtbot.waitUntil(lambda: "hears you" in check.dialog.microphone.text.text())


def test_a_sentence_that_could_not_be_recorded_can_be_once_the_microphone_is_free(
    check: Check, qtbot: QtBot
) -> None:
    check.press(Qt.Key.Key_Return)
    check.world.recorder.refusal = "Device or resource busy."
    check.press(Qt.Key.Key_Space)
    notice = check.dialog.sentence.notice
    qtbot.waitUntil(lambda: "the check goes on by itself" in notice.text())
    check.world.recorder.become_free()
    qtbot.waitUntil(notice.isHidden)
    check.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: check.checking.state.phase is CheckPhase.RECORDING)


def test_a_sentence_that_was_too_quiet(check: Check, qtbot: QtBot) -> None:
    check.say_the_sentence(qtbot, peak=0.01)
    notice = check.dialog.sentence.notice
    qtbot.waitUntil(lambda: "hardly hears you" in notice.text())
    check.press(Qt.Key.Key_Return)
    assert "You can begin all the same" in check.dialog.summary.text()
    assert "type your answers" in check.dialog.summary.text()


def test_a_sentence_that_was_too_loud(check: Check, qtbot: QtBot) -> None:
    check.say_the_sentence(qtbot, peak=1.0)
    qtbot.waitUntil(lambda: "set too loud" in check.dialog.sentence.notice.text())


def test_a_wireless_headset_is_mentioned_but_no_obstacle(check: Check, qtbot: QtBot) -> None:
    check.dialog.microphone.box.setFocus()
    check.press(Qt.Key.Key_End)
    check.hear(25, 0.4)
    qtbot.waitUntil(lambda: "wireless headset" in cause(check))
    qtbot.waitUntil(lambda: "hears you" in check.dialog.microphone.text.text())


def test_a_recognizer_that_is_missing_does_not_stop_the_check(check: Check, qtbot: QtBot) -> None:
    check.world.recognizer.problem = RecognizerUnavailable("No model is here.")
    check.say_the_sentence(qtbot)
    qtbot.waitUntil(lambda: check.dialog.sentence.heard.text() == "No model is here.")
    check.world.player.end()
    qtbot.waitUntil(lambda: check.checking.state.phase is CheckPhase.DONE)
    check.press(Qt.Key.Key_Return)
    assert "can be transcribed later" in check.dialog.summary.text()


def test_words_that_were_not_heard_are_said(check: Check, qtbot: QtBot) -> None:
    check.world.recognizer.says = ""
    check.say_the_sentence(qtbot)
    qtbot.waitUntil(lambda: "No words were heard" in check.dialog.sentence.heard.text())


def test_a_microphone_that_is_unplugged_while_the_sentence_is_said(
    check: Check, qtbot: QtBot
) -> None:
    check.press(Qt.Key.Key_Return)
    check.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: check.checking.state.phase is CheckPhase.RECORDING)
    check.hear(10, 0.4)
    check.world.recorder.lose("The microphone was removed.")
    qtbot.waitUntil(lambda: "was removed" in check.dialog.sentence.notice.text())
    qtbot.waitUntil(lambda: check.checking.state.phase is not CheckPhase.RECORDING)


def test_every_control_of_each_step_has_a_name(check: Check) -> None:
    for _ in range(3):
        assert nameless(check.dialog) == []
        check.dialog.next.click()


def test_that_a_sentence_is_recorded_is_told_to_the_window_behind(
    qtbot: QtBot, check: Check
) -> None:
    told: list[float | None] = []
    check.dialog.recording.connect(told.append)
    check.press(Qt.Key.Key_Return)
    check.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: check.checking.state.phase is CheckPhase.RECORDING)
    check.hear(40, 0.4)
    qtbot.waitUntil(lambda: told[-1] == pytest.approx(2.0))
    check.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: told[-1] is None)
