"""The window does not wait for what only later acts need."""

from __future__ import annotations

import subprocess
import sys

LATER = (
    "PySide6.QtMultimedia",
    "PySide6.QtNetwork",
    "alembic",
    "faster_whisper",
    "interview_app.domain.session",
    "interview_app.gui.guides.page",
    "interview_app.gui.rehearse.session_controller",
    "interview_app.gui.sessions.page",
    "interview_app.gui.settings.page",
    "interview_app.recording.recorder",
    "interview_app.services.rehearsal.planning",
    "interview_app.services.ports.recognizer",
    "interview_app.services.ports.sessions",
    "interview_app.services.rehearsal.session_runner",
    "logging.handlers",
    "multiprocessing",
    "numpy",
    "sqlalchemy",
    "subprocess",
)
IMPORTED = "import sys, interview_app.app.launch; print('\\n'.join(sys.modules))"


def test_nothing_of_what_comes_later_is_imported_before_the_window_is_shown() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED], capture_output=True, text=True, timeout=60, check=True
    )
    assert sorted(set(LATER) & set(done.stdout.split())) == []


def test_a_command_line_that_opens_the_window_does_not_import_the_commands() -> None:
    code = "import sys, interview_app.__main__, interview_app.cli.opening; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert {"click", "interview_app.cli.main", "multiprocessing", "PySide6"}.isdisjoint(
        done.stdout.split()
    )
