"""Takes that a crash left behind: found, offered, kept and transcribed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from interview_app.services.jobs import JobContext, Lane

if TYPE_CHECKING:
    from interview_app.app.container import Application
    from interview_app.gui.theme import Theme
    from interview_app.services.history.recovery import KeptTake, RecoveredTake

T = TypeVar("T")


class FoundTakes(QObject):
    """Looks once, and asks the person about what there is.

    Signals:
        nothing_found: there was nothing to offer.
        decided: the person has seen what there was.
        kept: a take is in its session again.
        failed(Exception): something could not be looked for, kept or transcribed.
    """

    nothing_found = Signal()
    decided = Signal()
    kept = Signal()
    failed = Signal(object)

    def __init__(
        self, application: Application, theme: Theme, window: QWidget, model: Callable[[], str]
    ) -> None:
        super().__init__()
        self._application = application
        self._theme = theme
        self._window = window
        self._model = model

    def look(self) -> None:
        """Look for takes; only while nobody else works on this data folder."""
        self._submit(lambda: self._application.kept.recovery.find(), self._offer)  # noqa: PLW0108

    def _offer(self, found: tuple[RecoveredTake, ...]) -> None:
        if not found:
            self.nothing_found.emit()
            return
        from interview_app.gui.window.recovered_takes import RecoveredTakesDialog

        now = self._application.clock.local_now()
        dialog = RecoveredTakesDialog(self._theme, found, now, self._window)
        dialog.keep_asked.connect(self._keep)
        dialog.discard_asked.connect(self._discard)
        dialog.finished.connect(self.decided)
        dialog.open()

    def _keep(self, take: RecoveredTake) -> None:
        def kept(where: KeptTake) -> None:
            self.kept.emit()
            self._transcribe(take.uid, where.session_id)

        self._submit(lambda: self._application.kept.recovery.keep(take), kept)

    def _discard(self, take: RecoveredTake) -> None:
        self._submit(lambda: self._application.kept.recovery.discard(take), lambda _left: None)

    def _transcribe(self, uid: str, session_id: int) -> None:
        model = self._model()

        def work(job: JobContext) -> None:
            session = self._application.kept.history.session(session_id)
            take = session.take(uid)
            if take is not None:
                self._application.kept.transcribing_again.transcribe(session, take, model, job)

        self._application.jobs.submit(Lane.RECOGNITION, work, on_error=self.failed.emit)

    def _submit(self, work: Callable[[], T], on_done: Callable[[T], None]) -> None:
        self._application.jobs.submit(Lane.STORAGE, lambda _job: work(), on_done, self.failed.emit)
