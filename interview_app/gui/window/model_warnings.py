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
from interview_app.gui.window.lazy_page import LatePage
from interview_app.gui.window.main_window import MainWindow
from interview_app.services.recognition.model_failures import (
    ModelFailed,
    ModelTrouble,
    ModelUnfit,
    Trouble,
)
from interview_app.support.settings import Settings

if TYPE_CHECKING:
    from interview_app.gui.sessions.page import SessionsPage


class ModelHelp(QObject):
    """Offers the next smaller model; one press uses it and makes up for what is missing."""

    def __init__(
        self,
        trouble: ModelTrouble,
        preferences: Preferences,
        window: MainWindow,
        rehearse: RehearsePage,
        sessions: LatePage[SessionsPage],
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._window = window
        self._rehearse = rehearse
        self._sessions = sessions
        self._unsubscribe = trouble.subscribe(self._tell)
        preferences.changed.connect(self._follow)

    def close(self) -> None:
        """Hear of no more trouble."""
        self._unsubscribe()

    def _tell(self, trouble: Trouble) -> None:
        if isinstance(trouble, ModelFailed):
            self._tell_failure(trouble)
        else:
            self._tell_language(trouble)

    def _tell_language(self, unfit: ModelUnfit) -> None:
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
        self._window.notice.tell(f"{what} {then}", icon_name="translate")

    def _tell_failure(self, failed: ModelFailed) -> None:
        what = self.tr("{0} made no transcript: {1} Your recording is kept.").format(
            failed.model, failed.reason
        )
        if not failed.instead:
            download = self.tr("Settings, Recognition has other models to download.")
            self._window.notice.tell(f"{what} {download}", icon_name="warning-circle")
            return
        self._window.notice.tell(
            what,
            icon_name="warning-circle",
            action=self.tr("Use {0} instead").format(failed.instead),
            act=partial(self._use, failed.instead),
        )

    def _use(self, model: str) -> None:
        """Use a model from now on, and have it hear what the other one could not."""
        self._preferences.change(model=model)
        rehearsing = self._rehearse.rehearsing
        if rehearsing is not None:
            for take in rehearsing.state.session.takes:
                if take.transcription is TranscriptionStatus.FAILED and take.sound:
                    rehearsing.transcribe_again(take.uid)
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
        rehearsing = self._rehearse.rehearsing
        if rehearsing is not None and rehearsing.choices.model != settings.model:
            rehearsing.use(replace(rehearsing.choices, model=settings.model))
