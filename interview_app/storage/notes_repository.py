"""Personal notes in their table."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from interview_app.services.guides.notes import PersonalNote
from interview_app.storage.tables import personal_notes


class SqlNotes:
    """Notes and prepared answers; see ``NoteRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, guide_id: str, question_id: str) -> PersonalNote:
        """What was written to a question; an empty note where nothing was."""
        row = self._connection.execute(
            select(personal_notes.c.notes, personal_notes.c.answer).where(
                personal_notes.c.guide_id == guide_id,
                personal_notes.c.question_id == question_id,
            )
        ).first()
        return PersonalNote(guide_id, question_id, *(row or ()))

    def keep(self, note: PersonalNote) -> None:
        """Keep a note in place of what was there; an empty one is forgotten."""
        if note.is_empty:
            self._connection.execute(
                delete(personal_notes).where(
                    personal_notes.c.guide_id == note.guide_id,
                    personal_notes.c.question_id == note.question_id,
                )
            )
            return
        texts = {"notes": note.notes, "answer": note.answer}
        key = {"guide_id": note.guide_id, "question_id": note.question_id}
        statement = upsert(personal_notes).values(**key, **texts)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=texts)
        )

    def all(self) -> list[PersonalNote]:
        """Every note, by guide and question."""
        query = select(
            personal_notes.c.guide_id,
            personal_notes.c.question_id,
            personal_notes.c.notes,
            personal_notes.c.answer,
        ).order_by(personal_notes.c.guide_id, personal_notes.c.question_id)
        return [PersonalNote(*row) for row in self._connection.execute(query)]
