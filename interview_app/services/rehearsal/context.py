"""What a session is conducted with, and what is heard while it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from interview_app.domain.session import Take
from interview_app.services.jobs import JobContext, Jobs
from interview_app.services.ports.clock import Clock
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import Player
from interview_app.services.ports.recognizer import WordsSoFar
from interview_app.services.ports.recorder import Recorder, RecordingLevel
from interview_app.services.ports.sessions import NewUnit
from interview_app.services.ports.voice import Voice
from interview_app.services.rehearsal.speaker import VoiceBegan, VoiceLevel, WordSpoken


@dataclass(frozen=True, slots=True)
class TakePlayed:
    """Where the playback of a take is; ``None``: it is over."""

    uid: str
    position_s: float | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TranscriptionProgress:
    """How far the transcript of a take is, 0 to 1, or ``None`` where nobody can say."""

    uid: str
    fraction: float | None


@dataclass(frozen=True, slots=True)
class WordsHeard:
    """What was heard so far of a take being spoken; the last words may still change.

    ``behind_s``: seconds of sound that are recorded and not words yet.
    """

    uid: str
    text: str
    behind_s: float = 0.0


SoundEvent = (
    RecordingLevel
    | WordSpoken
    | VoiceLevel
    | VoiceBegan
    | TakePlayed
    | TranscriptionProgress
    | WordsHeard
)


@dataclass(frozen=True, slots=True)
class SessionChoices:
    """Devices, recognizer and manners as the person chose them."""

    microphone: DeviceChoice = field(default_factory=DeviceChoice)
    speaker: DeviceChoice = field(default_factory=DeviceChoice)
    model: str = "base"
    has_manners: bool = False
    """Whether the interviewer greets, leads over and takes leave."""


class TakeTranscriber(Protocol):
    """Makes a take's transcript and figures, at best while it is spoken."""

    def follow(
        self, uid: str, model: str, language: str, on_words: Callable[[WordsSoFar], None]
    ) -> None:
        """Hear a take from now on, as it is recorded; returns at once and never fails."""
        ...

    def forget(self, uid: str) -> None:
        """Stop hearing a take that is not wanted."""
        ...

    def transcribe_take(
        self, take: Take, sound: Path, model: str, language: str, job: JobContext
    ) -> Take:
        """The take with its transcript, or with ``failure`` saying why there is none; blocks.

        Raises:
            JobCancelled: the job was cancelled.
        """
        ...


@dataclass(frozen=True, slots=True)
class SessionDependencies:
    """What a session is conducted with; ``data_root`` is the folder sound paths are relative to."""

    voice: Voice
    recorder: Recorder
    player: Player
    transcribing: TakeTranscriber
    new_unit: NewUnit
    jobs: Jobs
    clock: Clock
    data_root: Path
