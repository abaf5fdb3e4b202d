"""The wheel turns the page; what it comes over on the way stays as it was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QScrollBar,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from interview_app.gui.theme import Theme
from tests.gui.conftest import MakeWorld
from tests.gui.history_world import HistoryWorld, make_session
from tests.gui.settings_world import SettingsWorld, build_settings
from tests.gui.test_sessions_page import open_first

Valued = QComboBox | QAbstractSpinBox | QAbstractSlider


def turn_wheel(widget: QWidget, notches: int) -> None:
    """Turn the wheel over a widget, downwards where ``notches`` is negative.

    As Qt does with a real wheel, whoever does not want the event leaves it to its parent.
    """
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    taker: QWidget | None = widget
    while taker is not None:
        event.ignore()
        QApplication.sendEvent(taker, event)
        taker = None if event.isAccepted() else taker.parentWidget()


def with_values(page: QWidget) -> list[Valued]:
    """What has a value to choose on a page, apart from scroll bars."""
    found: list[Valued] = [*page.findChildren(QComboBox), *page.findChildren(QAbstractSpinBox)]
    sliders = page.findChildren(QAbstractSlider)
    return [*found, *(one for one in sliders if not isinstance(one, QScrollBar))]


def value_of(widget: Valued) -> object:
    """What is chosen."""
    if isinstance(widget, QComboBox):
        return widget.currentIndex()
    return widget.value() if isinstance(widget, QSpinBox | QAbstractSlider) else None


def changed_by_wheel(page: QWidget) -> list[str]:
    """The names of those whose value the wheel changes, with the focus or without."""
    changed = []
    for widget in with_values(page):
        before = value_of(widget)
        for has_focus in (False, True):
            if has_focus:
                widget.setFocus()
            for notches in (-1, 1, 1, -1):
                turn_wheel(widget, notches)
                if value_of(widget) != before:
                    changed.append(widget.accessibleName())
    return changed


@pytest.fixture
def settings(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[SettingsWorld]:
    world = build_settings(theme, tmp_path)
    qtbot.addWidget(world.page)
    world.page.resize(900, 400)
    world.page.show()
    qtbot.waitUntil(lambda: world.devices.is_known)
    yield world
    world.close()


def test_the_wheel_changes_no_setting(settings: SettingsWorld) -> None:
    assert len(with_values(settings.page)) > 5
    assert changed_by_wheel(settings.page) == []


def test_the_page_scrolls_on_under_a_box(settings: SettingsWorld) -> None:
    area = settings.page.findChildren(QScrollArea)[0]
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    target = settings.page.times.target

    turn_wheel(target, -1)

    assert bar.value() > 0


def test_the_wheel_changes_nothing_of_what_is_set_up(make_world: MakeWorld) -> None:
    page = make_world(question_count=2, mode="interview").page
    assert len(with_values(page.setup)) > 5
    assert changed_by_wheel(page.setup) == []


def test_the_wheel_changes_neither_speed_nor_take_nor_place(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    past.keep(make_session(past.clock))
    open_first(past, qtbot)
    assert with_values(past.page)
    assert changed_by_wheel(past.page) == []
