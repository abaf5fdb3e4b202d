"""The history as a list, newest first, that grows as it is scrolled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from interview_app.domain.session import Mode
from interview_app.gui.models.dates import group_of, when, within_group
from interview_app.gui.models.roles import RowRole
from interview_app.gui.widgets.durations import as_clock
from interview_app.gui.widgets.plurals import settled, translate
from interview_app.services.ports import SessionSummary

PAGE = 100
"""Sessions asked for at once."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SessionList(QAbstractListModel):
    """Sessions as they are told; it never loads by itself.

    Signals:
        more_wanted(int): the list was scrolled to its end; sessions from that offset on, please.
    """

    more_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions: list[SessionSummary] = []
        self._is_complete = True
        self._is_waiting = False
        self._now = datetime.now(UTC)
        self._groups: dict[date, str] = {}

    @property
    def sessions(self) -> tuple[SessionSummary, ...]:
        """What is shown, newest first."""
        return tuple(self._sessions)

    @property
    def is_complete(self) -> bool:
        """Whether every session is here."""
        return self._is_complete

    def show_sessions(
        self, sessions: Sequence[SessionSummary], now: datetime, *, is_complete: bool
    ) -> None:
        """Show these instead; nothing moves where they are the ones that are shown."""
        is_same = list(sessions) == self._sessions and now.date() == self._now.date()
        self._is_complete, self._is_waiting = is_complete, False
        if is_same:
            return
        self.beginResetModel()
        self._sessions, self._now = list(sessions), now
        self._groups.clear()
        self.endResetModel()

    def append(self, sessions: Sequence[SessionSummary], *, is_complete: bool) -> None:
        """Older sessions, those that were wanted."""
        self._is_complete, self._is_waiting = is_complete, False
        if not sessions:
            return
        first = len(self._sessions)
        self.beginInsertRows(_ROOT, first, first + len(sessions) - 1)
        self._sessions.extend(sessions)
        self.endInsertRows()

    def remove(self, session_id: int) -> SessionSummary | None:
        """Take a session out; what it was."""
        row = self.row_of(session_id)
        if row is None:
            return None
        self.beginRemoveRows(_ROOT, row, row)
        removed = self._sessions.pop(row)
        self.endRemoveRows()
        self._heading_changed(row)
        return removed

    def put_back(self, session: SessionSummary) -> None:
        """Show a session again in its place."""
        row = next(
            (n for n, other in enumerate(self._sessions) if other.started_at < session.started_at),
            len(self._sessions),
        )
        self.beginInsertRows(_ROOT, row, row)
        self._sessions.insert(row, session)
        self.endInsertRows()
        self._heading_changed(row + 1)

    def row_of(self, session_id: int) -> int | None:
        """The row of a session, or ``None``."""
        return next((n for n, s in enumerate(self._sessions) if s.id == session_id), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._sessions)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._is_complete and not self._is_waiting

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._is_waiting = True
            self.more_wanted.emit(len(self._sessions))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        session = self._sessions[index.row()]
        if role == RowRole.HEADING:
            return self._heading(index.row())
        shown = _SHOWN.get(role)
        return shown(session, self._now) if shown is not None else None

    def _heading(self, row: int) -> str:
        group = self._group(row)
        return "" if row and group == self._group(row - 1) else group

    def _group(self, row: int) -> str:
        """The heading a row stands under; asked for thousands of rows whenever one is added."""
        started_at = self._sessions[row].started_at
        day = started_at.astimezone().date()
        if day not in self._groups:
            self._groups[day] = group_of(started_at, self._now)
        return self._groups[day]

    def _heading_changed(self, row: int) -> None:
        if row < len(self._sessions):
            index = self.index(row)
            self.dataChanged.emit(index, index)


def facts(session: SessionSummary) -> str:
    """Mode, questions answered, takes and length of a session, in one line."""
    is_interview = session.mode == Mode.INTERVIEW
    count = session.take_count
    parts = [
        translate("sessions", "Interview") if is_interview else translate("sessions", "Practice"),
        translate("sessions", "{0} of {1} answered").format(
            session.answered_count, session.question_count
        ),
    ]
    if count > session.answered_count:
        parts.append(settled(translate("sessions", "%n take(s)", "", count), count))
    if session.duration_s > 0:
        parts.append(translate("sessions", "{0} of answers").format(as_clock(session.duration_s)))
    return " · ".join(parts)


def _spoken(session: SessionSummary, now: datetime) -> str:
    parts = [session.guide_title, when(session.started_at, now), facts(session)]
    return ". ".join([*parts, chip] if (chip := _chip(session, now)) else parts)


def _chip(session: SessionSummary, _now: datetime) -> str:
    return translate("sessions", "Unfinished") if session.ended_at is None else ""


_SHOWN: dict[int, Callable[[SessionSummary, datetime], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda session, _now: session.guide_title,
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    Qt.ItemDataRole.ToolTipRole: _spoken,
    RowRole.VALUE: lambda session, _now: session,
    RowRole.SIDE: lambda session, now: within_group(session.started_at, now),
    RowRole.FACTS: lambda session, _now: facts(session),
    RowRole.CHIP: _chip,
}
