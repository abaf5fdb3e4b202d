"""Notices that another day has begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

_LOOKS_EVERY_MS = 60_000


class DayWatch(QObject):
    """Looks at the clock when a widget is shown, and each minute while it is.

    A wait until midnight would end late on a machine that slept, and not know of a clock that was
    set or of a zone that was left.

    Signals:
        day_changed: another day is today than at the look before.
    """

    day_changed = Signal()

    def __init__(self, today: Callable[[], date], shown: QWidget) -> None:
        super().__init__(shown)
        self._today = today
        self._day = today()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(_LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)
        shown.installEventFilter(self)

    def eventFilter(self, _shown: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._timer.start()
            self.look()
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return False

    def look(self) -> None:
        """Look at the clock."""
        day = self._today()
        if day != self._day:
            self._day = day
            self.day_changed.emit()
