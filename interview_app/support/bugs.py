"""Bugs, told without a word of an answer: where it happened, and what kind it is."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from interview_app.domain.errors import InterviewAppError

_log = logging.getLogger(__name__)
_SPEAKS_OF_CODE = (
    InterviewAppError,
    OSError,
    AttributeError,
    NameError,
    ImportError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    MemoryError,
)
"""Their messages name code, files or devices. Any other may quote the value it choked on, and that
may be an answer."""
_DEEPEST = 40
"""Frames told of one error: a recursion has a thousand, all alike."""
Told = Callable[["Bug"], None]


@dataclass(frozen=True, slots=True)
class Bug:
    """One error nobody expected.

    ``summary`` is one line, ``trace`` the calls that led there with the newest last, and
    ``signature`` is the same for the same error at the same place.
    """

    summary: str
    trace: str
    signature: str


def bug_of(error: BaseException) -> Bug:
    """What may be told of an error."""
    place = _place_of(error)
    summary = f"{_sentence(error)} ({place})" if place else _sentence(error)
    return Bug(summary, trace_of(error), f"{type(error).__qualname__} {place}")


def trace_of(error: BaseException) -> str:
    """The error and what caused it, the first cause on top; code only, no values."""
    import traceback

    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.format_tb(current.__traceback__)
        parts.insert(0, "".join([*frames[-_DEEPEST:], _sentence(current)]))
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)
    return "\n\nwhich led to\n\n".join(parts)


def _sentence(error: BaseException) -> str:
    name = type(error).__qualname__
    if isinstance(error, _SPEAKS_OF_CODE):
        return f"{name}: {error}"
    return f"{name} (its text is left out: it may quote an answer)"


def _place_of(error: BaseException) -> str:
    trace = error.__traceback__
    if trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"


class BugWatch(logging.Handler):
    """Tells of every bug that nobody else takes care of, from whatever thread.

    Uncaught errors of the main thread (Qt's slots and events among them), of other threads, and
    whatever is logged as an error with its cause all come here. Installed until closed.
    """

    def __init__(self, told: Told) -> None:
        super().__init__(logging.ERROR)
        self._told = told
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        logging.getLogger().addHandler(self)

    def close(self) -> None:
        """Leave errors to whoever had them before."""
        sys.excepthook, threading.excepthook = self._hooks
        logging.getLogger().removeHandler(self)
        super().close()

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of what was logged with its cause."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not isinstance(error, InterviewAppError):
            self._told(bug_of(error))

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
        else:
            _log.error("An error nobody expected", exc_info=error)
            _print(error)

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            name = args.thread.name if args.thread is not None else "a thread"
            _log.error("An error nobody expected in %s", name, exc_info=args.exc_value)
            _print(args.exc_value)


def _print(error: BaseException) -> None:
    """To the terminal, where there is one: a program without a console has no standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"{trace_of(error)}\n")
