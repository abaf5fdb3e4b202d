"""The speaker: one sound at a time, told by events that reach subscribers on the owner's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interview_app.domain.transcript import Span
from interview_app.services.ports.devices import DeviceChoice


@dataclass(frozen=True, slots=True)
class PlaybackStarted:
    """Sound has begun to come out of the speaker."""

    token: str


@dataclass(frozen=True, slots=True)
class PlaybackPosition:
    """Where the sound is, at least 20 times a second."""

    token: str
    position_s: float


@dataclass(frozen=True, slots=True)
class PlaybackEnded:
    """The sound is over: ``completed``, or stopped or replaced before its end."""

    token: str
    completed: bool


@dataclass(frozen=True, slots=True)
class PlaybackFailed:
    """The sound could not be played (to the end); ``is_damaged``: the file holds none."""

    token: str
    reason: str
    remedy: str = ""
    is_damaged: bool = False


PlayerEvent = PlaybackStarted | PlaybackPosition | PlaybackEnded | PlaybackFailed


@dataclass(frozen=True, slots=True)
class PlaybackOptions:
    """How a sound is played.

    So many times as fast (0.5 to 2, its pitch kept), without the stretches left out; or round and
    round in one stretch, in which nothing is left out.
    """

    speed: float = 1.0
    left_out: tuple[Span, ...] = ()
    loop: Span | None = None


NORMAL = PlaybackOptions()
"""From beginning to end, at its own speed."""


class Player(Protocol):
    """The speaker, owned by a helper process; one sound at a time."""

    def subscribe(self, listener: Callable[[PlayerEvent], None]) -> Callable[[], None]:
        """Have every event; the answer ends it."""
        ...

    def play(
        self,
        token: str,
        sound: Path,
        device: DeviceChoice,
        *,
        start_s: float = 0.0,
        playback_options: PlaybackOptions = NORMAL,
    ) -> None:
        """Play a sound file from ``start_s``; what was playing ends. Events carry ``token``."""
        ...

    def change_course(self, playback_options: PlaybackOptions) -> None:
        """Go on from here in another way; places stay places in the sound file."""
        ...

    def pause(self) -> None:
        """Be silent within 100 ms, and remember where."""
        ...

    def resume(self) -> None:
        """Go on from there."""
        ...

    def seek(self, position_s: float) -> None:
        """Go on from another place."""
        ...

    def stop(self) -> None:
        """Be silent within 100 ms and forget the sound."""
        ...

    def close(self) -> None:
        """End the helper."""
        ...
