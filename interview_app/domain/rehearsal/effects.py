"""What may have to be done about what happened: carried out by whoever conducts the session."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speak:
    """Have the voice read the question of that position, after a line that leads to it."""

    position: int
    lead: str = ""


@dataclass(frozen=True, slots=True)
class SayLine:
    """Have the voice say a line of the interviewer; ``LineEnded`` follows unless it is stopped."""

    text: str


@dataclass(frozen=True, slots=True)
class StopSpeaking:
    """Silence the voice now."""


@dataclass(frozen=True, slots=True)
class PauseSpeaking:
    """Have the voice wait where it is."""


@dataclass(frozen=True, slots=True)
class ResumeSpeaking:
    """Have the voice go on from there."""


@dataclass(frozen=True, slots=True)
class Prepare:
    """Have the question of that position rendered ahead, and the line that leads to it."""

    position: int
    lead: str = ""


@dataclass(frozen=True, slots=True)
class PrepareLine:
    """Have a line of the interviewer rendered ahead."""

    text: str


@dataclass(frozen=True, slots=True)
class OpenMicrophone:
    """Listen without recording, so that the first word is not cut."""


@dataclass(frozen=True, slots=True)
class StartRecording:
    """Record a take."""

    uid: str


@dataclass(frozen=True, slots=True)
class PauseRecording:
    """Stop writing the open take."""


@dataclass(frozen=True, slots=True)
class ResumeRecording:
    """Go on writing the open take."""


@dataclass(frozen=True, slots=True)
class FinishRecording:
    """Close the open take; ``TakeSaved`` follows."""


@dataclass(frozen=True, slots=True)
class ReleaseMicrophone:
    """No take is coming for now."""


@dataclass(frozen=True, slots=True)
class KeepTake:
    """Store a take as it is now."""

    uid: str


@dataclass(frozen=True, slots=True)
class DropTake:
    """Forget a take that never held any sound."""

    uid: str


@dataclass(frozen=True, slots=True)
class KeepSession:
    """Store the session's own fields as they are now."""


@dataclass(frozen=True, slots=True)
class Transcribe:
    """Have a take's transcript made."""

    uid: str


Effect = (
    Speak
    | SayLine
    | PrepareLine
    | StopSpeaking
    | PauseSpeaking
    | ResumeSpeaking
    | Prepare
    | OpenMicrophone
    | StartRecording
    | PauseRecording
    | ResumeRecording
    | FinishRecording
    | ReleaseMicrophone
    | KeepTake
    | DropTake
    | KeepSession
    | Transcribe
)
Effects = tuple[Effect, ...]
