"""Any sound file as 16 kHz mono samples in blocks: an hour takes no more memory than a second."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from interview_app.domain.errors import NotASound

if TYPE_CHECKING:
    import av.container
    import soundfile

_log = logging.getLogger(__name__)

SAMPLE_RATE = 16_000
"""Samples a second that Whisper, Silero and pocketsphinx all expect."""

Samples = NDArray[np.float32]

_BLOCK_S = 1.0
_REMEDY = "Choose a sound or video file, for example WAV, FLAC, MP3, M4A or Opus."


@dataclass(frozen=True, slots=True)
class SoundFile:
    """An opened sound: its length in seconds where the file says it, and its samples.

    ``blocks`` can be walked once; each block is mono float32 from -1 to 1 at 16 kHz, about a
    second long.
    """

    length_s: float | None
    blocks: Iterator[Samples]


def open_sound(path: Path) -> SoundFile:
    """Open any sound that libsndfile or FFmpeg reads, the sound of a video file too.

    Raises:
        NotASound: there is no such file, it is empty, or it holds no sound; walking ``blocks``
            raises it as well when not a single sample can be decoded.
    """
    _refuse_what_cannot_be_one(path)
    return _open_with_libsndfile(path) or _open_with_ffmpeg(path)


def _refuse_what_cannot_be_one(path: Path) -> None:
    try:
        if path.is_dir():
            raise NotASound(f"{path} is a folder, not a sound file.", remedy=_REMEDY)
        with path.open("rb") as file:
            if not file.read(1):
                raise NotASound(f"{path} is empty.", remedy=_REMEDY)
    except FileNotFoundError:
        raise NotASound(f"There is no file {path}.", remedy="Check its name.") from None
    except OSError as error:
        raise NotASound(
            f"{path} cannot be read: {error.strerror or error}.", remedy="Check its permissions."
        ) from error


def _open_with_libsndfile(path: Path) -> SoundFile | None:
    import soundfile

    try:
        file = soundfile.SoundFile(str(path))
    except (soundfile.LibsndfileError, TypeError):
        return None
    length = file.frames / file.samplerate if 0 < file.frames < 2**62 else None
    return SoundFile(length, _checked(path, _sndfile_blocks(file)))


def _sndfile_blocks(file: soundfile.SoundFile) -> Iterator[Samples]:
    import soundfile
    import soxr

    resample = soxr.ResampleStream(file.samplerate, SAMPLE_RATE, 1, dtype="float32")
    with file:
        while True:
            try:
                block = file.read(int(file.samplerate * _BLOCK_S), dtype="float32", always_2d=True)
            except soundfile.LibsndfileError:
                _log.warning("A sound file ends in the middle; what could be read is used")
                block = np.empty((0, 1), dtype=np.float32)
            last = len(block) == 0
            mono = block.mean(axis=1, dtype=np.float32)
            if file.samplerate == SAMPLE_RATE:
                yield mono
            else:
                yield resample.resample_chunk(mono, last=last)
            if last:
                return


def _open_with_ffmpeg(path: Path) -> SoundFile:
    import av

    try:
        container = av.open(str(path), metadata_errors="ignore")
    except (av.FFmpegError, OSError, ValueError) as error:
        raise _no_sound(path) from error
    if not container.streams.audio:
        container.close()
        raise _no_sound(path)
    length = container.duration / av.time_base if container.duration else None
    return SoundFile(length, _checked(path, _ffmpeg_blocks(container)))


def _ffmpeg_blocks(container: av.container.InputContainer) -> Iterator[Samples]:
    import av

    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    with container:
        frames = container.decode(audio=0)
        while True:
            try:
                frame = next(frames, None)
            except av.FFmpegError:
                _log.warning("A sound file is broken in places; what could be read is used")
                frame = None
            for part in resampler.resample(frame):
                yield part.to_ndarray().reshape(-1).astype(np.float32, copy=False)
            if frame is None:
                return


def _checked(path: Path, blocks: Iterator[Samples]) -> Iterator[Samples]:
    """The blocks that hold samples, finite and within -1 to 1.

    Raises:
        NotASound: there is not one.
    """
    count = 0
    for block in blocks:
        if len(block):
            count += len(block)
            yield np.clip(np.nan_to_num(block, posinf=1.0, neginf=-1.0), -1.0, 1.0)
    if not count:
        raise _no_sound(path)


def _no_sound(path: Path) -> NotASound:
    return NotASound(f"{path} holds no sound that can be read.", remedy=_REMEDY)
