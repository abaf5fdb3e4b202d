"""The lists of the Sessions page: days in words, places of found words, rows in their order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from interview_app.domain.found_words import found_in
from interview_app.gui.models.dates import group_of, when
from interview_app.gui.models.search_hits import SearchHits
from interview_app.gui.models.session_list import SessionList
from interview_app.services.ports import SearchHit
from tests.fakes import FakeClock, summary_of
from tests.gui.history_world import make_session

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


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
    assert when(moment, NOW, ENGLISH).split(",")[0] == day
    assert group_of(moment, NOW, ENGLISH) == group


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


def test_the_session_list_keeps_the_promises_of_a_model(qtbot: QtBot) -> None:
    clock = FakeClock()
    summaries = [
        summary_of(make_session(clock, f"s{number}", days_ago=number)) for number in range(6)
    ]
    from dataclasses import replace

    numbered = [replace(summary, id=number) for number, summary in enumerate(summaries)]
    model = SessionList()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, None
    )
    model.show_sessions(numbered[:3], NOW, is_complete=False)
    model.append(numbered[3:], is_complete=True)
    removed = model.remove(2)
    assert removed is not None
    assert [session.id for session in model.sessions] == [0, 1, 3, 4, 5]
    model.put_back(removed)
    assert [session.id for session in model.sessions] == [0, 1, 2, 3, 4, 5]
    assert model.remove(99) is None
    del tester


def test_the_hits_keep_the_promises_of_a_model(qtbot: QtBot) -> None:
    model = SearchHits()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, None
    )
    model.show_hits([SearchHit(1, "u", 1, "Why?", "because\nof it", 3.0)], "because")
    assert model.rowCount() == 1
    model.show_hits([], "zebra")
    assert model.rowCount() == 0
    del tester
