"""How loud a take is from moment to moment: what a waveform is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interview_app.services.jobs import JobContext

LEVELS_PER_S = 50
"""One level for 20 ms: shorter than any sound of speech, and 180 kB for an hour."""
FLOOR_DB = -60.0
"""What is quieter is drawn as silence."""


@dataclass(frozen=True, slots=True)
class Waveform:
    """The loudest sample of each 20 ms, as ears hear it: 0 at −60 dB, 255 at full scale.

    ``is_cut_short``: the file is damaged and could not be read to its end.
    """

    levels: bytes
    is_cut_short: bool = False

    @property
    def duration_s(self) -> float:
        """Seconds it covers."""
        return len(self.levels) / LEVELS_PER_S

    def columns(self, start_s: float, per_column_s: float, count: int) -> list[float]:
        """The loudest of each of so many columns of equal length, 0 to 1, from ``start_s`` on."""
        levels, total = self.levels, len(self.levels)
        step = per_column_s * LEVELS_PER_S
        found = []
        for column in range(count):
            begin = int(start_s * LEVELS_PER_S + column * step)
            end = max(begin + 1, int(start_s * LEVELS_PER_S + (column + 1) * step))
            inside = levels[max(0, begin) : min(end, total)] if end > 0 else b""
            found.append(max(inside, default=0) / 255)
        return found


class Waveforms(Protocol):
    """Reads waveforms of sound files, and keeps them beside the sound."""

    def of(self, sound: Path, job: JobContext) -> Waveform:
        """The waveform of a sound file; blocks, an hour for about a second, once.

        Raises:
            NotASound: the file is missing or holds no sound that can be read.
            JobCancelled: nobody wants it any more.
        """
        ...
