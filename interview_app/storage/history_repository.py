"""The history: narrowed and ordered, searched, labelled; the trash, and what recovery looks up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, tzinfo

from sqlalchemy import Connection, delete, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from interview_app.domain.session_labels import SessionLabels
from interview_app.services.history.queries import (
    DayCounts,
    FilterChoices,
    Hits,
    SessionFilter,
    SessionOrder,
    SessionPage,
)
from interview_app.services.ports.history import SearchHit
from interview_app.services.ports.sessions import SessionSummary
from interview_app.storage import columns, search
from interview_app.storage.filtering import ordered_ids, session_ids
from interview_app.storage.repositories import summaries_of, summary_query, unknown
from interview_app.storage.tables import asked_questions, session_labels, sessions, takes


class SqlHistory:
    """What the history needs beyond the sessions themselves; see ``HistoryRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move_to_trash(self, session_id: int, at: datetime) -> None:
        """Hide a session until it is restored or deleted.

        Raises:
            UnknownSession: no session has that number, or it is in the trash already.
        """
        self._mark(session_id, columns.time_text(at), is_in_trash=False)

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
            query = query.where(sessions.c.deleted_at < columns.time_text(before))
        return summaries_of(self._connection, query)

    def search(self, text: str, limit: int = 50) -> list[SearchHit]:
        """Takes that hold every word of a text, best first."""
        return list(search.find(self._connection, text, limit).hits)

    def find_said(
        self, text: str, limit: int, offset: int = 0, within: SessionFilter | None = None
    ) -> Hits:
        """Hits from ``offset`` on, best first; ``within`` narrows them to some sessions."""
        return search.find(self._connection, text, limit, offset, within)

    def page(
        self, wanted: SessionFilter, order: SessionOrder, limit: int, offset: int = 0
    ) -> SessionPage:
        """Some lines of the history, and how many there are."""
        total = self._connection.scalar(
            select(func.count()).select_from(session_ids(wanted).subquery())
        )
        ids = self.ids(wanted, order, limit, offset)
        # Counts are only asked for of the lines that are shown.
        lines = summaries_of(self._connection, summary_query().where(sessions.c.id.in_(ids)))
        places = {session_id: place for place, session_id in enumerate(ids)}
        lines.sort(key=lambda line: places[line.id])
        return SessionPage(offset, tuple(lines), total or 0)

    def ids(self, wanted: SessionFilter, order: SessionOrder, limit: int, offset: int) -> list[int]:
        """The numbers of some lines of the history."""
        query = ordered_ids(wanted, order).limit(limit).offset(offset)
        return list(self._connection.execute(query).scalars())

    def days(self, wanted: SessionFilter, zone: tzinfo) -> DayCounts:
        """How many sessions a filter leaves on each day of a zone."""
        query = select(sessions.c.started_at).where(sessions.c.id.in_(session_ids(wanted)))
        moments = (columns.parse_time(text) for text in self._connection.execute(query).scalars())
        return Counter(moment.astimezone(zone).date() for moment in moments)

    def choices(self) -> FilterChoices:
        """What sessions outside the trash can be filtered by."""
        is_here = sessions.c.deleted_at.is_(None)
        newest = func.max(sessions.c.started_at)
        guides = self._connection.execute(
            select(sessions.c.guide_id, sessions.c.guide_title, newest)
            .where(is_here)
            .group_by(sessions.c.guide_id)
            .order_by(newest.desc())
        ).all()
        sections = self._connection.execute(
            select(asked_questions.c.section).distinct().order_by(asked_questions.c.section)
        ).scalars()
        texts = self._connection.execute(
            select(session_labels.c.tags)
            .join(sessions, sessions.c.id == session_labels.c.session_id)
            .where(is_here)
        ).scalars()
        tags = {tag for text in texts for tag in columns.tags(text)}
        return FilterChoices(
            {guide_id: title for guide_id, title, _ in guides},
            tuple(section for section in sections if section),
            tuple(sorted(tags, key=str.casefold)),
        )

    def labels(self, session_id: int) -> SessionLabels:
        """What a person says of a session.

        Raises:
            UnknownSession: no session has that number.
        """
        self.uid_of(session_id)
        query = select(session_labels).where(session_labels.c.session_id == session_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return SessionLabels()
        return SessionLabels(
            str(row["title"]),
            columns.rating(row["rating"]),
            columns.tags(row["tags"]),
            row["archived_at"] is not None,
        )

    def keep_labels(self, session_id: int, labels: SessionLabels, at: datetime) -> None:
        """Keep what a person says of a session in place of what was there.

        Raises:
            UnknownSession: no session has that number.
        """
        self.uid_of(session_id)
        if labels == SessionLabels():
            self._connection.execute(
                delete(session_labels).where(session_labels.c.session_id == session_id)
            )
            return
        values = {
            "title": labels.title,
            "rating": labels.rating,
            "tags": json.dumps(list(labels.tags), ensure_ascii=False),
            "archived_at": columns.time_text(at) if labels.is_archived else None,
        }
        self._connection.execute(
            upsert(session_labels)
            .values(session_id=session_id, **values)
            .on_conflict_do_update(index_elements=["session_id"], set_=values)
        )

    def lines(self, session_ids: Sequence[int]) -> list[SessionSummary]:
        """The lines of some sessions outside the trash, newest first."""
        here = summary_query().where(
            sessions.c.id.in_(session_ids), sessions.c.deleted_at.is_(None)
        )
        return summaries_of(self._connection, here)

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

    def last_asked(self, guide_id: str) -> dict[str, datetime]:
        """Return when each question of a guide was answered last, by its id."""
        query = (
            select(asked_questions.c.question_id, func.max(takes.c.started_at))
            .join(
                takes,
                (takes.c.session_id == asked_questions.c.session_id)
                & (takes.c.position == asked_questions.c.position),
            )
            .join(sessions, sessions.c.id == asked_questions.c.session_id)
            .where(sessions.c.guide_id == guide_id, sessions.c.deleted_at.is_(None))
            .group_by(asked_questions.c.question_id)
        )
        return {str(row[0]): columns.parse_time(row[1]) for row in self._connection.execute(query)}

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
