"""The system's leave to use the microphone, asked for before the first recording.

macOS asks the person once and remembers; the other systems answer at once that it is granted, and
say elsewhere if it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QMicrophonePermission, QObject, Qt, Signal

Answer = Callable[..., None]


class PermissionRequest(Protocol):
    """The part of ``QCoreApplication`` that speaks of permissions."""

    def checkPermission(self, permission: QMicrophonePermission, /) -> Qt.PermissionStatus:
        """What is decided already."""
        ...

    def requestPermission(
        self, permission: QMicrophonePermission, context: QObject, functor: Answer, /
    ) -> None:
        """Ask the person; the answer comes later."""
        ...


class MicrophonePermission(QObject):
    """Asks once, and knows the answer.

    Signals:
        denied: the person, or their system, said no; it comes at each further wish to record.
    """

    denied = Signal()

    def __init__(self, system: PermissionRequest) -> None:
        super().__init__()
        self._system = system
        self._waiting: list[Callable[[], None]] = []

    @property
    def is_denied(self) -> bool:
        """Whether the microphone may not be used."""
        return self._status() == Qt.PermissionStatus.Denied

    def ask(self, then: Callable[[], None] | None = None) -> None:
        """Have it decided, then go on: ``then`` is called whatever the answer is.

        What needs the microphone names the trouble itself, and typing works without.
        """
        if self._status() == Qt.PermissionStatus.Undetermined:
            is_asked = bool(self._waiting)
            self._waiting.append(then or _nothing)
            if not is_asked:
                self._system.requestPermission(QMicrophonePermission(), self, self._decided)
            return
        if then is not None:
            then()
        if self.is_denied:
            self.denied.emit()

    def _status(self) -> Qt.PermissionStatus:
        return self._system.checkPermission(QMicrophonePermission())

    def _decided(self, *_permission: object) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
        if self.is_denied:
            self.denied.emit()


def _nothing() -> None:
    """Nobody waits for the answer."""
