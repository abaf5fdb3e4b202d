"""A few sessions as a list, newest first, under headings of days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from interview_app.domain.session import Mode
from interview_app.gui.models.roles import RowRole
from interview_app.gui.text.dates import group_of, when, within_group
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.plurals import settled, translate
from interview_app.gui.text.untrusted import item_text
from interview_app.services.ports.sessions import SessionSummary

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SessionList(QAbstractListModel):
    """Sessions as they are told, all of them held; a whole history belongs into a table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions: tuple[SessionSummary, ...] = ()
        self._now = datetime.min.replace(tzinfo=UTC)

    @property
    def sessions(self) -> tuple[SessionSummary, ...]:
        """What is shown, newest first."""
        return self._sessions

    def show_sessions(self, sessions: Sequence[SessionSummary], now: datetime) -> None:
        """Show these instead; nothing moves where they are the ones that are shown."""
        if tuple(sessions) == self._sessions and now.date() == self._now.date():
            return
        self.beginResetModel()
        self._sessions, self._now = tuple(sessions), now
        self.endResetModel()

    def row_of(self, session_id: int) -> int | None:
        """The row of a session, or ``None``."""
        return next((n for n, s in enumerate(self._sessions) if s.id == session_id), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._sessions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        session = self._sessions[index.row()]
        if role == RowRole.HEADING:
            return self._heading(index.row())
        shown = _SHOWN.get(role)
        return shown(session, self._now) if shown is not None else None

    def _heading(self, row: int) -> str:
        group = group_of(self._sessions[row].started_at, self._now)
        above = group_of(self._sessions[row - 1].started_at, self._now) if row else ""
        return "" if group == above else group


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
    parts = [session.name, when(session.started_at, now), facts(session)]
    return ". ".join([*parts, chip] if (chip := _chip(session, now)) else parts)


def _chip(session: SessionSummary, _now: datetime) -> str:
    return translate("sessions", "Unfinished") if session.ended_at is None else ""


_SHOWN: dict[int, Callable[[SessionSummary, datetime], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda session, _now: session.name,
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    Qt.ItemDataRole.ToolTipRole: lambda session, now: item_text(
        Qt.ItemDataRole.ToolTipRole, _spoken(session, now)
    ),
    RowRole.VALUE: lambda session, _now: session,
    RowRole.SIDE: lambda session, now: within_group(session.started_at, now),
    RowRole.FACTS: lambda session, _now: facts(session),
    RowRole.CHIP: _chip,
}
