"""A take becomes a transcript with its measures; when that fails, the take says why and stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from interview_app.domain.errors import InterviewAppError
from interview_app.domain.measures import measure
from interview_app.domain.session import Take, TranscriptionStatus
from interview_app.domain.transcript import Transcript
from interview_app.services.jobs import JobContext
from interview_app.services.ports import Heard, Recognizer


class Transcribing:
    """Has takes transcribed, at once or again later with any model."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer

    def transcribe_take(
        self, take: Take, sound: Path, model: str, language: str, job: JobContext
    ) -> Take:
        """The take with its transcript, or marked as holding no words, or as failed and why.

        A take that already has a transcript keeps it when transcribing it again fails. Blocks.

        Raises:
            JobCancelled: the job was cancelled; the take is as it was.
        """
        try:
            heard = self._recognizer.transcribe(sound, model, language, job)
        except InterviewAppError as error:
            if take.transcript is not None:
                return replace(take, failure=str(error))
            return replace(take, transcription=TranscriptionStatus.FAILED, failure=str(error))
        return with_what_was_heard(take, heard)


def with_what_was_heard(take: Take, heard: Heard) -> Take:
    """The take with a transcript and its measures; without words, nothing was heard."""
    has_words = bool(heard.transcript.words)
    return replace(
        take,
        duration_s=take.duration_s or heard.duration_s,
        transcription=TranscriptionStatus.DONE if has_words else TranscriptionStatus.NOTHING_HEARD,
        failure=None,
        transcript=heard.transcript,
        speech=heard.speech,
        measures=measure(heard.transcript, heard.speech, heard.duration_s),
    )


def with_typed_answer(take: Take, text: str, language: str) -> Take:
    """The take with a typed answer: words without times, no pace and no pauses."""
    transcript = Transcript.typed(text, language)
    return replace(
        take,
        sound=None,
        transcription=TranscriptionStatus.DONE,
        failure=None,
        transcript=transcript,
        speech=(),
        measures=measure(transcript, (), 0.0),
    )
