"""How fast bytes arrive, and a line that says so."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

_WINDOW_S = 8.0
"""Speed is that of the last seconds: long enough not to flicker, short enough to be true."""
_STEADY_S = 1.0
"""Before this much time has passed a speed would be a guess."""

_TELL_EACH_S = 0.1
_TELL_EACH_PART = 0.01


class Transfer:
    """Counts the bytes of one download; ``have`` were there before it began."""

    def __init__(
        self, total: int, have: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.total = total
        self.have = have
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque([(clock(), 0)])
        self._arrived = 0
        self._told = (0.0, -1.0)

    def add(self, count: int) -> None:
        """Note bytes that arrived now; a negative count takes bytes back."""
        self.have += count
        self._arrived += max(count, 0)
        now = self._clock()
        self._marks.append((now, self._arrived))
        while len(self._marks) > 2 and self._marks[1][0] <= now - _WINDOW_S:
            self._marks.popleft()

    def is_news(self) -> bool:
        """Whether to tell now: ten times a second or once a hundredth, not with every chunk."""
        when, fraction = self._told
        now = self._clock()
        if now - when < _TELL_EACH_S and abs(self.fraction - fraction) < _TELL_EACH_PART:
            return False
        self._told = (now, self.fraction)
        return True

    @property
    def fraction(self) -> float:
        """How much is here, 0 to 1."""
        return min(self.have / self.total, 1.0) if self.total else 1.0

    @property
    def bytes_per_s(self) -> float | None:
        """The speed of the last seconds, or ``None`` before one can be told."""
        (then, before), (now, after) = self._marks[0], self._marks[-1]
        return (after - before) / (now - then) if now - then >= _STEADY_S else None

    def line(self, name: str) -> str:
        """What a person is shown: file, bytes, speed, time left."""
        told = f"{name}: {size(self.have)} of {size(self.total)}"
        speed = self.bytes_per_s
        if not speed:
            return told
        return f"{told}, {size(speed)}/s, {_span((self.total - self.have) / speed)} left"


def size(count: float) -> str:
    """Bytes as a person reads them: ``340 bytes``, ``148 MB``, ``1.6 GB`` (powers of ten)."""
    if count >= 1e9:
        return f"{count / 1e9:.1f} GB"
    if count >= 1e6:
        return f"{count / 1e6:.{0 if count >= 1e7 else 1}f} MB"
    return f"{count / 1e3:.0f} kB" if count >= 1e3 else f"{count:.0f} bytes"


def _span(seconds: float) -> str:
    if seconds >= 3600:
        return f"{seconds / 3600:.1f} h"
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
