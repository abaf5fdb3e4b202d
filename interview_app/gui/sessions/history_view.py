"""The history: every session as a table or in a calendar, and a search through all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QStackedWidget, QWidget

from interview_app.gui.icons import icon
from interview_app.gui.models.roles import RowRole
from interview_app.gui.models.search_hits import SearchHits
from interview_app.gui.models.session_table import SessionTable
from interview_app.gui.sessions.calendar_view import CalendarView
from interview_app.gui.sessions.filter_bar import FilterBar
from interview_app.gui.sessions.history_table import SessionsTable
from interview_app.gui.text.bidi import isolated
from interview_app.gui.text.plurals import settled
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.action_bar import ActionBar
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import Button, column, make_label, make_panel, row
from interview_app.gui.widgets.empty_state import EmptyState
from interview_app.gui.widgets.keys import KeyBook, KeyHelp, bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.row_painting import HitRows
from interview_app.gui.widgets.rows_view import RowsView
from interview_app.services.history.queries import Hits, SessionPage
from interview_app.services.ports.history import SearchHit
from interview_app.services.ports.sessions import SessionSummary

_ONE_LINE_WIDTH = 640
"""From this width on, before the text is scaled, the search stands beside the title."""


class HistoryHead(QWidget):
    """Title, count, the ways to look at the history, and the search."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.count = make_label(role=Role.MUTED)
        self.filter_button = Button(theme, self.tr("Filters"), "funnel", Kind.QUIET, "F")
        self.filter_button.setCheckable(True)
        self.calendar_button = Button(theme, self.tr("Calendar"), "calendar-blank", Kind.QUIET, "M")
        self.calendar_button.setCheckable(True)
        self.search = QLineEdit()
        self.search.setAccessibleName(self.tr("Search all sessions"))
        self.search.setPlaceholderText(self.tr("Search all that was asked, said and noted"))
        self.search.setClearButtonEnabled(True)
        set_tool_tip(self.search, self.tr("Search all sessions (Ctrl+F)"))
        self._names = QWidget()
        names = row(self._names, spacing=Space.S)
        names.addWidget(make_label(self.tr("Sessions"), Role.TITLE))
        names.addWidget(self.count)
        names.addStretch(1)
        names.addWidget(self.calendar_button)
        names.addWidget(self.filter_button)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.addWidget(self._names, 0, 0)
        self._grid.setColumnStretch(0, 3)
        self._arrange()

    def show_filters(self, count: int) -> None:
        """Say how many filters narrow the history."""
        text = self.tr("Filters · {0}").format(count) if count else self.tr("Filters")
        self.filter_button.set_text(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= self._theme.px(_ONE_LINE_WIDTH)
        self._grid.addWidget(self.search, 0 if is_wide else 1, 1 if is_wide else 0)
        self._grid.setColumnStretch(1, 2 if is_wide else 0)


class HistoryFoot(QWidget):
    """What can be done with the sessions chosen: add yours to ``commands``."""

    def __init__(self, theme: Theme, keys: KeyBook) -> None:
        super().__init__()
        panel = make_panel("sunken")
        whole = row(self)
        whole.addWidget(panel)
        self.commands = ActionBar(theme, keys)
        self.chosen = make_label(role=Role.MUTED)
        self.front = ActionBar(theme, keys)
        layout = row(panel, margin=Space.S, spacing=Space.S)
        layout.addWidget(self.commands)
        layout.addStretch(1)
        layout.addWidget(self.chosen)
        layout.addWidget(self.front)

    def show_chosen(self, session: SessionSummary | None, count: int, *, is_hit: bool) -> None:
        """Offer what goes with what is chosen."""
        self.commands.setVisible(not is_hit)
        self.commands.setEnabled(session is not None)
        self.front.setEnabled(is_hit or session is not None)
        chosen = settled(self.tr("%n session(s) chosen", "", count), count)
        self.chosen.setText(chosen if count > 1 and not is_hit else "")


SEARCH_DELAY_MS = 150
"""A search begins when the keys rest so long."""


class HistoryView(QWidget):
    """What is shown of the history, and what can be done with the sessions chosen.

    Acts are added to ``foot.commands``, further keys to ``key_book``.

    Signals:
        opened(int): show the session of that number.
        hit_opened(int): show the hit of that number, counted from 0.
        search_asked(str): search for that text; empty: show the sessions again.
        retry_asked: try again what failed.
        rehearse_asked: there is nothing yet; begin a session.
        view_changed: the calendar is wanted, or the table again.
        chosen_changed: other sessions are chosen.
    """

    opened = Signal(int)
    hit_opened = Signal(int)
    search_asked = Signal(str)
    retry_asked = Signal()
    rehearse_asked = Signal()
    view_changed = Signal()
    chosen_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._has_failed = False
        self._total_hits = 0
        self.key_book = KeyBook(self)
        self.sessions = SessionTable(self)
        self.hits = SearchHits(self)
        self.head = HistoryHead(theme)
        self.search = self.head.search
        self.filters = FilterBar(theme)
        self.list = SessionsTable(theme, self.sessions)
        self.calendar = CalendarView(theme)
        self.found = RowsView(self.tr("Search results"))
        self.busy = BusyLine(theme)
        self.notice = Notice(theme)
        self.empty = EmptyState(theme, "clock-counter-clockwise", "", "")
        self.none = EmptyState(theme, "magnifying-glass", "", "")
        self.foot = HistoryFoot(theme, self.key_book)
        self._places = QStackedWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SEARCH_DELAY_MS)
        self._build()
        self._connect()
        self._bind()

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the history."""
        return self.key_book.entries()

    @property
    def session(self) -> SessionSummary | None:
        """The session in front, in the table or of the day; ``None`` while hits are shown."""
        if self._places.currentWidget() is self.list:
            return self.list.session
        if self._places.currentWidget() is self.calendar:
            found: SessionSummary | None = self.calendar.list.currentIndex().data(RowRole.VALUE)
            return found
        return None

    @property
    def count(self) -> str:
        """Which hit is in front, of how many: ``3 of 15``."""
        return self.head.count.text()

    @property
    def is_searching(self) -> bool:
        """Whether hits are shown instead of sessions."""
        return bool(self.search.text().strip())

    @property
    def is_calendar(self) -> bool:
        """Whether the calendar is wanted instead of the table."""
        return self.head.calendar_button.isChecked()

    def show_page(self, page: SessionPage, now: datetime) -> None:
        """Show the history of which this page is known; what is in front stays in front."""
        front = self.list.session
        row = max(0, self.list.currentIndex().row())
        self._has_failed = False
        self.sessions.begin(page, now)
        if page.total and not self.list.currentIndex().isValid():
            there = self.sessions.row_of(front.id) if front is not None else None
            self.list.choose(min(row, page.total - 1) if there is None else there)
        self._show_place()

    def show_failure(self, text: str) -> None:
        """Say why there are no sessions."""
        self._has_failed = True
        self.empty.say(self.tr("The sessions cannot be read"), text, self.tr("Try again"))
        self._show_place()

    def show_hits(self, found: Hits, wanted: str, now: datetime) -> None:
        """Show what was found; hits further on join those that are there."""
        self._total_hits = found.total
        if found.offset:
            self.hits.append(found.hits)
        else:
            self.hits.show_hits(found.hits, wanted, now)
            if found.hits:
                self.found.choose(0)
            else:
                self._say_nothing_found(wanted)
        self._show_place()

    def begin_search(self) -> None:
        """Have the focus in the search box, its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def take_focus(self) -> None:
        """Put the focus on what is shown."""
        place = self._places.currentWidget()
        target = place.button if isinstance(place, EmptyState) else place
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def order_tabs(self, commands: Sequence[QWidget]) -> None:
        """Have Tab go from the top to the bottom, to these acts last."""
        calendar = self.calendar
        chain: list[QWidget] = [
            *(self.head.calendar_button, self.head.filter_button, self.search),
            *self.filters.boxes,
            *(self.filters.clear_button, self.notice.button, self.list),
            *(calendar.before, calendar.after, calendar.today, calendar.days, calendar.list),
            *(self.found, *commands),
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def hit(self, number: int) -> SearchHit | None:
        """The hit of that number, which comes to the front."""
        self.found.choose(number)
        found: SearchHit | None = self.hits.index(number, 0).data(RowRole.VALUE)
        return found

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the focus on; a focus proxy would have Tab leap over all that stands above it."""
        super().focusInEvent(event)
        self.take_focus()

    def _build(self) -> None:
        glass = icon(self._theme, "magnifying-glass", "muted")
        self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.found.setModel(self.hits)
        self.found.setItemDelegate(HitRows(self._theme))
        for place in (self.list, self.calendar, self.found, self.empty, self.none):
            self._places.addWidget(place)
        layout = column(self, margin=Space.L, spacing=Space.S)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        for widget in (self.head, self.filters, self.busy, self.notice):
            layout.addWidget(widget)
        layout.addWidget(self._places, 1)
        layout.addWidget(self.foot)
        self.filters.hide()
        self._show_place()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search_typed)
        self.search.returnPressed.connect(self._search_entered)
        self._typing.timeout.connect(self._search_now)
        for opening in (self.list.opened, self.found.opened, self.calendar.opened):
            opening.connect(self.open_front)
        for view in (self.list, self.calendar.list):
            view.selectionModel().selectionChanged.connect(self._show_chosen)
            view.selectionModel().currentChanged.connect(self._show_chosen)
        self.sessions.dataChanged.connect(self._show_chosen)
        self.found.selectionModel().currentChanged.connect(self._show_count)
        self.empty.button.clicked.connect(self._empty_clicked)
        self.none.button.clicked.connect(self.filters.clear)
        self.head.filter_button.toggled.connect(self._show_filters)
        self.head.calendar_button.toggled.connect(self._change_view)
        self.filters.changed.connect(lambda: self.head.show_filters(self.filters.count))
        bind_key(self.search, "Down", self.take_focus)

    def _bind(self) -> None:
        keys, add = self.key_book, self.key_book.add
        keys.describe("Return", self.tr("Open the session, or the hit"))
        keys.describe("Ctrl+F", self.tr("Search all that was asked, said and noted"))
        add("F3", self.tr("Next hit"), lambda: self._step(1))
        add("Shift+F3", self.tr("Hit before"), lambda: self._step(-1))
        add("Esc", self.tr("Leave the search"), self._leave_search)
        add("F", self.tr("Show or hide the filters"), self.head.filter_button.toggle)
        add("M", self.tr("Calendar, or the table again"), self.head.calendar_button.toggle)
        keys.describe("S", self.tr("In the table: order by the column in front, or turn it round"))
        keys.describe("Ctrl+A", self.tr("In the table: choose all sessions"))
        keys.describe("PgUp", self.tr("In the calendar: the month before"))
        keys.describe("PgDown", self.tr("In the calendar: the next month"))
        keys.describe("Home", self.tr("First row; in the calendar: today"))

    def open_front(self) -> None:
        """Open what is in front: a session, or a hit."""
        if self._places.currentWidget() is self.found:
            if self.found.currentIndex().isValid():
                self.hit_opened.emit(self.found.currentIndex().row())
        elif self.session is not None:
            self.opened.emit(self.session.id)

    def _empty_clicked(self) -> None:
        (self.retry_asked if self._has_failed else self.rehearse_asked).emit()

    def _search_typed(self) -> None:
        if self.is_searching:
            self._typing.start()
        else:
            self._typing.stop()
            self._search_now()

    def _search_now(self) -> None:
        self.search_asked.emit(self.search.text().strip())
        if not self.is_searching:
            self._show_place()

    def _search_entered(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._search_now()
        elif self.hits.rowCount():
            self.take_focus()

    def _leave_search(self) -> None:
        if self.search.text():
            self.search.clear()
            self.take_focus()

    def _step(self, step: int) -> None:
        count = self.hits.rowCount()
        if self.is_searching and count:
            self.found.choose((self.found.currentIndex().row() + step) % count)

    def _show_filters(self, is_shown: bool) -> None:
        self.filters.setVisible(is_shown)
        if is_shown:
            self.filters.guide.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change_view(self) -> None:
        self.view_changed.emit()
        self._show_place()
        self.take_focus()

    def _show_place(self) -> None:
        is_narrow = bool(self.filters.count)
        if self.is_searching:
            place: QWidget = self.found if self.hits.rowCount() else self.none
        elif self.is_calendar and not self._has_failed:
            place = self.calendar
        elif self._has_failed or not (self.sessions.rowCount() or is_narrow):
            if not self._has_failed:
                self._say_empty()
            place = self.empty
        elif not self.sessions.rowCount():
            self.none.say(
                self.tr("No session like that"),
                self.tr("None of your sessions passes all the filters."),
                self.tr("Clear filters"),
            )
            place = self.none
        else:
            place = self.list
        self._places.setCurrentWidget(place)
        self._show_chosen()
        self._show_count()

    def _show_chosen(self) -> None:
        place = self._places.currentWidget()
        is_found = place is self.found
        is_sessions = place is self.list or place is self.calendar
        self.foot.setVisible(is_found or is_sessions)
        rows = self.list.chosen_rows if place is self.list else []
        count = sum(last - first + 1 for first, last in rows) or int(self.session is not None)
        self.foot.show_chosen(self.session, count, is_hit=is_found)
        self.chosen_changed.emit()

    def _show_count(self) -> None:
        if not self.is_searching:
            total = self.sessions.rowCount()
            self.head.count.setText(settled(self.tr("%n session(s)", "", total), total))
            self.head.count.setVisible(self._places.currentWidget() is self.list)
            return
        total, here = self._total_hits, self.found.currentIndex().row() + 1
        has_hits = bool(self.hits.rowCount())
        self.head.count.setText(self.tr("{0} of {1}").format(here, total) if has_hits else "")
        self.head.count.setAccessibleDescription(settled(self.tr("%n hit(s)", "", total), total))
        self.head.count.show()

    def _say_empty(self) -> None:
        self.empty.say(
            self.tr("No sessions yet"),
            self.tr("Each rehearsal is kept here: your answers to hear, to read and to compare."),
            self.tr("Begin a session"),
        )

    def _say_nothing_found(self, wanted: str) -> None:
        self.none.say(
            self.tr("Nothing found for “{0}”").format(isolated(wanted)),
            self.tr(
                "Every word must have been said, or stand in the question or in your notes. Words "
                "between double quotes must follow one another."
            ),
            self.tr("Clear filters") if self.filters.count else "",
        )
