"""Which sessions are wanted, and in which order, as SQL."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, case, exists, func, literal, select, text

from interview_app.domain.session import Mode
from interview_app.services.history.queries import Archive, SessionFilter, SessionOrder, SessionSort
from interview_app.storage.columns import time_text
from interview_app.storage.tables import asked_questions, session_labels, sessions, takes

_WITH_LABELS = sessions.outerjoin(session_labels, session_labels.c.session_id == sessions.c.id)
_NAME = func.lower(func.coalesce(func.nullif(session_labels.c.title, ""), sessions.c.guide_title))


def session_ids(wanted: SessionFilter) -> Select[int]:
    """The numbers of the sessions outside the trash that a filter leaves."""
    return select(sessions.c.id).select_from(_WITH_LABELS).where(*_conditions(wanted))


def ordered_ids(wanted: SessionFilter, order: SessionOrder) -> Select[int]:
    """The same in their order; those that are equal in it stand newest first."""
    newest = (sessions.c.started_at.desc(), sessions.c.id.desc())
    if order.by is SessionSort.DATE:
        if order.is_descending:
            return session_ids(wanted).order_by(*newest)
        return session_ids(wanted).order_by(sessions.c.started_at, sessions.c.id)
    by = _sorted_by(order.by)
    first = by.desc() if order.is_descending else by.asc()
    # What has no rating is no lower than what has one: it stands last either way.
    return session_ids(wanted).order_by(by.is_(None), first, *newest)


def _sorted_by(sort: SessionSort) -> ColumnElement[object]:
    of_session = takes.c.session_id == sessions.c.id
    match sort:
        case SessionSort.TITLE:
            return _NAME
        case SessionSort.MODE:
            return sessions.c.mode
        case SessionSort.RATING:
            return session_labels.c.rating
        case SessionSort.LENGTH:
            return select(func.total(takes.c.duration_s)).where(of_session).scalar_subquery()
    answered = select(func.count(takes.c.position.distinct())).where(of_session)
    return answered.scalar_subquery()


def _conditions(wanted: SessionFilter) -> Iterable[ColumnElement[bool]]:
    archived = session_labels.c.archived_at
    yield sessions.c.deleted_at.is_(None)
    if wanted.archive is Archive.AT_HAND:
        yield archived.is_(None)
    elif wanted.archive is Archive.PUT_AWAY:
        yield archived.is_not(None)
    if wanted.guide_id:
        yield sessions.c.guide_id == wanted.guide_id
    if wanted.mode:
        yield sessions.c.mode == Mode(wanted.mode).value
    yield from _of_period(wanted)
    yield from _of_labels(wanted)
    if wanted.section:
        yield exists().where(
            asked_questions.c.session_id == sessions.c.id,
            asked_questions.c.section == wanted.section,
        )


def _of_period(wanted: SessionFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.since is not None:
        yield sessions.c.started_at >= time_text(wanted.since)
    if wanted.until is not None:
        yield sessions.c.started_at < time_text(wanted.until)


def _of_labels(wanted: SessionFilter) -> Iterable[ColumnElement[bool]]:
    rating = session_labels.c.rating
    if wanted.rating is not None:
        yield rating >= wanted.rating if wanted.rating else rating.is_(None)
    if wanted.tag:
        yield _has_tag(wanted.tag)


def _has_tag(tag: str) -> ColumnElement[bool]:
    """Whether a session has a tag; SQLite stops at JSON it cannot read unless asked first."""
    readable = func.json_valid(session_labels.c.tags) == 1
    found = exists(
        select(literal(1))
        .select_from(func.json_each(session_labels.c.tags).table_valued("value").alias("each_tag"))
        .where(text("each_tag.value = :tag").bindparams(tag=tag))
    )
    return case((readable, found), else_=literal(0)) == 1
