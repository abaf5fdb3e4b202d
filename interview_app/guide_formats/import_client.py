"""Understanding a file in a helper process, so that the window goes on and Cancel always works."""

from __future__ import annotations

import logging
import queue
import tempfile
from collections.abc import Callable
from pathlib import Path

from interview_app.domain.errors import GuideFileError
from interview_app.guide_formats.import_wire import MessageAssembler
from interview_app.services.guides.source import Understood
from interview_app.services.jobs import JobContext
from interview_app.support.gc_pause import gc_paused
from interview_app.support.helper_process import HelperProcess, Message

_log = logging.getLogger(__name__)

ROLE = "import"
_LOOK_S = 0.1
_SLICE = 1 << 18
"""Characters of a pasted text written at a time: writing more would hold up the window."""
_TOLD_EVERY = 64
"""Messages between two reports of progress."""


def understand(source: Path | str, job: JobContext, title: str | None = None) -> Understood:
    """What a helper process understands of a file or a pasted text; nothing is stored.

    ``title`` goes before the title the text names itself. Cancelling the job kills the helper, and
    so does the system where a file takes more memory or time than any guide needs.

    Raises:
        GuideFileError: it cannot be read, or holds no question; names file and line.
        JobCancelled: the job is no longer wanted.
    """
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        if isinstance(source, Path):
            return _ask(source, job, title, is_pasted=False)
        path = Path(folder) / "pasted.txt"
        with path.open("wb") as file:
            for start in range(0, len(source), _SLICE):
                job.check()
                file.write(source[start : start + _SLICE].encode("utf-8", "replace"))
        return _ask(path, job, title, is_pasted=True)


def _ask(path: Path, job: JobContext, title: str | None, *, is_pasted: bool) -> Understood:
    answers: queue.SimpleQueue[Message] = queue.SimpleQueue()
    helper = HelperProcess(ROLE, answers.put, lambda _status: answers.put({}))
    job.on_cancel(helper.kill)
    try:
        helper.send({"path": str(path.absolute()), "is_pasted": is_pasted, "title": title})
        with gc_paused():
            return _gather(lambda: _next(answers, job), job)
    except BaseException:
        helper.kill()
        raise
    finally:
        helper.close()


def _gather(following: Callable[[], Message], job: JobContext) -> Understood:
    parts = MessageAssembler()
    number = 0
    while "done" not in (message := following()):
        if "message" in message:
            if "trace" in message:
                _log.warning("A guide could not be read: %s", message["trace"])
            raise GuideFileError(message["message"], remedy=message["remedy"])
        if not message:
            raise GuideFileError(
                "The questions could not be read: the process that read them took longer than any "
                "guide takes, or is gone.",
                remedy="Nothing was kept. Try again, or import the text in smaller parts.",
            )
        parts.add(message)
        number += 1
        if number % _TOLD_EVERY == 0:
            job.report(parts.fraction)
    return Understood(parts.result(), parts.lines)


def _next(answers: queue.SimpleQueue[Message], job: JobContext) -> Message:
    while True:
        try:
            message = answers.get(timeout=_LOOK_S)
        except queue.Empty:
            job.check()
            continue
        job.check()  # after it came: the end of a killed helper is no answer
        return message
