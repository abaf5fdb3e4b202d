"""A take's sound in a smaller form, read back and compared before anybody trusts it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from interview_app.domain.errors import NotASound
from interview_app.services.jobs import JobContext

_FORMS = {"flac": ("FLAC", "PCM_16"), "opus": ("OGG", "OPUS")}
_OPUS_RATES = {8_000, 12_000, 16_000, 24_000, 48_000}
_LEAST_ROOM = 1_000_000
_LEVEL_DB = 6.0
"""A second of Opus may be so much louder or softer than the original."""
_ALIKE = 0.8
"""How alike samples of Opus are at least, as a correlation (measured: speech 0.99, hiss 0.87)."""
_SILENCE = 0.01
"""Below this part of full scale (-40 dB), in which nobody speaks, a codec may do as it likes."""

Samples = NDArray[np.float64]


def shrink(source: Path, target: Path, form: str, job: JobContext) -> None:
    """Write a 16-bit sound as ``flac`` or ``opus``, then verify it; see ``Shrink``.

    Raises:
        NotASound: the source cannot be read, or what was written does not sound the same.
        OSError: the target cannot be written.
        JobCancelled: the job is no longer wanted.
    """
    container, codec = _FORMS[form]
    try:
        with soundfile.SoundFile(source) as sound:
            rate = int(sound.samplerate)
            if form == "opus" and rate not in _OPUS_RATES:
                raise NotASound(f"Opus does not know {rate} samples a second.")
            with soundfile.SoundFile(
                target, "w", rate, int(sound.channels), codec, format=container
            ) as written:
                for block in _blocks(sound, job):
                    written.write(block)
    except soundfile.LibsndfileError as error:
        if shutil.disk_usage(target.parent).free < _LEAST_ROOM:  # libsndfile names no reason
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error
        raise NotASound("Its sound cannot be converted; it stays as it is.") from error
    if not _is_same(source, target, is_exact=form == "flac", job=job):
        raise NotASound("The smaller file did not sound the same; the original stays.")


def _is_same(source: Path, target: Path, *, is_exact: bool, job: JobContext) -> bool:
    """Whether both hold the same sound, of the same length to the sample."""
    try:
        with soundfile.SoundFile(source) as one, soundfile.SoundFile(target) as other:
            if (one.frames, one.samplerate, one.channels) != (
                other.frames,
                other.samplerate,
                other.channels,
            ):
                return False
            comparing = _Comparing()
            for ours, theirs in zip(_blocks(one, job), _blocks(other, job), strict=True):
                if is_exact and not np.array_equal(ours, theirs):
                    return False
                if not comparing.add(ours / 32_768, theirs / 32_768):
                    return False
            return comparing.is_alike
    except (soundfile.LibsndfileError, ValueError):
        return False


def _blocks(sound: soundfile.SoundFile, job: JobContext) -> Iterator[NDArray[np.int16]]:
    """A second at a time."""
    while True:
        job.check()
        block = sound.read(int(sound.samplerate), dtype="int16", always_2d=True)
        if not len(block):
            return
        yield block


class _Comparing:
    """Adds up, second by second, how alike two sounds are."""

    def __init__(self) -> None:
        self._products = self._ours = self._theirs = 0.0

    def add(self, ours: Samples, theirs: Samples) -> bool:
        """Another second of both; whether they are about equally loud."""
        if ours.shape != theirs.shape:
            return False
        own, other = float(np.square(ours).mean()), float(np.square(theirs).mean())
        self._products += float((ours * theirs).sum())
        self._ours += float(np.square(ours).sum())
        self._theirs += float(np.square(theirs).sum())
        if max(own, other) < _SILENCE**2:
            return True
        return bool(abs(10 * np.log10((own + 1e-12) / (other + 1e-12))) <= _LEVEL_DB)

    @property
    def is_alike(self) -> bool:
        """Whether the samples follow one another, silence aside."""
        scale = float(np.sqrt(self._ours * self._theirs))
        return scale < 1.0 or self._products / scale >= _ALIKE
