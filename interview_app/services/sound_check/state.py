"""Where a sound check stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from interview_app.services.ports.devices import Device
from interview_app.services.sound_check.causes import Cause, Loudness


class CheckPhase(StrEnum):
    """What the check is doing."""

    LISTENING = "listening"
    STARTING = "starting"
    RECORDING = "recording"
    SAVING = "saving"
    PLAYING = "playing"
    DONE = "done"


JUDGED = (CheckPhase.LISTENING, CheckPhase.RECORDING, CheckPhase.SAVING)
"""While the loudness says something about the microphone."""
CAPTURING = (CheckPhase.STARTING, CheckPhase.RECORDING, CheckPhase.SAVING)
"""While a sentence is being recorded."""


@dataclass(frozen=True, slots=True)
class SoundCheck:
    """Where the check stands.

    ``problem`` is what the microphone's owner said when it could not be had. ``transcript`` is
    ``None`` until there is one, and empty where nothing was heard.
    """

    phase: CheckPhase = CheckPhase.LISTENING
    is_known: bool = False
    """Whether the devices of this machine have been told yet."""
    microphones: tuple[Device, ...] = ()
    speakers: tuple[Device, ...] = ()
    loudness: Loudness = field(default_factory=Loudness)
    causes: tuple[Cause, ...] = ()
    problem: str = ""
    recorded_s: float = 0.0
    has_recording: bool = False
    was_played: bool = False
    speaker_problem: str = ""
    is_testing_speaker: bool = False
    is_transcribing: bool = False
    transcript: str | None = None
    recognizer_problem: str = ""
