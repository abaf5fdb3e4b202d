"""Ten years of rehearsing: 10,000 sessions and 60,000 takes, opened, narrowed, searched, scrolled.

Each figure stands beside what a bare SQLite query for the same rows takes in the same run, so that
a slow machine tells nothing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import psutil
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from interview_app.gui.application import DesktopApplication, make_application
from interview_app.gui.models.session_table import SessionTable
from interview_app.gui.theme import Scheme, Theme
from interview_app.services.history.history import History
from interview_app.services.history.queries import (
    SessionFilter,
    SessionOrder,
    SessionPage,
    SessionSort,
)
from interview_app.storage.database import open_database
from interview_app.support.clock import SystemClock
from interview_app.support.paths import AppPaths
from tests.benchmarks.big_history import PHRASE, RARE, TAKES_A_SESSION, make_history
from tests.benchmarks.table import Row, row
from tests.benchmarks.turns import Turn, TurnWatch
from tests.gui.history_world import HistoryWorld, build_history

SESSIONS = 10_000
_RUNS = 9
_LOOK_MS = 1
_LIMIT_S = 60
_OPEN = "at most 0.15 s"
_HITS = "at most 0.05 s"
_STALL = "at most 0.05 s"
_FIRST = 25

_LINES = """
    SELECT sessions.*, session_labels.*,
        (SELECT count(*) FROM asked_questions WHERE session_id = sessions.id),
        (SELECT count(DISTINCT position) FROM takes WHERE session_id = sessions.id),
        (SELECT count(*) FROM takes WHERE session_id = sessions.id),
        (SELECT total(duration_s) FROM takes WHERE session_id = sessions.id)
    FROM sessions LEFT JOIN session_labels ON session_labels.session_id = sessions.id
    WHERE deleted_at IS NULL AND archived_at IS NULL
    ORDER BY started_at DESC LIMIT 100
"""
"""What a line of the history shows, asked for as plainly as can be."""
_FOUND = """
    SELECT rowid, snippet(said, 0, '', '', '…', 30) FROM said WHERE said MATCH ?
    ORDER BY bm25(said) LIMIT 25
"""
"""The best hits as the manual of FTS5 asks for them: every take that holds the word is ranked."""
_SEARCHES = (
    ("a word in every take", "the", '"the"*'),
    ("a word in ten takes", RARE, f'"{RARE}"*'),
    ("a phrase in 600 takes", f'"{PHRASE}"', f'"{PHRASE}"'),
    ("one letter, as typed first", "t", '"t"*'),
)
_FILTERS = (
    ("narrowed by guide", SessionFilter(guide_id="guide-3"), SessionOrder()),
    ("narrowed by section", SessionFilter(section="Technical questions"), SessionOrder()),
    ("narrowed by tag and rating", SessionFilter(tag="board", rating=4), SessionOrder()),
    ("ordered by length", SessionFilter(), SessionOrder(SessionSort.LENGTH)),
    ("ordered by rating", SessionFilter(), SessionOrder(SessionSort.RATING)),
)


def measure() -> list[Row]:
    """The services first, then the page as a person meets it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        paths = AppPaths(Path(name) / "data")
        began = time.perf_counter()
        make_history(paths, SESSIONS)
        made = time.perf_counter() - began
        size = paths.database.stat().st_size / 1e6
        note = f"{SESSIONS} sessions, {SESSIONS * TAKES_A_SESSION} takes, {size:.0f} MB"
        rows = [row("the database was made in", made, "s", note=note)]
        rows += _of_services(paths)
        return rows + _of_page(Path(name))


def _of_services(paths: AppPaths) -> list[Row]:
    database = open_database(paths)
    history = History(database.new_unit, paths, SystemClock())
    try:
        with closing(sqlite3.connect(paths.database)) as raw:
            bare = _median(lambda: raw.execute(_LINES).fetchall())
            rows = [
                _row("first page of the history", lambda: _page(history), bare, _OPEN),
                _row("its last page", lambda: _page(history, offset=9_600), bare, _OPEN),
            ]
            for name, wanted, order in _FILTERS:
                rows.append(_row(name, partial(_page, history, wanted, order), bare))
            rows.append(_row("days of the calendar", lambda: history.days(SessionFilter()), bare))
            for name, text, match in _SEARCHES:
                plain = _median(partial(_bare_hits, raw, match))
                found = history.find_said(text, _FIRST)
                more = f"{found.total} ranked"
                search = partial(history.find_said, text, _FIRST)
                rows.append(_row(f"first hits: {name}", search, plain, _HITS, more))
            return rows
    finally:
        database.close()


def _bare_hits(raw: sqlite3.Connection, match: str) -> list[object]:
    return raw.execute(_FOUND, (match,)).fetchall()


def _page(
    history: History,
    wanted: SessionFilter | None = None,
    order: SessionOrder | None = None,
    offset: int = 0,
) -> object:
    return history.page(wanted or SessionFilter(), order or SessionOrder(), 100, offset)


def _row(
    what: str,
    call: Callable[[], object],
    bare: float,
    promise: str = "",
    note: str = "",
) -> Row:
    times = _times(call)
    worst = f"worst of {_RUNS}: {max(times) * 1000:.0f} ms"
    text = f"{note}; {worst}" if note else worst
    return row(what, statistics.median(times), "s", baseline=bare, promise=promise, note=text)


def _times(call: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return times


def _median(call: Callable[[], object]) -> float:
    return statistics.median(_times(call))


@contextmanager
def _world(folder: Path) -> Iterator[HistoryWorld]:
    existing = QApplication.instance()
    app = existing if isinstance(existing, DesktopApplication) else make_application(["bench"])
    theme = Theme(app, Scheme.LIGHT)
    world = build_history(theme, folder)
    world.page.resize(1200, 760)
    try:
        yield world
    finally:
        world.close()
        world.page.deleteLater()
        theme.close()


def _of_page(folder: Path) -> list[Row]:
    with _world(folder) as world:
        watch = TurnWatch()
        try:
            return [*_opening(world, watch), *_scrolling(world, watch), *_typing(world, watch)]
        finally:
            watch.close()
            shutil.rmtree(folder / "voice", ignore_errors=True)


def _turn_row(what: str, turn: Turn) -> Row:
    """A busy machine shows in the figure only, not in the note."""
    note = f"of which this thread's own work at most {turn.work_s * 1000:.0f} ms"
    name = f"longest turn of the event loop, {what}"
    return row(name, turn.longest_s, "s", promise=_STALL, note=note)


def _opening(world: HistoryWorld, watch: TurnWatch) -> list[Row]:
    """From the page's coming to the front to rows that can be read."""
    page, table = world.page, world.page.history.list
    page.show()
    _wait(lambda: table.session is not None)
    times = []
    watch.forget()
    for _ in range(_RUNS):
        page.hide()
        page.history.sessions.begin(SessionPage(0, (), 0), world.clock.now())
        _turns()
        began = time.perf_counter()
        page.show()
        _wait(lambda: table.session is not None)
        times.append(time.perf_counter() - began)
    worst = f"worst of {_RUNS}: {max(times) * 1000:.0f} ms"
    return [
        row("the page opens", statistics.median(times), "s", promise=_OPEN, note=worst),
        _turn_row("opening", watch.take()),
    ]


def _scrolling(world: HistoryWorld, watch: TurnWatch) -> list[Row]:
    view = world.page.history
    table, model = view.list, view.sessions
    process = psutil.Process()
    before = process.memory_info().rss
    watch.forget()
    began = time.perf_counter()
    QTest.keyClick(table, Qt.Key.Key_End)
    _wait(lambda: table.session is not None)
    to_end = time.perf_counter() - began
    for offset in range(0, model.rowCount(), 100):
        table.scrollTo(model.index(offset, 0))
        _wait(partial(_is_held, model, offset))
    gained = (process.memory_info().rss - before) / 1e6
    held = f"{len(model.held)} of {model.rowCount()} rows held after all were looked at"
    return [
        row("from the first row to the last, shown", to_end, "s", promise=_OPEN),
        row("memory gained by looking at every row", gained, "MB", note=held),
        _turn_row("scrolling through all", watch.take()),
    ]


def _is_held(model: SessionTable, row_number: int) -> bool:
    return model.session_at(row_number) is not None


def _typing(world: HistoryWorld, watch: TurnWatch) -> list[Row]:
    view = world.page.history
    rows = []
    for name, text, _ in _SEARCHES[:3]:
        times = []
        for _ in range(3):
            view.search.clear()
            _turns()
            view.search.setText(text)
            view.hits.show_hits((), text, SystemClock().local_now())
            began = time.perf_counter()
            view.search_asked.emit(text)
            _wait(lambda: view.hits.rowCount() > 0)
            times.append(time.perf_counter() - began)
            _wait(lambda: view.head.count.text().endswith(str(view.hits.rowCount())))
        best = statistics.median(times)
        rows.append(row(f"hits on the screen: {name}", best, "s", promise=_HITS))
    QTest.keyClick(view.search, Qt.Key.Key_Escape)
    watch.forget()
    for sign in "the customer decision":
        QTest.keyClicks(view.search, sign)
        _turns(3)
    _turns(60)
    rows.append(_turn_row("searching as it is typed", watch.take()))
    view.search.clear()
    view.head.calendar_button.click()
    _wait(lambda: view.calendar.sessions.rowCount() > 0)
    for _ in range(24):
        QTest.keyClick(view.calendar.days, Qt.Key.Key_PageUp)
        _turns(2)
    rows.append(_turn_row("two years of the calendar", watch.take()))
    return rows


def _turns(count: int = 10) -> None:
    for _ in range(count):
        QApplication.processEvents()
        time.sleep(_LOOK_MS / 1000)


def _wait(fact: Callable[[], bool]) -> None:
    limit = time.monotonic() + _LIMIT_S
    while not fact():
        if time.monotonic() > limit:
            raise TimeoutError("The page did not come to rest.")
        QApplication.processEvents()
        time.sleep(0.0005)
