"""Every control has a name a screen reader can say, and can be reached by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QSlider,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from interview_app.domain.rehearsal.machine import Phase
from interview_app.gui.theme import Theme
from interview_app.gui.window.main_window import MainWindow, WindowPage
from tests.gui.conftest import World
from tests.gui.keys import press
from tests.gui.rehearsing import answer, begin, end_session, wait_for

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QProgressBar,
    QSlider,
)
INNER = ("qt_", "QComboBox")
"""Parts Qt makes inside its own widgets, which speak for them."""


def nameless(page: QWidget) -> list[str]:
    """The visible controls of a page that a screen reader could not name."""
    return [
        f"{type(control).__name__} in {type(control.parent()).__name__}"
        for control in controls(page)
        if not name_of(control)
    ]


def controls(page: QWidget) -> Iterator[QWidget]:
    for widget in page.findChildren(QWidget):
        parent = widget.parentWidget()
        is_inner = widget.objectName().startswith(INNER) or isinstance(
            parent, (QComboBox, QAbstractSpinBox)
        )
        if isinstance(widget, CONTROLS) and widget.isVisible() and not is_inner:
            yield widget


def name_of(control: QWidget) -> str:
    if isinstance(control, QComboBox):
        # Qt tells the chosen entry as its name; what was set is what it stands for.
        return control.accessibleName()
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, world: World) -> MainWindow:
    page = WindowPage("rehearse", "Rehearse", "microphone", world.page, world.page.keys)
    window = MainWindow(
        theme, [page, WindowPage("settings", "Settings", "gear-six", QWidget())], None
    )
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    return window


def test_every_control_of_every_view_can_be_named(
    qtbot: QtBot, world: World, window: MainWindow
) -> None:
    found: dict[str, list[str]] = {"setup": nameless(window)}
    begin(qtbot, world)
    found["asking"] = nameless(window)
    world.player.end()
    wait_for(qtbot, world, Phase.THINKING)
    found["thinking"] = nameless(window)
    press(world.page, Qt.Key.Key_T)
    found["typing"] = nameless(window)
    press(world.page, Qt.Key.Key_Escape)
    answer(qtbot, world)
    qtbot.waitUntil(lambda: bool(world.page.review.answer.transcript.text()))
    found["review"] = nameless(window)
    press(world.page, Qt.Key.Key_N)
    wait_for(qtbot, world, Phase.ASKING)
    end_session(world.page)
    qtbot.waitUntil(lambda: world.page.currentWidget() is world.page.summary)
    found["summary"] = nameless(window)
    assert {view: missing for view, missing in found.items() if missing} == {}


def test_the_check_can_fail(qtbot: QtBot, world: World, window: MainWindow) -> None:
    world.page.setup.begin_button.setText("")
    world.page.setup.begin_button.setAccessibleName("")
    assert nameless(window) == ["Button in QWidget"]


def test_every_control_of_the_set_up_is_reached_by_tab(
    qtbot: QtBot, world: World, window: MainWindow
) -> None:
    setup = world.page.setup
    setup.setFocus()
    reached: list[QWidget] = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in reached:
            break
        reached.append(focus)
        press(setup, Qt.Key.Key_Tab)
    questions, how = setup.questions, setup.how
    wanted = [
        questions.guide_box,
        questions.count_box,
        questions.order_box,
        *questions.sections,
        how.practice,
        how.target_box,
        how.voice_box,
        how.rate_box,
        setup.begin_button,
    ]
    assert [widget for widget in reached if widget in wanted] == wanted


def tabbed(page: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[str]:
    """The names of what Tab comes to, once round."""
    start = QApplication.focusWidget()
    reached: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and focus not in reached:
        reached.append(focus)
        press(page, key)
    assert QApplication.focusWidget() is start
    return [widget.accessibleName() for widget in reached]


def test_tab_comes_to_the_offer_to_continue_and_to_the_side_bar_and_round(
    qtbot: QtBot, world: World, window: MainWindow
) -> None:
    begin(qtbot, world)
    press(world.page, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    setup = world.page.setup
    qtbot.waitUntil(setup.card.isVisible)
    setup.setFocus()

    forwards = tabbed(world.page)

    assert {"Begin", "Continue", "Rehearse", "Settings", "Guide"} <= set(forwards)
    backwards = tabbed(world.page, Qt.Key.Key_Backtab)
    assert backwards[1:] == forwards[:0:-1]


def told(world: World) -> set[str]:
    keys = world.page.keys()
    return {line.key for line in keys}


def test_the_keys_are_told_for_each_view(qtbot: QtBot, world: World) -> None:
    assert told(world) == {"Enter"}
    begin(qtbot, world)
    assert {"Space", "P", "R", "S", "Esc", "K", "T"} <= told(world)
    answer(qtbot, world)
    assert {"L", "N", "T", "B"} <= told(world)
