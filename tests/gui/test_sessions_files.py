"""Export from the window, and the room that sound takes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from interview_app.gui.sessions.export_dialog import ExportChoice, ExportContext, ExportDialog
from interview_app.gui.sessions.session_actions import DetailsDialog
from interview_app.gui.sessions.sound_storage_view import StorageView
from interview_app.gui.theme import Theme
from interview_app.services.export.ports import Exported, ExportRequest, SessionFormat
from interview_app.services.jobs import JobContext
from tests.gui.history_world import HistoryWorld, make_session
from tests.gui.keys import press
from tests.gui.naming import nameless


@pytest.fixture
def past(past: HistoryWorld, qtbot: QtBot) -> HistoryWorld:
    """A Sessions page with two sessions in its past, in front."""
    past.keep(make_session(past.clock, "old", days_ago=400))
    past.keep(make_session(past.clock, "new", days_ago=0.01))
    past.page.show()
    past.page.activateWindow()
    qtbot.waitUntil(lambda: past.page.history.sessions.rowCount() == 2)
    qtbot.waitUntil(lambda: not past.page.history.busy.is_busy)
    return past


def export_dialog(past: HistoryWorld, qtbot: QtBot, target: Path) -> ExportDialog:
    """The dialog for what is chosen, its target set as a person would."""
    press(past.page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(past.page.window().findChildren(ExportDialog)))
    (dialog,) = past.page.window().findChildren(ExportDialog)
    dialog.target.selectAll()
    QTest.keyClicks(dialog.target, str(target))
    return dialog


def choose(dialog: ExportDialog, form: SessionFormat) -> None:
    dialog.form.setCurrentIndex(dialog.form.findData(form.value))


def test_a_session_is_exported_with_what_was_chosen_and_its_folder_opened(
    past: HistoryWorld, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = export_dialog(past, qtbot, tmp_path / "mine.html")
    choose(dialog, SessionFormat.MARKDOWN)
    assert dialog.target.text() == str(tmp_path / "mine.md"), "the ending follows the form"
    assert nameless(dialog) == []
    dialog.samples.click()
    QTest.keyClick(dialog.target, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Written" in dialog.notice.text())
    text = (tmp_path / "mine.md").read_text(encoding="utf-8")
    assert "payment flow" in text
    assert "parcel company" not in text
    dialog.notice.button.click()
    assert past.opened == [tmp_path]
    dialog.close_button.click()


def test_a_file_is_replaced_only_after_asking(
    past: HistoryWorld, qtbot: QtBot, tmp_path: Path
) -> None:
    there = tmp_path / "mine.json"
    there.write_text("precious", encoding="utf-8")
    dialog = export_dialog(past, qtbot, there)
    choose(dialog, SessionFormat.JSON)
    dialog.export_button.click()
    qtbot.waitUntil(lambda: "Replace it?" in dialog.notice.text())
    assert there.read_text(encoding="utf-8") == "precious"
    dialog.notice.button.click()
    qtbot.waitUntil(lambda: "Written" in dialog.notice.text())
    assert json.loads(there.read_text(encoding="utf-8"))["takes"]
    dialog.close_button.click()


def test_a_selection_becomes_one_document_or_a_folder_of_sounds(
    past: HistoryWorld, qtbot: QtBot, tmp_path: Path
) -> None:
    past.page.history.list.selectAll()
    dialog = export_dialog(past, qtbot, tmp_path / "both")
    choose(dialog, SessionFormat.FLAC)
    assert not dialog.sound.isVisible()
    dialog.export_button.click()
    qtbot.waitUntil(lambda: "6 files" in dialog.notice.text())
    assert len(list((tmp_path / "both").glob("*.flac"))) == 6
    dialog.close_button.click()


def test_one_take_is_exported_from_the_open_session(
    past: HistoryWorld, qtbot: QtBot, tmp_path: Path
) -> None:
    press(past.page.history.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)
    dialog = export_dialog(past, qtbot, tmp_path / "one")
    dialog.scope.setCurrentIndex(1)
    choose(dialog, SessionFormat.VTT)
    dialog.export_button.click()
    qtbot.waitUntil(lambda: "Written" in dialog.notice.text())
    assert (tmp_path / "one.vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    dialog.close_button.click()


def test_a_place_that_refuses_is_said(past: HistoryWorld, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    dialog = export_dialog(past, qtbot, tmp_path / "a file" / "x.md")
    choose(dialog, SessionFormat.MARKDOWN)
    dialog.export_button.click()
    qtbot.waitUntil(lambda: "could not be written" in dialog.notice.text())
    assert dialog.export_button.isEnabled()
    dialog.close_button.click()


def test_an_export_can_be_cancelled_and_tried_again(
    past: HistoryWorld, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    begun: list[ExportRequest] = []

    def never_ends(request: ExportRequest, job: JobContext) -> Exported:
        begun.append(request)
        while True:
            job.report(0.4)
            time.sleep(0.001)

    context = ExportContext(past.jobs, never_ends, lambda _folder: True)
    dialog = ExportDialog(theme, context, ExportChoice((1,), "Mine", 3), tmp_path, past.page)
    dialog.open()
    dialog.export_button.click()
    qtbot.waitUntil(lambda: bool(begun))
    assert begun[0].target == tmp_path / "Mine.html"
    assert not dialog.export_button.isEnabled()
    dialog.busy.cancel_button.click()
    assert "Cancelled" in dialog.notice.text()
    assert dialog.export_button.isEnabled()
    dialog.export_button.click()
    qtbot.waitUntil(lambda: len(begun) == 2)
    dialog.close_button.click()


def test_an_open_session_shows_the_title_its_person_gives_it(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    press(past.page.history.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)
    press(past.page.session.list, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bool(past.page.window().findChildren(DetailsDialog)))
    (dialog,) = past.page.window().findChildren(DetailsDialog)
    QTest.keyClicks(dialog.title, "The board")
    dialog.keep_button.click()
    qtbot.waitUntil(lambda: past.page.session.head.title.text() == "The board")
    past.page.session.head.back.click()
    past.page.open_session(2)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)
    assert past.page.session.head.title.text() == "The board"


def storage(past: HistoryWorld, qtbot: QtBot) -> StorageView:
    past.page.files.show_storage()
    view = past.page.files.storage
    assert view is not None
    qtbot.waitUntil(lambda: "Sound takes" in view.total.text())
    return view


def test_the_storage_view_tells_the_room_and_makes_it_less(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = storage(past, qtbot)
    assert "in 6 takes" in view.total.text()
    assert "IT Product Manager" in view.by_guide.text()
    assert "1 year to 2 years" in view.by_age.text()
    assert nameless(view) == []
    view.convert_button.click()
    qtbot.waitUntil(lambda: "6 takes done" in view.notice.text())
    qtbot.waitUntil(lambda: not view.convert_button.isEnabled())
    endings = {file.suffix for file in past.paths.takes.iterdir()}
    assert endings == {".opus"}
    press(view, Qt.Key.Key_Escape)
    assert past.page.currentWidget() is past.page.history


def test_sound_is_never_deleted_before_an_age_is_chosen_and_the_person_is_sure(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = storage(past, qtbot)
    assert not view.delete_button.isEnabled()
    view.delete_age.setCurrentIndex(view.delete_age.findData(365))
    view.delete_button.click()
    qtbot.waitUntil(view.question.isVisible)
    assert "The sound of 3 takes older than 1 year goes for good" in view.question.text()
    assert view.keep_button.hasFocus()
    view.keep_button.click()
    assert not view.question.isVisible()
    assert len(list(past.paths.takes.iterdir())) == 6
    view.delete_button.click()
    qtbot.waitUntil(view.question.isVisible)
    view.sure_button.click()
    qtbot.waitUntil(lambda: "3 takes done" in view.notice.text())
    assert len(list(past.paths.takes.iterdir())) == 3
    assert past.stored(1).takes[0].transcript is not None
    past.page.open_session(1)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)
    take_view = past.page.session.take_view
    assert "deleted to make room" in take_view.notice.text()
    assert "payment flow" in take_view.answer.transcript.text()


def test_what_is_being_made_smaller_can_be_cancelled(past: HistoryWorld, qtbot: QtBot) -> None:
    view = storage(past, qtbot)
    begun: list[str] = []

    def never_ends(source: Path, target: Path, form: str, job: JobContext) -> None:
        begun.append(form)
        while True:
            job.check()
            time.sleep(0.001)

    past.shrink = never_ends
    view.convert_button.click()
    qtbot.waitUntil(lambda: bool(begun))
    view.busy.cancel_button.click()
    assert "Cancelled" in view.notice.text()
    takes = past.paths.takes
    qtbot.waitUntil(lambda: {file.suffix for file in takes.iterdir()} == {".wav"})
