"""What is probably wrong with a microphone, from what arrives of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from interview_app.services.ports.devices import Device

TOO_QUIET_PEAK = 0.03
"""Speech at telephony's nominal level (−26 dB, ITU-T P.56) peaks about ten times higher."""
CLIPPING_PEAK = 0.98
"""Samples this near to full scale were cut off, or nearly."""
CLIPPED_BLOCKS = 3
"""One loud block is a cough; from here on it is the setting."""
SETTLED_BLOCKS = 20
"""Blocks (about a second) before silence means anything: a device may begin with zeros."""

_HEADSET = re.compile(
    r"bluetooth|bluez|airpods|hands-?free|headset|buds\b|\bWH-|\bWF-|\bHSP\b|\bHFP\b", re.IGNORECASE
)
_MONITOR = re.compile(r"\bmonitor\b|stereo mix|loopback|what u hear", re.IGNORECASE)


class Cause(StrEnum):
    """Why nothing, or nothing good, arrives."""

    NO_MICROPHONE = "no_microphone"
    UNAVAILABLE = "unavailable"
    NO_PERMISSION = "no_permission"
    MUTED = "muted"
    WRONG_DEVICE = "wrong_device"
    TOO_QUIET = "too_quiet"
    TOO_LOUD = "too_loud"
    HEADSET = "headset"


@dataclass(frozen=True, slots=True)
class Loudness:
    """What was heard so far: blocks of sound, the highest peak (0 to 1), and blocks cut off."""

    blocks: int = 0
    peak: float = 0.0
    clipped_blocks: int = 0

    def with_block(self, peak: float) -> Loudness:
        """The same after one more block."""
        return replace(
            self,
            blocks=self.blocks + 1,
            peak=max(self.peak, peak),
            clipped_blocks=self.clipped_blocks + (peak >= CLIPPING_PEAK),
        )

    @property
    def is_settled(self) -> bool:
        """Whether enough arrived to say anything."""
        return self.blocks >= SETTLED_BLOCKS

    @property
    def is_audible(self) -> bool:
        """Whether anything as loud as speech was heard."""
        return self.peak >= TOO_QUIET_PEAK


def likely_causes(
    loudness: Loudness,
    device: Device | None,
    microphones: Sequence[Device],
    platform: str,
    *,
    was_spoken: bool,
) -> tuple[Cause, ...]:
    """What is probably wrong, the likeliest first; nothing where all seems well.

    ``platform`` is ``sys.platform``. ``was_spoken``: the person spoke, so quiet is no accident.
    """
    if not microphones:
        return (Cause.NO_MICROPHONE,)
    found: list[Cause] = []
    if loudness.is_settled and loudness.peak == 0.0:
        # macOS hands out zeros, not an error, where the permission is missing.
        found.append(Cause.NO_PERMISSION if platform == "darwin" else Cause.MUTED)
    elif was_spoken and not loudness.is_audible:
        found.append(Cause.TOO_QUIET)
    elif loudness.clipped_blocks >= CLIPPED_BLOCKS:
        found.append(Cause.TOO_LOUD)
    name = device.name if device is not None else ""
    is_monitor = bool(_MONITOR.search(name))
    if is_monitor or (found and found[0] is not Cause.TOO_LOUD and len(microphones) > 1):
        found.insert(0 if is_monitor else len(found), Cause.WRONG_DEVICE)
    if _HEADSET.search(name):
        found.append(Cause.HEADSET)
    return tuple(found)
