"""Notes to takes in their table."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from interview_app.storage.tables import take_notes, takes


class SqlTakeNotes:
    """What a person wrote to takes; see ``TakeNoteRepository``. Triggers let search find it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_session(self, session_id: int) -> dict[str, str]:
        """The notes of a session's takes by uid; a take without notes is not there."""
        query = (
            select(takes.c.uid, take_notes.c.notes)
            .join(take_notes, take_notes.c.take_id == takes.c.id)
            .where(takes.c.session_id == session_id)
        )
        return {row.uid: row.notes for row in self._connection.execute(query)}

    def keep(self, uid: str, notes: str) -> bool:
        """Keep notes in place of what was there, empty ones not; whether there is such a take."""
        take_id = self._connection.scalar(select(takes.c.id).where(takes.c.uid == uid))
        if take_id is None:
            return False
        if not notes:
            self._connection.execute(delete(take_notes).where(take_notes.c.take_id == take_id))
            return True
        self._connection.execute(
            upsert(take_notes)
            .values(take_id=take_id, notes=notes)
            .on_conflict_do_update(index_elements=[take_notes.c.take_id], set_={"notes": notes})
        )
        return True
