"""The trash, search, and what recovery looks up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, exists, select, update

from interview_app.services.ports import SearchHit, SessionSummary
from interview_app.storage import search
from interview_app.storage.repositories import summaries_of, summary_query, unknown
from interview_app.storage.rows import time_text
from interview_app.storage.tables import sessions, takes


class SqlHistory:
    """What the history needs beyond the sessions themselves; see ``HistoryRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move_to_trash(self, session_id: int, at: datetime) -> None:
        """Hide a session until it is restored or deleted.

        Raises:
            UnknownSession: no session has that number, or it is in the trash already.
        """
        self._mark(session_id, time_text(at), is_in_trash=False)

    def restore(self, session_id: int) -> None:
        """Take a session back out of the trash.

        Raises:
            UnknownSession: the trash holds no session of that number.
        """
        self._mark(session_id, None, is_in_trash=True)

    def trash(self, before: datetime | None = None) -> list[SessionSummary]:
        """Sessions in the trash, newest first; only those put there before a moment, if given."""
        query = summary_query().where(sessions.c.deleted_at.is_not(None))
        if before is not None:
            query = query.where(sessions.c.deleted_at < time_text(before))
        return summaries_of(self._connection, query)

    def search(self, text: str, limit: int = 50) -> list[SearchHit]:
        """Takes that hold every word of a text, newest first."""
        return search.find(self._connection, text, limit)

    def uid_of(self, session_id: int) -> str:
        """The uid of a session, in the trash or not.

        Raises:
            UnknownSession: no session has that number.
        """
        uid = self._connection.scalar(select(sessions.c.uid).where(sessions.c.id == session_id))
        if uid is None:
            raise unknown(session_id)
        return str(uid)

    def number_of(self, session_uid: str) -> int | None:
        """The number of a session that is not in the trash, or ``None``."""
        number: int | None = self._connection.scalar(
            select(sessions.c.id).where(
                sessions.c.uid == session_uid, sessions.c.deleted_at.is_(None)
            )
        )
        return number

    def knows(self, session_uid: str) -> bool:
        """Whether a session of that uid is kept, in the trash or not."""
        return bool(self._connection.scalar(select(exists().where(sessions.c.uid == session_uid))))

    def take_uids(self) -> frozenset[str]:
        """The uid of every take, in the trash or not."""
        return frozenset(self._connection.execute(select(takes.c.uid)).scalars())

    def _mark(self, session_id: int, deleted_at: str | None, *, is_in_trash: bool) -> None:
        trashed = sessions.c.deleted_at
        changed = self._connection.execute(
            update(sessions)
            .where(
                sessions.c.id == session_id,
                trashed.is_not(None) if is_in_trash else trashed.is_(None),
            )
            .values(deleted_at=deleted_at)
        )
        if changed.rowcount == 0:
            raise unknown(session_id)
