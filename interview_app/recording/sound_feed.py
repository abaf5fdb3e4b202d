"""A sound file as the bytes a speaker wants, read little by little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_BLOCK_FRAMES = 4_096


class SoundFeed:
    """Reads a WAV or FLAC file from ``start_s`` on, in the rate and channels asked for.

    ``rate`` and ``channels`` of ``None`` leave the file's own (at most two channels).

    Raises:
        OSError: the file is not there.
        soundfile.LibsndfileError: it holds no sound that can be read.
    """

    def __init__(self, path: Path) -> None:
        self._file = soundfile.SoundFile(path)
        self.rate = int(self._file.samplerate)
        self.channels = min(2, int(self._file.channels))
        self.duration_s = self._file.frames / self._file.samplerate
        self._is_float = False
        self._resampler: soxr.ResampleStream | None = None
        self._ready = b""
        self._is_read = False

    def prepare(self, rate: int, channels: int, *, is_float: bool) -> None:
        """Give sound of that rate and channels, as 32-bit floats or 16-bit integers."""
        self.rate, self.channels, self._is_float = rate, channels, is_float

    def start_at(self, position_s: float) -> None:
        """Read from there on; before the begin or behind the end is that border."""
        own = int(self._file.samplerate)
        frame = min(max(0, round(position_s * own)), self._file.frames)
        self._file.seek(frame)
        self._ready, self._is_read = b"", False
        self._resampler = (
            None
            if self.rate == own
            else soxr.ResampleStream(own, self.rate, self.channels, "float32")
        )

    def peek(self, count: int) -> bytes:
        """The next bytes, up to ``count``; empty at the end."""
        while len(self._ready) < count and not self._is_read:
            self._ready += self._block()
        return self._ready[:count]

    def skip(self, count: int) -> None:
        """Those bytes are taken."""
        self._ready = self._ready[count:]

    @property
    def is_over(self) -> bool:
        """Whether every byte was taken."""
        return self._is_read and not self._ready

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _block(self) -> bytes:
        frames: Floats = self._file.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)
        self._is_read = len(frames) < _BLOCK_FRAMES
        if frames.shape[1] != self.channels:
            frames = np.repeat(frames.mean(axis=1, keepdims=True), self.channels, axis=1)
        if self._resampler is not None:
            frames = self._resampler.resample_chunk(frames, last=self._is_read)
        if self._is_float:
            return frames.astype("<f4").tobytes()
        limited = np.clip(frames, -1.0, 32_767 / 32_768)
        return (limited * 32_768).round().astype("<i2").tobytes()
