"""The microphone: takes written to disk as they are captured, told by events.

A recorder is given a ``Post`` when it is built and hands every event to its subscribers through
it, so that subscribers run on the owner's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interview_app.services.ports.devices import DeviceChoice, DevicesChanged


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """Sound is arriving and being written."""

    uid: str
    device: str
    """The name of the microphone in use."""


@dataclass(frozen=True, slots=True)
class RecordingLevel:
    """What the microphone hears, about 20 times a second; ``uid`` is empty while only listening.

    ``peak`` and ``rms`` are 0 to 1 of full scale over the last block; ``recorded_s`` is the length
    of the take on disk so far, all parts together.
    """

    uid: str
    recorded_s: float
    peak: float
    rms: float


@dataclass(frozen=True, slots=True)
class RecordingInterrupted:
    """Sound stopped by itself; what was said is on disk and the take can be resumed."""

    uid: str
    recorded_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class RecordingSaved:
    """The take is closed: one WAV file, 16 kHz mono 16-bit."""

    uid: str
    path: Path
    duration_s: float


@dataclass(frozen=True, slots=True)
class RecordingUnavailable:
    """The microphone could not be opened at all; nothing of this take (or level) exists."""

    uid: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class RecordingAvailable:
    """A microphone that was unavailable is open now: levels flow."""

    device: str


RecorderEvent = (
    RecordingStarted
    | RecordingLevel
    | RecordingInterrupted
    | RecordingSaved
    | RecordingUnavailable
    | RecordingAvailable
    | DevicesChanged
)


class Recorder(Protocol):
    """The microphone, owned by a helper process that writes the take itself."""

    def subscribe(self, listener: Callable[[RecorderEvent], None]) -> Callable[[], None]:
        """Have every event; the answer ends it."""
        ...

    def listen(self, device: DeviceChoice) -> None:
        """Open the microphone without recording: levels flow, and the first word is not cut.

        One that cannot be had is told once, and tried again until it can or is released;
        :class:`RecordingAvailable` tells that. The same goes for one that a take could not have.
        """
        ...

    def start(self, uid: str, device: DeviceChoice, *, pre_roll_s: float = 0.0) -> None:
        """Record a take of that uid; ``pre_roll_s`` of what was just heard may begin it."""
        ...

    def pause(self) -> None:
        """Stop writing; the microphone stays open."""
        ...

    def resume(self, device: DeviceChoice) -> None:
        """Go on with the open take, on another device if need be."""
        ...

    def finish(self) -> None:
        """Close the open take; :class:`RecordingSaved` follows."""
        ...

    def discard(self, uid: str) -> None:
        """Close the take of that uid, if it is open, and remove its sound; also when closing."""
        ...

    def release(self) -> None:
        """Close the microphone when no take is open."""
        ...

    def close(self) -> None:
        """Finish an open take and end the helper."""
        ...
