"""The inside of a sound helper: Qt's event loop, fed by the application's messages."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from interview_app.support.helper_process import HelperChannel, Message

_GRACE_S = 1.0
"""Qt's audio can hang with its server; the helper leaves this long after its input ended."""


class HelperLoop(QObject):
    """Runs until the application closes the helper's input, or is gone.

    Signals:
        arrived(object): a message of the application, on the thread of the event loop.
    """

    arrived = Signal(object)
    _ended = Signal()

    def __init__(self, channel: HelperChannel, rescue: Callable[[], None]) -> None:
        """``rescue`` saves what must not be lost; it may be called from any thread."""
        super().__init__()
        self._channel = channel
        self._rescue = rescue
        self._ended.connect(self._leave, Qt.ConnectionType.QueuedConnection)

    def run(self, on_message: Callable[[Message], None]) -> NoReturn:
        """Serve messages until the input ends, then leave the process.

        Taking Qt's audio down crashes where a device was open, and may hang with its server. What
        must not be lost is saved; the rest the system takes down better.
        """
        self.arrived.connect(on_message, Qt.ConnectionType.QueuedConnection)
        # Ctrl+C in a terminal reaches the helper too; the application decides what it means.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=self._read, name="helper-input", daemon=True).start()
        QCoreApplication.exec()
        self._rescue()
        os._exit(0)

    def _read(self) -> None:
        try:
            for message in self._channel.messages():
                self.arrived.emit(message)
        finally:
            self._ended.emit()
            time.sleep(_GRACE_S)
            self._rescue()
            os._exit(0)

    def _leave(self) -> None:
        self._rescue()
        QCoreApplication.quit()
