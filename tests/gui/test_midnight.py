"""Midnight passes while the window is open: what was today is yesterday."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from interview_app.gui.models.roles import RowRole
from interview_app.gui.widgets.day_watch import DayWatch
from tests.gui.conftest import MakeWorld
from tests.gui.history_world import HistoryWorld, make_session
from tests.gui.keys import press

pytestmark = pytest.mark.anywhere

AUCKLAND = timezone(timedelta(hours=13))
"""It is 23:00 there while it is 10:00 in UTC."""


def pass_minute(watch: DayWatch) -> None:
    """Have the next look at the clock come now; it comes only while the page is shown."""
    timer = watch.findChild(QTimer)
    assert timer is not None
    assert timer.isActive()
    timer.timeout.emit()


@pytest.fixture
def late(past: HistoryWorld, qtbot: QtBot) -> HistoryWorld:
    """An evening in Auckland, with a session of this evening in front."""
    past.clock.zone = AUCKLAND
    past.keep(make_session(past.clock, "evening"))
    past.page.show()
    past.page.activateWindow()
    qtbot.waitUntil(lambda: past.page.history.sessions.rowCount() == 1)
    return past


def day(past: HistoryWorld) -> str:
    """What the table says of the day of its first row."""
    return str(past.page.history.sessions.index(0, 0).data()).split(",")[0]


def test_the_table_says_yesterday_after_midnight_on_the_wall(
    late: HistoryWorld, qtbot: QtBot
) -> None:
    assert day(late) == "Today"
    late.clock.go_on(30 * 60)
    pass_minute(late.page.day_watch)
    assert not late.page.history.busy.is_busy
    assert day(late) == "Today"
    late.clock.go_on(45 * 60)
    pass_minute(late.page.day_watch)
    qtbot.waitUntil(lambda: day(late) == "Yesterday")


def test_the_calendar_marks_the_new_day(late: HistoryWorld, qtbot: QtBot) -> None:
    calendar = late.page.history.calendar
    press(late.page.history.list, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: calendar.sessions.rowCount() == 1)
    before = late.clock.today()
    assert calendar.month.index_of(before).data(RowRole.CHIP)
    assert calendar.sessions.index(0).data(RowRole.HEADING) == "Today"
    late.clock.go_on(75 * 60)
    pass_minute(late.page.day_watch)
    after = before + timedelta(days=1)
    qtbot.waitUntil(lambda: bool(calendar.month.index_of(after).data(RowRole.CHIP)))
    assert not calendar.month.index_of(before).data(RowRole.CHIP)
    qtbot.waitUntil(lambda: calendar.sessions.index(0).data(RowRole.HEADING) == "Yesterday")


def test_hits_and_an_open_session_say_yesterday(late: HistoryWorld, qtbot: QtBot) -> None:
    view = late.page.history
    view.begin_search()
    view.search.setText("requests")
    qtbot.waitUntil(lambda: view.hits.rowCount() > 0)
    side = view.hits.index(0).data(RowRole.SIDE)
    assert "Today" in side
    press(view.search, Qt.Key.Key_Return)
    press(view.found, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: late.page.currentWidget() is late.page.session)
    head = late.page.session.head
    name = head.title.text()
    assert head.facts.text().startswith("Today")
    late.clock.go_on(75 * 60)
    pass_minute(late.page.day_watch)
    assert head.facts.text().startswith("Yesterday")
    assert head.title.text() == name
    assert "Yesterday" in view.hits.index(0).data(RowRole.SIDE)


def test_a_page_that_is_not_shown_does_not_look_and_looks_when_it_is(
    late: HistoryWorld, qtbot: QtBot
) -> None:
    late.page.hide()
    timer = late.page.day_watch.findChild(QTimer)
    assert timer is not None
    assert not timer.isActive()
    late.clock.go_on(75 * 60)
    late.page.show()
    qtbot.waitUntil(lambda: day(late) == "Yesterday")


def test_the_session_to_go_on_with_is_of_yesterday(make_world: MakeWorld, qtbot: QtBot) -> None:
    world = make_world(question_count=2)
    world.clock.zone = AUCKLAND
    with_two = make_session(world.clock, "open", is_over=False)
    world.sessions.add(with_two)
    world.page.refresh()
    card = world.page.setup.card
    qtbot.waitUntil(card.isVisible)
    assert "Today" in card.text()
    world.clock.go_on(75 * 60)
    pass_minute(world.page.day_watch)
    qtbot.waitUntil(lambda: "Yesterday" in card.text())
