"""What the recognizer's client and its helper say to each other, as JSON.

Commands: ``warm_up`` and ``transcribe``, each with ``model`` and ``models_dir``; ``transcribe``
also with ``id``, ``sound`` and ``language``. ``follow`` has ``id``, ``uid``, ``folder`` and
``language`` besides, and later ``finish`` with ``id`` and ``sound``, or ``forget`` with ``id``.
Events: ``loaded``; ``progress`` with ``id`` and ``fraction``; ``words`` of a take being followed
with ``id``, ``text`` and ``behind_s``; ``heard`` with ``id`` and the values below; ``failed`` with
``id``, ``kind``, ``message`` and ``remedy``.
"""

from __future__ import annotations

from interview_app.domain.errors import (
    InterviewAppError,
    ModelDamaged,
    NotASound,
    RecognizerUnavailable,
    UnknownModel,
)
from interview_app.domain.transcript import Segment, Span, Transcript, Word
from interview_app.services.ports.recognizer import RecognitionResult
from interview_app.support.helper_process import Message

_ERRORS: dict[str, type[InterviewAppError]] = {
    kind.__name__: kind for kind in (NotASound, UnknownModel, ModelDamaged, RecognizerUnavailable)
}


def heard_to_message(heard: RecognitionResult) -> Message:
    """The values of a :class:`RecognitionResult`."""
    transcript = heard.transcript
    return {
        "language": transcript.language,
        "recognizer": transcript.recognizer,
        "model": transcript.model,
        "segments": [
            [[w.text, w.start_s, w.end_s, w.probability] for w in segment.words]
            for segment in transcript.segments
        ],
        "speech": [[span.start_s, span.end_s] for span in heard.speech],
        "duration_s": heard.duration_s,
    }


def heard_from_message(message: Message) -> RecognitionResult:
    """The :class:`RecognitionResult` that :func:`heard_to_message` was given."""
    segments = tuple(
        Segment(
            tuple(Word(text, start, end, probability) for text, start, end, probability in words)
        )
        for words in message["segments"]
    )
    transcript = Transcript(message["language"], message["recognizer"], message["model"], segments)
    speech = tuple(Span(start, end) for start, end in message["speech"])
    return RecognitionResult(transcript, speech, message["duration_s"])


def error_to_message(error: InterviewAppError) -> Message:
    """The kind, message and remedy of an error a user can be told."""
    kind = type(error).__name__
    known = kind if kind in _ERRORS else RecognizerUnavailable.__name__
    return {"kind": known, "message": error.message, "remedy": error.remedy}


def error_from_message(message: Message) -> InterviewAppError:
    """The error that :func:`error_to_message` was given."""
    kind = _ERRORS.get(str(message["kind"]), RecognizerUnavailable)
    return kind(str(message["message"]), remedy=str(message["remedy"]))
