"""Words said the person's way: added, heard, changed and removed in Settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from interview_app.domain.errors import VoiceUnavailable
from interview_app.domain.session import VOICE_OFF
from interview_app.gui.settings.pronunciations import PronunciationEditor
from interview_app.gui.theme import Theme
from tests.gui.keys import press
from tests.gui.naming import nameless
from tests.gui.settings_world import SettingsWorld, build_settings

Key = Qt.Key


@pytest.fixture
def with_two(tmp_path: Path) -> None:
    """SQL and gif are in the list, as the command line writes them."""
    file = tmp_path / "pronunciations.json"
    file.write_text(json.dumps({"SQL": "sequel", "gif": "jif"}), encoding="utf-8")


@pytest.fixture
def settings(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[SettingsWorld]:
    """A Settings page in front, models listed."""
    world = build_settings(theme, tmp_path)
    world.page.resize(900, 700)
    qtbot.addWidget(world.page)
    world.page.show()
    world.page.activateWindow()
    qtbot.waitUntil(lambda: bool(world.page.recognition.choices))
    if (tmp_path / "pronunciations.json").exists():
        qtbot.waitUntil(world.page.voice.pronunciations.table.isVisible)
    yield world
    world.close()


@pytest.fixture
def editor(settings: SettingsWorld) -> PronunciationEditor:
    return settings.page.voice.pronunciations


def list_of(settings: SettingsWorld) -> Path:
    """The file that the command line reads and writes as well."""
    return settings.folder / "pronunciations.json"


def kept(settings: SettingsWorld) -> object:
    return json.loads(list_of(settings).read_text(encoding="utf-8"))


def shown(editor: PronunciationEditor) -> list[tuple[str, str]]:
    model = editor.table.model()
    rows = range(model.rowCount()) if editor.table.isVisible() else ()
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in rows]


def write(editor: PronunciationEditor, word: str, said: str) -> None:
    """Write into both fields, with Tab between them as a person does."""
    editor.word.setFocus()
    QTest.keyClicks(editor.word, word)
    press(editor.word, Key.Key_Tab)
    assert QApplication.focusWidget() is editor.said
    QTest.keyClicks(editor.said, said)


def to_row(editor: PronunciationEditor, word: str) -> None:
    """Go down to a word of the list by keyboard."""
    editor.table.setFocus()
    press(editor.table, Key.Key_Home)
    for _ in range([entry[0] for entry in shown(editor)].index(word)):
        press(editor.table, Key.Key_Down)


def test_an_empty_list_says_what_it_is_for(editor: PronunciationEditor) -> None:
    assert "None yet" in editor.empty.text()
    assert editor.empty.isVisible()
    assert not editor.table.isVisible()
    assert not editor.keep.isEnabled()
    assert not editor.hearing.button.isEnabled()


def test_a_word_is_added_by_keyboard_and_stands_in_the_file_of_the_command_line(
    settings: SettingsWorld, editor: PronunciationEditor, qtbot: QtBot
) -> None:
    write(editor, "Kubernetes", "koo-ber-netties")
    press(editor.said, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(editor) == [("Kubernetes", "koo-ber-netties")])
    assert kept(settings) == {"Kubernetes": "koo-ber-netties"}
    assert editor.notice.text() == "“Kubernetes” is said as “koo-ber-netties” from now on."
    # Ready for the next word.
    assert (editor.word.text(), editor.said.text()) == ("", "")
    assert QApplication.focusWidget() is editor.word
    press(editor.notice.button, Key.Key_Tab)
    QTest.keyClick(editor.notice.button, Key.Key_Return)
    qtbot.waitUntil(editor.empty.isVisible)
    assert kept(settings) == {}


def test_a_word_that_is_in_the_list_already_is_changed_and_the_change_can_be_undone(
    with_two: None, settings: SettingsWorld, editor: PronunciationEditor, qtbot: QtBot
) -> None:
    write(editor, "SQL", "squeal")
    QTest.mouseClick(editor.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("SQL", "squeal") in shown(editor))
    QTest.mouseClick(editor.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("SQL", "sequel") in shown(editor))
    assert kept(settings) == {"SQL": "sequel", "gif": "jif"}


def test_enter_on_a_word_changes_it_also_how_it_is_written(
    with_two: None, settings: SettingsWorld, editor: PronunciationEditor, qtbot: QtBot
) -> None:
    to_row(editor, "SQL")
    press(editor.table, Key.Key_Return)
    assert editor.word.text() == "SQL"
    assert QApplication.focusWidget() is editor.said
    assert editor.keep.text() == "Keep"
    QTest.keyClicks(editor.said, "my sequel")  # what stood there is chosen and goes
    editor.word.setFocus()
    press(editor.word, Key.Key_Home)
    QTest.keyClicks(editor.word, "My")
    press(editor.word, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(editor) == [("gif", "jif"), ("MySQL", "my sequel")])
    assert editor.keep.text() == "Add"
    QTest.keyClick(editor.notice.button, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(editor) == [("gif", "jif"), ("SQL", "sequel")])
    assert kept(settings) == {"SQL": "sequel", "gif": "jif"}


def test_escape_leaves_a_word_as_it_was(
    with_two: None, settings: SettingsWorld, editor: PronunciationEditor
) -> None:
    to_row(editor, "gif")
    press(editor.table, Key.Key_Return)
    QTest.keyClicks(editor.said, "giff")
    press(editor.said, Key.Key_Escape)
    assert (editor.word.text(), editor.said.text()) == ("", "")
    assert not editor.cancel.isVisible()
    settings.settle()
    assert kept(settings) == {"SQL": "sequel", "gif": "jif"}


def test_a_word_is_removed_and_put_back_by_keyboard(
    with_two: None, settings: SettingsWorld, editor: PronunciationEditor, qtbot: QtBot
) -> None:
    to_row(editor, "SQL")
    press(editor.table, Key.Key_Delete)
    qtbot.waitUntil(lambda: shown(editor) == [("gif", "jif")])
    assert kept(settings) == {"gif": "jif"}
    assert editor.notice.text() == "“SQL” is said as it is written again."
    press(editor.table, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown(editor) == [("gif", "jif"), ("SQL", "sequel")])


def test_a_word_is_heard_as_it_is_to_be_said_before_it_is_kept(
    settings: SettingsWorld, editor: PronunciationEditor, qtbot: QtBot
) -> None:
    write(editor, "SQL", "")
    QTest.keyClick(editor.hearing.button, Key.Key_Return)
    qtbot.waitUntil(lambda: settings.voice.said == ["SQL"])
    qtbot.waitUntil(lambda: settings.player.token != "")
    assert editor.hearing.button.text() == "Stop"
    settings.player.end()
    qtbot.waitUntil(lambda: editor.hearing.button.text() == "Hear it")
    QTest.keyClicks(editor.said, "sequel")
    QTest.keyClick(editor.hearing.button, Key.Key_Return)
    qtbot.waitUntil(lambda: settings.voice.said == ["SQL", "sequel"])
    assert not list_of(settings).exists()


def test_a_word_of_the_list_is_heard_and_only_one_thing_is_heard_at_a_time(
    with_two: None, settings: SettingsWorld, editor: PronunciationEditor, qtbot: QtBot
) -> None:
    to_row(editor, "gif")
    QTest.keyClick(editor.hearing.button, Key.Key_Return)
    qtbot.waitUntil(lambda: settings.voice.said == ["jif"])
    qtbot.waitUntil(lambda: settings.player.token != "")
    QTest.keyClick(settings.page.voice.hear, Key.Key_Return)
    qtbot.waitUntil(lambda: settings.page.voice.hear.text() == "Stop")
    qtbot.waitUntil(lambda: editor.hearing.button.text() == "Hear it")


def test_with_the_voice_off_nothing_is_to_be_heard(
    with_two: None, settings: SettingsWorld, editor: PronunciationEditor
) -> None:
    to_row(editor, "gif")
    assert editor.hearing.button.isEnabled()
    settings.preferences.change(voice=VOICE_OFF)
    assert not editor.hearing.button.isEnabled()


def test_what_goes_wrong_is_told_in_words_and_what_was_written_stays(
    settings: SettingsWorld, editor: PronunciationEditor, qtbot: QtBot
) -> None:
    write(editor, "?!", "what")
    press(editor.said, Key.Key_Return)
    qtbot.waitUntil(lambda: "no letter or digit" in editor.notice.text())
    assert editor.word.text() == "?!"
    settings.voice.problem = VoiceUnavailable("The voice is gone.", remedy="Install one.")
    QTest.keyClick(editor.hearing.button, Key.Key_Return)
    qtbot.waitUntil(lambda: editor.notice.text() == "The voice is gone. Install one.")


def test_a_damaged_list_is_told_and_left_as_it_is(
    settings: SettingsWorld, editor: PronunciationEditor, qtbot: QtBot
) -> None:
    list_of(settings).write_text('{"SQL": "seq', encoding="utf-8")
    write(editor, "gif", "jif")
    press(editor.said, Key.Key_Return)
    qtbot.waitUntil(lambda: "is damaged. Mend the file" in editor.notice.text())
    assert editor.word.text() == "gif"
    assert list_of(settings).read_text(encoding="utf-8") == '{"SQL": "seq'
    editor.notice.hide()
    settings.page.hide()
    settings.page.show()
    qtbot.waitUntil(editor.notice.isVisible)
    assert "is damaged" in editor.notice.text()


def test_what_the_command_line_wrote_meanwhile_is_there_when_the_page_comes_back(
    settings: SettingsWorld, editor: PronunciationEditor, qtbot: QtBot
) -> None:
    list_of(settings).write_text('{"gif": "jif"}', encoding="utf-8")
    settings.page.hide()
    settings.page.show()
    qtbot.waitUntil(lambda: shown(editor) == [("gif", "jif")])


def test_every_control_has_a_name_of_its_own(
    with_two: None, settings: SettingsWorld, editor: PronunciationEditor
) -> None:
    to_row(editor, "SQL")
    press(editor.table, Key.Key_Return)
    assert nameless(editor) == []
    names = [control.accessibleName() for control in editor.controls()[:-1]]
    assert len(set(names)) == len(names)
    assert settings.page.voice.hear.accessibleName() not in names
    text = editor.table.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == "SQL, said as sequel"
