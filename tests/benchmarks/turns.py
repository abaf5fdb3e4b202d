"""The longest turn of the event loop, while something is measured in a window of this process."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

_LOOK_MS = 1


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn in seconds: by the clock, and in work of this thread alone.

    On a machine that is busy otherwise the clock tells of that, and only the own work of this.
    """

    longest_s: float
    work_s: float


class TurnWatch:
    """Looks every millisecond how long it was held up."""

    def __init__(self) -> None:
        self.forget()
        self._timer = QTimer()
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def take(self) -> Turn:
        """The longest since the last time, what is under way included; then begin anew."""
        QApplication.processEvents()
        self._look()
        turn = Turn(self._longest_s, self._work_s)
        self.forget()
        return turn

    def forget(self) -> None:
        """Begin anew."""
        self._longest_s = self._work_s = 0.0
        self._at, self._worked = time.perf_counter(), time.thread_time()

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _look(self) -> None:
        at, worked = time.perf_counter(), time.thread_time()
        self._longest_s = max(self._longest_s, at - self._at)
        self._work_s = max(self._work_s, worked - self._worked)
        self._at, self._worked = at, worked
