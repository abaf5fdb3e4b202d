"""Rendered texts on disk: a sound and a JSON file beside it, found by what was asked for."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import platform
import shutil
import sys
import tempfile
import threading
import uuid
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from interview_app import __version__
from interview_app.domain.errors import VoiceUnavailable
from interview_app.services.ports.voice import Speech, SpokenWord
from interview_app.speech_synthesis.pronunciations import Said
from interview_app.support.clock import file_age_s
from interview_app.support.helper_process import Message

_log = logging.getLogger(__name__)

DEFAULT_SIZE_BYTES = 200 * 1024 * 1024
_ABANDONED_AFTER_S = 3600.0
_FORMAT = 3
"""Raised when texts are spoken or timed differently: what was kept before is rendered again."""


@dataclass(frozen=True, slots=True)
class CachePlace:
    """Where one utterance belongs: the unfinished file, the sound, and the JSON beside it."""

    part: Path
    sound: Path
    sidecar: Path


class VoiceCache:
    """Keeps rendered texts within a size, the least recently used leaving first.

    A folder that cannot be written to is replaced by a temporary one for the life of this object.
    Safe from any thread.
    """

    def __init__(self, folder: Path, size_bytes: int = DEFAULT_SIZE_BYTES) -> None:
        self._folder = folder
        self._size_bytes = size_bytes
        self._lock = threading.Lock()
        self._is_temporary = False

    @property
    def folder(self) -> Path:
        """The folder in use: the one given, or a temporary one."""
        return self._folder

    def place(self, key: str) -> CachePlace:
        """Where the utterance of that key belongs, in a folder that exists.

        Raises:
            OSError: not even a temporary folder can be had.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            self.use_temporary_folder(error.strerror or str(error))
        return self._place(key)

    def use_temporary_folder(self, reason: str) -> bool:
        """Keep utterances in a temporary folder from now on; ``False`` if that is already so.

        Raises:
            OSError: no temporary folder can be had.
        """
        with self._lock:
            if self._is_temporary:
                return False
            _log.warning("The voice cache cannot be written to: %s", reason)
            self._folder = Path(tempfile.mkdtemp(prefix="mock-interview-voice-"))
            self._is_temporary = True
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return True

    def find(self, key: str) -> Speech | None:
        """The utterance of that key if it is here and whole."""
        place = self._place(key)
        try:
            speech = _read_entry(place)
        except OSError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            _log.warning("A damaged voice cache entry is rendered again: %s", str(error))
            return None
        for file in (place.sound, place.sidecar):
            with contextlib.suppress(OSError):
                os.utime(file)
        return speech

    def keep(self, place: CachePlace, duration_s: float, words: list[list[float]]) -> Speech:
        """Make a rendered sound an entry, then bring the folder within its size.

        Raises:
            OSError: the entry cannot be written.
        """
        entry = {"duration_s": duration_s, "words": words, "sha256": _digest(place.sound)}
        unfinished = place.sidecar.with_name(f"{place.part.name}.json")
        try:
            unfinished.write_text(json.dumps(entry), encoding="utf-8")
            unfinished.replace(place.sidecar)
        finally:
            unfinished.unlink(missing_ok=True)
        self._evict(place.sound.stem)
        return _speech(place.sound, entry)

    def made(self, key: str, make: Callable[[CachePlace], Message]) -> Speech:
        """What ``make`` renders to a place, as an entry; elsewhere if the folder refuses it.

        Raises:
            VoiceUnavailable: it can be written nowhere, or what ``make`` raises.
        """
        try:
            return self._make(key, make)
        except OSError as error:
            reason = error.strerror or str(error)
        try:
            if self.use_temporary_folder(reason):
                return self._make(key, make)
        except OSError as error:
            reason = error.strerror or str(error)
        raise VoiceUnavailable(
            f"The voice could not write its sound: {reason}.",
            remedy="Free space in the data folder or in the folder for temporary files.",
        )

    def _make(self, key: str, make: Callable[[CachePlace], Message]) -> Speech:
        place = self.place(key)
        try:
            answer = make(place)
        finally:
            with contextlib.suppress(OSError):
                place.part.unlink(missing_ok=True)
        return self.keep(place, answer["duration_s"], answer["words"])

    def _place(self, key: str) -> CachePlace:
        part = self._folder / f"{key}.{uuid.uuid4().hex[:8]}.part"
        return CachePlace(part, self._folder / f"{key}.wav", self._folder / f"{key}.json")

    def _evict(self, newest: str) -> None:
        with self._lock:
            entries: dict[str, tuple[float, int]] = {}
            for file in self._folder.iterdir():
                with contextlib.suppress(OSError):
                    status = file.stat()
                    if ".part" in file.name:
                        if file_age_s(file) > _ABANDONED_AFTER_S:
                            file.unlink()
                        continue
                    used, size = entries.get(file.stem, (0.0, 0))
                    entries[file.stem] = (max(used, status.st_mtime), size + status.st_size)
            total = sum(size for _, size in entries.values())
            for stem in sorted(entries, key=lambda stem: entries[stem][0]):
                if total <= self._size_bytes:
                    break
                if stem != newest:
                    total -= entries[stem][1]
                    self._remove(stem)

    def _remove(self, stem: str) -> None:
        for suffix in (".json", ".wav"):
            with contextlib.suppress(OSError):
                (self._folder / f"{stem}{suffix}").unlink(missing_ok=True)


def cache_key(text: str, voice: str, rate_wpm: int, *, engine: str, said: Said = ()) -> str:
    """The name under which an utterance is kept: differs when anything heard could differ."""
    parts = [_FORMAT, engine, voice, rate_wpm, text, [list(each) for each in said]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def engine_version() -> str:
    """What speaks here: versions of pyttsx3 and of the system's engine, without starting it."""
    try:
        library = metadata.version("pyttsx3")
    except metadata.PackageNotFoundError:  # a frozen bundle may leave it out
        library = f"bundled with {__version__}"
    return f"pyttsx3 {library}, {_system_engine()}"


def _system_engine() -> str:
    if not sys.platform.startswith("linux"):
        return f"{sys.platform} {platform.version()}"
    for folder in ("/usr/lib", "/usr/lib64", "/usr/local/lib"):
        for pattern in ("libespeak*.so.1", "*/libespeak*.so.1"):
            for file in sorted(Path(folder).glob(pattern)):
                with contextlib.suppress(OSError):
                    # The link's target carries the version: libespeak-ng.so.1.1.51
                    return f"{file.resolve().name} {file.stat().st_mtime_ns}"
    return "espeak"


def _read_entry(place: CachePlace) -> Speech:
    entry = json.loads(place.sidecar.read_text(encoding="utf-8"))
    if entry["sha256"] != _digest(place.sound):
        raise ValueError("the sound differs")
    return _speech(place.sound, entry)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _speech(sound: Path, entry: dict[str, object]) -> Speech:
    duration_s, words = entry["duration_s"], entry["words"]
    if not isinstance(duration_s, float) or not isinstance(words, list):
        raise TypeError("fields of another kind")
    spoken = tuple(SpokenWord(int(start), int(end), float(at)) for start, end, at in words)
    return Speech(sound, duration_s, spoken)
