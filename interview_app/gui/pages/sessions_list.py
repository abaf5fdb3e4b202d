"""The history: every session, newest first, and a search through all that was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from interview_app.gui.icons import icon
from interview_app.gui.models.roles import RowRole
from interview_app.gui.models.search_hits import SearchHits
from interview_app.gui.models.session_list import SessionList
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import Button, column, make_label, make_panel, row
from interview_app.gui.widgets.empty_state import EmptyState
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.plurals import settled
from interview_app.gui.widgets.row_painting import HitRows, TwoLineRows
from interview_app.gui.widgets.rows_view import RowsView
from interview_app.services.ports import SearchHit, SessionSummary

SEARCH_DELAY_MS = 150
"""A search begins when the keys rest so long."""
MOST_HITS = 200


class HistoryView(QWidget):
    """The list, the search box over it, and what can be done with the session in front.

    Signals:
        opened(int): show the session of that number.
        hit_opened(int): show the hit of that number, counted from 0.
        continue_asked(int): go on with an unfinished session.
        delete_asked(int): put a session into the trash.
        search_asked(str): search for that text; empty: show the sessions again.
        retry_asked: try again what failed.
        rehearse_asked: there is nothing yet; begin a session.
    """

    opened = Signal(int)
    hit_opened = Signal(int)
    continue_asked = Signal(int)
    delete_asked = Signal(int)
    search_asked = Signal(str)
    retry_asked = Signal()
    rehearse_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._has_failed = False
        self.sessions = SessionList(self)
        self.hits = SearchHits(self)
        self.search = QLineEdit()
        self.list = RowsView(self.tr("Sessions"))
        self.found = RowsView(self.tr("Search results"))
        self.busy = BusyLine(theme)
        self.notice = Notice(theme)
        self.empty = EmptyState(theme, "clock-counter-clockwise", "", "")
        self.none = EmptyState(theme, "magnifying-glass", "", "")
        self.count = make_label(role=Role.MUTED)
        self._places = QStackedWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SEARCH_DELAY_MS)
        self._make_buttons()
        self._build()
        self._connect()
        self.setFocusProxy(self.list)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the list."""
        return (
            KeyHelp("Return", self.tr("Open the session, or the hit")),
            KeyHelp("C", self.tr("Continue an unfinished session")),
            KeyHelp("Del", self.tr("Delete the session; it can be undone")),
            KeyHelp("Ctrl+F", self.tr("Search all that was asked and said")),
            KeyHelp("F3", self.tr("Next hit")),
            KeyHelp("Shift+F3", self.tr("Hit before")),
            KeyHelp("Esc", self.tr("Leave the search")),
        )

    @property
    def session(self) -> SessionSummary | None:
        """The session in front."""
        found: SessionSummary | None = self.list.currentIndex().data(RowRole.VALUE)
        return found

    @property
    def is_searching(self) -> bool:
        """Whether hits are shown instead of sessions."""
        return bool(self.search.text().strip())

    def show_sessions(
        self, sessions: Sequence[SessionSummary], now: datetime, *, is_complete: bool
    ) -> None:
        """Show the newest sessions; the one in front stays in front."""
        front = self.session
        self._has_failed = False
        self.sessions.show_sessions(sessions, now, is_complete=is_complete)
        row_number = self.sessions.row_of(front.id) if front is not None else None
        if sessions and not self.list.currentIndex().isValid():
            self.list.choose(row_number or 0)
        self._show_place()

    def show_failure(self, text: str) -> None:
        """Say why there are no sessions."""
        self._has_failed = True
        self.empty.say(self.tr("The sessions cannot be read"), text, self.tr("Try again"))
        self._show_place()

    def show_hits(self, hits: Sequence[SearchHit], wanted: str) -> None:
        """Show what was found."""
        self.hits.show_hits(hits, wanted)
        if hits:
            self.found.choose(0)
        else:
            self.none.say(
                self.tr("Nothing found for “{0}”").format(wanted),
                self.tr(
                    "Every word must have been said, or stand in the question. Words between "
                    "double quotes must follow one another."
                ),
            )
        self._show_place()

    def remove(self, session_id: int) -> SessionSummary | None:
        """Take a session out of the list; the next one comes to the front."""
        number = self.sessions.row_of(session_id)
        removed = self.sessions.remove(session_id)
        if number is not None and self.sessions.rowCount():
            self.list.choose(min(number, self.sessions.rowCount() - 1))
        self._show_place()
        return removed

    def put_back(self, session: SessionSummary) -> None:
        """Show a session again, in front."""
        self.sessions.put_back(session)
        self._show_place()
        self.list.choose(self.sessions.row_of(session.id) or 0)

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

    # --- building -----------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        theme = self._theme
        self.open_button = Button(theme, self.tr("Open"), "arrow-right", Kind.PRIMARY, "Return")
        self.continue_button = Button(theme, self.tr("Continue"), "play", Kind.PLAIN, "C")
        self.delete_button = Button(theme, self.tr("Delete"), "trash", Kind.QUIET, "Del")

    def _build(self) -> None:
        self.search.setAccessibleName(self.tr("Search all sessions"))
        self.search.setPlaceholderText(self.tr("Search all that was asked and said"))
        self.search.setClearButtonEnabled(True)
        self.search.setToolTip(self.tr("Search all sessions (Ctrl+F)"))
        glass = icon(self._theme, "magnifying-glass", "muted")
        self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.list.setModel(self.sessions)
        self.list.setItemDelegate(TwoLineRows(self._theme))
        self.found.setModel(self.hits)
        self.found.setItemDelegate(HitRows(self._theme))
        for place in (self.list, self.found, self.empty, self.none):
            self._places.addWidget(place)
        head = row(spacing=Space.M)
        head.addWidget(make_label(self.tr("Sessions"), Role.TITLE))
        head.addStretch(1)
        head.addWidget(self.count)
        head.addWidget(self.search, 2)
        self._foot = make_panel("sunken")
        foot = row(self._foot, margin=Space.S, spacing=Space.S)
        foot.addWidget(self.delete_button)
        foot.addStretch(1)
        foot.addWidget(self.continue_button)
        foot.addWidget(self.open_button)
        layout = column(self, margin=Space.L, spacing=Space.S)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        layout.addLayout(head)
        for widget in (self.busy, self.notice):
            layout.addWidget(widget)
        layout.addWidget(self._places, 1)
        layout.addWidget(self._foot)
        self.say_empty()
        self._show_place()
        for before, after in (
            (self.search, self.list),
            (self.list, self.found),
            (self.found, self.open_button),
            (self.open_button, self.continue_button),
            (self.continue_button, self.delete_button),
        ):
            QWidget.setTabOrder(before, after)

    def say_empty(self) -> None:
        """Say that there are no sessions, and what to do."""
        self.empty.say(
            self.tr("No sessions yet"),
            self.tr("Each rehearsal is kept here: your answers to hear, to read and to compare."),
            self.tr("Begin a session"),
        )

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search_typed)
        self._typing.timeout.connect(self._search_now)
        self.list.opened.connect(self._open)
        self.found.opened.connect(self._open)
        self.list.selectionModel().currentChanged.connect(self._show_buttons)
        self.found.selectionModel().currentChanged.connect(self._show_count)
        self.sessions.dataChanged.connect(self._show_buttons)
        self.empty.button.clicked.connect(self._empty_clicked)
        self.open_button.clicked.connect(self._open)
        self.continue_button.clicked.connect(self._continue)
        self.delete_button.clicked.connect(self._delete)
        bind_key(self.list, "C", self._continue)
        bind_key(self.list, "Del", self._delete)
        bind_key(self, "F3", lambda: self._step(1))
        bind_key(self, "Shift+F3", lambda: self._step(-1))
        bind_key(self, "Esc", self._leave_search)
        bind_key(self.search, "Down", self.take_focus)
        self.search.returnPressed.connect(self._search_entered)

    # --- acts ---------------------------------------------------------------------------------

    def _open(self) -> None:
        if self._places.currentWidget() is self.found and self.found.currentIndex().isValid():
            self.hit_opened.emit(self.found.currentIndex().row())
        elif self.session is not None and self._places.currentWidget() is self.list:
            self.opened.emit(self.session.id)

    def _continue(self) -> None:
        if self.session is not None and self.session.ended_at is None:
            self.continue_asked.emit(self.session.id)

    def _delete(self) -> None:
        if self.session is not None and self._places.currentWidget() is self.list:
            self.delete_asked.emit(self.session.id)

    def _empty_clicked(self) -> None:
        if self._has_failed:
            self.retry_asked.emit()
        else:
            self.rehearse_asked.emit()

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

    # --- showing ------------------------------------------------------------------------------

    def _show_place(self) -> None:
        if self.is_searching:
            place: QWidget = self.found if self.hits.rowCount() else self.none
        elif self._has_failed or not self.sessions.rowCount():
            if not self._has_failed:
                self.say_empty()
            place = self.empty
        else:
            place = self.list
        self._places.setCurrentWidget(place)
        self._show_buttons()
        self._show_count()

    def _show_buttons(self) -> None:
        is_list = self._places.currentWidget() is self.list
        is_found = self._places.currentWidget() is self.found
        session = self.session if is_list else None
        self._foot.setVisible(is_list or is_found)
        self.open_button.setEnabled(is_found or session is not None)
        self.continue_button.setVisible(session is not None and session.ended_at is None)
        self.delete_button.setVisible(is_list)

    def _show_count(self) -> None:
        count = self.hits.rowCount()
        if not self.is_searching or not count:
            self.count.setText("")
            return
        shown = f"{count}+" if count >= MOST_HITS else str(count)
        self.count.setText(self.tr("{0} of {1}").format(self.found.currentIndex().row() + 1, shown))
        self.count.setAccessibleDescription(settled(self.tr("%n hit(s)", "", count), count))

    def hit(self, number: int) -> SearchHit | None:
        """The hit of that number, which comes to the front."""
        self.found.choose(number)
        found: SearchHit | None = self.hits.index(number, 0).data(RowRole.VALUE)
        return found
