"""Rows of the tables and the domain's frozen values, both ways.

Reading never fails on a damaged row: what cannot be read is left out and said so where a person
sees it, so that one damaged row hides neither its session nor the others.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import RowMapping

from interview_app.domain.guide import Question, StarOutline
from interview_app.domain.labels import HIGHEST_RATING, tidy_tags
from interview_app.domain.measures import Mark, Measures
from interview_app.domain.session import (
    AskedQuestion,
    Mode,
    Session,
    SessionSettings,
    Take,
    TakeStatus,
    TranscriptionStatus,
)
from interview_app.domain.transcript import Segment, Span, Transcript, Word
from interview_app.services.ports.sessions import SessionSummary

Row = RowMapping
T = TypeVar("T")
Kind = TypeVar("Kind", bound=StrEnum)

UNREADABLE_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a moment whose text is damaged: the session is still listed."""
UNREADABLE_TRANSCRIPT = "The transcript kept for this take is damaged and cannot be read."
UNREADABLE_QUESTION = "Part of this question is damaged in the database and was left out."

_BROKEN = (ValueError, TypeError, IndexError, KeyError, AttributeError)
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
        "star": None if outline is None else _json(outline),
        "approach": _json(question.approach),
        "tip": question.tip,
        "key_points": _json(question.key_points),
        "follow_ups": _json(question.follow_ups),
        "target_s": question.target_s,
        "notes": question.notes,
    }


def take_values(session_id: int, take: Take) -> dict[str, Any]:
    """The row of a take, without its number in the table."""
    return {
        "session_id": session_id,
        "uid": take.uid,
        "position": take.position,
        "number": take.number,
        "started_at": time_text(take.started_at),
        "status": take.status.value,
        "duration_s": take.duration_s,
        "sound": take.sound,
        "transcription": take.transcription.value,
        "failure": take.failure,
        "speech": _json([[span.start_s, span.end_s] for span in take.speech]),
        "is_best": take.is_best,
    }


def transcript_values(take_id: int, transcript: Transcript) -> dict[str, Any]:
    """The row of a transcript."""
    return {
        "take_id": take_id,
        "language": transcript.language,
        "recognizer": transcript.recognizer,
        "model": transcript.model,
        "segments": segments_text(transcript),
    }


def segments_text(transcript: Transcript) -> str:
    """The words of a transcript as its row holds them; :func:`segments` reads them."""
    return _json([[_word(word) for word in segment.words] for segment in transcript.segments])


def measures_values(take_id: int, measures: Measures) -> dict[str, Any]:
    """The row of a take's figures."""
    return {
        "take_id": take_id,
        "words": measures.words,
        "pace_wpm": measures.pace_wpm,
        "articulation_wpm": measures.articulation_wpm,
        "speech_s": measures.speech_s,
        "onset_s": measures.onset_s,
        "hesitations": _marks_json(measures.hesitations),
        "crutch_phrases": _marks_json(measures.crutch_phrases),
        "long_pauses": _marks_json(measures.long_pauses),
        "repeated_words": _marks_json(measures.repeated_words),
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
        started_at=_time(row["started_at"]),
        ended_at=None if ended_at is None else _time(ended_at),
        question_count=int(row["question_count"]),
        answered_count=int(row["answered_count"]),
        take_count=int(row["take_count"]),
        duration_s=_number(row["duration_s"]),
        title=str(row["title"] or ""),
        rating=rating(row["rating"]),
        tags=tags(row["tags"]),
        is_archived=row["archived_at"] is not None,
    )


def rating(value: object) -> int | None:
    """A person's own rating, 1 to 5; ``None`` for none, or for what cannot be one."""
    return value if isinstance(value, int) and 1 <= value <= HIGHEST_RATING else None


def tags(text: object) -> tuple[str, ...]:
    """Tags of a session; none where their row is damaged."""
    try:
        found = json.loads(str(text or "[]"))
        return tidy_tags(tag for tag in found if isinstance(tag, str))
    except _BROKEN:
        _log.warning("The tags of a session cannot be read and were left out")
        return ()


def moment(text: str) -> datetime:
    """A moment as it is kept; :data:`UNREADABLE_TIME` where its text is damaged."""
    return _time(text)


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
        mode=_member(Mode, row["mode"], Mode.PRACTICE),
        asked=tuple(asked),
        started_at=_time(row["started_at"]),
        language=row["language"],
        settings=settings,
        position=row["position"],
        ended_at=None if ended_at is None else _time(ended_at),
        takes=tuple(takes),
        id=row["id"],
    )


def asked_question(row: Row) -> AskedQuestion:
    """A question as it stood when it was asked; a damaged part is left out and noted."""
    damage: list[str] = []

    def read(column: str, decode: Callable[[Any], T], otherwise: T) -> T:
        try:
            return decode(row[column])
        except _BROKEN:
            damage.append(column)
            return otherwise

    question = Question(
        id=row["question_id"],
        prompt=row["prompt"],
        why_they_ask=row["why_they_ask"],
        sample_answer=row["sample_answer"],
        star=read("star", _star, None),
        approach=read("approach", _texts, ()),
        tip=row["tip"],
        key_points=read("key_points", _texts, ()),
        follow_ups=read("follow_ups", _texts, ()),
        target_s=row["target_s"],
        notes=row["notes"],
    )
    if damage:
        _log.warning("Question %s: %s cannot be read", row["question_id"], ", ".join(damage))
        notes = "\n\n".join(filter(None, (question.notes, UNREADABLE_QUESTION)))
        question = replace(question, notes=notes)
    return AskedQuestion(question, row["section"])


def take(
    row: Row, transcript_row: Row | None, measures_row: Row | None, *, is_corrected: bool = False
) -> Take:
    """A take; a damaged transcript leaves its sound, and a sentence in ``failure``."""
    damaged = row["uid"]
    found = Take(
        uid=row["uid"],
        position=row["position"],
        number=row["number"],
        started_at=_time(row["started_at"]),
        status=_member(TakeStatus, row["status"], TakeStatus.KEPT),
        duration_s=_number(row["duration_s"]),
        sound=row["sound"],
        transcription=_member(
            TranscriptionStatus, row["transcription"], TranscriptionStatus.PENDING
        ),
        failure=row["failure"],
        speech=_or_else(lambda: _spans(row["speech"]), (), damaged),
        is_best=bool(row["is_best"]),
    )
    if measures_row is not None:
        found = replace(found, measures=_or_else(lambda: _measures(measures_row), None, damaged))
    if transcript_row is None:
        return found
    transcript = _or_else(lambda: _transcript(transcript_row), None, damaged)
    if transcript is None:
        return replace(
            found, transcription=TranscriptionStatus.FAILED, failure=UNREADABLE_TRANSCRIPT
        )
    return replace(found, transcript=replace(transcript, is_corrected=is_corrected))


def segments(text: str) -> tuple[Segment, ...]:
    """The segments of a transcript's row.

    Raises:
        ValueError: the text is damaged.
    """
    try:
        return tuple(
            Segment(
                tuple(
                    Word(str(said), float(start), float(end), float(probability), any(corrected))
                    for said, start, end, probability, *corrected in words
                )
            )
            for words in json.loads(text)
        )
    except _BROKEN as error:
        raise ValueError("The segments of a transcript cannot be read") from error


def _word(word: Word) -> list[object]:
    """[text, start_s, end_s, probability], and a fifth, ``true``, where a person corrected it."""
    row: list[object] = [word.text, word.start_s, word.end_s, word.probability]
    return [*row, True] if word.is_corrected else row


def time_text(moment: datetime) -> str:
    """A moment in UTC, in a form of fixed length that sorts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _marks_json(marks: Sequence[Mark]) -> str:
    return _json([[mark.text, mark.start_s, mark.end_s] for mark in marks])


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return UNREADABLE_TIME
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _member(kind: type[Kind], value: str, otherwise: Kind) -> Kind:
    try:
        return kind(value)
    except ValueError:
        _log.warning("%r is no %s; taken for %s", value, kind.__name__, otherwise.value)
        return otherwise


def _or_else(read: Callable[[], T], otherwise: T, name: str) -> T:
    try:
        return read()
    except _BROKEN:
        _log.warning("Part of take %s is damaged and was left out", name)
        return otherwise


def _star(text: str | None) -> StarOutline | None:
    return None if text is None else StarOutline(*json.loads(text))


def _texts(text: str) -> tuple[str, ...]:
    return tuple(str(item) for item in json.loads(text))


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(Span(float(start), float(end)) for start, end in json.loads(text))


def _marks(text: str) -> tuple[Mark, ...]:
    return tuple(Mark(str(said), float(start), float(end)) for said, start, end in json.loads(text))


def _transcript(row: Row) -> Transcript:
    return Transcript(row["language"], row["recognizer"], row["model"], segments(row["segments"]))


def _measures(row: Row) -> Measures:
    return Measures(
        words=int(row["words"]),
        pace_wpm=float(row["pace_wpm"]),
        articulation_wpm=float(row["articulation_wpm"]),
        speech_s=float(row["speech_s"]),
        onset_s=float(row["onset_s"]),
        hesitations=_marks(row["hesitations"]),
        crutch_phrases=_marks(row["crutch_phrases"]),
        long_pauses=_marks(row["long_pauses"]),
        repeated_words=_marks(row["repeated_words"]),
    )
