"""A document as PDF, laid out by Qt in a helper process.

Qt is there anyway, shapes every script with the fonts of the machine and embeds what it uses; a
pure library would need fonts of its own for each script. It works in a process of its own because
Qt's text layout cannot be cancelled, and must not hold up the window.
"""

from __future__ import annotations

import errno
import os
import queue
import sys
from collections.abc import Sequence
from pathlib import Path

from interview_app.domain.errors import ExportFailed
from interview_app.exports.html import environment
from interview_app.services.export.content import ExportDocument
from interview_app.services.export.ports import SoundOf
from interview_app.services.jobs import JobContext
from interview_app.support.helper_process import HelperProcess, Message
from interview_app.support.paths import bundled

ROLE = "pdf"
_LOOK_S = 0.1


class PdfWriter:
    """Writes a document as PDF on A4."""

    def __call__(
        self, document: ExportDocument, target: Path, sound_of: SoundOf, job: JobContext
    ) -> Sequence[str]:
        """Write it; see ``DocumentWriter``.

        Raises:
            ExportFailed: Qt's process ended before its time.
        """
        del sound_of
        job.report(0.2, "Laying out the pages")
        html = environment().get_template("print.html.j2").render(document=document)
        style = bundled("resources", "export", "print.css").read_text(encoding="utf-8")
        message = {
            "html": html.encode(errors="replace").decode(),
            "style": style,
            "title": document.title.encode(errors="replace").decode(),
            "target": str(target),
        }
        _check(_answer(message, job), target)
        return ()


def _answer(message: Message, job: JobContext) -> Message:
    """What the helper says; ``{}`` where it ended without a word."""
    answers: queue.SimpleQueue[Message] = queue.SimpleQueue()
    helper = HelperProcess(ROLE, answers.put, lambda _status: answers.put({}), _environment())
    try:
        helper.send(message)
        while True:
            job.check()
            try:
                return answers.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
    except BaseException:
        helper.kill()
        raise
    finally:
        helper.close()


def _check(answer: Message, target: Path) -> None:
    if answer.get("pages"):
        return
    if "errno" in answer:
        number = int(answer["errno"]) or errno.EIO
        raise OSError(number, os.strerror(number), str(target))
    raise ExportFailed(
        "The PDF could not be laid out: its process ended before its time.",
        remedy="No half file was left. Export as HTML and print that from a browser.",
    )


def _environment() -> dict[str, str]:
    """On Linux no display is needed, and none is asked for."""
    return {"QT_QPA_PLATFORM": "offscreen"} if sys.platform.startswith("linux") else {}
