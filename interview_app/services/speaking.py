"""The voice at work: rendered in a job, played, followed word by word, stopped at once."""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from interview_app.domain.errors import InterviewAppError
from interview_app.domain.session import SessionSettings
from interview_app.services.jobs import JobContext, Jobs, Lane
from interview_app.services.ports import (
    DeviceChoice,
    PlaybackEnded,
    PlaybackFailed,
    PlaybackPosition,
    Player,
    PlayerEvent,
    Speech,
    Voice,
)

_log = logging.getLogger(__name__)

VOICE_OFF = "off"


@dataclass(frozen=True, slots=True)
class WordSpoken:
    """The characters of the prompt being spoken now; ``start == end``: none."""

    position: int
    start: int
    end: int


class Speaker:
    """Speaks one question at a time, and says once when it is over or could not be said."""

    def __init__(
        self,
        voice: Voice,
        player: Player,
        jobs: Jobs,
        on_end: Callable[[int, str], None],
        on_word: Callable[[WordSpoken], None],
    ) -> None:
        self._voice = voice
        self._player = player
        self._jobs = jobs
        self._on_end = on_end
        self._on_word = on_word
        self._position: int | None = None
        self._turn = 0
        self._job: JobContext | None = None
        self._speech: Speech | None = None
        self._is_paused = False
        self._is_playing = False
        self.device = DeviceChoice()

    @property
    def _token(self) -> str:
        return f"voice:{self._turn}"

    def speak(self, position: int, text: str, settings: SessionSettings) -> None:
        """Say the question of that position; what was being said falls silent."""
        self.stop()
        self._turn += 1
        self._position = position
        if settings.voice == VOICE_OFF:
            self._end("")
            return
        turn = self._turn
        self._job = self._jobs.submit(
            Lane.VOICE,
            lambda job: self._voice.render(text, settings.voice, settings.rate_wpm, job),
            lambda speech: self._rendered(turn, speech),
            lambda error: self._failed(turn, error),
        )

    def prepare(self, text: str, settings: SessionSettings) -> None:
        """Render a text ahead; a failure is met when it is to be said."""
        if settings.voice == VOICE_OFF:
            return
        self._jobs.submit(
            Lane.VOICE,
            lambda job: self._voice.render(text, settings.voice, settings.rate_wpm, job),
            on_error=lambda _error: None,
        )

    def pause(self) -> None:
        """Wait, at once."""
        self._is_paused = True
        if self._is_playing:
            self._player.pause()

    def resume(self) -> None:
        """Go on from there."""
        self._is_paused = False
        if self._is_playing:
            self._player.resume()
        elif self._speech is not None:
            self._play(self._speech)

    def stop(self) -> None:
        """Fall silent at once, and say nothing more about this question."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        was_playing, self._is_playing = self._is_playing, False
        self._position, self._speech, self._is_paused = None, None, False
        if was_playing:
            self._player.stop()

    def heard(self, event: PlayerEvent) -> bool:
        """Take an event of the player if it is about the voice."""
        if not event.token.startswith("voice:"):
            return False
        if event.token != self._token or self._position is None:
            return True
        match event:
            case PlaybackPosition(_, position_s):
                self._follow(position_s)
            case PlaybackEnded():
                self._end("")
            case PlaybackFailed(_, reason, remedy):
                self._end(f"{reason} {remedy}".strip())
        return True

    def _rendered(self, turn: int, speech: Speech) -> None:
        if turn != self._turn or self._position is None:
            return
        self._job, self._speech = None, speech
        if not self._is_paused:
            self._play(speech)

    def _play(self, speech: Speech) -> None:
        self._is_playing = True
        self._player.play(self._token, speech.sound, self.device)

    def _failed(self, turn: int, error: Exception) -> None:
        if turn != self._turn or self._position is None:
            return
        if isinstance(error, InterviewAppError):
            self._end(str(error))
        else:
            _log.error("The voice failed", exc_info=error)
            self._end("The voice failed.")

    def _follow(self, position_s: float) -> None:
        if self._speech is None or self._position is None or not self._speech.words:
            return
        words = self._speech.words
        index = bisect_right([word.start_s for word in words], position_s) - 1
        if index >= 0:
            self._on_word(WordSpoken(self._position, words[index].start, words[index].end))

    def _end(self, problem: str) -> None:
        position = self._position
        self._position, self._speech, self._job = None, None, None
        self._is_playing = self._is_paused = False
        if position is not None:
            self._on_word(WordSpoken(position, 0, 0))
            self._on_end(position, problem)
