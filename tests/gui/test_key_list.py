"""The list of keys tells the keys that really work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from interview_app.gui.theme import Theme
from interview_app.gui.widgets.keys import KeyHelp
from interview_app.gui.window.key_list import KeyListDialog, groups_of
from interview_app.gui.window.main_window import MainWindow, WindowPage
from tests.gui.history_world import HistoryWorld, build_history, make_session
from tests.gui.naming import nameless
from tests.gui.settings_world import SettingsWorld, build_settings

pytestmark = pytest.mark.anywhere

_OWN_KEYS = {"Tab", "Up", "Down", "Left", "Return", "Del", "Ctrl+A"}
"""Keys that widgets take by themselves, without a shortcut."""


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> Iterator[tuple[MainWindow, HistoryWorld, SettingsWorld]]:
    """A window with the pages Sessions and Settings."""
    past = build_history(theme, tmp_path)
    settings = build_settings(theme, tmp_path)
    pages = (
        WindowPage("sessions", "Sessions", "clock-counter-clockwise", past.page, past.page.keys),
        WindowPage("settings", "Settings", "gear", settings.page, settings.page.keys),
    )
    window = MainWindow(theme, pages, None)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    yield window, past, settings
    window.hide()
    past.close()
    settings.close()


def bound(widget: QWidget) -> set[str]:
    """The key sequences that are bound in a widget."""
    keys = {shortcut.key().toString() for shortcut in widget.findChildren(QShortcut)}
    return keys | {
        sequence.toString()
        for action in widget.findChildren(QAction)
        for sequence in action.shortcuts()
    }


def test_f1_lists_the_keys_of_the_page_in_front_first(
    window: tuple[MainWindow, HistoryWorld, SettingsWorld], theme: Theme, qtbot: QtBot
) -> None:
    shell, _, _ = window
    opened: list[KeyListDialog] = []

    def show() -> None:
        dialog = KeyListDialog(theme, groups_of(shell, "Everywhere"), shell)
        opened.append(dialog)
        dialog.open()

    shell.keys_asked.connect(show)
    QTest.keyClick(shell, Qt.Key.Key_F1)
    dialog = opened[0]
    assert [group.title for group in dialog.groups] == ["Sessions", "Everywhere", "Settings"]
    assert "Ctrl+F\tSearch all that was asked, said and noted" in dialog.text()
    assert "Ctrl+1\tShow Sessions" in dialog.text()
    assert nameless(dialog) == []
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_list_follows_the_page(
    window: tuple[MainWindow, HistoryWorld, SettingsWorld], qtbot: QtBot
) -> None:
    shell, past, _ = window
    past.keep(make_session(past.clock))
    past.page.open_session(1)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)
    keys = {key.key for key in groups_of(shell, "Everywhere")[0].keys}
    assert {"L", "N", "P", "T", "Left", "Right"} <= keys
    shell.show_page("settings")
    assert groups_of(shell, "Everywhere")[0].title == "Settings"


def test_every_key_that_is_bound_is_listed_and_every_listed_key_is_bound(
    window: tuple[MainWindow, HistoryWorld, SettingsWorld],
) -> None:
    _, past, settings = window
    for page, helps in (
        (past.page.history, past.page.history.keys()),
        (past.page.session, past.page.session.keys()),
        (settings.page, settings.page.keys()),
    ):
        listed = {QKeySequence(help_.key).toString() for help_ in helps}
        ours = bound(page) | bound_above(past.page, page)
        assert bound(page) - listed <= _OWN_KEYS, page
        assert listed - ours <= _OWN_KEYS, page


def bound_above(page: QWidget, view: QWidget) -> set[str]:
    """Keys the page binds for the views in it."""
    if not page.isAncestorOf(view):
        return set()
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return {s.key().toString() for s in page.findChildren(QShortcut, options=direct)}


def test_keys_that_do_the_same_share_a_line(theme: Theme, qtbot: QtBot) -> None:
    from interview_app.gui.window.key_list import KeyGroup

    keys = (KeyHelp("L", "Listen"), KeyHelp("Space", "Listen"), KeyHelp("N", "Next"))
    dialog = KeyListDialog(theme, (KeyGroup("Here", keys),))
    qtbot.addWidget(dialog)
    from PySide6.QtWidgets import QLabel

    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert "L / Space" in shown
    assert shown.count("Listen") == 1
