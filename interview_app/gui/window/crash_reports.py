"""Bugs and crashes reach the person here: one dialog at a time, and the program goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.errors import InterviewAppError
from interview_app.support.bugs import Bug, BugWatch, bug_of
from interview_app.support.logs import LastRun

if TYPE_CHECKING:
    from interview_app.gui.theme import Theme
    from interview_app.gui.window.crash_dialog import CrashDialog


class CrashReporter(QObject):
    """Watches from the start of the window to its end.

    ``last_run`` is ``None`` where another process holds the data folder. A bug that comes again
    is told once a run.
    """

    _met = Signal(object)

    def __init__(
        self,
        logs: Path,
        theme: Theme,
        window: QWidget,
        open_folder: Callable[[Path], bool],
        last_run: LastRun | None,
    ) -> None:
        super().__init__()
        self._logs = logs
        self._theme = theme
        self._window = window
        self._open_folder = open_folder
        self._last_run = last_run
        self._told: set[str] = set()
        self._is_telling = False
        self.dialog: CrashDialog | None = None
        self._met.connect(self._show_message, Qt.ConnectionType.QueuedConnection)
        self._watch = BugWatch(self._met.emit)

    def close(self) -> None:
        """Stop watching; the window has ended as it should."""
        self._watch.close()
        if self.dialog is not None:
            self.dialog.close()
        if self._last_run is not None:
            self._last_run.close()

    def offer_last_run(self) -> None:
        """Say once that the last run ended in a crash, if it did."""
        if self._last_run is None or not self._last_run.stack:
            return
        stack, self._last_run.stack = self._last_run.stack, ""
        self._show(
            self.tr("Mock Interview stopped unexpectedly last time"),
            (
                self.tr(
                    "Your sessions are kept, and so is what was recorded until then. If it "
                    "happens again, these details help to mend it."
                ),
            ),
            stack,
        )

    def _show_message(self, bug: Bug) -> None:
        if bug.signature in self._told or self._is_telling:
            return
        self._told.add(bug.signature)
        details = f"{bug.summary}\n{bug.trace}"
        if self.dialog is not None:
            self.dialog.add(details)
            return
        # What goes wrong in telling must not be told in turn, for ever.
        self._is_telling = True
        try:
            self._show(*self._texts_of(bug), details)
        finally:
            self._is_telling = False

    def _show(self, title: str, paragraphs: tuple[str, ...], details: str) -> None:
        from interview_app.gui.window.crash_dialog import CrashDialog

        self.dialog = CrashDialog(
            self._theme,
            title,
            paragraphs,
            details,
            lambda: self._open_folder(self._logs),
            self._window,
        )
        self.dialog.finished.connect(self._forget)
        self.dialog.open_beside()

    def _texts_of(self, bug: Bug) -> tuple[str, tuple[str, ...]]:
        happened = self.tr("A part of the program met an error it did not expect: {0}.")
        kept = self.tr(
            "What you recorded and wrote is kept, and an answer that is being recorded goes on. "
            "You can carry on. If something no longer answers, close Mock Interview and start it "
            "again."
        )
        title = self.tr("Something went wrong inside Mock Interview")
        return title, (happened.format(bug.summary), kept)

    def _forget(self) -> None:
        self.dialog = None


def show_start_failure(error: Exception) -> None:
    """Say that the window could not be opened, and wait until it is read."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QApplication, QMessageBox

    translate = QCoreApplication.translate
    # Kept until the box has been read; there may be one from the attempt.
    app = QApplication.instance() or QApplication([])
    box = QMessageBox()
    box.setWindowTitle(translate("CrashReporter", "Mock Interview"))
    box.setText(translate("CrashReporter", "Mock Interview could not open its window."))
    if isinstance(error, InterviewAppError):
        box.setInformativeText(str(error))
    else:
        bug = bug_of(error)
        box.setInformativeText(
            translate("CrashReporter", "Your sessions are kept. What went wrong: {0}").format(
                bug.summary
            )
        )
        box.setDetailedText(bug.trace)
    box.exec()
    del app
