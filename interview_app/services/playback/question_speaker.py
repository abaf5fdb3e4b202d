"""A question of a kept session said again, in the voice it was asked in."""

from __future__ import annotations

import logging
from collections.abc import Callable

from interview_app.domain.errors import InterviewAppError, VoiceUnavailable
from interview_app.domain.session import SessionSettings
from interview_app.services.jobs import JobContext, Jobs, Lane
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import (
    PlaybackEnded,
    PlaybackFailed,
    PlaybackOptions,
    PlaybackPosition,
    Player,
    PlayerEvent,
)
from interview_app.services.ports.voice import Speech, Voice

_log = logging.getLogger(__name__)


class QuestionSpeaker:
    """Says one text at a time, and tells once when it is over or could not be said.

    ``on_end`` is given what went wrong, nothing where all was said, ``None`` where another part of
    the application took the speaker; ``on_word`` the characters being spoken, 0 and 0 for none.
    """

    def __init__(
        self,
        voice: Voice,
        player: Player,
        jobs: Jobs,
        on_end: Callable[[str | None], None],
        on_word: Callable[[int, int], None],
    ) -> None:
        self._voice = voice
        self._player = player
        self._jobs = jobs
        self._on_end = on_end
        self._on_word = on_word
        self._turn = 0
        self._job: JobContext | None = None
        self._speech: Speech | None = None
        self._device = DeviceChoice()
        self._playback_options = PlaybackOptions()
        self._is_wanted = self._is_paused = self._is_playing = False
        self._leave = player.subscribe(self._heard)

    @property
    def is_at_work(self) -> bool:
        """Whether a text is being said, or paused in."""
        return self._is_wanted

    def say(
        self, text: str, settings: SessionSettings, device: DeviceChoice, speed: float = 1.0
    ) -> None:
        """Say a text as a session of those settings does; what was being said falls silent."""
        self.stop()
        self._is_wanted, self._device, self._playback_options = True, device, PlaybackOptions(speed)
        turn = self._turn
        self._job = self._jobs.submit(
            Lane.VOICE,
            lambda job: self._render(text, settings, job),
            lambda speech: self._rendered(turn, speech),
            lambda error: self._failed(turn, error),
        )

    def prepare(self, text: str, settings: SessionSettings) -> None:
        """Render a text ahead; a failure is met when it is to be said."""
        self._jobs.submit(
            Lane.VOICE,
            lambda job: self._render(text, settings, job),
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

    def set_speed(self, speed: float) -> None:
        """Go on so many times as fast."""
        self._playback_options = PlaybackOptions(speed)
        if self._is_playing:
            self._player.change_course(self._playback_options)

    def stop(self) -> None:
        """Fall silent at once, and say nothing more of this text."""
        self._turn += 1
        was_playing = self._is_playing
        self._forget()
        if was_playing:
            self._player.stop()

    def close(self) -> None:
        """Fall silent and stop listening; may be called twice."""
        self.stop()
        leave, self._leave = self._leave, lambda: None
        leave()

    @property
    def _token(self) -> str:
        return f"asked-again:{self._turn}"

    def _render(self, text: str, settings: SessionSettings, job: JobContext) -> Speech:
        """In the voice it was asked in, or in the system's own where that one is gone."""
        try:
            return self._voice.render_quickest(text, settings.voice, settings.rate_wpm, job)
        except VoiceUnavailable:
            if not settings.voice:
                raise
            return self._voice.render(text, "", settings.rate_wpm, job)

    def _rendered(self, turn: int, speech: Speech) -> None:
        if turn != self._turn or not self._is_wanted:
            return
        self._job, self._speech = None, speech
        if not self._is_paused:
            self._play(speech)

    def _play(self, speech: Speech) -> None:
        self._is_playing = True
        self._player.play(
            self._token, speech.sound, self._device, playback_options=self._playback_options
        )

    def _failed(self, turn: int, error: Exception) -> None:
        if turn != self._turn or not self._is_wanted:
            return
        if not isinstance(error, InterviewAppError):
            _log.error("The voice failed", exc_info=error)
        self._end(str(error) if isinstance(error, InterviewAppError) else "The voice failed.")

    def _heard(self, event: PlayerEvent) -> None:
        if event.token != self._token or not self._is_playing:
            return
        match event:
            case PlaybackPosition(_, position_s):
                self._follow(position_s)
            case PlaybackEnded(_, completed):
                self._end("" if completed else None)
            case PlaybackFailed(_, reason, remedy):
                self._end(f"{reason} {remedy}".strip())

    def _follow(self, position_s: float) -> None:
        word = self._speech.word_at(position_s) if self._speech is not None else None
        if word is not None:
            self._on_word(word.start, word.end)

    def _end(self, problem: str | None) -> None:
        self._turn += 1
        self._forget()
        self._on_end(problem)

    def _forget(self) -> None:
        if self._job is not None:
            self._job.cancel()
        had_words = self._speech is not None
        self._job = self._speech = None
        self._is_wanted = self._is_paused = self._is_playing = False
        if had_words:
            self._on_word(0, 0)
