"""The take a recorder has open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from interview_app.services.ports.devices import DeviceChoice


class State(Enum):
    """What an open take is doing."""

    RECORDING = auto()
    PAUSED = auto()
    INTERRUPTED = auto()


@dataclass(slots=True)
class OpenTake:
    """A take that is not finished, as the recorder client sees it."""

    uid: str
    choice: DeviceChoice
    state: State = State.RECORDING
    earlier_s: float = 0.0
    """Seconds in the parts before the one being written."""
    recorded_s: float = 0.0
    pre_roll_s: float = 0.0
    is_start_due: bool = True
    """Whether the person still waits to be told that recording has begun."""
