"""The helper process that understands a file: no window waits for it, and it can be killed."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from interview_app.domain.errors import GuideFileError
from interview_app.guide_formats.decoding import decode
from interview_app.guide_formats.import_wire import messages_of
from interview_app.guide_formats.importing import PASTED, import_guide
from interview_app.services.guides.source import Imported
from interview_app.support.bugs import trace_of
from interview_app.support.helper_process import HelperChannel, Message

MOST_MEMORY = 2 << 30
"""Bytes of address space a reader may have; 10 MB of the hardest real guide took 0.4 GB."""
MOST_CPU_S = 60
"""Seconds of processor time; 10 MB of text take about 10."""


def main() -> int:
    """Serve one request within bounds of memory and time; the exit status."""
    channel = HelperChannel()
    bound_this_process()
    for message in channel.messages():
        try:
            imported, lines = _understand(message)
        except GuideFileError as error:
            channel.send({"message": error.message, "remedy": error.remedy})
        except MemoryError:
            channel.send(_TOO_MUCH)
        except Exception as error:  # noqa: BLE001 - whatever a file does, its reader has an answer
            told = {"message": _name(message) + _UNREADABLE, "remedy": _TRY}
            channel.send({**told, "trace": trace_of(error)})
        else:
            for part in messages_of(imported, lines):
                channel.send(part)
        break
    return 0


_TRY = "Nothing was kept. Save the text alone, as plain text or Markdown, and import that."
_UNREADABLE = ", line 1: this file is built in a way that cannot be read."
_TOO_MUCH = {
    "message": "This file takes more memory to read than any guide needs.",
    "remedy": _TRY,
}


def _name(message: Message) -> str:
    return PASTED if message["is_pasted"] else Path(message["path"]).name


def bound_this_process() -> None:
    """Have the system end this process where a file makes it take too much; not on Windows."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_CPU_S)):
        _, highest = resource.getrlimit(kind)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, highest))


def _understand(message: Message) -> tuple[Imported, list[str]]:
    """What is understood of a file, or of a pasted text that lies in one; and its lines."""
    path = Path(message["path"])
    is_pasted = bool(message["is_pasted"])
    source = path.read_text(encoding="utf-8") if is_pasted else path
    imported = import_guide(source, message.get("title"))
    return imported, _lines(path) if imported.warnings else []


def _lines(path: Path) -> list[str]:
    """The lines of the file; none of a Word document, whose lines are paragraphs."""
    data = path.read_bytes()
    try:
        return [] if data.startswith(b"PK") else decode(data, PASTED).splitlines()
    except GuideFileError:
        return []
