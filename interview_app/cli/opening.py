"""Opens the window, or says why there is none; imports nothing that only commands need."""

from __future__ import annotations

import logging
import shlex
import sys
from importlib import import_module
from pathlib import Path

from interview_app.domain.errors import InterviewAppError
from interview_app.support.display import has_display

FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130
_WITHOUT_QT = (
    "interview_app.app.container",
    "interview_app.domain.session_choices",
    "interview_app.support.instance_lock",
    "interview_app.support.logs",
    "interview_app.support.bugs",
)
"""What the window needs that knows no Qt, imported ahead of Qt: PySide6 reads and searches the
source of each module that is imported after it, 0.2 ms each."""


def is_file_to_open(argument: str) -> bool:
    """Whether an argument is no command but a file, as a desktop's "open with" names it.

    Commands have no dot in their names. A guide that is not there is still a file: its absence
    is what has to be told.
    """
    path = Path(argument)
    return path.suffix.casefold() == ".md" or (bool(path.suffix) and path.is_file())


def open_window(data_dir: Path | None, file: str = "") -> int:
    """Run the window to its end; the exit status. An error is one line on standard error.

    ``file`` is looked at on the Guides page, in the window that is open already if there is one.
    """
    if not has_display():
        instead = (
            f"Import it in the terminal instead: interview-app guides import {shlex.quote(file)}"
            if file
            else "Rehearse in the terminal instead: interview-app rehearse it-product-manager"
        )
        sys.stderr.write(f"There is no display to open a window on. {instead}\n")
        return FAILED
    if file and not Path(file).is_file():
        sys.stderr.write(f"There is no file {file}. Give the path of a guide to look at.\n")
        return WRONG_USAGE
    for module in _WITHOUT_QT:
        import_module(module)
    from interview_app.app.launch import run_window

    try:
        return run_window(data_dir, (Path(file),) if file else ())
    except KeyboardInterrupt:  # before the window was there to be asked
        return INTERRUPTED
    except InterviewAppError as error:
        _tell(error, str(error))
    except Exception as error:
        logging.getLogger(__name__).exception("The window could not be opened")
        from interview_app.support.bugs import trace_of

        _tell(error, trace_of(error))
    return FAILED


def _tell(error: Exception, line: str) -> None:
    """On standard error; whoever came from a menu has none and is told in a box."""
    if sys.stderr is not None:
        sys.stderr.write(f"{line}\n")
    if sys.stderr is None or not sys.stderr.isatty():
        from interview_app.gui.window.crash_reports import show_start_failure

        show_start_failure(error)
