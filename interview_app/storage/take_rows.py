"""Rows of takes, their transcripts and figures, and the domain's values, both ways.

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

from interview_app.domain.analysis.measures import Mark, Measures
from interview_app.domain.session import Take, TakeStatus, TranscriptionStatus
from interview_app.domain.transcript import Segment, Span, Transcript, Word
from interview_app.storage.columns import (
    BROKEN,
    enum_member,
    json_text,
    number,
    parse_time,
    sound_name,
    time_text,
)

T = TypeVar("T")

UNREADABLE_TRANSCRIPT = "The transcript kept for this take is damaged and cannot be read."

_log = logging.getLogger(__name__)


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
        "speech": json_text([[span.start_s, span.end_s] for span in take.speech]),
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
    return json_text([[_word(word) for word in segment.words] for segment in transcript.segments])


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


def take(
    row: Row, transcript_row: Row | None, measures_row: Row | None, *, is_corrected: bool = False
) -> Take:
    """A take; a damaged transcript leaves its sound, and a sentence in ``failure``."""
    damaged = row["uid"]
    found = Take(
        uid=row["uid"],
        position=row["position"],
        number=row["number"],
        started_at=parse_time(row["started_at"]),
        status=enum_member(TakeStatus, row["status"], TakeStatus.KEPT),
        duration_s=number(row["duration_s"]),
        sound=sound_name(row["sound"]),
        transcription=enum_member(
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
    except BROKEN as error:
        raise ValueError("The segments of a transcript cannot be read") from error


def _word(word: Word) -> list[object]:
    """[text, start_s, end_s, probability], and a fifth, ``true``, where a person corrected it."""
    row: list[object] = [word.text, word.start_s, word.end_s, word.probability]
    return [*row, True] if word.is_corrected else row


def _marks_json(marks: Sequence[Mark]) -> str:
    return json_text([[mark.text, mark.start_s, mark.end_s] for mark in marks])


def _or_else(read: Callable[[], T], otherwise: T, name: str) -> T:
    try:
        return read()
    except BROKEN:
        _log.warning("Part of take %s is damaged and was left out", name)
        return otherwise


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
