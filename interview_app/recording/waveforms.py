"""Waveforms read from sound files, and kept in a small file beside each."""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from interview_app.domain.errors import NotASound
from interview_app.services.jobs import JobContext
from interview_app.services.playback.waveform import FLOOR_DB, LEVELS_PER_S, Waveform
from interview_app.support.atomic_files import atomic_write

if TYPE_CHECKING:
    import numpy as np
    import soundfile
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)

ENDING = ".levels"
_HEAD = struct.Struct("<8sQQ?")
_MAGIC = b"levels-1"
"""Raised when levels are made differently: what was kept before is made again."""
_BLOCK_S = 30
_TO_DB = 20.0


class WaveformFiles:
    """Read the waveform of each take once and keep it in a small file; safe from any thread."""

    def of(self, sound: Path, job: JobContext) -> Waveform:
        """The waveform of a sound file, read anew where the file is another than before."""
        try:
            status = sound.stat()
        except OSError as error:
            raise NotASound(f"The sound file {sound.name} is gone.") from error
        stamp = (status.st_size, status.st_mtime_ns)
        kept = _kept(place_of(sound), stamp)
        if kept is not None:
            return kept
        waveform = _read(sound, job)
        _keep(place_of(sound), stamp, waveform)
        return waveform


def place_of(sound: Path) -> Path:
    """Where the waveform of a sound is kept: it goes with the take's other files."""
    return sound.with_name(f"{sound.stem}{ENDING}")


def _kept(place: Path, stamp: tuple[int, int]) -> Waveform | None:
    try:
        written = place.read_bytes()
        magic, size, changed_ns, is_cut_short = _HEAD.unpack_from(written)
    except (OSError, struct.error):
        return None
    if magic != _MAGIC or (size, changed_ns) != stamp:
        return None
    return Waveform(written[_HEAD.size :], is_cut_short)


def _keep(place: Path, stamp: tuple[int, int], waveform: Waveform) -> None:
    """Keep it for the next time; a folder that cannot be written to costs only that."""
    try:
        with atomic_write(place, overwrite=True) as temporary:
            head = _HEAD.pack(_MAGIC, *stamp, waveform.is_cut_short)
            temporary.write_bytes(head + waveform.levels)
    except OSError as error:
        _log.info("A waveform could not be kept: %s", error.strerror)


def _read(sound: Path, job: JobContext) -> Waveform:
    import soundfile

    try:
        file = soundfile.SoundFile(sound)
    except (OSError, soundfile.LibsndfileError) as error:
        raise NotASound(f"The sound file {sound.name} cannot be read.") from error
    levels = bytearray()
    is_cut_short = False
    with file:
        expected = file.frames
        try:
            for block in _blocks(file, job):
                levels += block
        except (OSError, soundfile.LibsndfileError):
            is_cut_short = True
        is_cut_short |= file.tell() < expected
    if not levels:
        raise NotASound(f"The sound file {sound.name} holds no sound.")
    return Waveform(bytes(levels), is_cut_short)


def _blocks(file: soundfile.SoundFile, job: JobContext) -> Iterator[bytes]:
    """Levels, half a minute at a time: whole seconds, so that borders fall where they should."""
    import numpy as np

    rate = int(file.samplerate)
    while True:
        samples = file.read(rate * _BLOCK_S, dtype="int16", always_2d=True)
        if not len(samples):
            return
        loudest = np.abs(samples.astype(np.int32)).max(axis=1)
        borders = np.arange(0, len(loudest) / rate, 1 / LEVELS_PER_S)
        starts = np.unique(np.minimum((borders * rate).round().astype(int), len(loudest) - 1))
        yield _levels(np.maximum.reduceat(loudest, starts))
        job.report(file.tell() / max(1, file.frames))


def _levels(loudest: NDArray[np.int32]) -> bytes:
    import numpy as np

    decibel = _TO_DB * np.log10(np.maximum(loudest, 1) / 32_768)
    return bytes(np.clip((1 - decibel / FLOOR_DB) * 255, 0, 255).round().astype(np.uint8))
