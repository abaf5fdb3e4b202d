"""How fast this machine renders a natural voice, remembered, and whether that is fast enough."""

from __future__ import annotations

import contextlib
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

SLOWEST_FACTOR = 3.0
"""Seconds of work a second of speech. A question of 8 s then takes 24 s, which the question before
it, thirty seconds to think and an answer still cover; beyond that the voice would be late."""
_LOOKED_AT = 5
_FEWEST = 3
_HOLDS_S = 24 * 3600
"""A machine that was busy yesterday is tried again today."""


class NaturalSpeed:
    """The last real-time factors; a file that cannot be written costs only the memory of them."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        self._measured = self._load()

    @property
    def factor(self) -> float | None:
        """The median of the last day's last renderings; ``None`` before there are enough."""
        fresh = [factor for at, factor in self._measured if self._clock() - at < _HOLDS_S]
        return statistics.median(fresh) if len(fresh) >= _FEWEST else None

    @property
    def is_too_slow(self) -> bool:
        """Whether the next question would not be ready in time."""
        factor = self.factor
        return factor is not None and factor > SLOWEST_FACTOR

    def add(self, took_s: float, duration_s: float) -> None:
        """Note a rendering: seconds of work, and of speech."""
        if duration_s <= 0:
            return
        self._measured = [
            *self._measured[1 - _LOOKED_AT :],
            (self._clock(), round(took_s / duration_s, 3)),
        ]
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(self._measured), encoding="utf-8")

    def _load(self) -> list[tuple[float, float]]:
        with contextlib.suppress(OSError, ValueError, TypeError):
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return [(float(at), float(factor)) for at, factor in found]
        return []
