"""Tells in the window that a model does not work here, and has another one do its work."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from interview_app.domain.session import TranscriptionStatus
from interview_app.gui.preferences import Preferences
from interview_app.gui.rehearse.page import RehearsePage
from interview_app.gui.text.locale import language_name
from interview_app.gui.window.lazy_page import LazyPage
from interview_app.gui.window.main_window import MainWindow
from interview_app.services.recognition.model_failures import (
    ModelFailed,
    ModelFailure,
    ModelFailures,
    ModelUnfit,
)
from interview_app.support.settings import Settings

if TYPE_CHECKING:
    from interview_app.gui.sessions.page import SessionsPage


class ModelWarnings(QObject):
    """Offers the next smaller model; one press uses it and makes up for what is missing."""

    def __init__(
        self,
        trouble: ModelFailures,
        preferences: Preferences,
        window: MainWindow,
        rehearse: RehearsePage,
        sessions: LazyPage[SessionsPage],
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._window = window
        self._rehearse = rehearse
        self._sessions = sessions
        self._unsubscribe = trouble.subscribe(self._show_message)
        preferences.changed.connect(self._follow)

    def close(self) -> None:
        """Hear of no more trouble."""
        self._unsubscribe()

    def _show_message(self, trouble: ModelFailure) -> None:
        if isinstance(trouble, ModelFailed):
            self._show_failure(trouble)
        else:
            self._show_language(trouble)

    def _show_language(self, unfit: ModelUnfit) -> None:
        language = language_name(unfit.language)
        what = self.tr("{0} hears English only, and this guide is in {1}.").format(
            unfit.model, language
        )
        if unfit.instead:
            then = self.tr("{0} writes these answers down.").format(unfit.instead)
        else:
            then = self.tr(
                "What is written down will be wrong; recordings are kept. Settings, Recognition "
                "has models for many languages to download."
            )
        self._window.notice.show_message(f"{what} {then}", icon_name="translate")

    def _show_failure(self, failed: ModelFailed) -> None:
        what = self.tr("{0} made no transcript: {1} Your recording is kept.").format(
            failed.model, failed.reason
        )
        if not failed.instead:
            download = self.tr("Settings, Recognition has other models to download.")
            self._window.notice.show_message(f"{what} {download}", icon_name="warning-circle")
            return
        self._window.notice.show_message(
            what,
            icon_name="warning-circle",
            action=self.tr("Use {0} instead").format(failed.instead),
            command=partial(self._use, failed.instead),
        )

    def _use(self, model: str) -> None:
        """Use a model from now on, and have it hear what the other one could not."""
        self._preferences.change(model=model)
        runner = self._rehearse.runner
        if runner is not None:
            for take in runner.state.session.takes:
                if take.transcription is TranscriptionStatus.FAILED and take.sound:
                    runner.transcribe_again(take.uid)
        if self._sessions.is_built:
            self._hear_again(self._sessions.page)

    def _hear_again(self, page: SessionsPage) -> None:
        take = page.session.take
        if (
            page.isVisible()
            and take is not None
            and take.transcription is TranscriptionStatus.FAILED
        ):
            page.again.ask(take.uid)

    def _follow(self, settings: Settings) -> None:
        """A model chosen while a session runs is that session's from now on."""
        runner = self._rehearse.runner
        if runner is not None and runner.choices.model != settings.model:
            runner.use(replace(runner.choices, model=settings.model))
