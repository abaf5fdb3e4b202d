"""The person's settings while the window is open: one copy, told to every page that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from interview_app.services.jobs import Jobs, Lane

if TYPE_CHECKING:
    from interview_app.services.rehearsal.context import SessionChoices
    from interview_app.support.settings import Settings


class Preferences(QObject):
    """Holds the settings and writes each change to disk off the GUI thread.

    Signals:
        changed(Settings): something was chosen.
        failed(Exception): the settings could not be written; they hold until the window closes.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, settings: Settings, save: Callable[[Settings], None], jobs: Jobs) -> None:
        super().__init__()
        self._settings = settings
        self._save = save
        self._jobs = jobs

    @property
    def settings(self) -> Settings:
        """What is chosen now."""
        return self._settings

    @property
    def choices(self) -> SessionChoices:
        """Devices and recognizer as a session is conducted with."""
        # Not before it is asked for: the window opens sooner.
        from interview_app.services.ports.devices import DeviceChoice
        from interview_app.services.rehearsal.context import SessionChoices

        chosen = self._settings
        return SessionChoices(
            DeviceChoice(chosen.microphone_id, chosen.microphone_name),
            DeviceChoice(chosen.speaker_id, chosen.speaker_name),
            chosen.model,
            chosen.has_manners,
        )

    def change(self, **changes: object) -> None:
        """Choose something: fields of :class:`Settings` with their new values."""
        changed = replace(self._settings, **changes)  # type: ignore[arg-type]
        if changed == self._settings:
            return
        self._settings = changed
        self._jobs.submit(Lane.STORAGE, lambda _job: self._save(changed), on_error=self.failed.emit)
        self.changed.emit(changed)

    def window_geometry(self) -> str:
        """Where the window stood when it was last closed, as base64 text."""
        return self._settings.window_geometry

    def keep_window_geometry(self, geometry: str) -> None:
        """Remember where the window stands."""
        self.change(window_geometry=geometry)
