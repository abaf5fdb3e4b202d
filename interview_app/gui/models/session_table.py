"""The history as a table that holds only what is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from interview_app.domain.session import Mode
from interview_app.domain.session_labels import HIGHEST_RATING
from interview_app.gui.models.roles import RowRole
from interview_app.gui.models.session_list import facts
from interview_app.gui.text.dates import when
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.plurals import translate
from interview_app.gui.text.untrusted import item_text
from interview_app.services.history.queries import SessionPage, SessionSort
from interview_app.services.ports.sessions import SessionSummary

PAGE = 100
"""Sessions asked for at once."""
KEPT_PAGES = 8
"""So many pages are held; the one not looked at for longest goes first."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WAITING = "…"


class Column(IntEnum):
    """The columns, from the left."""

    DATE = 0
    SESSION = 1
    QUESTIONS = 2
    LENGTH = 3
    MODE = 4
    RATING = 5
    TAGS = 6


SORTS = {
    Column.DATE: SessionSort.DATE,
    Column.SESSION: SessionSort.TITLE,
    Column.QUESTIONS: SessionSort.QUESTIONS,
    Column.LENGTH: SessionSort.LENGTH,
    Column.MODE: SessionSort.MODE,
    Column.RATING: SessionSort.RATING,
}
"""What a click on a heading orders by; nobody orders by several tags."""


class SessionTable(QAbstractTableModel):
    """As many rows as there are sessions, of which a few pages are held; it never loads by itself.

    Signals:
        page_wanted(int): a row of the page from that offset on was looked at; it is not here.
    """

    page_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: OrderedDict[int, tuple[SessionSummary, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._total = 0
        self._now = datetime.min.replace(tzinfo=UTC)

    @property
    def held(self) -> tuple[SessionSummary, ...]:
        """The sessions held just now, page by page."""
        return tuple(session for offset in sorted(self._pages) for session in self._pages[offset])

    def begin(self, page: SessionPage, now: datetime) -> None:
        """Show another history, of which this page is known; nothing moves if it is the same."""
        is_same = (
            page.total == self._total
            and now.date() == self._now.date()
            and self._pages.get(page.offset) == page.sessions
        )
        self._asked.clear()
        if is_same:
            return
        self.beginResetModel()
        self._pages.clear()
        self._total, self._now = page.total, now
        self._pages[page.offset] = page.sessions
        self.endResetModel()

    def take_page(self, page: SessionPage) -> bool:
        """Hold a page that was wanted; ``False`` if the history has changed meanwhile."""
        self._asked.discard(page.offset)
        if page.total != self._total:
            return False
        self._pages[page.offset] = page.sessions
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        self._changed(page.offset, page.offset + len(page.sessions) - 1)
        return True

    def forget_asked(self, offset: int) -> None:
        """A page will not come after all; it may be asked for again."""
        self._asked.discard(offset)

    def change(self, sessions: Iterable[SessionSummary]) -> None:
        """Show sessions as they are now, where they are held."""
        changed = {session.id: session for session in sessions}
        for offset, page in self._pages.items():
            if any(session.id in changed for session in page):
                self._pages[offset] = tuple(changed.get(one.id, one) for one in page)
                self._changed(offset, offset + len(page) - 1)

    def session_at(self, row: int) -> SessionSummary | None:
        """The session of a row, if it is held."""
        offset = row - row % PAGE
        page = self._pages.get(offset)
        if page is None or row - offset >= len(page):
            return None
        self._pages.move_to_end(offset)
        return page[row - offset]

    def row_of(self, session_id: int) -> int | None:
        """The row of a session that is held, or ``None``."""
        for offset, page in self._pages.items():
            for number, session in enumerate(page):
                if session.id == session_id:
                    return offset + number
        return None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        session = self.session_at(index.row())
        if session is None:
            self._want(index.row())
            is_shown = role == Qt.ItemDataRole.DisplayRole and index.column() == Column.SESSION
            return _WAITING if is_shown else None
        column = Column(index.column())
        shown: object = None
        match role:
            case RowRole.VALUE:
                shown = session
            case Qt.ItemDataRole.DisplayRole:
                shown = _CELLS[column](session, self._now)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                shown = item_text(role, self._said(session, column))
            case Qt.ItemDataRole.TextAlignmentRole if column in _AT_END:
                shown = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        return shown

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _heading(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_at_end = section in _AT_END
            side = Qt.AlignmentFlag.AlignTrailing if is_at_end else Qt.AlignmentFlag.AlignLeading
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _want(self, row: int) -> None:
        offset = row - row % PAGE
        if 0 <= row < self._total and offset not in self._asked:
            self._asked.add(offset)
            self.page_wanted.emit(offset)

    def _changed(self, first: int, last: int) -> None:
        if self._total and first < self._total:
            bottom = self.index(min(last, self._total - 1), len(Column) - 1)
            self.dataChanged.emit(self.index(first, 0), bottom)

    def _said(self, session: SessionSummary, column: Column) -> str:
        """The whole row at its first cell, for a screen reader; then cell by cell."""
        if column is not Column.DATE:
            return f"{_heading(column)}: {_CELLS[column](session, self._now)}"
        return spoken(session, self._now)


def spoken(session: SessionSummary, now: datetime) -> str:
    """A line of the history in sentences."""
    parts = [session.name, when(session.started_at, now), facts(session)]
    if session.rating is not None:
        parts.append(translate("sessions", "Your rating: {0}").format(rating_text(session.rating)))
    if session.tags:
        parts.append(translate("sessions", "Tags: {0}").format(", ".join(session.tags)))
    if session.is_archived:
        parts.append(translate("sessions", "Archived"))
    if session.ended_at is None:
        parts.append(translate("sessions", "Unfinished"))
    return ". ".join(parts)


def rating_text(rating: int | None) -> str:
    """A person's own rating as it is read: ``4 of 5``."""
    if rating is None:
        return ""
    return translate("sessions", "{0} of {1}").format(rating, HIGHEST_RATING)


def _heading(column: Column) -> str:
    return {
        Column.DATE: translate("sessions", "Date"),
        Column.SESSION: translate("sessions", "Session"),
        Column.QUESTIONS: translate("sessions", "Answered"),
        Column.LENGTH: translate("sessions", "Length"),
        Column.MODE: translate("sessions", "Mode"),
        Column.RATING: translate("sessions", "Your rating"),
        Column.TAGS: translate("sessions", "Tags"),
    }[column]


def _mode(session: SessionSummary, _now: datetime) -> str:
    if session.ended_at is None:
        return translate("sessions", "Unfinished")
    is_interview = session.mode == Mode.INTERVIEW
    return translate("sessions", "Interview") if is_interview else translate("sessions", "Practice")


def _questions(session: SessionSummary, _now: datetime) -> str:
    return translate("sessions", "{0} of {1}").format(
        session.answered_count, session.question_count
    )


_CELLS: dict[Column, Callable[[SessionSummary, datetime], str]] = {
    Column.DATE: lambda session, now: when(session.started_at, now),
    Column.SESSION: lambda session, _now: session.name,
    Column.QUESTIONS: _questions,
    Column.LENGTH: lambda session, _now: (
        as_clock(session.duration_s) if session.duration_s > 0 else ""
    ),
    Column.MODE: _mode,
    Column.RATING: lambda session, _now: rating_text(session.rating),
    Column.TAGS: lambda session, _now: ", ".join(session.tags),
}
_AT_END = {Column.QUESTIONS, Column.LENGTH}
