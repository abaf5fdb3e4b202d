"""Models in Settings: chosen, fetched from a server that cuts, checked, removed, measured."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from interview_app.domain.errors import RecognizerUnavailable
from interview_app.domain.text.reading_passages import PARAGRAPHS
from interview_app.gui.settings.model_rows import ModelRow
from interview_app.gui.theme import Theme
from tests.gui.naming import nameless
from tests.gui.settings_world import SettingsWorld, build_settings
from tests.hub import CONFIG, WEIGHTS, Hub

MakeSettings = Callable[..., SettingsWorld]


@pytest.fixture
def make_settings(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MakeSettings]:
    """Builds a Settings page in front, its models listed."""
    worlds: list[SettingsWorld] = []

    def make(**options: object) -> SettingsWorld:
        world = build_settings(theme, tmp_path, **options)  # type: ignore[arg-type]
        worlds.append(world)
        world.page.resize(900, 700)
        qtbot.addWidget(world.page)
        world.page.show()
        world.page.activateWindow()
        rows = world.page.recognition.models.rows
        qtbot.waitUntil(lambda: bool(rows) and all(row.isVisible() for row in rows.values()))
        return world

    yield make
    for world in worlds:
        world.close()


@pytest.fixture
def settings(make_settings: MakeSettings) -> SettingsWorld:
    return make_settings()


def row_of(settings: SettingsWorld, name: str) -> ModelRow:
    return settings.page.recognition.models.rows[name]


def press(button: QWidget) -> None:
    assert button.isVisible()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)


def answer(qtbot: QtBot, row: ModelRow, words: str) -> None:
    """Answer the question a row asks."""
    qtbot.waitUntil(row.panel.isVisible)
    press(next(button for button in row.panel.buttons if button.text() == words))


def test_only_installed_models_can_be_chosen_and_facts_are_shown(
    settings: SettingsWorld,
) -> None:
    choices = settings.page.recognition.choices
    assert choices["base"].isChecked()
    assert row_of(settings, "tiny.en").facts.text() == "English · 256 kB"
    assert row_of(settings, "small.en").facts.text() == "English · 1 MB · not installed"
    assert not choices["small.en"].isEnabled()
    choices["pocketsphinx"].setFocus()
    QTest.keyClick(choices["pocketsphinx"], Qt.Key.Key_Space)
    settings.settle()
    assert settings.file.load().model == "pocketsphinx"


def test_a_chosen_model_that_is_not_here_is_said_and_a_smaller_one_offered(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    settings.preferences.change(model="small.en")
    recognition = settings.page.recognition
    recognition.ask_for_models()
    qtbot.waitUntil(recognition.notice.isVisible)
    assert "“small.en” is chosen but not installed" in recognition.notice.text()
    assert recognition.notice.button.text() == "Use base"
    press(recognition.notice.button)
    qtbot.waitUntil(recognition.choices["base"].isChecked)
    settings.settle()
    assert settings.file.load().model == "base"


def test_what_is_sent_is_said_before_anything_is_fetched(
    make_settings: MakeSettings, hub: Hub, qtbot: QtBot
) -> None:
    settings = make_settings(address=hub.address)
    row = row_of(settings, "small.en")
    press(row.download)
    qtbot.waitUntil(row.panel.isVisible)
    assert "1 MB will be fetched from" in row.panel.text()
    assert "nothing of yours" in row.panel.text()
    assert str(settings.store.folder) in row.panel.text()
    QTest.keyClick(row.panel, Qt.Key.Key_Escape)
    assert row.panel.isHidden()
    assert hub.asked == []


def test_a_model_is_fetched_and_can_be_chosen(
    make_settings: MakeSettings, hub: Hub, qtbot: QtBot
) -> None:
    settings = make_settings(address=hub.address)
    row = row_of(settings, "small.en")
    press(row.download)
    answer(qtbot, row, "Download")
    qtbot.waitUntil(row.choice.isEnabled)
    qtbot.waitUntil(lambda: "Every file of small.en is here" in row.notice.text())
    assert (settings.store.folder / "small.en" / "model.bin").read_bytes() == WEIGHTS
    assert row.download.isHidden()
    assert row.check.isVisible()
    assert row.remove.isVisible()


def test_a_stalled_download_is_cancelled_and_the_next_goes_on_from_what_arrived(
    make_settings: MakeSettings, hub: Hub, qtbot: QtBot
) -> None:
    settings = make_settings(address=hub.address)
    row = row_of(settings, "small.en")
    hub.stalls, hub.stall_after = True, 500_000
    press(row.download)
    answer(qtbot, row, "Download")
    qtbot.waitUntil(lambda: bool(re.search(r"model.bin: \d+ kB of 1.0 MB", row.line.text())))
    assert row.cancel.hasFocus()
    press(row.cancel)
    qtbot.waitUntil(row.download.isVisible)
    assert row.download.hasFocus(), "the focus stays in the row"
    qtbot.waitUntil(lambda: bool(re.search(r"\d+ kB of it are here", row.facts.text())))
    assert row.download.text() == "Go on…"
    hub.stalls = False
    press(row.download)
    answer(qtbot, row, "Download")
    qtbot.waitUntil(row.choice.isEnabled)
    first, then = hub.ranges()
    assert first == "all"
    assert re.fullmatch(r"bytes=[1-9]\d*-", then)


def test_a_failed_download_says_why_in_the_words_of_the_window(
    make_settings: MakeSettings, hub: Hub, qtbot: QtBot
) -> None:
    settings = make_settings(address=hub.address)
    hub.files["model.bin"] = b"x" * len(WEIGHTS)
    row = row_of(settings, "small.en")
    press(row.download)
    answer(qtbot, row, "Download")
    qtbot.waitUntil(lambda: "is not the official one" in row.notice.text())
    assert "--mirror" not in row.notice.text()
    assert "Another address asks a mirror" in row.notice.text()
    assert not row.choice.isEnabled()


def test_another_address_is_asked_in_place_of_the_usual_one(
    settings: SettingsWorld, hub: Hub, qtbot: QtBot
) -> None:
    row = row_of(settings, "small.en")
    press(row.download)
    answer(qtbot, row, "Another address…")
    assert row.address.hasFocus()
    row.address.setText(hub.address)
    QTest.keyClick(row.address, Qt.Key.Key_Return)
    qtbot.waitUntil(row.choice.isEnabled)
    assert hub.asked


def test_a_folder_the_person_has_needs_no_network(
    settings: SettingsWorld, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "model.bin").write_bytes(WEIGHTS)
    (mine / "config.json").write_bytes(CONFIG)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(mine))
    row = row_of(settings, "small.en")
    press(row.download)
    answer(qtbot, row, "Use a folder I have…")
    qtbot.waitUntil(row.choice.isEnabled)
    qtbot.waitUntil(lambda: f"small.en was taken from {mine}" in row.notice.text())


def test_a_model_is_removed_only_when_that_is_confirmed(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    row = row_of(settings, "tiny.en")
    press(row.remove)
    assert "Remove tiny.en? 256 kB become free" in row.panel.text()
    answer(qtbot, row, "Keep")
    assert row.choice.isEnabled()
    press(row.remove)
    answer(qtbot, row, "Remove")
    qtbot.waitUntil(lambda: not row.choice.isEnabled())
    assert not (settings.store.folder / "tiny.en").exists()


def test_removing_the_chosen_model_is_warned_of_and_said_afterwards(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    row = row_of(settings, "base")
    press(row.remove)
    assert "It is the chosen model" in row.panel.text()
    answer(qtbot, row, "Remove")
    notice = settings.page.recognition.notice
    qtbot.waitUntil(lambda: "“base” is chosen but not installed" in notice.text())
    assert notice.button.text() == "Use tiny.en"


def test_files_are_compared_and_a_changed_one_is_found(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    row = row_of(settings, "base")
    press(row.check)
    qtbot.waitUntil(lambda: "Every file of base is as published" in row.notice.text())
    (settings.store.folder / "base" / "config.json").write_bytes(b"{}")
    qtbot.waitUntil(row.check.isVisible)
    press(row.check)
    qtbot.waitUntil(lambda: "is not the official one" in row.notice.text())


def test_a_model_that_cannot_run_here_says_so_and_a_smaller_one_is_offered(
    make_settings: MakeSettings, qtbot: QtBot
) -> None:
    obstacle = {"base": "needs 2.0 GB of memory, 1.2 GB free"}
    settings = make_settings(obstacles=obstacle)
    assert row_of(settings, "base").attention.text() == "It needs 2.0 GB of memory, 1.2 GB free."
    notice = settings.page.recognition.notice
    assert "needs 2.0 GB of memory" in notice.text()
    press(notice.button)
    qtbot.waitUntil(lambda: settings.preferences.settings.model == "tiny.en")
    qtbot.waitUntil(notice.isHidden)


def test_a_model_that_crashes_when_it_is_chosen_is_told_at_once(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    crash = RecognizerUnavailable("The recognizer crashed at once.")
    settings.recognizer.broken["tiny.en"] = crash
    choice = settings.page.recognition.choices["tiny.en"]
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Space)
    notice = settings.page.recognition.notice
    qtbot.waitUntil(lambda: "tiny.en does not work on this machine" in notice.text())
    assert notice.button.text() == "Use pocketsphinx"

    settings.page.recognition.ask_for_models()
    qtbot.waitUntil(lambda: settings.jobs.is_idle)
    QApplication.processEvents()
    assert notice.isVisible(), "another model that comes or goes changes nothing about it"
    press(notice.button)
    qtbot.waitUntil(settings.page.recognition.choices["pocketsphinx"].isChecked)


def read_aloud(settings: SettingsWorld, qtbot: QtBot, seconds: float = 20.0) -> None:
    part = settings.page.recognition.paragraph
    press(part.begin)
    assert part.text.text() == PARAGRAPHS["en"]
    qtbot.waitUntil(lambda: settings.recorder.is_recording)
    settings.recorder.hear(seconds)
    qtbot.waitUntil(lambda: "0:" in part.sign.text() and "0:00" not in part.sign.text())
    press(part.finish)


def test_a_paragraph_is_read_once_and_every_installed_model_is_measured(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    words = PARAGRAPHS["en"]
    settings.recognizer.hears = {
        "base": words.replace("Rotterdam", "Amsterdam"),
        "tiny.en": words.replace("engineers to show me", "injured sue"),
    }
    settings.preferences.change(model="tiny.en")
    read_aloud(settings, qtbot)
    base, tiny = row_of(settings, "base"), row_of(settings, "tiny.en")
    qtbot.waitUntil(lambda: "1 of 98 of your words wrong" in base.facts.text())
    assert "4 of 98 of your words wrong" in tiny.facts.text()
    assert "pocketsphinx" not in settings.recognizer.asked
    part = settings.page.recognition.paragraph
    assert "base suits you best on this machine: 1 of 98 of your words wrong" in part.notice.text()
    assert part.isAncestorOf(settings.page.window().focusWidget())
    press(part.notice.button)
    qtbot.waitUntil(lambda: settings.preferences.settings.model == "base")
    assert part.again.isVisible(), "the reading is kept for models that are fetched later"
    assert list((settings.folder / "takes").iterdir()) == []


def test_figures_are_there_again_after_a_restart(
    settings: SettingsWorld, qtbot: QtBot, theme: Theme
) -> None:
    settings.recognizer.says = PARAGRAPHS["en"]
    read_aloud(settings, qtbot)
    qtbot.waitUntil(lambda: "0 of 98" in row_of(settings, "base").facts.text())
    kept = (settings.folder / "figures.json").read_text(encoding="utf-8")
    assert "Test processor, 2 cores" in kept
    assert "2026" in kept


def test_a_model_that_fails_is_told_and_the_others_are_measured(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    settings.recognizer.says = PARAGRAPHS["en"]
    settings.recognizer.broken["base"] = RecognizerUnavailable("The recognizer stopped.")
    read_aloud(settings, qtbot)
    base = row_of(settings, "base")
    qtbot.waitUntil(lambda: "Did not work when measured" in base.attention.text())
    assert "The recognizer stopped." in base.attention.text()
    assert "0 of 98" in row_of(settings, "tiny.en").facts.text()


def test_measuring_can_be_cancelled(settings: SettingsWorld, qtbot: QtBot) -> None:
    settings.recognizer.gate.clear()
    read_aloud(settings, qtbot)
    part = settings.page.recognition.paragraph
    qtbot.waitUntil(lambda: "writes down what you read" in part.busy.text())
    press(part.busy.cancel_button)
    qtbot.waitUntil(part.busy.isHidden)
    assert "of your words" not in row_of(settings, "base").facts.text()


def test_reading_ends_with_cancel_and_with_the_page_and_leaves_no_sound(
    settings: SettingsWorld, qtbot: QtBot
) -> None:
    part, takes = settings.page.recognition.paragraph, settings.folder / "takes"
    for ends_with_page in (False, True):
        settings.page.show()
        press(part.begin)
        qtbot.waitUntil(lambda: settings.recorder.is_recording)
        settings.recorder.hear(20)
        if ends_with_page:
            settings.page.hide()
        else:
            press(part.cancel)
        qtbot.waitUntil(lambda: not settings.recorder.is_recording)
        qtbot.waitUntil(lambda: list(takes.iterdir()) == [])
    assert settings.recognizer.asked == []


def test_too_short_a_reading_measures_nothing(settings: SettingsWorld, qtbot: QtBot) -> None:
    read_aloud(settings, qtbot, 2.0)
    notice = settings.page.recognition.paragraph.notice
    qtbot.waitUntil(lambda: "too short" in notice.text())
    assert settings.recognizer.asked == []


def test_a_microphone_that_is_lost_is_told(settings: SettingsWorld, qtbot: QtBot) -> None:
    part = settings.page.recognition.paragraph
    press(part.begin)
    qtbot.waitUntil(lambda: settings.recorder.is_recording)
    settings.recorder.lose("The microphone was unplugged.")
    qtbot.waitUntil(lambda: "The microphone was unplugged." in part.notice.text())
    assert part.panel.isHidden()


def test_a_session_keeps_its_microphone(make_settings: MakeSettings) -> None:
    settings = make_settings(is_microphone_taken=lambda: True)
    part = settings.page.recognition.paragraph
    press(part.begin)
    assert "end it first" in part.notice.text()
    assert not settings.recorder.is_recording


def test_every_control_has_a_name_while_asking_reading_and_working(
    make_settings: MakeSettings, hub: Hub, qtbot: QtBot
) -> None:
    settings = make_settings(address=hub.address)
    hub.stalls = True
    row = row_of(settings, "small.en")
    press(row.download)
    qtbot.waitUntil(row.panel.isVisible)
    press(settings.page.recognition.paragraph.begin)
    assert nameless(settings.page) == []
    answer(qtbot, row, "Download")
    qtbot.waitUntil(row.cancel.isVisible)
    assert row.cancel.accessibleName() == "Cancel: small.en"
    assert nameless(settings.page) == []
    press(row.cancel)
