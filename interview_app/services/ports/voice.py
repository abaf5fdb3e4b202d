"""What turns text into sound."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interview_app.services.jobs import JobContext


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice of this machine."""

    id: str
    name: str
    language: str = ""
    engine: str = "system"
    """``kokoro`` for a natural voice, ``system`` for one of the system's own."""
    manner: str = ""
    """How it speaks, for those who choose: "British, clear and composed"."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """When a word of the text is spoken: characters ``start`` to ``end``, from ``start_s`` on."""

    start: int
    end: int
    start_s: float


@dataclass(frozen=True, slots=True)
class Speech:
    """A text rendered to a sound file."""

    sound: Path
    duration_s: float
    words: tuple[SpokenWord, ...]
    instead: str = ""
    """Why the system's own voice speaks instead of the one asked for; empty where it does not."""

    def word_at(self, position_s: float) -> SpokenWord | None:
        """The word being spoken at a moment; ``None`` before the first, or where none are known."""
        index = bisect_right(self.words, position_s, key=lambda word: word.start_s) - 1
        return self.words[index] if index >= 0 else None


@dataclass(frozen=True, slots=True)
class Delay:
    """Why a voice cannot say something at once."""

    reason: str
    is_lasting: bool = False
    """Whether it will be no better soon: the machine is too slow, or the voice is not here."""


class Voice(Protocol):
    """Turns text into sound files, in a helper process; what was rendered is kept."""

    def voices(self) -> Sequence[VoiceInfo]:
        """The voices of this machine; blocks.

        Raises:
            VoiceUnavailable: none can be had; the remedy says what to install.
        """
        ...

    def render(self, text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        """The text as sound, from the cache or rendered now; blocks. ``voice`` ``""``: default.

        Where a natural voice is missing or fails, the system's own speaks.

        Raises:
            VoiceUnavailable: the voice failed, hung or is missing.
            JobCancelled: the job was cancelled.
        """
        ...

    def render_quickest(self, text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        """The text as sound as soon as can be: the system's voice says what is not rendered yet.

        Raises:
            VoiceUnavailable, JobCancelled: as in :meth:`render`.
        """
        ...

    def delay(self, texts: Sequence[str], voice: str, rate_wpm: int) -> Delay | None:
        """Why a voice cannot say all of these texts at once, ``None`` if it can; reads files."""
        ...

    def prepare(self, texts: Sequence[str], voice: str, rate_wpm: int) -> None:
        """Render texts ahead, the first one first, and before what waits to be rendered ahead.

        What waits in another voice or speed is forgotten. Returns at once and never fails; what
        fails is met when it is to be said.
        """
        ...

    def pause_prefetch(self, *, is_paused: bool) -> None:
        """Begin nothing ahead while it rests: an answer is being recorded or transcribed."""
        ...
