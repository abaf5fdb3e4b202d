"""The one way back to the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Dispatcher(QObject):
    """Runs calls on the thread it was made on: the GUI thread.

    ``post`` may be called from any thread, this one included, and never runs the call inside
    itself. After :meth:`close` calls are dropped: what they would have shown is gone.
    """

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_open = True
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Have a call run soon on the GUI thread."""
        if self._is_open:
            self._posted.emit(call)

    def close(self) -> None:
        """Drop what is posted from now on, and what waits."""
        self._is_open = False

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        if self._is_open:
            call()
