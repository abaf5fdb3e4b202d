"""Sessions and their takes in the tables."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    distinct,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from interview_app.domain.errors import UnknownSession
from interview_app.domain.session import AskedQuestion, Session, Take, TakeStatus
from interview_app.services.ports.sessions import SessionSummary
from interview_app.storage import session_rows, take_rows
from interview_app.storage.columns import sound_name
from interview_app.storage.search import forget_takes, index_take
from interview_app.storage.tables import (
    asked_questions,
    measures,
    original_transcripts,
    session_labels,
    sessions,
    takes,
    transcripts,
)

_IS_HERE = sessions.c.deleted_at.is_(None)


def unknown(session_id: int) -> UnknownSession:
    """What to tell someone who asks for a session that is not there."""
    return UnknownSession(
        f"There is no session {session_id}.", remedy="`interview-app sessions list` shows them."
    )


class SqlSessions:
    """The sessions that are not in the trash; see ``SessionRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, session: Session) -> int:
        """Keep a new session with its questions and takes; its number."""
        session_id: int = self._connection.execute(
            insert(sessions).values(session_rows.session_values(session)).returning(sessions.c.id)
        ).scalar_one()
        questions = [
            session_rows.question_values(session_id, position, asked)
            for position, asked in enumerate(session.asked)
        ]
        if questions:
            self._connection.execute(insert(asked_questions), questions)
        for take in session.takes:
            self.save_take(session_id, take)
        return session_id

    def get(self, session_id: int) -> Session:
        """A whole session.

        Raises:
            UnknownSession: no session has that number.
        """
        query = select(sessions).where(sessions.c.id == session_id, _IS_HERE)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise unknown(session_id)
        return session_rows.session(row, self._asked(session_id), self.takes_of(session_id))

    def update(self, session: Session) -> None:
        """Keep a session's own fields and its takes as they are now; its questions stay.

        Raises:
            UnknownSession: no session has that number.
        """
        session_id = session.id if session.id is not None else -1
        changed = self._connection.execute(
            update(sessions)
            .where(sessions.c.id == session_id, _IS_HERE)
            .values(session_rows.session_values(session))
        )
        if changed.rowcount == 0:
            raise unknown(session_id)
        kept = {take.uid for take in session.takes}
        old = self._connection.execute(
            select(takes.c.id, takes.c.uid).where(takes.c.session_id == session_id)
        ).all()
        self._delete_takes([number for number, uid in old if uid not in kept])
        for take in session.takes:
            self.save_take(session_id, take)

    def save_take(self, session_id: int, take: Take) -> None:
        """Keep one take, new or changed; words that a person corrected stay as they are.

        Raises:
            UnknownSession: no session has that number.
        """
        if not self._connection.scalar(select(exists().where(sessions.c.id == session_id))):
            raise unknown(session_id)
        values = take_rows.take_values(session_id, take)
        adding = upsert(takes).values(values)
        changed = values | {"sound": _sound_after(adding.excluded.sound)}
        take_id = self._connection.execute(
            adding.on_conflict_do_update(index_elements=[takes.c.uid], set_=changed).returning(
                takes.c.id
            )
        ).scalar_one()
        if take_id not in self._corrected([take_id]):
            self._save_what_was_heard(take_id, take)
            index_take(self._connection, take_id, session_id, take)

    def drop_take(self, session_id: int, uid: str) -> None:
        """Forget a take that never held any sound; one that is not there is no error."""
        query = select(takes.c.id).where(takes.c.session_id == session_id, takes.c.uid == uid)
        self._delete_takes(self._connection.execute(query).scalars().all())

    def summaries(self, limit: int = 200, offset: int = 0) -> list[SessionSummary]:
        """Sessions, newest first."""
        query = summary_query().where(_IS_HERE).limit(limit).offset(offset)
        return summaries_of(self._connection, query)

    def unfinished(self) -> list[SessionSummary]:
        """Sessions without an end, newest first."""
        query = summary_query().where(_IS_HERE, sessions.c.ended_at.is_(None))
        return summaries_of(self._connection, query)

    def interrupted_takes(self) -> list[tuple[int, Take]]:
        """Takes still marked as recording, each with its session's number."""
        query = (
            _take_query()
            .join(sessions, sessions.c.id == takes.c.session_id)
            .where(takes.c.status == TakeStatus.RECORDING.value, _IS_HERE)
        )
        return self._takes(query)

    def delete(self, session_id: int) -> tuple[str, ...]:
        """Delete a session, in the trash or not; the sound files that belong to nothing any more.

        Raises:
            UnknownSession: no session has that number.
        """
        theirs = self._connection.execute(
            select(takes.c.id, takes.c.sound).where(takes.c.session_id == session_id)
        ).all()
        self._delete_takes([take_id for take_id, _ in theirs])
        gone = self._connection.execute(delete(sessions).where(sessions.c.id == session_id))
        if gone.rowcount == 0:
            raise unknown(session_id)
        sounds = sorted({name for _, sound in theirs if (name := sound_name(sound)) is not None})
        still = select(takes.c.sound).where(takes.c.sound.in_(sounds))
        used = set(self._connection.execute(still).scalars())
        return tuple(sound for sound in sounds if sound not in used)

    def _asked(self, session_id: int) -> list[AskedQuestion]:
        query = (
            select(asked_questions)
            .where(asked_questions.c.session_id == session_id)
            .order_by(asked_questions.c.position)
        )
        found = self._connection.execute(query).mappings()
        return [session_rows.asked_question(row) for row in found]

    def takes_of(self, session_id: int) -> list[Take]:
        """The takes of a session, in the trash or not, oldest first."""
        return [take for _, take in self._takes(_take_query(session_id))]

    def _takes(self, query: Select[tuple[object, ...]]) -> list[tuple[int, Take]]:
        found = self._connection.execute(query).mappings().all()
        ids = [row["id"] for row in found]
        heard, figures = (
            {
                row["take_id"]: row
                for row in self._connection.execute(
                    select(table).where(table.c.take_id.in_(ids))
                ).mappings()
            }
            for table in (transcripts, measures)
        )
        corrected = self._corrected(ids)
        return [
            (
                row["session_id"],
                take_rows.take(
                    row,
                    heard.get(row["id"]),
                    figures.get(row["id"]),
                    is_corrected=row["id"] in corrected,
                ),
            )
            for row in found
        ]

    def _corrected(self, take_ids: Sequence[int]) -> set[int]:
        """Those of the takes whose words a person corrected."""
        kept = original_transcripts.c.take_id
        return set(self._connection.execute(select(kept).where(kept.in_(take_ids))).scalars())

    def _save_what_was_heard(self, take_id: int, take: Take) -> None:
        for table in (transcripts, measures):
            self._connection.execute(delete(table).where(table.c.take_id == take_id))
        if take.transcript is not None:
            values = take_rows.transcript_values(take_id, take.transcript)
            self._connection.execute(insert(transcripts).values(values))
        if take.measures is not None:
            values = take_rows.measures_values(take_id, take.measures)
            self._connection.execute(insert(measures).values(values))

    def _delete_takes(self, take_ids: Sequence[int]) -> None:
        forget_takes(self._connection, take_ids)
        self._connection.execute(delete(takes).where(takes.c.id.in_(take_ids)))


def _sound_after(wanted: ColumnElement[str | None]) -> ColumnElement[str | None]:
    """Where the sound of a take lies once it is kept again.

    Whoever keeps it may have read it before its sound was converted or deleted: a closed take that
    says ``x.wav`` where the row says ``x.opus`` or nothing does not bring the old name back.
    """
    now = takes.c.sound
    is_closed = takes.c.status != TakeStatus.RECORDING.value
    recorded = literal("takes/") + takes.c.uid + ".wav"
    is_old = and_(is_closed, takes.c.transcription == "done", wanted == recorded)
    is_tidied = or_(now.is_(None), and_(now != wanted, now.startswith(literal("takes/"))))
    return case((and_(is_old, is_tidied), now), else_=wanted)


def summary_query() -> Select[tuple[object, ...]]:
    """Lines of the history, newest first; counts come from the indexes alone."""
    of_session = takes.c.session_id == sessions.c.id
    questions = select(func.count()).where(asked_questions.c.session_id == sessions.c.id)
    return (
        select(
            sessions,
            session_labels.c.title,
            session_labels.c.rating,
            session_labels.c.tags,
            session_labels.c.archived_at,
            questions.scalar_subquery().label("question_count"),
            select(func.count(distinct(takes.c.position)))
            .where(of_session)
            .scalar_subquery()
            .label("answered_count"),
            select(func.count(takes.c.position))
            .where(of_session)
            .scalar_subquery()
            .label("take_count"),
            select(func.total(takes.c.duration_s))
            .where(of_session)
            .scalar_subquery()
            .label("duration_s"),
        )
        .select_from(
            sessions.outerjoin(session_labels, session_labels.c.session_id == sessions.c.id)
        )
        .order_by(sessions.c.started_at.desc(), sessions.c.id.desc())
    )


def summaries_of(connection: Connection, query: Select[tuple[object, ...]]) -> list[SessionSummary]:
    """The lines a summary query finds."""
    return [session_rows.summary(row) for row in connection.execute(query).mappings()]


def _take_query(session_id: int | None = None) -> Select[tuple[object, ...]]:
    query = select(takes).order_by(takes.c.id)
    return query if session_id is None else query.where(takes.c.session_id == session_id)
