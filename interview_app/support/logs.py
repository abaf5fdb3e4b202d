"""The log of the application; it never holds a word of an answer."""

from __future__ import annotations

import faulthandler
import logging
from pathlib import Path
from typing import IO

_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_FILE_BYTES, _OLDER_FILES = 1_000_000, 2
_faults: list[IO[str]] = []
"""The file that takes the stack of a crash stays open as long as the process lives."""
_REPEATS = 3
"""An error that comes again and again, in each paint perhaps, is written this often."""


class _Log(logging.Handler):
    """Rotating files, opened with the first line: what opens the window does not wait for them."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.INFO)
        self._path = path
        self._file: logging.Handler | None = None
        self._seen: dict[str, int] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, unless the same error was written often enough."""
        if self._is_repeated(record):
            return
        if self._file is None:
            self._file = _open(self._path)
        self._file.emit(record)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()

    def _is_repeated(self, record: logging.LogRecord) -> bool:
        if not record.exc_info or record.exc_info[1] is None:
            return False
        from interview_app.support.bugs import bug_of

        signature = bug_of(record.exc_info[1]).signature
        self._seen[signature] = self._seen.get(signature, 0) + 1
        return self._seen[signature] > _REPEATS


class _Form(logging.Formatter):
    """Lines whose errors are told without the values they choked on."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the error below it; never the text another handler made of the error."""
        record.exc_text = None
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        from interview_app.support.bugs import trace_of

        error = ei[1] if isinstance(ei, tuple) else None
        return trace_of(error) if error is not None else ""


def start_log(folder: Path) -> None:
    """Log to rotating files (3 of 1 MB); a crash leaves its stack in ``crash.log`` beside them.

    A folder that cannot be written to costs the log, nothing else.
    """
    root = logging.getLogger()
    for earlier in [handler for handler in root.handlers if isinstance(handler, _Log)]:
        root.removeHandler(earlier)
        earlier.close()
    root.addHandler(_Log(folder / "interview-app.log"))
    root.setLevel(logging.INFO)
    if not _faults:
        _catch_faults(folder / "crash.log", "a")


def _open(path: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=_FILE_BYTES, backupCount=_OLDER_FILES, encoding="utf-8"
        )
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(_Form(_FORM))
    return handler


def _catch_faults(path: Path, mode: str) -> None:
    try:
        file = path.open(mode, encoding="utf-8")
    except OSError:
        return
    faulthandler.enable(file)
    for earlier in _faults:
        earlier.close()
    _faults[:] = [file]


class LastRun:
    """What the window left behind when it last crashed; one window a data folder has one.

    ``stack`` is what ``faulthandler`` wrote, empty after a clean end or a plain kill.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "crash-window.log"
        self.kept = folder / "crash-last.log"
        self.stack = self._take()
        _catch_faults(self._path, "w")

    def close(self) -> None:
        """The window ends as it should: nothing is to be told."""
        faulthandler.disable()
        while _faults:
            _faults.pop().close()
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return

    def _take(self) -> str:
        """Read and set aside, so that it is told once and still there for a report."""
        try:
            stack = self._path.read_text(encoding="utf-8", errors="replace").strip()
            if stack:
                self._path.replace(self.kept)
        except OSError:
            return ""
        return stack
