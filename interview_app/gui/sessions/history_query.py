"""Asks the history, in jobs, for what the person looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, Qt

from interview_app.gui.models.session_table import PAGE
from interview_app.gui.sessions.context import SessionsContext
from interview_app.gui.sessions.filter_bar import start_of
from interview_app.gui.sessions.history_view import HistoryView
from interview_app.gui.text.messages import sentence_of
from interview_app.services.history.queries import (
    Archive,
    FilterChoices,
    Hits,
    SessionFilter,
    SessionOrder,
    SessionPage,
)
from interview_app.services.jobs import JobContext, Lane

FIRST_HITS = 25
"""Shown at once, while the rest is fetched."""
MORE_HITS = 200
_PAGES_ON_THEIR_WAY = 3
"""A scroll bar that is dragged passes pages nobody waits for any more."""
_MOST_OF_A_DAY = 100


class HistoryQuery(QObject):
    """Keeps the view showing what its filters, its order and its search box ask for."""

    def __init__(self, context: SessionsContext, view: HistoryView) -> None:
        super().__init__(view)
        self._context = context
        self._view = view
        self._search: JobContext | None = None
        self._refreshing: JobContext | None = None
        self._pages: list[tuple[int, JobContext]] = []
        view.sessions.page_wanted.connect(self._load_page, Qt.ConnectionType.QueuedConnection)
        view.search_asked.connect(self._search_for)
        view.retry_asked.connect(self.refresh)
        view.filters.changed.connect(self._narrow)
        view.list.order_changed.connect(lambda _order: self.refresh(is_from_top=True))
        view.view_changed.connect(self._look)
        view.calendar.day_chosen.connect(self._load_day)
        view.head.filter_button.toggled.connect(self._load_choices)

    @property
    def wanted(self) -> SessionFilter:
        """What the filters let through."""
        return self._view.filters.wanted(self._context.clock.local_now())

    @property
    def order(self) -> SessionOrder:
        """How the table is ordered."""
        return self._view.list.order

    def refresh(self, *, is_from_top: bool = False, front: int | None = None) -> None:
        """Ask for what is shown, as it is now; ``front`` is the session that comes to the front."""
        view, history = self._view, self._context.history
        wanted, order = self.wanted, self.order
        offset = 0 if is_from_top else self._shown_offset()
        view.busy.start(self.tr("Reading your sessions…"))
        self._cancel_pages()
        if self._refreshing is not None:
            self._refreshing.cancel()

        def read(_job: JobContext) -> SessionPage:
            page = history.page(wanted, order, PAGE, offset)
            return page if page.sessions or not offset else history.page(wanted, order, PAGE)

        def show(page: SessionPage) -> None:
            self._refreshing = None
            self._found(page, is_from_top=is_from_top)
            if front is not None:
                view.list.choose_sessions([front])

        self._refreshing = self._context.jobs.submit(Lane.STORAGE, read, show, self._not_found)
        if view.is_calendar:
            self._load_days()

    def begin_day(self, now: datetime) -> None:
        """Show each day as it is called from now on."""
        self._view.hits.show_day(now)
        self.refresh()

    def with_chosen(self, call: Callable[[tuple[int, ...]], None]) -> None:
        """Call with the numbers of the sessions chosen; rows that are not held are looked up."""
        view = self._view
        rows = view.list.chosen_rows if not view.is_calendar else []
        if not rows:
            if view.session is not None:
                call((view.session.id,))
            return
        held = [
            view.sessions.session_at(row) for first, last in rows for row in range(first, last + 1)
        ]
        ids = tuple(session.id for session in held if session is not None)
        if len(ids) == len(held):
            call(ids)
            return
        history, wanted, order = self._context.history, self.wanted, self.order
        self._context.jobs.submit(
            Lane.STORAGE, lambda _job: history.ids(wanted, order, rows), call, self.trouble
        )

    def trouble(self, error: Exception) -> None:
        """Say what went wrong, above what is shown."""
        self._view.busy.stop()
        self._view.notice.show_message(sentence_of(error), icon_name="warning-circle")

    def close(self) -> None:
        """Nobody waits for anything any more."""
        self._cancel_pages()
        self._view.busy.stop()
        for job in (self._search, self._refreshing):
            if job is not None:
                job.cancel()

    def _found(self, page: SessionPage, *, is_from_top: bool) -> None:
        view = self._view
        view.busy.stop()
        had_nothing = not view.sessions.rowCount()
        view.show_page(page, self._context.clock.local_now())
        if is_from_top and page.total:
            view.list.choose(0)
        is_typing = view.search.hasFocus() or view.filters.isAncestorOf(view.focusWidget())
        if had_nothing and view.isVisible() and not is_typing:
            view.take_focus()

    def _not_found(self, error: Exception) -> None:
        self._refreshing = None
        self._view.busy.stop()
        self._view.show_failure(sentence_of(error))

    def _shown_offset(self) -> int:
        row = max(0, self._view.list.rowAt(0))
        return row - row % PAGE

    def _load_page(self, offset: int) -> None:
        history, model = self._context.history, self._view.sessions
        wanted, order = self.wanted, self.order

        def take(page: SessionPage) -> None:
            self._pages = [(one, job) for one, job in self._pages if one != offset]
            if not model.take_page(page):
                self.refresh()

        job = self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.page(wanted, order, PAGE, offset),
            take,
            self.trouble,
        )
        self._pages.append((offset, job))
        while len(self._pages) > _PAGES_ON_THEIR_WAY:
            passed, old = self._pages.pop(0)
            old.cancel()
            model.forget_asked(passed)

    def _cancel_pages(self) -> None:
        for offset, job in self._pages:
            job.cancel()
            self._view.sessions.forget_asked(offset)
        self._pages.clear()

    def _narrow(self) -> None:
        self.refresh(is_from_top=True)
        if self._view.is_searching:
            self._search_for(self._view.search.text().strip())

    def _load_choices(self, is_wanted: bool) -> None:
        def show(choices: FilterChoices) -> None:
            self._view.filters.show_choices(choices)

        if is_wanted:
            history = self._context.history
            self._context.jobs.submit(
                Lane.STORAGE, lambda _job: history.choices(), show, self.trouble
            )

    def _look(self) -> None:
        if self._view.is_calendar:
            self._load_days()

    def _load_days(self) -> None:
        history, wanted, view = self._context.history, self.wanted, self._view
        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.days(wanted),
            lambda counts: view.calendar.show_counts(counts, self._context.clock.local_now()),
            self.trouble,
        )

    def _load_day(self, day: date) -> None:
        history, view, zone = self._context.history, self._view, self._context.clock.zone
        since, until = start_of(day, zone), start_of(day + timedelta(days=1), zone)
        wanted = replace(self.wanted, since=since, until=until)
        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.page(wanted, SessionOrder(), _MOST_OF_A_DAY),
            lambda page: view.calendar.show_sessions(
                day, page.sessions, self._context.clock.local_now()
            ),
            self.trouble,
        )

    def _search_for(self, text: str) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None
        if text:
            self._ask_hits(text, FIRST_HITS, 0, self._searched_in())

    def _searched_in(self) -> SessionFilter | None:
        """What the search is narrowed to; what was put away is searched unless left out by hand."""
        wanted = self.wanted
        if self._view.filters.archive.currentIndex() == 0:
            wanted = replace(wanted, archive=Archive.BOTH)
        return None if wanted == SessionFilter(archive=Archive.BOTH) else wanted

    def _ask_hits(self, text: str, limit: int, offset: int, within: SessionFilter | None) -> None:
        history = self._context.history

        def show(found: Hits) -> None:
            self._view.show_hits(found, text, self._context.clock.local_now())
            if not offset and found.total > len(found.hits) > 0:
                self._ask_hits(text, MORE_HITS, len(found.hits), within)

        self._search = self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.find_said(text, limit, offset, within),
            show,
            self.trouble,
        )
