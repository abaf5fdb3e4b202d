"""How loud a rendered sound is, moment by moment, for what moves with it."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

BLOCK_S = 0.04
"""One level stands for so long a stretch: 25 a second, as often as a screen can show it calmly."""

_STRIDE = 4
"""Every fourth sample tells the loudness of speech well enough, in a quarter of the time."""


def sound_levels(path: Path) -> tuple[float, ...]:
    """Levels of a 16-bit WAV file, 0 to 1 of its loudest block; none where it cannot be read."""
    try:
        with wave.open(str(path), "rb") as file:
            if file.getsampwidth() != 2:
                return ()
            step = max(1, round(file.getframerate() * BLOCK_S)) * file.getnchannels()
            samples = array("h", file.readframes(file.getnframes()))
    except (OSError, EOFError, wave.Error):
        return ()
    blocks = [samples[at : at + step : _STRIDE] for at in range(0, len(samples), step)]
    loudness = [math.sqrt(sum(s * s for s in block) / len(block)) for block in blocks]
    loudest = max(loudness, default=0.0)
    return tuple(level / loudest for level in loudness) if loudest else ()


def level_at(levels: tuple[float, ...], position_s: float) -> float:
    """The level at a moment; 0 before and after the sound."""
    index = int(position_s / BLOCK_S)
    return levels[index] if 0 <= index < len(levels) else 0.0
