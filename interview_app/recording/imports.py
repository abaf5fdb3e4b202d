"""Sound that comes from a file instead of a microphone becomes a take like any other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from interview_app.domain.errors import RecordingFailed
from interview_app.services.jobs import JobContext

SAMPLE_RATE = 16_000


def write_take(blocks: Iterable[NDArray[np.float32]], target: Path, job: JobContext) -> float:
    """Write mono blocks (-1 to 1, 16 kHz) as a take's 16-bit WAV file; its length in seconds.

    The file appears whole or not at all.

    Raises:
        NotASound: the blocks could not be decoded.
        RecordingFailed: the file cannot be written.
        JobCancelled: the job was cancelled.
    """
    part = target.with_name(target.name + ".part")
    try:
        with soundfile.SoundFile(
            part, "w", samplerate=SAMPLE_RATE, channels=1, format="WAV", subtype="PCM_16"
        ) as file:
            for block in blocks:
                job.check()
                file.write(np.clip(block, -1.0, 1.0))
            frames = file.frames
        part.chmod(0o600)
        part.replace(target)
    except (OSError, soundfile.LibsndfileError) as error:
        raise RecordingFailed(
            f"The answer could not be written to {target.parent}: {error}.",
            remedy="Free space there, or choose another folder with --data-dir.",
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return float(frames / SAMPLE_RATE)
