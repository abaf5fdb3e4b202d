"""Opens the window, or says why there is none; imports nothing that only commands need."""

from __future__ import annotations

import sys
from pathlib import Path

from interview_app.domain.errors import InterviewAppError
from interview_app.support.display import has_display

FAILED = 1


def open_window(data_dir: Path | None) -> int:
    """Run the window to its end; the exit status. An error is one line on standard error."""
    if not has_display():
        sys.stderr.write(
            "There is no display to open a window on. "
            "Rehearse in the terminal instead: interview-app rehearse it-product-manager\n"
        )
        return FAILED
    from interview_app.bootstrap.window import run_window

    try:
        return run_window(data_dir)
    except InterviewAppError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
