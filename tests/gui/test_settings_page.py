"""The Settings page: each choice is kept on disk as it is made, and can be tried at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from interview_app import __version__
from interview_app.domain.errors import VoiceUnavailable
from interview_app.gui.theme import Theme
from interview_app.services.ports.devices import DeviceChoice
from tests.fakes import HEADSET, MICROPHONE
from tests.gui.naming import nameless
from tests.gui.settings_world import TONE, SettingsWorld, build_settings


@pytest.fixture
def settings(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[SettingsWorld]:
    """A Settings page in front, devices and models listed."""
    world = build_settings(theme, tmp_path)
    world.page.resize(900, 700)
    qtbot.addWidget(world.page)
    world.page.show()
    world.page.activateWindow()
    qtbot.waitUntil(lambda: bool(world.page.recognition.choices))
    qtbot.waitUntil(lambda: world.page.voice.voice.findData("en-us") >= 0)
    qtbot.waitUntil(lambda: world.page.sound.microphone.count() == 3)
    yield world
    world.close()


def choose(box: QComboBox, number: int) -> None:
    """Choose an entry with the keyboard."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(number):
        QTest.keyClick(box, Qt.Key.Key_Down)


def test_the_microphone_is_remembered_by_id_and_by_name(settings: SettingsWorld) -> None:
    choose(settings.page.sound.microphone, 2)
    assert settings.recorder.device == DeviceChoice(HEADSET.id, HEADSET.name)
    settings.settle()
    kept = settings.file.load()
    assert (kept.microphone_id, kept.microphone_name) == (HEADSET.id, HEADSET.name)


def test_the_level_moves_while_the_page_is_open_and_the_microphone_is_let_go_after(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    sound = settings.page.sound
    assert settings.recorder.is_open
    settings.recorder.hear(0.05, peak=0.4)
    qtbot.waitUntil(lambda: sound.meter.level > 0.5)
    assert "hears you" in sound.level_text.text()
    settings.recorder.hear(0.05, peak=1.0)
    qtbot.waitUntil(lambda: "Too loud" in sound.level_text.text())
    settings.page.hide()
    assert not settings.recorder.is_open


def test_a_running_session_keeps_its_microphone(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    world = build_settings(theme, tmp_path, lambda: True)
    qtbot.addWidget(world.page)
    world.recorder.is_open = True
    world.page.show()
    qtbot.waitUntil(lambda: bool(world.page.recognition.choices))
    assert "session under Rehearse" in world.page.sound.level_text.text()
    world.page.hide()
    assert world.recorder.is_open, "it was not let go either"
    world.close()


def test_after_the_sound_check_the_page_listens_again(
    settings: SettingsWorld, theme: Theme, qtbot: QtBot
) -> None:
    _, dialog = settings.make_check(theme)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    choose(dialog.microphone.box, 2)
    dialog.reject()
    settings.page.activateWindow()
    qtbot.waitUntil(lambda: settings.recorder.is_open)
    assert settings.page.sound.microphone.currentText() == HEADSET.name


def test_a_chosen_device_that_is_gone_stays_chosen_and_is_marked(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    box = settings.page.sound.microphone
    choose(box, 2)
    settings.recorder.offer(MICROPHONE)
    qtbot.waitUntil(lambda: box.currentText() == "Headset (not connected)")
    settings.recorder.offer(MICROPHONE, HEADSET)
    qtbot.waitUntil(lambda: box.currentText() == "Headset")


def test_no_microphone_at_all_is_said(settings: SettingsWorld, qtbot: QtBot) -> None:
    settings.recorder.offer()
    qtbot.waitUntil(lambda: "No microphone was found" in settings.page.sound.level_text.text())


def test_a_sound_can_be_played_on_the_speaker(settings: SettingsWorld, qtbot: QtBot) -> None:
    QTest.keyClick(settings.page.sound.tone, Qt.Key.Key_Return)
    assert settings.player.sound == TONE
    assert TONE.stat().st_size > 10_000
    settings.player.end()
    qtbot.waitUntil(lambda: "heard nothing" in settings.page.sound.notice.text())
    settings.player.problem = "The speaker is gone."
    QTest.keyClick(settings.page.sound.tone, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settings.page.sound.notice.text() == "The speaker is gone.")


def test_the_chosen_voice_is_heard_at_the_chosen_speed(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    voice = settings.page.voice
    choose(voice.voice, voice.voice.findData("en-us"))
    voice.rate.setFocus()
    QTest.keyClick(voice.rate, Qt.Key.Key_Up)
    QTest.keyClick(voice.hear, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settings.player.token != "")
    assert voice.hear.text() == "Stop"
    assert "speed and quality" in settings.voice.said[0]
    QTest.keyClick(voice.hear, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: voice.hear.text() == "Hear it")
    assert settings.player.token == ""
    settings.settle()
    kept = settings.file.load()
    assert (kept.voice, kept.rate_wpm) == ("en-us", 170)


def test_a_voice_that_is_missing_says_what_to_install(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    settings.voice.problem = VoiceUnavailable("No voice here.", remedy="Install espeak-ng.")
    QTest.keyClick(settings.page.voice.hear, Qt.Key.Key_Return)
    notice = settings.page.voice.notice
    qtbot.waitUntil(lambda: notice.text() == "No voice here. Install espeak-ng.")
    assert settings.page.voice.hear.text() == "Hear it"


def test_without_a_voice_there_is_nothing_to_set_or_hear(settings: SettingsWorld) -> None:
    voices = settings.page.voice.voice
    choose(voices, voices.count() - 1)
    assert not settings.page.voice.rate.isEnabled()
    assert not settings.page.voice.hear.isEnabled()
    settings.settle()
    assert settings.file.load().voice == "off"


def test_the_theme_applies_at_once_and_is_kept(settings: SettingsWorld, theme: Theme) -> None:
    assert not theme.is_dark
    choose(settings.page.look.scheme, 2)
    assert theme.is_dark
    choose(settings.page.look.scheme, 1)
    assert not theme.is_dark
    choose(settings.page.look.scheme, 2)
    settings.settle()
    assert settings.file.load().theme == "dark"


def test_times_are_kept(settings: SettingsWorld) -> None:
    choose(settings.page.times.think, 3)
    choose(settings.page.times.target, 2)
    choose(settings.page.times.limit, 1)
    settings.settle()
    kept = settings.file.load()
    assert (kept.think_s, kept.target_s, kept.hard_limit_s) == (60, 90, 120)


def test_the_data_folder_is_shown_and_opened(settings: SettingsWorld) -> None:
    data = settings.page.data
    assert data.path.text() == str(settings.folder)
    QTest.keyClick(data.open, Qt.Key.Key_Return)
    assert settings.opened == [settings.folder]
    assert not data.notice.isVisible()


def test_the_version_is_told_and_that_no_newer_one_is_looked_for(settings: SettingsWorld) -> None:
    said = [label.text() for label in settings.page.data.findChildren(QLabel)]
    assert any(
        f"Mock Interview {__version__}" in text and "never looks for a newer version" in text
        for text in said
    )


def test_a_folder_that_cannot_be_shown_is_said(
    settings: SettingsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    QTest.keyClick(settings.page.data.open, Qt.Key.Key_Return)
    assert "could not be opened" in settings.page.data.notice.text()


def test_settings_that_cannot_be_written_are_said_on_the_page(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    place = settings.folder / "settings.json"
    place.unlink(missing_ok=True)
    place.mkdir()
    (place / "in the way").touch()
    choose(settings.page.look.scheme, 2)
    qtbot.waitUntil(settings.page.notice.isVisible)
    assert "cannot be written" in settings.page.notice.text()
    assert "until the window closes" in settings.page.notice.text()


def test_every_setting_has_a_name(settings: SettingsWorld) -> None:
    assert nameless(settings.page) == []


def test_tab_reaches_every_section(settings: SettingsWorld) -> None:
    page = settings.page
    page.sound.microphone.setFocus()
    seen = []
    for _ in range(30):
        focus = page.window().focusWidget()
        if focus is None or focus in seen:
            break
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    wanted = [
        page.sound.microphone,
        page.sound.speaker,
        page.sound.check,
        page.voice.voice,
        page.recognition.choices["base"],
        page.times.think,
        page.look.scheme,
        page.data.open,
    ]
    places = [seen.index(widget) for widget in wanted if widget in seen]
    assert len(places) == len(wanted)
    assert places == sorted(places), "the order follows the eye"
