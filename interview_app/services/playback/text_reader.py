"""Any text read aloud: paragraph after paragraph, stopped at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from interview_app.domain.errors import InterviewAppError
from interview_app.domain.text.rich_text import plain_paragraphs
from interview_app.services.jobs import JobContext, Jobs, Lane
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import PlaybackEnded, PlaybackFailed, Player, PlayerEvent
from interview_app.services.ports.voice import Speech, Voice

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadingVoice:
    """Which voice reads, how fast in words a minute, and through which speaker."""

    voice: str = ""
    rate_wpm: int = 165
    speaker: DeviceChoice = field(default_factory=DeviceChoice)


class TextReader:
    """Reads one text at a time; while a paragraph is played the next one is rendered.

    ``on_change`` is called on the owner's thread with the name of the text being read, ``""`` for
    none, and with a sentence if it could not be read.
    """

    def __init__(
        self,
        voice: Voice,
        player: Player,
        jobs: Jobs,
        chosen: Callable[[], ReadingVoice],
        on_change: Callable[[str, str], None],
    ) -> None:
        self._voice = voice
        self._player = player
        self._jobs = jobs
        self._chosen = chosen
        self._on_change = on_change
        self._turn = 0
        self._name = ""
        self._left: list[str] = []
        self._job: JobContext | None = None
        self._is_playing = False
        self._leave = player.subscribe(self._heard)

    @property
    def name(self) -> str:
        """The text being read; empty for none."""
        return self._name

    def read(self, name: str, text: str) -> None:
        """Read a text; what was being read falls silent."""
        self._silence()
        self._left = list(plain_paragraphs(text))
        self._name = name if self._left else ""
        self._on_change(self._name, "")
        if self._left:
            self._render()

    def stop(self) -> None:
        """Fall silent at once."""
        was_reading = bool(self._name)
        self._silence()
        if was_reading:
            self._on_change("", "")

    def close(self) -> None:
        """Fall silent and stop listening; may be called twice."""
        self._silence()
        leave, self._leave = self._leave, lambda: None
        leave()

    @property
    def _token(self) -> str:
        return f"guide:{self._turn}"

    def _silence(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._name, self._left = "", []
        was_playing, self._is_playing = self._is_playing, False
        if was_playing:
            self._player.stop()

    def _render(self) -> None:
        self._turn += 1
        turn, text, chosen = self._turn, self._left[0], self._chosen()
        self._job = self._jobs.submit(
            Lane.VOICE,
            lambda job: self._voice.render_quickest(text, chosen.voice, chosen.rate_wpm, job),
            lambda speech: self._play(turn, speech, chosen),
            lambda error: self._fail(turn, error),
        )

    def _play(self, turn: int, speech: Speech, chosen: ReadingVoice) -> None:
        if turn != self._turn or not self._name:
            return
        self._job, self._is_playing = None, True
        self._player.play(self._token, speech.sound, chosen.speaker)
        if len(self._left) > 1:
            text = self._left[1]
            self._voice.prepare(self._left[1:], chosen.voice, chosen.rate_wpm)
            self._job = self._jobs.submit(
                Lane.VOICE,
                lambda job: self._voice.render_quickest(text, chosen.voice, chosen.rate_wpm, job),
                on_error=lambda _error: None,
            )

    def _heard(self, event: PlayerEvent) -> None:
        if event.token != self._token or not self._name:
            return
        if isinstance(event, PlaybackFailed):
            self._end(f"{event.reason} {event.remedy}".strip())
        elif isinstance(event, PlaybackEnded):
            self._left = self._left[1:] if event.completed else []
            if self._left:
                self._render()
            else:
                self._end("")

    def _fail(self, turn: int, error: Exception) -> None:
        if turn != self._turn or not self._name:
            return
        if not isinstance(error, InterviewAppError):
            _log.error("The voice failed", exc_info=error)
        self._end(str(error) if isinstance(error, InterviewAppError) else "The voice failed.")

    def _end(self, problem: str) -> None:
        self._is_playing = False
        self._silence()
        self._on_change("", problem)
