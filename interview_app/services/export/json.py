"""The shapes of takes, transcripts and measures in JSON; keys are fixed, more may be added.

Seconds are rounded to milliseconds, rates to a tenth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from interview_app.domain.analysis.measures import Mark, Measures, measure
from interview_app.domain.guide import Question
from interview_app.domain.session import Session, Take
from interview_app.domain.transcript import Transcript
from interview_app.services.ports.history import SearchHit
from interview_app.services.ports.recognizer import RecognitionResult
from interview_app.services.ports.sessions import SessionSummary
from interview_app.services.upkeep.sound_usage import Usage

Json = dict[str, Any]


def take_json(
    session: Session, take: Take, audio: str | None = None, notes: str | None = None
) -> Json:
    """A take with its question, words, figures, sample answer, tip and the person's notes to it.

    ``audio`` is the path of its sound; without it, the take's own relative path. A take whose
    question is missing from the database still shows, with an empty one.
    """
    is_known = 0 <= take.position < len(session.asked)
    question = session.asked[take.position].question if is_known else Question("", "")
    return {
        "session": session.id,
        "question": {"id": question.id, "prompt": question.prompt},
        "take": take.number,
        "duration_s": _seconds(take.duration_s),
        "transcription": take.transcription.value,
        "failure": take.failure,
        "transcript": transcript_json(take.transcript) if take.transcript else None,
        "measures": measures_json(take.measures) if take.measures else None,
        "sample_answer": question.sample_answer,
        "tip": question.tip,
        "notes": notes or None,
        "audio": audio if audio is not None else take.sound,
    }


def transcript_json(transcript: Transcript) -> Json:
    """A transcript: its text, and each word with its times and probability.

    What a person corrected says so: ``"corrected": true`` on the transcript and on each word.
    """
    return {
        "text": transcript.text,
        "language": transcript.language,
        "recognizer": transcript.recognizer,
        "model": transcript.model,
        **_if_corrected(transcript.is_corrected),
        "words": [
            {
                "text": word.text,
                "start_s": _seconds(word.start_s),
                "end_s": _seconds(word.end_s),
                "probability": round(word.probability, 3),
                **_if_corrected(word.is_corrected),
            }
            for word in transcript.words
        ],
    }


def _if_corrected(is_corrected: bool) -> Json:
    return {"corrected": True} if is_corrected else {}


def measures_json(measures: Measures) -> Json:
    """The figures of a take."""
    return {
        "words": measures.words,
        "pace_wpm": round(measures.pace_wpm, 1),
        "articulation_wpm": round(measures.articulation_wpm, 1),
        "speech_s": _seconds(measures.speech_s),
        "onset_s": _seconds(measures.onset_s),
        "hesitations": [_mark(mark) for mark in measures.hesitations],
        "crutch_phrases": [_mark(mark) for mark in measures.crutch_phrases],
        "long_pauses": [
            {"start_s": _seconds(mark.start_s), "end_s": _seconds(mark.end_s)}
            for mark in measures.long_pauses
        ],
        "repeated_words": [_mark(mark) for mark in measures.repeated_words],
    }


def _mark(mark: Mark) -> Json:
    return {
        "text": mark.text,
        "start_s": _seconds(mark.start_s),
        "end_s": _seconds(mark.end_s),
    }


def _seconds(value: float) -> float:
    return round(value, 3)


def heard_json(heard: RecognitionResult) -> Json:
    """A transcript with the length of its sound and its figures."""
    return {
        **transcript_json(heard.transcript),
        "duration_s": _seconds(heard.duration_s),
        "measures": measures_json(measure(heard.transcript, heard.speech, heard.duration_s)),
    }


def summary_json(summary: SessionSummary) -> Json:
    """A line of the history: a session without its takes."""
    return {
        "id": summary.id,
        "guide": {"id": summary.guide_id, "title": summary.guide_title},
        "mode": str(summary.mode),
        "started_at": summary.started_at.isoformat(),
        "ended_at": summary.ended_at.isoformat() if summary.ended_at else None,
        "questions": summary.question_count,
        "answered": summary.answered_count,
        "take_count": summary.take_count,
        "duration_s": _seconds(summary.duration_s),
        "title": summary.title or None,
        "rating": summary.rating,
        "tags": list(summary.tags),
        "archived": summary.is_archived,
    }


def usage_json(usage: Usage) -> Json:
    """The room that takes' sound has, in bytes."""
    return {
        "size": usage.size,
        "takes": usage.count,
        "missing": usage.missing,
        "by_guide": [{"title": s.name, "size": s.size, "takes": s.count} for s in usage.by_guide],
        "by_form": [{"form": s.name, "size": s.size, "takes": s.count} for s in usage.by_form],
    }


def session_json(
    session: Session,
    audio_of: Callable[[Take], str | None],
    notes: Mapping[str, str] = MappingProxyType({}),
) -> Json:
    """A whole session; ``audio_of`` says where a take's sound lies, ``notes`` are by take's uid."""
    return {
        "id": session.id,
        "guide": {"id": session.guide_id, "title": session.guide_title},
        "mode": str(session.mode),
        "started_at": session.started_at.isoformat(),
        "ended_at": session.ended_at.isoformat() if session.ended_at else None,
        "questions": [
            {"id": asked.question.id, "prompt": asked.question.prompt, "section": asked.section}
            for asked in session.asked
        ],
        "takes": [
            take_json(session, take, audio_of(take), notes.get(take.uid)) for take in session.takes
        ],
    }


def hit_json(hit: SearchHit) -> Json:
    """A place where something was said or asked."""
    return {
        "session": hit.session_id,
        "take": hit.take_number,
        "question": hit.question,
        "excerpt": hit.excerpt,
        "start_s": _seconds(hit.start_s),
        "title": hit.guide_title,
        "started_at": hit.started_at.isoformat() if hit.started_at else None,
        "note": hit.is_note,
    }
