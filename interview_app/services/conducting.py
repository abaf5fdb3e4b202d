"""What a session is conducted with, and what is heard while it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from interview_app.domain.session import Take
from interview_app.services.jobs import JobContext, Jobs
from interview_app.services.ports import (
    Clock,
    DeviceChoice,
    NewUnit,
    Player,
    Recorder,
    RecordingLevel,
    Voice,
)
from interview_app.services.speaking import WordSpoken


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


SoundEvent = RecordingLevel | WordSpoken | TakePlayed | TranscriptionProgress


@dataclass(frozen=True, slots=True)
class Choices:
    """Devices and recognizer as the person chose them."""

    microphone: DeviceChoice = field(default_factory=DeviceChoice)
    speaker: DeviceChoice = field(default_factory=DeviceChoice)
    model: str = "base"


class TakeTranscriber(Protocol):
    """Makes a take's transcript and figures; blocks."""

    def transcribe_take(
        self, take: Take, sound: Path, model: str, language: str, job: JobContext
    ) -> Take:
        """The take with its transcript, or with ``failure`` saying why there is none.

        Raises:
            JobCancelled: the job was cancelled.
        """
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What a session is conducted with; ``data_root`` is the folder sound paths are relative to."""

    voice: Voice
    recorder: Recorder
    player: Player
    transcribing: TakeTranscriber
    new_unit: NewUnit
    jobs: Jobs
    clock: Clock
    data_root: Path
