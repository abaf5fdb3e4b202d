"""A take's sound files: parts written while it is spoken, joined to one WAV when it is over.

While a take is recorded, ``takes/<uid>.part-001.wav`` grows; each pause, interruption or crash
begins the next part. The header of a part that nobody closed claims no sound at all: its length is
taken from the file instead. Sound is 16 kHz mono 16-bit throughout.
"""

from __future__ import annotations

import contextlib
import os
import struct
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from interview_app.domain.errors import RecordingFailed
from interview_app.support.take_parts import (
    BYTES_PER_S,
    HEADER_BYTES,
    SAMPLE_RATE,
    parts_of,
    sound_bytes,
)

__all__ = ["BYTES_PER_S", "HEADER_BYTES", "SAMPLE_RATE", "parts_of"]

_SYNC_EVERY_S = 1.0
_CHUNK_BYTES = 1 << 20
_LONGEST_DATA = 0xFFFF_FFFF - HEADER_BYTES
_NEW_FILE = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)


def next_part(uid: str, folder: Path) -> Path:
    """The name of the part to write next; no file has it."""
    parts = parts_of(uid, folder)
    number = 1 + (int(parts[-1].name[-7:-4]) if parts else 0)
    return folder / f"{uid}.part-{number:03d}.wav"


def open_part(path: Path) -> PartWriter:
    """Begin a part; under the next free number if the name was taken in the meantime.

    A recorder that is asked twice, or one that outlives its own killing for a moment, may have
    made the file between the choice of its name and now; nobody's sound is in the way of another's.

    Raises:
        OSError: the part cannot be made.
    """
    while True:
        try:
            return PartWriter(path)
        except FileExistsError:
            path = next_part(path.name.rpartition(".part-")[0], path.parent)


def sound_file(uid: str, folder: Path) -> Path:
    """Where a closed take lies."""
    return folder / f"{uid}.wav"


def seconds_in(parts: Sequence[Path]) -> float:
    """Seconds of sound in parts, from the length of the files; a missing one has none."""
    return sum(sound_bytes(part) for part in parts) / BYTES_PER_S


def header(data_bytes: int) -> bytes:
    """The header of a take's WAV file with that much sound."""
    size = min(data_bytes, _LONGEST_DATA)
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", HEADER_BYTES - 8 + size, b"WAVE", b"fmt ", 16, 1, 1),
        *(SAMPLE_RATE, BYTES_PER_S, 2, 16, b"data", size),
    )


class PartWriter:
    """Writes one part as its sound arrives.

    Every write reaches the system at once, so the end of this process costs nothing; a thread asks
    for the disk once a second, so a slow disk does not hold up the sound and the end of the machine
    costs about a second. Safe to close from any thread, and twice.

    Raises:
        OSError: the file exists, or cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data_bytes = 0
        self._lock = threading.Lock()
        self._is_closed = threading.Event()
        self._file = os.fdopen(os.open(path, _NEW_FILE | os.O_EXCL, 0o600), "wb", buffering=0)
        self._file.write(header(0))
        self._syncing = threading.Thread(target=self._sync, name="part-sync", daemon=True)
        self._syncing.start()

    @property
    def seconds(self) -> float:
        """Seconds of sound written so far."""
        return self.data_bytes / BYTES_PER_S

    def write(self, sound: bytes) -> None:
        """Add 16-bit samples; nothing once closed.

        Raises:
            OSError: the disk is full or gone; what was written before stays.
        """
        with self._lock:
            if self._is_closed.is_set():
                return
            view = memoryview(sound)
            while view:
                count = self._file.write(view) or 0
                self.data_bytes += count
                view = view[count:]

    def close(self) -> None:
        """Put the length into the header and have everything on disk."""
        with self._lock:
            if self._is_closed.is_set():
                return
            self._is_closed.set()
            with contextlib.suppress(OSError), self._file:
                self._file.seek(0)
                self._file.write(header(self.data_bytes))
                os.fsync(self._file.fileno())
        if threading.current_thread() is not self._syncing:
            self._syncing.join()

    def _sync(self) -> None:
        while not self._is_closed.wait(_SYNC_EVERY_S):
            with contextlib.suppress(OSError, ValueError):
                os.fsync(self._file.fileno())


def repair_and_join(parts: Sequence[Path], target: Path) -> float:
    """Make one sound file of a take's parts, whatever their headers say; its length in seconds.

    The joined file is complete on disk before it gets its name, and only then the parts go. If a
    file of that name is there already it is kept: parts it ends with (a join that was cut short
    while it removed them) are not added twice, others are added after it. An odd last byte, half a
    sample, is dropped.

    Raises:
        RecordingFailed: the disk is full, read-only or gone; every part is still there.
    """
    parts = [part for part in parts if part.exists()]
    try:
        if target.exists():
            if not parts or _ends_with(target, parts):
                _remove(parts)
                return seconds_in([target])
            _join([target, *parts], target)
        elif len(parts) == 1:
            _repair(parts[0])
            parts[0].replace(target)
            _sync_folder(target.parent)
            return seconds_in([target])
        else:
            _join(parts, target)
        _remove(parts)
        return seconds_in([target])
    except OSError as error:
        reason = error.strerror or str(error)
        raise RecordingFailed(
            f"The recording {target.name} could not be put together: {reason}.",
            remedy="Everything said is kept in its parts. Free some space on that disk; the "
            "recording is put together at the next start.",
        ) from error


def _repair(part: Path) -> None:
    data_bytes = sound_bytes(part)
    with os.fdopen(os.open(part, _NEW_FILE), "r+b") as file:
        file.write(header(data_bytes))
        file.truncate(HEADER_BYTES + data_bytes)
        file.flush()
        os.fsync(file.fileno())
    part.chmod(0o600)


def _join(sources: Sequence[Path], target: Path) -> None:
    temporary = target.with_name(target.name + ".joining")
    try:
        number = os.open(temporary, _NEW_FILE | os.O_TRUNC, 0o600)
        with os.fdopen(number, "r+b") as file:
            file.write(header(sum(sound_bytes(source) for source in sources)))
            for source in sources:
                for chunk in _chunks(source):
                    file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _ends_with(target: Path, parts: Sequence[Path]) -> bool:
    length = sum(sound_bytes(part) for part in parts)
    start = sound_bytes(target) - length
    if start < 0:
        return False
    with target.open("rb") as file:
        file.seek(HEADER_BYTES + start)
        return all(file.read(len(chunk)) == chunk for part in parts for chunk in _chunks(part))


def _chunks(part: Path) -> Iterator[bytes]:
    with part.open("rb") as file:
        file.seek(HEADER_BYTES)
        yield from _read(file, sound_bytes(part))


def _read(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left > 0 and (chunk := file.read(min(left, _CHUNK_BYTES))):
        left -= len(chunk)
        yield chunk


def _remove(parts: Sequence[Path]) -> None:
    for part in parts:
        part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
