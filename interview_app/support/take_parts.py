"""How the parts of a take that is being recorded are named and laid out.

The recorder writes them, the recognizer reads them while they grow, and a take's closed file is
their sound one after another: a place in it is the same place in the parts.
"""

from __future__ import annotations

from pathlib import Path

SAMPLE_RATE = 16_000
"""Samples a second of every take, 16 bit each; what the recognizers work on."""
BYTES_PER_S = SAMPLE_RATE * 2
HEADER_BYTES = 44
"""The WAV header that begins each part and each closed take."""


def parts_of(uid: str, folder: Path) -> tuple[Path, ...]:
    """The parts of a take that lie in a folder, in the order they were spoken."""
    return tuple(sorted(folder.glob(f"{uid}.part-[0-9][0-9][0-9].wav")))


def sound_bytes(part: Path) -> int:
    """The bytes of whole samples in a part or a closed take, by its length; 0 if it is not there.

    A part that nobody closed claims in its header to hold nothing: only its length tells.
    """
    try:
        size = part.stat().st_size
    except FileNotFoundError:
        return 0
    return max(0, size - HEADER_BYTES) // 2 * 2
