"""When the sound check is opened, and that the microphone's permission is asked for before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QDialog

    from interview_app.gui.microphone_permission import MicrophonePermission
    from interview_app.gui.sound_check.dialog import SoundCheckDialog


class SoundCheckFactory(Protocol):
    """Builds a sound check; ``leads_on``: it ends with a first question."""

    def __call__(self, *, leads_on: bool = False) -> SoundCheckDialog:
        """A sound check of its own."""
        ...


class SoundChecks(QObject):
    """Opens sound checks, and asks for the microphone before anything is recorded.

    ``show`` puts a dialog before the window, ``tell`` says something at its foot, ``is_busy`` is
    whether a session has the microphone, and ``begin`` asks a first question.
    """

    def __init__(
        self,
        qt: QApplication,
        make: SoundCheckFactory,
        show: Callable[[QDialog], None],
        tell: Callable[[str], None],
        is_busy: Callable[[], bool],
        begin: Callable[[], None],
    ) -> None:
        super().__init__()
        self._qt = qt
        self._make = make
        self._show = show
        self._show_message = tell
        self._is_busy = is_busy
        self._begin = begin

    def ask_for_microphone(self) -> None:
        """Have the permission decided; nothing waits for it."""
        self._permission.ask()

    def open(self) -> None:
        """Check the sound, unless the microphone is in use."""
        if self._is_busy():
            self._show_message(self.tr("The microphone is in use: end the session first."))
        else:
            self._permission.ask(lambda: self._show(self._make()))

    def open_first(self) -> None:
        """Check the sound at the very first start, and go on to a first question."""
        self._permission.ask(self._show_first)

    def _show_first(self) -> None:
        check = self._make(leads_on=True)
        check.first_question_asked.connect(self._begin)
        self._show(check)

    @cached_property
    def _permission(self) -> MicrophonePermission:
        from interview_app.gui.microphone_permission import MicrophonePermission

        permission = MicrophonePermission(self._qt)
        permission.denied.connect(self._show_of_refusal)
        return permission

    def _show_of_refusal(self) -> None:
        from interview_app.gui.sound_check.cause_texts import sentences_of
        from interview_app.services.sound_check.causes import Cause

        self._show_message(sentences_of((Cause.NO_PERMISSION,)))
