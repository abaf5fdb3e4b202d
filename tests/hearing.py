"""What a machine's voice said and what was heard of it, compared word by word.

Voices of machines differ, and a recognizer takes a word of one now and then for another; so no
test leans on a phrase. It asks how much was heard wrongly, or for one word of three syllables.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import jiwer

MISHEARD = 0.3
"""The share of words of a machine's voice that may be heard wrongly."""


def speak_to_file(text: str, path: Path) -> Path:
    """Have espeak-ng say a text into a WAV file, in the voice the recognizer hears best."""
    subprocess.run(
        ["espeak-ng", "-v", "en-gb-x-rp", "-s", "130", "-w", str(path), text],
        check=True,
        timeout=60,
    )
    return path


def plain(text: str) -> str:
    """Words as they can be compared: no signs, one way to write a share."""
    text = text.lower().replace("30%", "thirty percent").replace("30 percent", "thirty percent")
    return " ".join(re.findall(r"[a-z']+", text))


def word_error_rate(reference: str, heard: str) -> float:
    """The share of words that differ."""
    return float(jiwer.wer(plain(reference), plain(heard)))
