"""The helper process that understands a file: no window waits for it, and it can be killed."""

from __future__ import annotations

from pathlib import Path

from interview_app.domain.errors import GuideFileError
from interview_app.guide_formats.decoding import decode
from interview_app.guide_formats.import_wire import messages_of
from interview_app.guide_formats.importing import PASTED, import_guide
from interview_app.services.guides.source import Imported
from interview_app.support.helper_process import HelperChannel, Message


def main() -> int:
    """Serve one request; the exit status."""
    channel = HelperChannel()
    for message in channel.messages():
        try:
            imported, lines = _understand(message)
        except GuideFileError as error:
            channel.send({"message": error.message, "remedy": error.remedy})
        else:
            for part in messages_of(imported, lines):
                channel.send(part)
        break
    return 0


def _understand(message: Message) -> tuple[Imported, list[str]]:
    """What is understood of a file, or of a pasted text that lies in one; and its lines."""
    path = Path(message["path"])
    is_pasted = bool(message["is_pasted"])
    imported = import_guide(path.read_text(encoding="utf-8") if is_pasted else path)
    return imported, _lines(path) if imported.warnings else []


def _lines(path: Path) -> list[str]:
    """The lines of the file; none of a Word document, whose lines are paragraphs."""
    data = path.read_bytes()
    try:
        return [] if data.startswith(b"PK") else decode(data, PASTED).splitlines()
    except GuideFileError:
        return []
