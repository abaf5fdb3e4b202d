"""A guide file that is opened while something else is being written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.theme import Theme
from interview_app.gui.window.file_opener import FileOpenHandler
from interview_app.gui.window.lazy_page import LazyPage
from interview_app.gui.window.main_window import MainWindow, WindowPage
from interview_app.support.instance_lock import InstanceLock
from tests.fakes import GUIDE
from tests.gui.guides_world import build_guides, wait
from tests.gui.keys import press

Key = Qt.Key


def test_being_asked_to_keep_something_first_ends_with_what_was_written(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    world = build_guides(theme, tmp_path)
    guides = LazyPage(lambda: world.page)
    window = MainWindow(theme, [WindowPage("guides", "Guides", "book-open", guides)], None)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    wait(qtbot, lambda: world.page.views.is_ready)
    arrivals = FileOpenHandler(world.paths, InstanceLock(world.paths), window, guides)
    arrivals.begin(lambda: False)
    world.browse.list.show_place(GuideLocation(GUIDE.id, question_id="why"))
    world.browse.list.take_focus()
    press(window, Key.Key_E)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "x")

    arrivals.open_file(tmp_path / "role.md")
    assert "Keep what you are writing first" in window.notice.text()
    assert window.notice.isVisible()

    press(window, Key.Key_Escape)
    world.page.views.edit.notice.button.click()
    assert not window.notice.isVisible()
    world.close()
