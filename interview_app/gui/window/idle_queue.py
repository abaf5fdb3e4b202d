"""Work of the window's own thread that can wait, in steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

_BETWEEN_MS = 10
"""Between two steps the window answers."""


class IdleQueue(QObject):
    """Takes one step after another, and lets keys and the mouse in between."""

    def __init__(self, steps: Iterable[Callable[[], None]]) -> None:
        super().__init__()
        self._steps = iter(steps)

    def begin(self) -> None:
        """Take the next step, and those after it soon."""
        step = next(self._steps, None)
        if step is not None:
            step()
            QTimer.singleShot(_BETWEEN_MS, self, self.begin)
