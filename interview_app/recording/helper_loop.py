"""The inside of a sound helper: Qt's event loop, fed by the application's messages."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from interview_app.support.helper_process import HelperChannel, Message

# Qt greets on standard error with the libraries it found and missed; its warnings stay.
os.environ.setdefault(
    "QT_LOGGING_RULES", "qt.multimedia.symbolsresolver=false;qt.multimedia.ffmpeg=false"
)
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
        self._has_left = threading.Event()
        self._ended.connect(self._leave, Qt.ConnectionType.QueuedConnection)

    def run(self, on_message: Callable[[Message], None]) -> int:
        """Serve messages until the input ends; the exit status."""
        self.arrived.connect(on_message, Qt.ConnectionType.QueuedConnection)
        # Ctrl+C in a terminal reaches the helper too; the application decides what it means.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=self._read, name="helper-input", daemon=True).start()
        QCoreApplication.exec()
        self._rescue()
        self._has_left.set()
        return 0

    def _read(self) -> None:
        try:
            for message in self._channel.messages():
                self.arrived.emit(message)
        finally:
            self._ended.emit()
            if not self._has_left.wait(_GRACE_S):
                self._rescue()
                os._exit(0)

    def _leave(self) -> None:
        self._rescue()
        QCoreApplication.quit()
