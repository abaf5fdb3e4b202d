"""The natural voices in Settings: whether they are here, fetched, checked and removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from interview_app.gui.settings import model_texts as texts
from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.model_rows import InstalledRow, ModelActions
from interview_app.gui.theme import Theme
from interview_app.gui.widgets.controls import column
from interview_app.services.jobs import Lane
from interview_app.services.recognition.models import ModelState

FIRST_NATURAL = "kokoro:af_heart"
"""Who reads once the natural voices are here, until somebody chooses."""


class NaturalVoices(QWidget):
    """One row for all of them; nothing where the desk has no keeper of voices.

    Signals:
        changed(bool): they came (true), or went.
    """

    changed = Signal(bool)

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__()
        self._context = context
        self._was_here: bool | None = None
        self.row = InstalledRow(theme, self.tr("Natural voices"))
        column(self, spacing=0).addWidget(self.row)
        self.setVisible(context.voice_manager is not None)
        self._commands: ModelActions | None = None
        if context.voice_manager is not None:
            self._commands = ModelActions(
                replace(context, model_manager=context.voice_manager), self.look
            )
            self._commands.serve(self.row)

    def look(self) -> None:
        """See whether they are here."""
        model_manager = self._context.voice_manager
        if model_manager is not None:
            self._context.jobs.submit(
                Lane.FILES, lambda _job: tuple(model_manager().states()), self._show
            )

    def controls(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        row = self.row
        return [row.download, row.check, row.remove, row.cancel]

    def _show(self, states: Sequence[ModelState]) -> None:
        (state,) = states
        self.row.state = state
        is_here = state.info.is_installed
        self.row.set_facts(self._facts(state))
        if not self.row.is_working:
            if is_here:
                self.row.show_here(self._removal(state) if state.is_removable else "")
            else:
                self.row.show_absent(texts.kept_text(state))
        if self._was_here not in (None, is_here):
            self.changed.emit(is_here)
        self._was_here = is_here

    def _facts(self, state: ModelState) -> str:
        size = texts.size_text(state.info.size_bytes)
        if state.info.is_installed:
            return self.tr("Six interviewers, American and British · {0}").format(size)
        return self.tr(
            "Six interviewers, American and British, who sound like people · {0} · not installed"
        ).format(size)

    def _removal(self, state: ModelState) -> str:
        return self.tr(
            "Remove the natural voices? {0} become free; the system's own voice reads then, and "
            "they can be downloaded again at any time."
        ).format(texts.size_text(state.info.size_bytes))
