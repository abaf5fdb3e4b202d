"""How soon the interviewer falls silent, in the whole window: from the key to the speaker."""

from __future__ import annotations

import math
import statistics
import subprocess
import threading
import time
from array import array
from types import TracebackType
from typing import Self

from tests.benchmarks.table import Row, row
from tests.benchmarks.window import data_folder
from tests.display import virtual_display
from tests.e2e.window import Window
from tests.sound import SoundCard, wait_for

_RATE = 16_000
_BLOCK_S = 0.005
_LOUD_RMS = 200
_ENDURING_S = 0.4
"""Longer than the pauses between words: after so much quiet the voice has stopped."""
_RUNS = 5


class Ear:
    """Listens at the speaker and knows when it was last loud.

    What arrives here is later than it sounded by the server's 10 ms and half a block.
    """

    def __init__(self) -> None:
        self.last_loud = 0.0
        self._recorder = subprocess.Popen(
            [
                *("parec", "--device=speaker.monitor", f"--rate={_RATE}", "--channels=1"),
                *("--format=s16le", "--raw", "--latency-msec=10"),
            ],
            stdout=subprocess.PIPE,
        )
        self._thread = threading.Thread(target=self._listen)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._recorder.terminate()
        self._recorder.wait()
        self._thread.join()

    def is_loud(self) -> bool:
        """Whether something sounded a moment ago."""
        return time.monotonic() - self.last_loud < _ENDURING_S

    def _listen(self) -> None:
        assert self._recorder.stdout is not None
        size = round(_RATE * _BLOCK_S) * 2
        while block := self._recorder.stdout.read(size):
            samples = array("h", block[: len(block) // 2 * 2])
            loudness = math.sqrt(sum(s * s for s in samples) / max(1, len(samples)))
            if loudness > _LOUD_RMS:
                self.last_loud = time.monotonic()


def measure_voice_keys() -> list[Row]:
    """Stop and Pause, pressed while the question is read aloud."""
    silences: dict[str, list[float]] = {"Stop": [], "Pause": []}
    with virtual_display() as display, SoundCard(), data_folder() as folder:
        _press(Window(folder, display), silences)
    note = "median of {}, worst {:.0f} ms; from before the key is sent, to the last loud block"
    return [
        row(
            f"{name} of the voice, from the key to silence at the speaker",
            statistics.median(times),
            "s",
            promise="at most 0.1 s",
            note=note.format(_RUNS, max(times) * 1000),
        )
        for name, times in silences.items()
    ]


def _press(window: Window, silences: dict[str, list[float]]) -> None:
    try:
        window.wait_to_see("^1 question")
        window.press("Return")
        window.wait_to_see("Start answer")
        with Ear() as ear:
            for _ in range(_RUNS):
                for name, key in (("Pause", "p"), ("Stop", "s")):
                    window.press("r")
                    wait_for(ear.is_loud, 10, "the voice reads")
                    time.sleep(0.7)  # well inside the question, not at its first word
                    silences[name].append(_silence_after(window, ear, key))
    finally:
        window.close()


def _silence_after(window: Window, ear: Ear, key: str) -> float:
    window.focus()
    pressed = time.monotonic()
    window.strike(key)
    wait_for(lambda: not ear.is_loud(), 10, "the voice is silent")
    return max(0.0, ear.last_loud - pressed)
