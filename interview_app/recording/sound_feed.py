"""A sound file as the bytes a speaker wants, read little by little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from interview_app.recording.playback_segments import PlaybackSegments, PositionMap
from interview_app.recording.stretching import Stretch
from interview_app.services.ports.player import PlaybackOptions

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
        self.duration_s: float = self._file.frames / self._file.samplerate
        self._is_float = False
        self._playback_options = PlaybackOptions()
        self._segments = PlaybackSegments(
            self._playback_options, self._file.frames, self._file.samplerate
        )
        self._position_map = PositionMap(0.0, 1.0)
        self._stretch: Stretch | None = None
        self._resampler: soxr.ResampleStream | None = None
        self._ready = b""
        self._is_read = False

    def prepare(self, rate: int, channels: int, *, is_float: bool) -> None:
        """Give sound of that rate and channels, as 32-bit floats or 16-bit integers."""
        self.rate, self.channels, self._is_float = rate, channels, is_float

    def take_course(self, playback_options: PlaybackOptions) -> None:
        """Read faster or slower, leave out or go round, from the next :meth:`start_at` on."""
        self._playback_options = playback_options
        self._segments = PlaybackSegments(
            playback_options, self._file.frames, self._file.samplerate
        )

    def start_at(self, position_s: float) -> None:
        """Read from there on; before the begin or behind the end is that border."""
        own = int(self._file.samplerate)
        frame = min(max(0, round(position_s * own)), self._file.frames)
        self._file.seek(frame)
        self._ready, self._is_read = b"", False
        speed = self._playback_options.speed
        self._position_map = PositionMap(frame / own, speed)
        self._stretch = Stretch(speed, own, self.channels) if speed != 1.0 else None
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

    def place_after(self, played_s: float) -> float:
        """The second of the file that is heard so many seconds after :meth:`start_at`."""
        return min(self._position_map.place_after(played_s), self.duration_s)

    @property
    def is_over(self) -> bool:
        """Whether every byte was taken."""
        return self._is_read and not self._ready

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _block(self) -> bytes:
        frames = self._frames()
        if frames.shape[1] != self.channels:
            frames = np.repeat(frames.mean(axis=1, keepdims=True), self.channels, axis=1)
        if self._stretch is not None:
            frames = self._stretch(frames, is_last=self._is_read)
        if self._resampler is not None:
            frames = self._resampler.resample_chunk(frames, last=self._is_read)
        if self._is_float:
            return frames.astype("<f4").tobytes()
        limited = np.clip(frames, -1.0, 32_767 / 32_768)
        return (limited * 32_768).round().astype("<i2").tobytes()

    def _frames(self) -> Floats:
        """The next frames of the file on its course."""
        here, rate = self._file.tell(), self._file.samplerate
        place, count = self._segments.piece(here, _BLOCK_FRAMES)
        if place != here:
            self._file.seek(min(place, self._file.frames))
        try:
            frames: Floats = self._file.read(count, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError:  # damaged from here on: what came before was heard
            frames = np.zeros((0, self.channels), np.float32)
        self._is_read = not count or len(frames) < count
        self._position_map.give(place / rate, len(frames) / rate)
        return frames
