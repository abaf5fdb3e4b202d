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
RECENT_BLOCKS = 100
"""Blocks (about five seconds) after which a setting that was put right is believed."""
SETTLED_BLOCKS = 20
"""Blocks (about a second) before silence means anything: a device may begin with zeros."""

_WIRED = re.compile(r"\busb\b|\banalog\b|\bwired\b", re.IGNORECASE)
_HEADSET = re.compile(
    r"bluetooth|bluez|airpods|hands-?free|headset|buds\b|\bWH-|\bWF-|\bHSP\b|\bHFP\b", re.IGNORECASE
)
_MONITOR = re.compile(r"\bmonitor\b|stereo mix|loopback|what u hear", re.IGNORECASE)


class Cause(StrEnum):
    """Why nothing, or nothing good, arrives."""

    NO_MICROPHONE = "no_microphone"
    NO_SOUND_SYSTEM = "no_sound_system"
    UNAVAILABLE = "unavailable"
    NO_PERMISSION = "no_permission"
    MUTED = "muted"
    WRONG_DEVICE = "wrong_device"
    TOO_QUIET = "too_quiet"
    TOO_LOUD = "too_loud"
    HEADSET = "headset"


@dataclass(frozen=True, slots=True)
class Loudness:
    """What was heard so far: blocks of sound, the highest peak (0 to 1), and blocks cut off.

    ``last_clipped`` are the numbers of the last blocks that were cut off.
    """

    blocks: int = 0
    peak: float = 0.0
    clipped_blocks: int = 0
    last_clipped: tuple[int, ...] = ()

    def with_block(self, peak: float) -> Loudness:
        """The same after one more block."""
        is_clipped = peak >= CLIPPING_PEAK
        last = (*self.last_clipped, self.blocks)[-CLIPPED_BLOCKS:]
        return replace(
            self,
            blocks=self.blocks + 1,
            peak=max(self.peak, peak),
            clipped_blocks=self.clipped_blocks + is_clipped,
            last_clipped=last if is_clipped else self.last_clipped,
        )

    @property
    def is_settled(self) -> bool:
        """Whether enough arrived to say anything."""
        return self.blocks >= SETTLED_BLOCKS

    @property
    def is_clipping(self) -> bool:
        """Whether it is cut off again and again, lately."""
        last = self.last_clipped
        return len(last) == CLIPPED_BLOCKS and last[0] >= self.blocks - RECENT_BLOCKS

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

    ``platform`` is ``sys.platform``. ``was_spoken``: the person said a whole sentence, so quiet is
    no accident, and all of it counts.
    """
    if not microphones:
        return (Cause.NO_MICROPHONE,)
    found: list[Cause] = []
    if loudness.is_settled and loudness.peak == 0.0:
        # macOS hands out zeros, not an error, where the permission is missing.
        found.append(Cause.NO_PERMISSION if platform == "darwin" else Cause.MUTED)
    elif was_spoken and not loudness.is_audible:
        found.append(Cause.TOO_QUIET)
    elif loudness.clipped_blocks >= CLIPPED_BLOCKS if was_spoken else loudness.is_clipping:
        found.append(Cause.TOO_LOUD)
    name = device.name if device is not None else ""
    is_monitor = bool(_MONITOR.search(name))
    if is_monitor or (found and found[0] is not Cause.TOO_LOUD and len(microphones) > 1):
        found.insert(0 if is_monitor else len(found), Cause.WRONG_DEVICE)
    if device is not None and _is_wireless(device):
        found.append(Cause.HEADSET)
    return tuple(found)


def _is_wireless(device: Device) -> bool:
    """By its name, or by the sound server's own for it, which the id holds."""
    try:
        known_as = f"{device.name} {bytes.fromhex(device.id).decode('utf-8', 'replace')}"
    except ValueError:
        known_as = device.name
    return bool(_HEADSET.search(known_as)) and not _WIRED.search(known_as)
