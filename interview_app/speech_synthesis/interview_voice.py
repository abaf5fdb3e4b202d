"""The voice of the application: a natural one where there is one, and always the system's own."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from interview_app.domain.errors import VoiceUnavailable
from interview_app.services.jobs import JobCancelled, JobContext
from interview_app.services.ports.voice import Delay, Speech, VoiceInfo
from interview_app.speech_synthesis.interviewers import is_natural
from interview_app.speech_synthesis.natural_voice import NaturalVoice
from interview_app.speech_synthesis.pyttsx_voice import PyttsxVoice
from interview_app.speech_synthesis.say_text import spoken_text

_log = logging.getLogger(__name__)

_LATE = "The natural voice was not ready in time; the system's own speaks."
_TOO_SLOW = "This machine is too slow or too busy for the natural voice; the system's own speaks."
_NOT_HERE = "The natural voices are not on this machine, or not whole; the system's own speaks."


class InterviewVoice:
    """Both engines behind one port; see :class:`ports.Voice`. Safe from any thread."""

    def __init__(self, system: PyttsxVoice, natural: NaturalVoice) -> None:
        self.system = system
        self.natural = natural

    def voices(self) -> Sequence[VoiceInfo]:
        """The natural voices, then the system's; blocks once.

        Raises:
            VoiceUnavailable: there is neither; the remedy says what to install.
        """
        natural = self.natural.voices()
        try:
            return (*natural, *self.system.voices())
        except VoiceUnavailable:
            if not natural:
                raise
            return natural

    def render(self, text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        """The text as sound; see :class:`ports.Voice`."""
        if not is_natural(voice):
            return self.system.render(text, voice, rate_wpm, job)
        job.check()
        if not spoken_text(text).has_words:
            return self.system.render(text, "", rate_wpm, job)  # which says what is wrong
        try:
            return self.natural.render(text, voice, rate_wpm, job)
        except VoiceUnavailable as problem:
            return self._by_the_system(text, rate_wpm, job, problem)

    def render_quickest(self, text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        """The text as sound without waiting for a natural voice; see :class:`ports.Voice`."""
        if not is_natural(voice):
            return self.system.render(text, voice, rate_wpm, job)
        kept = self.natural.find(text, voice, rate_wpm)
        if kept is not None:
            return kept
        problem = VoiceUnavailable(self._delay().reason)
        return self._by_the_system(text, rate_wpm, job, problem)

    def delay(self, texts: Sequence[str], voice: str, rate_wpm: int) -> Delay | None:
        """Why a natural voice cannot say texts at once; see :class:`ports.Voice`."""
        if not is_natural(voice) or all(
            self.natural.find(text, voice, rate_wpm) is not None for text in texts
        ):
            return None
        return self._delay()

    def _delay(self) -> Delay:
        if self.natural.files.place() is None:
            return Delay(_NOT_HERE, is_lasting=True)
        if self.natural.speed.is_too_slow:
            return Delay(_TOO_SLOW, is_lasting=True)
        return Delay(_LATE)

    def prepare(self, texts: Sequence[str], voice: str, rate_wpm: int) -> None:
        """Render texts ahead; the system's own voice is fast enough without."""
        if is_natural(voice):
            said = [text for text in texts if spoken_text(text).has_words]
            self.natural.prepare(said, voice, rate_wpm)

    def pause_prefetch(self, *, is_paused: bool) -> None:
        """Begin nothing ahead while it rests."""
        self.natural.pause_prefetch(is_paused=is_paused)

    def close(self) -> None:
        """End helpers."""
        self.natural.close()

    def _by_the_system(
        self, text: str, rate_wpm: int, job: JobContext, problem: VoiceUnavailable
    ) -> Speech:
        """The system's voice; where that fails too, what was wrong with the natural one.

        Raises:
            VoiceUnavailable: neither speaks.
            JobCancelled: the job was cancelled.
        """
        _log.info("The system's voice speaks: %s", problem.message)
        try:
            speech = self.system.render(text, "", rate_wpm, job)
        except JobCancelled:
            raise
        except VoiceUnavailable as error:
            raise problem from error
        return replace(speech, instead=str(problem))
