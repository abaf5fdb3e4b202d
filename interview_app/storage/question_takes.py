"""Every take of one question, over all sessions."""

from __future__ import annotations

from sqlalchemy import Connection, select

from interview_app.domain.session import TranscriptionStatus
from interview_app.services.history.comparison import QuestionTake
from interview_app.storage import columns
from interview_app.storage.tables import asked_questions, sessions, takes


class SqlQuestionTakes:
    """The takes of a question; see ``QuestionTakeRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def takes_of(self, guide_id: str, question_id: str, limit: int) -> list[QuestionTake]:
        """Takes with words of one question of one guide, newest first; none from the trash."""
        query = (
            select(
                sessions.c.id,
                takes.c.uid,
                takes.c.position,
                takes.c.number,
                takes.c.started_at,
                takes.c.duration_s,
                takes.c.is_best,
            )
            .join(asked_questions, asked_questions.c.session_id == sessions.c.id)
            .join(
                takes,
                (takes.c.session_id == sessions.c.id)
                & (takes.c.position == asked_questions.c.position),
            )
            .where(
                sessions.c.guide_id == guide_id,
                sessions.c.deleted_at.is_(None),
                asked_questions.c.question_id == question_id,
                takes.c.transcription == TranscriptionStatus.DONE.value,
            )
            .order_by(takes.c.started_at.desc(), takes.c.id.desc())
            .limit(limit)
        )
        return [
            QuestionTake(
                session_id=row.id,
                uid=row.uid,
                position=row.position,
                number=row.number,
                started_at=columns.parse_time(row.started_at),
                duration_s=float(row.duration_s or 0.0),
                is_best=bool(row.is_best),
            )
            for row in self._connection.execute(query)
        ]
