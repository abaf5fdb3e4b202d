"""The take a recorder has open, and the microphone it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from interview_app.services.ports.devices import DeviceChoice


class State(Enum):
    """What an open take is doing."""

    RECORDING = auto()
    PAUSED = auto()
    INTERRUPTED = auto()


LOOK_AGAIN_S = 2.0
_LONGEST_LOOK_S = 10.0
"""A look may be a process started: who waits for long is served a little later."""


@dataclass(slots=True)
class ReopenAttempt:
    """A microphone that could not be had, and is tried again as long as somebody wants it."""

    choice: DeviceChoice
    told: str
    """The reason the person knows; empty when there is news to expect."""
    look_after_s: float = LOOK_AGAIN_S

    def look_later(self) -> None:
        """The next look costs more than it is likely to find."""
        self.look_after_s = min(2 * self.look_after_s, _LONGEST_LOOK_S)


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
