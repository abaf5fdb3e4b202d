"""Hears a take while the recorder writes it: follows its growing parts on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from interview_app.domain.errors import NotASound
from interview_app.recognition.chunked_transcriber import ReportProgress, StreamingTranscriber
from interview_app.recognition.sound_files import Samples
from interview_app.services.ports.recognizer import RecognitionResult
from interview_app.support.take_parts import BYTES_PER_S, HEADER_BYTES, parts_of, sound_bytes

_BLOCK_BYTES = BYTES_PER_S
"""What is taken in at once: a take far behind is heard on in steps that can be interrupted."""


def _untold(_fraction: float | None) -> None: ...


class LiveTake:
    """One take being heard; what comes in is found by its place in the whole sound.

    A file is open only while it is read: elsewhere a file that is open cannot be renamed, and the
    recorder renames the part when the take is over.
    """

    def __init__(self, uid: str, folder: Path, listening: StreamingTranscriber) -> None:
        self._uid = uid
        self._folder = folder
        self._listening = listening
        self._taken = 0
        """Bytes of the whole sound that were taken in."""

    @property
    def text(self) -> str:
        """The words so far; the last may still change."""
        return self._listening.text

    @property
    def behind_s(self) -> float:
        """Seconds of recorded sound that are not words yet."""
        waiting = sum(map(sound_bytes, parts_of(self._uid, self._folder))) - self._taken
        return max(0, waiting) / BYTES_PER_S + self._listening.behind_s

    def go_on(self, *, ahead: bool) -> bool:
        """Take in what was written since and decode one piece; whether there was any.

        ``ahead``: decode also what is not complete, so that little is left at the end.
        """
        self._take_in(parts_of(self._uid, self._folder))
        return self._listening.work(ahead=ahead)

    def finish(self, sound: Path, report: ReportProgress = _untold) -> RecognitionResult:
        """The take is closed; what was heard in the whole of it.

        ``report`` is given 0 to 1 after each piece that was left: where the machine fell behind,
        minutes may be left, and who waits wants to know that they are being heard.

        Raises:
            NotASound: it is empty or not there, or shorter than what was followed.
        """
        if not max(1, self._taken) <= sound_bytes(sound):
            raise NotASound(
                f"{sound} is not the sound that was followed.", remedy="Transcribe it again."
            )
        self._take_in((sound,))
        left_s = self._listening.behind_s
        while self._listening.work(ahead=False):
            report(1 - min(self._listening.behind_s / left_s, 1.0) if left_s else None)
        return self._listening.finish()

    def _take_in(self, files: tuple[Path, ...]) -> None:
        before = 0
        for file in files:
            length = sound_bytes(file)
            while before <= self._taken < before + length:
                sound = _read(file, self._taken - before, min(_BLOCK_BYTES, length))
                if not len(sound):
                    return
                self._listening.feed(sound)
                self._taken += 2 * len(sound)
            before += length


def _read(file: Path, start: int, count: int) -> Samples:
    try:
        with file.open("rb") as opened:
            opened.seek(HEADER_BYTES + start)
            data = opened.read(count)
    except FileNotFoundError:
        data = b""
    samples = np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2")
    return samples.astype(np.float32) / np.float32(32_768)
