"""Rows of sessions and of the questions asked in them, and the domain's values, both ways.

Reading never fails on a damaged row: what cannot be read is left out and said so where a person
sees it, so that one damaged row hides neither its session nor the others.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import RowMapping as Row

from interview_app.domain.guide import Question, StarOutline
from interview_app.domain.question_fields import (
    FIELD,
    QUESTION_FIELDS,
    STAR_STEPS,
    FieldKind,
    is_plain,
    plain_values,
    typed_values,
)
from interview_app.domain.session import AskedQuestion, Mode, Session, SessionSettings, Take
from interview_app.services.ports.sessions import SessionSummary
from interview_app.storage.columns import (
    BROKEN,
    enum_member,
    json_text,
    number,
    parse_time,
    rating,
    tags,
    texts,
    time_text,
)

T = TypeVar("T")

UNREADABLE_QUESTION = "Part of this question is damaged in the database and was left out."

_log = logging.getLogger(__name__)


def session_values(session: Session) -> dict[str, Any]:
    """The row of a session, without its number."""
    settings = session.settings
    return {
        "uid": session.uid,
        "guide_id": session.guide_id,
        "guide_title": session.guide_title,
        "mode": session.mode.value,
        "language": session.language,
        "started_at": time_text(session.started_at),
        "ended_at": None if session.ended_at is None else time_text(session.ended_at),
        "position": session.position,
        "think_s": settings.think_s,
        "target_s": settings.target_s,
        "hard_limit_s": settings.hard_limit_s,
        "voice": settings.voice,
        "rate_wpm": settings.rate_wpm,
    }


def question_values(session_id: int, position: int, asked: AskedQuestion) -> dict[str, Any]:
    """The row of a question as it stood when it was asked."""
    question = asked.question
    plain = plain_values(question)
    more = {field.name: plain[field.name] for field in QUESTION_FIELDS if not field.has_column}
    return {
        "session_id": session_id,
        "position": position,
        "section": asked.section,
        "question_id": question.id,
        "prompt": question.prompt,
        **{
            field.name: _column(getattr(question, field.name))
            for field in QUESTION_FIELDS
            if field.has_column
        },
        "more": json_text({name: value for name, value in more.items() if value is not None}),
    }


def summary(row: Row) -> SessionSummary:
    """A line of the history."""
    ended_at = row["ended_at"]
    return SessionSummary(
        id=int(row["id"]),
        uid=str(row["uid"]),
        guide_id=str(row["guide_id"]),
        guide_title=str(row["guide_title"]),
        mode=str(row["mode"]),
        started_at=parse_time(row["started_at"]),
        ended_at=None if ended_at is None else parse_time(ended_at),
        question_count=int(row["question_count"]),
        answered_count=int(row["answered_count"]),
        take_count=int(row["take_count"]),
        duration_s=number(row["duration_s"]),
        title=str(row["title"] or ""),
        rating=rating(row["rating"]),
        tags=tags(row["tags"]),
        is_archived=row["archived_at"] is not None,
    )


def session(row: Row, asked: Sequence[AskedQuestion], takes: Sequence[Take]) -> Session:
    """A whole session from its row, its questions and its takes."""
    ended_at = row["ended_at"]
    settings = SessionSettings(
        think_s=row["think_s"],
        target_s=row["target_s"],
        hard_limit_s=row["hard_limit_s"],
        voice=row["voice"],
        rate_wpm=row["rate_wpm"],
    )
    return Session(
        uid=row["uid"],
        guide_id=row["guide_id"],
        guide_title=row["guide_title"],
        mode=enum_member(Mode, row["mode"], Mode.PRACTICE),
        asked=tuple(asked),
        started_at=parse_time(row["started_at"]),
        language=row["language"],
        settings=settings,
        position=row["position"],
        ended_at=None if ended_at is None else parse_time(ended_at),
        takes=tuple(takes),
        id=row["id"],
    )


def asked_question(row: Row) -> AskedQuestion:
    """A question as it stood when it was asked; a damaged part is left out and noted."""
    damage: list[str] = []

    def read(column: str, decode: Callable[[Any], T], otherwise: T) -> T:
        try:
            return decode(row[column])
        except BROKEN:
            damage.append(column)
            return otherwise

    no_texts: tuple[str, ...] = ()
    values = typed_values(read("more", _more, {}))
    for field in QUESTION_FIELDS:
        if field.kind.is_items and field.has_column:
            values[field.name] = read(field.name, texts, no_texts)
        elif field.kind is FieldKind.OUTLINE and field.has_column:
            values[field.name] = read(field.name, _star, None)
        elif field.has_column:
            values[field.name] = row[field.name]
    question = Question(row["question_id"], row["prompt"], **values)
    if damage:
        _log.warning("Question %s: %s cannot be read", row["question_id"], ", ".join(damage))
        notes = "\n\n".join(filter(None, (question.notes, UNREADABLE_QUESTION)))
        question = replace(question, notes=notes)
    return AskedQuestion(question, row["section"])


def _column(value: object) -> object:
    """The value of a field as its own column holds it."""
    if isinstance(value, StarOutline):
        return json_text([getattr(value, step) for step in STAR_STEPS])
    return json_text(value) if isinstance(value, tuple) else value


def _more(text: str) -> dict[str, Any]:
    values = dict(json.loads(text))
    known = {name: value for name, value in values.items() if name in FIELD}
    if not all(is_plain(FIELD[name], value) for name, value in known.items()):
        raise ValueError(text)
    return known


def _star(text: str | None) -> StarOutline | None:
    return None if text is None else StarOutline(*json.loads(text))
