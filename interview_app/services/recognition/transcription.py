"""A take becomes a transcript with its measures; when that fails, the take says why and stays.

A take is heard while it is spoken, so that its transcript is there when the answer ends. What was
missed (a recognizer that crashed, another model chosen meanwhile) is made up for from its file.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from interview_app.domain.analysis.measures import measure
from interview_app.domain.errors import InterviewAppError
from interview_app.domain.session import Take, TranscriptionStatus
from interview_app.services.jobs import JobContext
from interview_app.services.ports.recognizer import (
    LiveTranscription,
    RecognitionResult,
    Recognizer,
    WordsSoFar,
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Followed:
    """A take being heard, and by which model."""

    live: LiveTranscription
    model: str


def _as_chosen(model: str, _language: str) -> str:
    return model


def _untold(_model: str, _language: str, _error: InterviewAppError) -> None: ...


class TranscriptionService:
    """Has takes transcribed while they are spoken, or later with any model.

    ``takes`` is the folder in which the recorder writes them.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        takes: Path,
        *,
        model_for: Callable[[str, str], str] = _as_chosen,
        on_failure: Callable[[str, str, InterviewAppError], None] = _untold,
    ) -> None:
        """Hear takes by this recognizer.

        ``model_for`` names the model for a chosen one and a language; ``on_failure`` is told
        model, language and error of each take that no transcript could be made of.
        """
        self._recognizer = recognizer
        self._takes = takes
        self._model_for = model_for
        self._on_failure = on_failure
        self._followed: dict[str, _Followed] = {}

    def follow(
        self, uid: str, model: str, language: str, on_words: Callable[[WordsSoFar], None]
    ) -> None:
        """Hear a take from now on, as it is recorded; returns at once and never fails."""
        self.forget(uid)
        model = self._model_for(model, language)
        live = self._recognizer.follow(uid, self._takes, model, language, on_words)
        self._followed[uid] = _Followed(live, model)

    def forget(self, uid: str) -> None:
        """Stop hearing a take that is not wanted."""
        followed = self._followed.pop(uid, None)
        if followed is not None:
            followed.live.cancel()

    def transcribe_take(
        self, take: Take, sound: Path, model: str, language: str, job: JobContext
    ) -> Take:
        """The take with its transcript, or marked as holding no words, or as failed and why.

        A take that already has a transcript keeps it when transcribing it again fails. Blocks.

        Raises:
            JobCancelled: the job was cancelled; the take is as it was.
        """
        model = self._model_for(model, language)
        try:
            heard = self._heard_live(take.uid, sound, model, job)
            if heard is None:
                heard = self._recognizer.transcribe(sound, model, language, job)
        except InterviewAppError as error:
            self._on_failure(model, language, error)
            if take.transcript is not None:
                return replace(take, failure=str(error))
            return replace(take, transcription=TranscriptionStatus.FAILED, failure=str(error))
        return with_recognition_result(take, heard)

    def _heard_live(
        self, uid: str, sound: Path, model: str, job: JobContext
    ) -> RecognitionResult | None:
        followed = self._followed.pop(uid, None)
        if followed is None:
            return None
        if followed.model != model:
            followed.live.cancel()
            return None
        try:
            return followed.live.finish(sound, job)
        except InterviewAppError:
            _log.warning("A take could not be followed; it is transcribed from its file")
            return None


def with_recognition_result(take: Take, heard: RecognitionResult) -> Take:
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
