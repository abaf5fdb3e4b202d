"""Close the window when the terminal it was started from says so (Ctrl+C).

A signal handler of Python runs only when Python runs, and a window that waits runs Qt. The signal's
number is therefore written to a socket, which wakes Qt's event loop (``signal.set_wakeup_fd``).
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class InterruptWatch(QObject):
    """Calls ``on_interrupt`` on the GUI thread for each SIGINT, until closed."""

    def __init__(self, on_interrupt: Callable[[], None]) -> None:
        super().__init__()
        self._on_interrupt = on_interrupt
        self._read_end, self._write_end = socket.socketpair()
        for end in (self._read_end, self._write_end):
            end.setblocking(False)
        self._before = signal.signal(signal.SIGINT, _do_nothing)
        self._wakeup_before = signal.set_wakeup_fd(
            self._write_end.fileno(), warn_on_full_buffer=False
        )
        self._notifier = QSocketNotifier(self._read_end.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Give the signal back to whoever had it."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        signal.signal(signal.SIGINT, self._before)
        self._read_end.close()
        self._write_end.close()

    def _woken(self) -> None:
        numbers = self._read_end.recv(4096)
        if signal.SIGINT in numbers:
            self._on_interrupt()


def _do_nothing(_number: int, _frame: object) -> None:
    """Keep Python from raising KeyboardInterrupt in whatever slot happens to run."""
