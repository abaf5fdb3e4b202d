"""What turns a recording into a transcript, at once or while it is spoken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interview_app.domain.transcript import Span, Transcript
from interview_app.services.jobs import JobContext


@dataclass(frozen=True, slots=True)
class RecognitionResult:
    """What a recognizer made of a sound file; no segments and no speech: nothing was heard."""

    transcript: Transcript
    speech: tuple[Span, ...]
    duration_s: float


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A recognizer model: its name, whether its files are here, and their size in bytes."""

    name: str
    is_installed: bool
    size_bytes: int
    languages: str
    """``en`` or ``many``."""
    source: str = ""
    """Where the files come from or stand."""


@dataclass(frozen=True, slots=True)
class WordsSoFar:
    """What was heard of a take that is still being spoken; the last words may still change.

    ``behind_s`` is how many seconds of recorded sound are not words yet: some seconds at most,
    unless the machine is too slow to keep up.
    """

    text: str
    behind_s: float


class LiveTranscription(Protocol):
    """A take being heard while it is recorded."""

    def finish(self, sound: Path, job: JobContext) -> RecognitionResult:
        """What was heard in the whole take, now closed as ``sound``; blocks, mostly briefly.

        Raises:
            NotASound: the closed take is not what was followed.
            RecognizerUnavailable: missing, damaged, crashed or hung; the take can still be
                transcribed from its file.
            JobCancelled: the job was cancelled.
        """
        ...

    def cancel(self) -> None:
        """Stop following; nobody wants the words. Returns at once, and may be called twice."""
        ...


class Recognizer(Protocol):
    """Turns a recording into a transcript, in a resident helper process."""

    def transcribe(
        self, sound: Path, model: str, language: str, job: JobContext
    ) -> RecognitionResult:
        """The transcript of a sound file; blocks. ``model`` may also be ``pocketsphinx``.

        Raises:
            NotASound: the file cannot be read as sound.
            UnknownModel: no model has that name.
            RecognizerUnavailable: missing, damaged, crashed or hung.
            JobCancelled: the job was cancelled.
        """
        ...

    def follow(
        self,
        uid: str,
        folder: Path,
        model: str,
        language: str,
        on_words: Callable[[WordsSoFar], None],
    ) -> LiveTranscription:
        """Hear a take while its parts grow in a folder; returns at once and never fails.

        ``on_words`` is called on the owner's thread. What goes wrong is said by ``finish``.
        """
        ...

    def warm_up(self, model: str) -> None:
        """Have the model loaded soon; returns at once and never fails."""
        ...

    def close(self) -> None:
        """End the helper."""
        ...
