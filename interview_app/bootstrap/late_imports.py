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
    "interview_app.services.rehearsing",
    "interview_app.gui.pages.rehearse_session",
    "interview_app.services.history",
    "interview_app.services.comparing",
    "interview_app.gui.pages.sessions_list",
    "interview_app.gui.pages.sessions_acts",
    "interview_app.gui.pages.sessions_session",
    "interview_app.gui.pages.sessions",
    "interview_app.services.guide_browsing",
    "interview_app.gui.pages.guides",
    "interview_app.gui.pages.settings",
    "interview_app.gui.pages.sound_check",
    "interview_app.gui.key_list",
)


class LateImports(QObject):
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
