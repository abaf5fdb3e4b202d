"""The history narrowed, ordered, looked at as a calendar, labelled and put away, by its keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from interview_app.domain.session import Mode
from interview_app.gui.models.roles import RowRole
from interview_app.gui.models.session_table import PAGE, Column
from interview_app.gui.sessions.session_actions import DetailsDialog
from tests.gui.history_world import HistoryWorld, make_session, make_take
from tests.gui.keys import press
from tests.gui.naming import nameless


@pytest.fixture
def past(past: HistoryWorld, qtbot: QtBot) -> HistoryWorld:
    """A Sessions page with three sessions in its past, in front."""
    past.keep(make_session(past.clock, "old", days_ago=40, mode=Mode.INTERVIEW))
    short = make_session(past.clock, "short", days_ago=3, takes=())
    past.keep(replace(short, takes=(make_take(short, 0, text="Brief."),)))
    past.keep(make_session(past.clock, "new", days_ago=0.01))
    past.page.show()
    past.page.activateWindow()
    qtbot.waitUntil(lambda: past.page.history.sessions.rowCount() == 3)
    return past


def uids(past: HistoryWorld) -> list[str]:
    model = past.page.history.sessions
    return [getattr(model.session_at(row), "uid", "?") for row in range(model.rowCount())]


def test_a_click_on_a_heading_orders_and_another_turns_it_round(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = past.page.history.list
    assert uids(past) == ["new", "short", "old"]
    header = view.horizontalHeader()
    place = header.sectionViewportPosition(Column.LENGTH) + 10
    for expected in (["new", "old", "short"], ["short", "new", "old"]):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))
        qtbot.waitUntil(lambda order=expected: uids(past) == order)  # type: ignore[misc]
    view.setFocus()
    press(view, Qt.Key.Key_Left)
    view.selectionModel().setCurrentIndex(
        view.model().index(0, Column.DATE), view.selectionModel().SelectionFlag.NoUpdate
    )
    press(view, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: uids(past) == ["new", "short", "old"])


def test_filters_narrow_the_table_and_say_so_and_can_be_cleared(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = past.page.history
    press(view.list, Qt.Key.Key_F)
    assert view.filters.isVisible()
    assert view.filters.guide.hasFocus()
    qtbot.waitUntil(lambda: view.filters.guide.count() == 2)
    assert view.filters.section.count() > 1
    view.filters.mode.setCurrentText("Interview")
    qtbot.waitUntil(lambda: uids(past) == ["old"])
    assert view.head.filter_button.text() == "Filters · 1"
    view.filters.period.setCurrentText("Last 7 days")
    qtbot.waitUntil(view.none.isVisible)
    assert "No session like that" in view.none.text()
    view.none.button.click()
    qtbot.waitUntil(lambda: len(uids(past)) == 3)
    assert view.head.filter_button.text() == "Filters"
    assert nameless(view) == []


def test_filters_narrow_the_search_too(past: HistoryWorld, qtbot: QtBot) -> None:
    view = past.page.history
    QTest.keyClicks(view.search, "payment")
    qtbot.waitUntil(lambda: view.hits.rowCount() == 6)
    view.filters.mode.setCurrentText("Interview")
    qtbot.waitUntil(lambda: view.hits.rowCount() == 3)
    assert view.count == "1 of 3"


def test_many_hits_come_in_two_goes_and_all_are_counted(past: HistoryWorld, qtbot: QtBot) -> None:
    for number in range(12):
        past.keep(make_session(past.clock, f"more{number}", days_ago=number + 50))
    view = past.page.history
    QTest.keyClicks(view.search, "engineering")
    qtbot.waitUntil(lambda: view.hits.rowCount() == 42)
    assert view.count == "1 of 42"
    assert len({hit.take_uid for hit in view.hits.hits}) == 42


@pytest.mark.anywhere
def test_the_calendar_marks_days_and_is_walked_by_keys(past: HistoryWorld, qtbot: QtBot) -> None:
    view = past.page.history
    calendar = view.calendar
    press(view.list, Qt.Key.Key_M)
    qtbot.waitUntil(calendar.isVisible)
    today = past.clock.today()
    newest = (past.clock.now() - timedelta(days=0.01)).date()
    qtbot.waitUntil(lambda: calendar.day == newest)
    qtbot.waitUntil(lambda: [s.uid for s in calendar.sessions.sessions] == ["new"])
    assert calendar.month.count(newest) == 1
    assert calendar.days.hasFocus()
    press(calendar.days, Qt.Key.Key_PageUp)
    press(calendar.days, Qt.Key.Key_PageUp)
    assert (calendar.month.first.year * 12 + calendar.month.first.month) == (
        newest.year * 12 + newest.month - 2
    )
    press(calendar.days, Qt.Key.Key_Home)
    assert calendar.day == today
    for _ in range(40):
        press(calendar.days, Qt.Key.Key_Left)
    there = today - timedelta(days=40)
    assert calendar.day == there
    assert calendar.days.currentIndex().data(RowRole.FACTS) == calendar.month.count(there)
    old = (past.clock.now() - timedelta(days=40)).date()
    calendar.show_day(old)
    qtbot.waitUntil(lambda: [s.uid for s in calendar.sessions.sessions] == ["old"])
    assert nameless(view) == []
    press(calendar.days, Qt.Key.Key_Return)
    assert calendar.list.hasFocus()
    press(calendar.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)
    assert past.page.session.session is not None
    assert past.page.session.session.uid == "old"


def test_digits_rate_and_nought_takes_it_back(past: HistoryWorld, qtbot: QtBot) -> None:
    view = past.page.history
    press(view.list, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: view.sessions.index(0, Column.RATING).data() == "4 of 5")
    press(view.list, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: view.sessions.index(0, Column.RATING).data() == "")


def dialog_of(past: HistoryWorld, qtbot: QtBot) -> DetailsDialog:
    qtbot.waitUntil(lambda: bool(past.page.window().findChildren(DetailsDialog)))
    (dialog,) = past.page.window().findChildren(DetailsDialog)
    return dialog


def test_a_session_gets_a_title_a_rating_and_tags(past: HistoryWorld, qtbot: QtBot) -> None:
    view = past.page.history
    press(view.list, Qt.Key.Key_F2)
    dialog = dialog_of(past, qtbot)
    assert nameless(dialog) == []
    assert dialog.title.placeholderText() == "IT Product Manager"
    QTest.keyClicks(dialog.title, "The board")
    dialog.rating.setCurrentText("5 of 5")
    QTest.keyClicks(dialog.tags, "final, Board,board")
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.sessions.index(0, Column.SESSION).data() == "The board")
    assert view.sessions.index(0, Column.TAGS).data() == "final, Board"
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    past.page.window().activateWindow()
    qtbot.waitUntil(view.list.hasFocus)
    press(view.list, Qt.Key.Key_Home)
    press(view.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.foot.chosen.text() == "2 sessions chosen"
    past.page.window().activateWindow()
    view.list.setFocus()
    qtbot.waitUntil(view.list.hasFocus)
    press(view.list, Qt.Key.Key_F2)
    dialog = dialog_of(past, qtbot)
    assert not dialog.title.isVisible()
    QTest.keyClicks(dialog.tags, "phone")
    dialog.keep_button.click()
    qtbot.waitUntil(lambda: view.sessions.index(1, Column.TAGS).data() == "phone")
    assert view.sessions.index(0, Column.TAGS).data() == "final, Board, phone"
    assert view.sessions.index(0, Column.RATING).data() == "5 of 5"


def test_archived_sessions_leave_the_table_until_they_are_asked_for(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = past.page.history
    press(view.list, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: uids(past) == ["short", "old"])
    assert "archived" in view.notice.text()
    view.filters.archive.setCurrentText("Archived")
    qtbot.waitUntil(lambda: uids(past) == ["new"])
    assert past.page.commands.archive_act.text() == "Take out of the archive\tA"
    press(view.list, Qt.Key.Key_A)
    qtbot.waitUntil(view.none.isVisible)
    view.filters.clear()
    qtbot.waitUntil(lambda: len(uids(past)) == 3)


def test_several_are_deleted_and_come_back_together(past: HistoryWorld, qtbot: QtBot) -> None:
    view = past.page.history
    view.list.selectAll()
    press(view.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(view.empty.isVisible)
    assert "3 sessions were deleted" in view.notice.text()
    view.notice.button.click()
    qtbot.waitUntil(lambda: len(uids(past)) == 3)


def test_all_of_a_long_history_can_be_chosen_though_few_rows_are_held(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    empty = make_session(past.clock, takes=())
    with past.database.new_unit() as unit:
        for number in range(2 * PAGE):
            started = empty.started_at - timedelta(days=100, hours=number)
            unit.sessions.add(replace(empty, uid=f"s{number}", started_at=started))
        unit.commit()
    past.page.refresh()
    view = past.page.history
    qtbot.waitUntil(lambda: view.sessions.rowCount() == 2 * PAGE + 3)
    view.list.selectAll()
    chosen: list[tuple[int, ...]] = []
    past.page.finder.with_chosen(chosen.append)
    qtbot.waitUntil(lambda: bool(chosen))
    assert len(set(chosen[0])) == 2 * PAGE + 3


def test_tab_reaches_every_control_of_the_history(past: HistoryWorld, qtbot: QtBot) -> None:
    view = past.page.history
    view.head.filter_button.click()
    view.list.setFocus()
    seen = set()
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus)
        press(past.page, Qt.Key.Key_Tab)
    commands = past.page.commands
    wanted = {
        view.list,
        view.search,
        view.head.calendar_button,
        view.head.filter_button,
        view.filters.guide,
        view.filters.archive,
        commands.delete_button,
        commands.details_button,
        commands.open_button,
    }
    assert [w.accessibleName() for w in wanted - seen] == []
