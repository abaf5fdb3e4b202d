"""Has the takes of one session heard: while they are spoken, and to the end once they are kept."""

from __future__ import annotations

import logging
from collections.abc import Callable

from interview_app.domain.errors import InterviewAppError
from interview_app.domain.rehearsal.events import TakeNotTranscribed, TakeTranscribed
from interview_app.domain.session import Take
from interview_app.services.jobs import JobContext, Lane, Progress
from interview_app.services.ports.recognizer import WordsSoFar
from interview_app.services.rehearsal.context import (
    SessionDependencies,
    TranscriptionProgress,
    WordsHeard,
)

_log = logging.getLogger(__name__)
_FAILED = "The transcript failed."


class LiveTranscriber:
    """Follows open takes and transcribes closed ones, one after another, in jobs.

    ``on_report`` has what became of a take; ``on_sound`` has words and progress on the way.
    """

    def __init__(
        self,
        dependencies: SessionDependencies,
        on_report: Callable[[TakeTranscribed | TakeNotTranscribed], None],
        on_sound: Callable[[WordsHeard | TranscriptionProgress], None],
    ) -> None:
        self._dependencies = dependencies
        self._on_report = on_report
        self._on_sound = on_sound
        self._followed: set[str] = set()
        self._under_way: set[str] = set()

    @property
    def is_busy(self) -> bool:
        """Whether a transcript is being made."""
        return bool(self._under_way)

    def follow(self, uid: str, model: str, language: str) -> None:
        """Hear a take from now on, as it is recorded."""

        def heard(words: WordsSoFar) -> None:
            self._on_sound(WordsHeard(uid, words.text, words.behind_s))

        self._followed.add(uid)
        self._dependencies.transcribing.follow(uid, model, language, heard)

    def forget(self, uid: str) -> None:
        """Stop hearing a take that nobody wants any more."""
        if uid in self._followed:
            self._followed.discard(uid)
            self._dependencies.transcribing.forget(uid)

    def close(self) -> None:
        """Stop hearing whatever is still open; transcripts under way are finished."""
        for uid in tuple(self._followed):
            self.forget(uid)

    def transcribe(self, take: Take, model: str, language: str) -> None:
        """Make the transcript of a take that is kept; one without sound has none to make."""
        uid = take.uid
        self._followed.discard(uid)
        if take.sound is None:
            return
        self._under_way.add(uid)
        sound = self._dependencies.data_root / take.sound
        transcribing = self._dependencies.transcribing

        def work(job: JobContext) -> Take:
            return transcribing.transcribe_take(take, sound, model, language, job)

        def progress(value: Progress) -> None:
            self._on_sound(TranscriptionProgress(uid, value.fraction))

        def failed(error: Exception) -> None:
            self._under_way.discard(uid)
            if not isinstance(error, InterviewAppError):
                _log.error(_FAILED, exc_info=error)
            problem = str(error) if isinstance(error, InterviewAppError) else _FAILED
            self._on_report(TakeNotTranscribed(uid, problem))

        self._dependencies.jobs.submit(Lane.RECOGNITION, work, self._done, failed, progress)

    def _done(self, take: Take) -> None:
        self._under_way.discard(take.uid)
        if take.transcript is None or take.measures is None:
            self._on_report(TakeNotTranscribed(take.uid, take.failure or _FAILED))
            return
        self._on_report(TakeTranscribed(take.uid, take.transcript, take.speech, take.measures))
