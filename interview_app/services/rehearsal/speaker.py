"""The voice at work: rendered in a job, played, followed word by word, stopped at once."""

from __future__ import annotations

import itertools
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from interview_app.domain.errors import InterviewAppError, VoiceUnavailable
from interview_app.domain.session import VOICE_OFF, SessionSettings
from interview_app.services.jobs import JobContext, Jobs, Lane
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import (
    PlaybackEnded,
    PlaybackFailed,
    PlaybackPosition,
    Player,
    PlayerEvent,
)
from interview_app.services.ports.voice import Speech, Voice
from interview_app.support.sound_levels import level_at, sound_levels


class SessionVoice:
    """The voice of one session; all but ``plan`` blocks and belongs into jobs of one lane."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._given_up = ""
        """Why the voice asked for is not waited for in this session any more."""

    def choose(self, turn: Sequence[str], settings: SessionSettings) -> str:
        """Who says the texts of a turn: why it is the system's voice, or nothing if it is not."""
        if self._given_up:
            return self._given_up
        delay = self._voice.delay(turn, settings.voice, settings.rate_wpm)
        if delay is None:
            return ""
        if delay.is_lasting:
            self._given_up = delay.reason
        return delay.reason

    def render(self, text: str, settings: SessionSettings, instead: str, job: JobContext) -> Speech:
        """A text of a turn in the voice that was chosen for it.

        Raises:
            VoiceUnavailable: neither voice speaks.
            JobCancelled: the job was cancelled.
        """
        if instead:
            try:
                speech = self._voice.render(text, "", settings.rate_wpm, job)
            except VoiceUnavailable:
                # Without a voice of the system's own, what is rendered can be heard all the same.
                return self._voice.render_quickest(text, settings.voice, settings.rate_wpm, job)
            return replace(speech, instead=instead)
        return self._voice.render_quickest(text, settings.voice, settings.rate_wpm, job)

    def make_ready(self, text: str, settings: SessionSettings, job: JobContext) -> None:
        """Have at hand what would be heard if the text were said now; failures as in ``render``."""
        self.render(text, settings, self._given_up, job)

    def plan(self, texts: Sequence[str], settings: SessionSettings) -> None:
        """Have texts rendered ahead in the background, the first one first."""
        if not self._given_up:
            self._voice.prepare([text for text in texts if text], settings.voice, settings.rate_wpm)


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WordSpoken:
    """The characters of the prompt being spoken now; ``start == end``: none."""

    position: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class VoiceLevel:
    """How loud the voice is now, 0 to 1 of its loudest; 0 also when it falls silent."""

    level: float


@dataclass(frozen=True, slots=True)
class VoiceBegan:
    """A text begins to be heard; ``instead``: why the system's own voice says it, if it does."""

    instead: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A text to be said; ``position`` where it is the question of that position."""

    text: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A part that can be played; ``instead`` holds for its whole turn."""

    speech: Speech
    levels: tuple[float, ...]
    instead: str


_turns = itertools.count(1)
"""Never the same twice: a late word about a session just left is not taken for the next one's."""


class Speaker:
    """Says one question or line at a time, and tells once when it is over or could not be said.

    ``on_end`` is given the question's position, or ``None`` for a line, and what went wrong.
    """

    def __init__(
        self,
        voice: Voice,
        player: Player,
        jobs: Jobs,
        on_end: Callable[[int | None, str], None],
        on_sound: Callable[[WordSpoken | VoiceLevel | VoiceBegan], None],
        on_question: Callable[[int], None] = lambda _position: None,
    ) -> None:
        self._voice = SessionVoice(voice)
        self._player = player
        self._jobs = jobs
        self._on_end = on_end
        self._on_sound = on_sound
        self._on_question = on_question
        self._part: _Part | None = None
        self._rest: deque[_Part] = deque()
        self._turn = next(_turns)
        self._job: JobContext | None = None
        self._speech: Speech | None = None
        self._levels: tuple[float, ...] = ()
        self._settings = SessionSettings()
        self._instead: str | None = None
        """Why the system's voice says this turn, if it does; ``None`` until that is chosen."""
        self._is_paused = False
        self._is_playing = False
        self.device = DeviceChoice()

    @property
    def _token(self) -> str:
        return f"voice:{self._turn}"

    def speak(self, position: int, text: str, settings: SessionSettings, lead: str = "") -> None:
        """Say the question of that position, after ``lead``; what was being said falls silent."""
        question = _Part(text, position)
        self._say([_Part(lead), question] if lead else [question], settings)
        if lead:
            self.plan([text], settings)

    def say(self, text: str, settings: SessionSettings) -> None:
        """Say a line that is no question; what was being said falls silent."""
        self._say([_Part(text)], settings)

    def skip_lead(self) -> bool:
        """Go to the question at once, if the line before it is being said; whether it was."""
        if self._part is None or not self._rest:
            return False
        self._is_paused = False
        self._fall_silent()
        self._next()
        return True

    def prepare(self, text: str, settings: SessionSettings) -> None:
        """Render a text ahead; a failure is met when it is to be said.

        What is to be heard soonest is rendered as well, so that nobody waits for a late voice.
        """
        if not text or settings.voice == VOICE_OFF:
            return
        self.plan([text], settings)
        self._jobs.submit(
            Lane.VOICE,
            lambda job: self._voice.make_ready(text, settings, job),
            on_error=lambda _error: None,
        )

    def plan(self, texts: Sequence[str], settings: SessionSettings) -> None:
        """Have texts rendered ahead in the background, the first one first."""
        if settings.voice != VOICE_OFF:
            self._voice.plan(texts, settings)

    def pause(self) -> None:
        """Wait, at once."""
        self._is_paused = True
        if self._is_playing:
            self._player.pause()
            self._on_sound(VoiceLevel(0.0))

    def resume(self) -> None:
        """Go on from there."""
        self._is_paused = False
        if self._is_playing:
            self._player.resume()
        elif self._speech is not None:
            self._play(self._speech)

    def stop(self) -> None:
        """Fall silent at once, and say nothing more about this question."""
        self._rest.clear()
        self._is_paused = False
        self._fall_silent()

    def heard(self, event: PlayerEvent) -> bool:
        """Take an event of the player if it is about the voice."""
        if not event.token.startswith("voice:"):
            return False
        if event.token != self._token or self._part is None:
            return True
        match event:
            case PlaybackPosition(_, position_s):
                self._follow(self._part, position_s)
            case PlaybackEnded():
                self._over("")
            case PlaybackFailed(_, reason, remedy):
                self._over(f"{reason} {remedy}".strip())
        return True

    def _say(self, parts: list[_Part], settings: SessionSettings) -> None:
        self.stop()
        self._settings, self._instead = settings, None
        self._rest.extend(parts)
        self._next()

    def _next(self) -> None:
        self._turn = next(_turns)
        part = self._part = self._rest.popleft()
        if part.position is not None:
            self._on_question(part.position)
        settings, turn = self._settings, self._turn
        if settings.voice == VOICE_OFF:
            self._over("")
            return

        turn_texts, chosen = [part.text, *(each.text for each in self._rest)], self._instead

        def render(job: JobContext) -> _Rendered:
            instead = self._voice.choose(turn_texts, settings) if chosen is None else chosen
            speech = self._voice.render(part.text, settings, instead, job)
            return _Rendered(speech, sound_levels(speech.sound), instead)

        self._job = self._jobs.submit(
            Lane.VOICE,
            render,
            lambda rendered: self._rendered(turn, rendered),
            lambda error: self._failed(turn, error),
        )

    def _rendered(self, turn: int, rendered: _Rendered) -> None:
        if turn != self._turn or self._part is None:
            return
        self._job, self._speech, self._levels = None, rendered.speech, rendered.levels
        self._instead = rendered.instead
        if not self._is_paused:
            self._play(rendered.speech)
        for part in self._rest:
            self._make_ready(part, rendered.instead)

    def _make_ready(self, part: _Part, instead: str) -> None:
        """Have the rest of a turn at hand while its beginning is heard, in the same voice."""
        settings = self._settings
        self._jobs.submit(
            Lane.VOICE,
            lambda job: self._voice.render(part.text, settings, instead, job),
            on_error=lambda _error: None,
        )

    def _play(self, speech: Speech) -> None:
        self._is_playing = True
        self._on_sound(VoiceBegan(speech.instead))
        self._player.play(self._token, speech.sound, self.device)

    def _failed(self, turn: int, error: Exception) -> None:
        if turn != self._turn or self._part is None:
            return
        if isinstance(error, InterviewAppError):
            self._over(str(error))
        else:
            _log.error("The voice failed", exc_info=error)
            self._over("The voice failed.")

    def _follow(self, part: _Part, position_s: float) -> None:
        if self._levels and not self._is_paused:
            self._on_sound(VoiceLevel(level_at(self._levels, position_s)))
        word = self._speech.word_at(position_s) if self._speech is not None else None
        if word is not None and part.position is not None:
            self._on_sound(WordSpoken(part.position, word.start, word.end))

    def _over(self, problem: str) -> None:
        """This part is through: the next, or the end. A voice that failed is not tried again."""
        part = self._part
        self._forget()
        if self._rest and not problem:
            self._next()
            return
        question = self._rest.pop() if self._rest else part
        self._rest.clear()
        self._is_paused = False
        self._on_sound(VoiceLevel(0.0))
        if question is not None:
            if question.position is not None:
                self._on_sound(WordSpoken(question.position, 0, 0))
            self._on_end(question.position, problem)

    def _fall_silent(self) -> None:
        was_playing = self._is_playing
        if self._job is not None:
            self._job.cancel()
        self._forget()
        if was_playing:
            self._player.stop()
            self._on_sound(VoiceLevel(0.0))

    def _forget(self) -> None:
        self._part, self._speech, self._job = None, None, None
        self._levels, self._is_playing = (), False
