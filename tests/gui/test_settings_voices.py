"""The natural voices in Settings: offered, fetched from a server of this machine, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from interview_app.gui.theme import Theme
from interview_app.gui.widgets.download_row import DownloadRow
from interview_app.speech_synthesis.natural_download import NaturalDownload
from interview_app.speech_synthesis.natural_files import NaturalFiles
from interview_app.speech_synthesis.natural_manager import NaturalVoiceManager
from tests.gui.settings_world import SettingsWorld, build_settings
from tests.hub import VOICES, Hub, small_voices


@pytest.fixture
def hub(hub: Hub) -> Hub:
    hub.files = dict(VOICES)
    return hub


@pytest.fixture
def files(tmp_path: Path) -> NaturalFiles:
    return small_voices(tmp_path / "models")


@pytest.fixture
def settings(
    qtbot: QtBot, theme: Theme, tmp_path: Path, hub: Hub, files: NaturalFiles
) -> Iterator[SettingsWorld]:
    model_manager = NaturalVoiceManager(files, NaturalDownload(files, pauses_s=()), hub.address)
    world = build_settings(theme, tmp_path, voice_manager=model_manager)
    qtbot.addWidget(world.page)
    world.page.resize(1024, 900)
    world.page.show()
    qtbot.waitUntil(row_of(world).download.isVisible)
    yield world
    world.close()


def row_of(settings: SettingsWorld) -> DownloadRow:
    return settings.page.voice.natural.row


def press(button: QWidget) -> None:
    QTest.keyClick(button, Qt.Key.Key_Return)


def test_they_are_fetched_after_it_was_said_what_is_sent_and_the_first_one_reads(
    qtbot: QtBot, settings: SettingsWorld, files: NaturalFiles, hub: Hub
) -> None:
    row = row_of(settings)
    assert "not installed" in row.facts.text()
    press(row.download)
    qtbot.waitUntil(lambda: bool(row.panel.buttons) and row.panel.isVisible())
    assert hub.asked == []
    press(row.panel.buttons[0])
    qtbot.waitUntil(row.check.isVisible)
    assert files.locate() == files.folder
    qtbot.waitUntil(lambda: settings.preferences.settings.voice == "kokoro:af_heart")
    settings.settle()
    assert settings.file.load().voice == "kokoro:af_heart"


def test_a_file_that_is_not_the_published_one_is_refused(
    qtbot: QtBot, settings: SettingsWorld, files: NaturalFiles, hub: Hub
) -> None:
    hub.files["af_heart.bin"] = b"cold" * 1_000
    row = row_of(settings)
    press(row.download)
    qtbot.waitUntil(row.panel.isVisible)
    press(row.panel.buttons[0])
    qtbot.waitUntil(lambda: "not the published one" in row.notice.text())
    assert files.place() is None
    assert settings.preferences.settings.voice == ""


def test_they_are_removed_after_a_question(
    qtbot: QtBot, settings: SettingsWorld, files: NaturalFiles
) -> None:
    row = row_of(settings)
    press(row.download)
    qtbot.waitUntil(row.panel.isVisible)
    press(row.panel.buttons[0])
    qtbot.waitUntil(row.remove.isVisible)
    press(row.remove)
    qtbot.waitUntil(row.panel.isVisible)
    press(row.panel.buttons[0])
    qtbot.waitUntil(row.download.isVisible)
    assert files.place() is None
