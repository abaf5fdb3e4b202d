"""Marks the take in front as the best of its question."""

from __future__ import annotations

from PySide6.QtCore import QObject

from interview_app.domain.session import Session
from interview_app.gui.sessions.session_view import SessionView
from interview_app.gui.text.messages import sentence_of
from interview_app.services.history.best_take import BestTakeService
from interview_app.services.jobs import Jobs, Lane


class BestTakeMarker(QObject):
    """A button that keeps a take as the best; the best is what a question shows first."""

    def __init__(self, view: SessionView, marking: BestTakeService, jobs: Jobs) -> None:
        super().__init__(view)
        self._view = view
        self._marking = marking
        self._jobs = jobs
        self.button = view.take_view.commands.add(
            self.tr("Keep as best"),
            "star",
            self._mark,
            key="B",
            tip=self.tr("Keep this take as the best of its question, or no longer"),
        )
        view.take_view.take_shown.connect(self._show)

    def _show(self) -> None:
        take, session = self._view.take, self._view.session
        takes = session.takes_of(take.position) if session is not None and take is not None else ()
        is_best = take is not None and take.is_best
        # One take alone needs no mark, unless it carries one.
        self.button.setVisible(len(takes) > 1 or is_best)
        self.button.set_icon("star-fill" if is_best else "star")
        self.button.set_text(self.tr("Best take") if is_best else self.tr("Keep as best"))

    def _mark(self) -> None:
        take, session = self._view.take, self._view.session
        if take is None or session is None or session.id is None:
            return
        number, uid, is_best = session.id, take.uid, not take.is_best
        self._jobs.submit(
            Lane.STORAGE,
            lambda _job: self._marking.mark(number, uid, is_best=is_best),
            self._marked,
            lambda error: self._view.show_message(sentence_of(error)),
        )

    def _marked(self, session: Session) -> None:
        """Take over the marks alone: other changes of these takes may be on their way."""
        for stored in session.takes:
            self._view.mark_take(stored.uid, is_best=stored.is_best)
