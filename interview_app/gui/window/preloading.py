"""What pages need that nobody has asked for yet, imported once the first jobs are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from interview_app.services.jobs import JobRunner

_BETWEEN_MS = 30
"""Between two imports the window answers."""
_LONGEST_WAIT_MS = 3_000
"""So long for the first jobs; a download may take an hour."""
_MODULES = (
    "interview_app.services.rehearsal.session_runner",
    "interview_app.gui.rehearse.session_controller",
    "interview_app.services.history.history",
    "interview_app.services.history.comparison",
    "interview_app.gui.sessions.history_view",
    "interview_app.gui.sessions.session_actions",
    "interview_app.gui.sessions.session_view",
    "interview_app.gui.sessions.page",
    "interview_app.services.guides.browsing",
    "interview_app.gui.guides.page",
    "interview_app.gui.settings.page",
    "interview_app.gui.sound_check.dialog",
    "interview_app.gui.window.key_list",
)


class ImportPreloader(QObject):
    """Imports one module a step; ``then`` is called once, at the end.

    Steps run on the GUI thread, between events: classes of Qt are not made on two threads.
    """

    def __init__(self, jobs: JobRunner, then: Callable[[], None]) -> None:
        super().__init__()
        self._jobs = jobs
        self._then = then
        self._waits_left = _LONGEST_WAIT_MS // _BETWEEN_MS
        self._steps = self._import_all()

    def begin(self) -> None:
        """Go on with the next step soon."""
        QTimer.singleShot(_BETWEEN_MS, self, self._step)

    def _step(self) -> None:
        if self._waits_left and not self._jobs.is_idle:
            # Each file an import opens would wait for its turn behind every job.
            self._waits_left -= 1
            self.begin()
        elif next(self._steps, "") is None:
            self.begin()
        else:
            self._then()

    def _import_all(self) -> Iterator[None]:
        for module in _MODULES:
            import_module(module)
            yield
