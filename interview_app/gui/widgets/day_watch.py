"""Notices that another day has begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_LOOKS_EVERY_MS = 60_000


class DayWatch(QObject):
    """Looks at the clock each minute while it is on.

    A wait until midnight would end late on a machine that slept, and not know of a clock that was
    set or of a zone that was left.

    Signals:
        day_changed: another day is today than at the look before.
    """

    day_changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._today = today
        self._day = today()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(_LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def set_on(self, is_on: bool) -> None:
        """Look now, and each minute from now on; or no more."""
        if is_on:
            self._timer.start()
            self.look()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Look at the clock."""
        day = self._today()
        if day != self._day:
            self._day = day
            self.day_changed.emit()
