"""A sound file spoken into the recognizer at the speed of speech, as a microphone would."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from interview_app.services.jobs import JobContext
from interview_app.services.ports.recognizer import RecognitionResult, Recognizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from interview_app.recording.take_files import PartWriter

_BLOCK = 800
"""Samples written at a time: the 50 ms in which a sound system hands them over."""
_RATE = 16_000
_UID = "live"


def hear_live(
    recognizer: Recognizer,
    file: Path,
    model: str,
    language: str,
    job: JobContext,
) -> tuple[RecognitionResult, float]:
    """What was heard in a file that was recorded and followed like a take, and the wait.

    The wait is in seconds, from the last sample to the final text. The model is loaded before the
    first sample, as it is before a session's first question. Blocks as long as the sound.

    Raises:
        NotASound: the file cannot be read as sound.
        RecognizerUnavailable: missing, damaged, crashed or hung.
        JobCancelled: the job was cancelled.
    """
    from interview_app.recognition.sound_files import open_sound
    from interview_app.recording.take_files import (
        PartWriter,
        next_part,
        parts_of,
        repair_and_join,
        sound_file,
    )

    blocks = open_sound(file).blocks
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _have_loaded(recognizer, folder / "silence.wav", model, language, job)
        writer = PartWriter(next_part(_UID, folder))
        live = recognizer.follow(_UID, folder, model, language, lambda _words: None)
        try:
            _speak(blocks, writer, job)
            ended = time.monotonic()
        finally:
            writer.close()
        sound = sound_file(_UID, folder)
        repair_and_join(parts_of(_UID, folder), sound)
        heard = live.finish(sound, job)
        return heard, time.monotonic() - ended


def _have_loaded(
    recognizer: Recognizer, silence: Path, model: str, language: str, job: JobContext
) -> None:
    import soundfile

    soundfile.write(silence, [0.0] * _RATE, _RATE)
    recognizer.transcribe(silence, model, language, job)


def _speak(blocks: Iterator[NDArray[np.float32]], writer: PartWriter, job: JobContext) -> None:
    import numpy as np

    begin = time.monotonic()
    for block in blocks:
        samples = (np.clip(block, -1.0, 32_767 / 32_768) * 32_768).round().astype("<i2")
        for start in range(0, len(samples), _BLOCK):
            job.check()
            piece = samples[start : start + _BLOCK]
            due = begin + writer.seconds + len(piece) / _RATE
            time.sleep(max(0.0, due - time.monotonic()))
            writer.write(piece.tobytes())
