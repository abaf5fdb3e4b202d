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
    question, star = asked.question, asked.question.star
    outline = star and [star.situation, star.task, star.action, star.result]
    return {
        "session_id": session_id,
        "position": position,
        "section": asked.section,
        "question_id": question.id,
        "prompt": question.prompt,
        "why_they_ask": question.why_they_ask,
        "sample_answer": question.sample_answer,
        "star": None if outline is None else json_text(outline),
        "approach": json_text(question.approach),
        "tip": question.tip,
        "key_points": json_text(question.key_points),
        "follow_ups": json_text(question.follow_ups),
        "target_s": question.target_s,
        "notes": question.notes,
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

    question = Question(
        id=row["question_id"],
        prompt=row["prompt"],
        why_they_ask=row["why_they_ask"],
        sample_answer=row["sample_answer"],
        star=read("star", _star, None),
        approach=read("approach", texts, ()),
        tip=row["tip"],
        key_points=read("key_points", texts, ()),
        follow_ups=read("follow_ups", texts, ()),
        target_s=row["target_s"],
        notes=row["notes"],
    )
    if damage:
        _log.warning("Question %s: %s cannot be read", row["question_id"], ", ".join(damage))
        notes = "\n\n".join(filter(None, (question.notes, UNREADABLE_QUESTION)))
        question = replace(question, notes=notes)
    return AskedQuestion(question, row["section"])


def _star(text: str | None) -> StarOutline | None:
    return None if text is None else StarOutline(*json.loads(text))
