"""What a microphone gives, turned into what a take holds: 16 kHz mono 16-bit."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import soxr
from numpy.typing import NDArray

from interview_app.recording.take_files import SAMPLE_RATE

Samples = NDArray[np.int16]
Floats = NDArray[np.float32]

_FORMATS: dict[str, tuple[str, float, float]] = {
    "UInt8": ("<u1", 128.0, 128.0),
    "Int16": ("<i2", 0.0, 32_768.0),
    "Int32": ("<i4", 0.0, 2_147_483_648.0),
    "Float": ("<f4", 0.0, 1.0),
}
"""Qt's sample formats: how to read them, their zero and their full scale."""


class Converter:
    """Turns a device's stream into a take's samples, block by block without seams.

    ``sample_format`` is one of Qt's names: UInt8, Int16, Int32, Float. A block may end within a
    frame; the rest is kept for the next.
    """

    def __init__(self, rate: int, channels: int, sample_format: str) -> None:
        self._type, self._zero, self._scale = _FORMATS[sample_format]
        self._channels = max(1, channels)
        self._frame_bytes = np.dtype(self._type).itemsize * self._channels
        self._rest = b""
        self._resampler = (
            None if rate == SAMPLE_RATE else soxr.ResampleStream(rate, SAMPLE_RATE, 1, "float32")
        )

    def convert(self, sound: bytes) -> Samples:
        """The samples of the next block, channels mixed to one; may be empty."""
        sound = self._rest + sound
        whole = len(sound) // self._frame_bytes * self._frame_bytes
        sound, self._rest = sound[:whole], sound[whole:]
        raw = np.frombuffer(sound, self._type).reshape(-1, self._channels)
        mono: Floats = (raw.mean(axis=1, dtype=np.float32) - self._zero) / self._scale
        mono = mono.astype(np.float32, copy=False)
        if self._resampler is not None:
            mono = self._resampler.resample_chunk(mono)
        return (np.clip(mono, -1.0, 32_767 / 32_768) * 32_768).round().astype(np.int16)


class PreRoll:
    """The last moments heard, kept so that a take can begin just before its start."""

    def __init__(self, longest_s: float) -> None:
        self._longest = int(longest_s * SAMPLE_RATE)
        self._blocks: deque[Samples] = deque()
        self._count = 0

    def add(self, samples: Samples) -> None:
        """Hear a block."""
        self._blocks.append(samples)
        self._count += len(samples)
        while self._blocks and self._count - len(self._blocks[0]) >= self._longest:
            self._count -= len(self._blocks.popleft())

    def take(self, seconds: float) -> Samples:
        """The last ``seconds`` heard, as far as they were kept; then forget everything."""
        count = min(int(seconds * SAMPLE_RATE), self._longest)
        blocks = [*self._blocks, np.zeros(0, np.int16)]
        self._blocks.clear()
        self._count = 0
        heard: Samples = np.concatenate(blocks)
        return heard[len(heard) - min(count, len(heard)) :]


@dataclass(slots=True)
class Meter:
    """Peak and root mean square (0 to 1 of full scale) of every 50 ms."""

    _rest: Samples = field(default_factory=lambda: np.zeros(0, np.int16))

    def levels(self, samples: Samples) -> Iterator[tuple[float, float]]:
        """Peak and root mean square of each block that is now full."""
        block = SAMPLE_RATE // 20
        heard = np.concatenate((self._rest, samples))
        whole = len(heard) // block * block
        self._rest = heard[whole:]
        for part in heard[:whole].reshape(-1, block).astype(np.float32) / 32_768:
            yield float(np.abs(part).max()), float(np.sqrt(np.mean(part * part)))
