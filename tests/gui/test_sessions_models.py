"""The lists of the Sessions page: days in words, places of found words, rows in their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from interview_app.domain.text.folding import found_in
from interview_app.gui.models.month import WEEK, WEEKS, Month
from interview_app.gui.models.roles import RowRole
from interview_app.gui.models.search_hits import SearchHits
from interview_app.gui.models.session_list import SessionList
from interview_app.gui.models.session_table import KEPT_PAGES, PAGE, Column, SessionTable
from interview_app.gui.sessions.filter_bar import Period, bounds_of, start_of
from interview_app.gui.text.dates import group_of, when
from interview_app.services.history.queries import SessionPage
from interview_app.services.ports.history import SearchHit
from interview_app.services.ports.sessions import SessionSummary
from tests.fakes import FakeClock, summary_of
from tests.gui.history_world import make_session

pytestmark = pytest.mark.anywhere

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "day", "group"),
    [
        (0, "Today", "Today"),
        (1, "Yesterday", "Yesterday"),
        (2, "Friday", "This week"),
        (6, "Monday", "This week"),
        (7, "15 November", "November 2026"),
        (400, "18 October 2025", "October 2025"),
    ],
)
def test_a_day_is_named_as_people_name_it(days: int, day: str, group: str) -> None:
    moment = NOW - timedelta(days=days)
    assert when(moment, NOW).split(",")[0] == day
    assert group_of(moment, NOW) == group


@pytest.mark.parametrize(
    ("excerpt", "wanted", "found"),
    [
        ("We cut one report", ("report",), ["report"]),
        ("The Migration, migrating", ("migrat",), ["Migration", "migrating"]),
        ("Résumé and resume", ("resume",), ["Résumé", "resume"]),
        ("nothing here", ("zebra",), []),
        ("İstanbul", ("istanbul",), ["İstanbul"]),
    ],
)
def test_found_words_are_marked_whatever_their_case_and_accents(
    excerpt: str, wanted: tuple[str, ...], found: list[str]
) -> None:
    assert [excerpt[start:end] for start, end in found_in(excerpt, wanted)] == found


@given(st.text(max_size=60), st.lists(st.text("abcé", min_size=1, max_size=4), max_size=3))
def test_marks_lie_within_any_text(excerpt: str, wanted: list[str]) -> None:
    for start, end in found_in(excerpt, wanted):
        assert 0 <= start < end <= len(excerpt)


def numbered(count: int, first: int = 0) -> tuple[SessionSummary, ...]:
    clock = FakeClock()
    return tuple(
        replace(summary_of(make_session(clock, f"s{number}", days_ago=number)), id=number)
        for number in range(first, first + count)
    )


def test_the_list_of_a_day_keeps_the_promises_of_a_model(qtbot: QtBot) -> None:
    model = SessionList()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, None
    )
    model.show_sessions(numbered(3), NOW)
    assert [model.index(row).data(RowRole.HEADING) for row in range(3)] == [
        "Today",
        "Yesterday",
        "This week",
    ]
    assert (model.row_of(2), model.row_of(99)) == (2, None)
    model.show_sessions(numbered(1), NOW)
    assert model.rowCount() == 1
    del tester


def test_the_table_keeps_the_promises_of_a_model_and_few_pages(qtbot: QtBot) -> None:
    model = SessionTable()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, None
    )
    total = PAGE * (KEPT_PAGES + 3)
    model.begin(SessionPage(0, numbered(PAGE), total), NOW)
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    assert model.index(PAGE + 7, 1).data() == "…"
    model.index(PAGE + 8, 0).data()
    assert asked == [PAGE], "a page is asked for once"
    for offset in range(PAGE, total, PAGE):
        model.index(offset, 0).data()
        assert model.take_page(SessionPage(offset, numbered(PAGE, offset), total))
    assert len(model.held) == PAGE * KEPT_PAGES
    assert model.session_at(total - 1) is not None
    assert not model.take_page(SessionPage(0, numbered(PAGE), total + 1)), "it has changed since"
    renamed = replace(numbered(1, total - 1)[0], title="The board", rating=4, tags=("final",))
    model.change([renamed])
    cells = [model.index(total - 1, column).data() for column in Column]
    assert cells[1:] == ["The board", "3 of 3", "1:19", "Practice", "4 of 5", "final"]
    said = str(model.index(total - 1, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "Your rating: 4 of 5. Tags: final" in said
    del tester


def test_a_month_holds_every_one_of_its_days_once(qtbot: QtBot) -> None:
    model = Month()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, None
    )
    for number in range(1, 13):
        model.show_month(date(2026, number, 15), date(2026, number, 1))
        cells = [model.index(row, column) for row in range(WEEKS) for column in range(WEEK)]
        days = [cell.data(RowRole.VALUE) for cell in cells]
        assert days == [days[0] + timedelta(days=ago) for ago in range(WEEKS * WEEK)]
        of_month = [day for day in days if model.is_of_month(day)]
        assert of_month[0] == date(2026, number, 1)
        assert (of_month[-1] + timedelta(days=1)).day == 1
        assert model.index_of(of_month[9]).data(RowRole.VALUE) == of_month[9]
    model.show_counts({date(2026, 12, 3): 2, date(2026, 11, 30): 1}, date(2026, 12, 1))
    assert model.month_count() == 2
    said = str(model.index_of(date(2026, 12, 3)).data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.endswith("December 2026, 2 sessions")
    del tester


def test_periods_end_and_begin_with_days_of_this_machine() -> None:
    assert bounds_of(Period.ANY, NOW) == (None, None)
    since, until = bounds_of(Period.WEEK, NOW)
    assert since is not None
    assert until is None
    assert (since.date(), since.hour) == (date(2026, 11, 16), 0)
    assert bounds_of(Period.LAST_YEAR, NOW) == (
        start_of(date(2025, 1, 1), UTC),
        start_of(date(2026, 1, 1), UTC),
    )


def test_the_hits_keep_the_promises_of_a_model(qtbot: QtBot) -> None:
    model = SearchHits()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, None
    )
    model.show_hits([SearchHit(1, "u", 1, "Why?", "because\nof it", 3.0)], "because", NOW)
    assert model.rowCount() == 1
    model.append([SearchHit(1, "v", 2, "How?", "because", 0.0, "Board", NOW, is_note=True)])
    assert (
        model.index(1).data(RowRole.SIDE)
        == "Board · Today, " + when(NOW, NOW).split(", ")[1] + " · Take 2 · your note"
    )
    model.show_hits([], "zebra", NOW)
    assert model.rowCount() == 0
    del tester
