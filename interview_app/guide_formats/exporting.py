"""Guides as files for other people and programs."""

from __future__ import annotations

import json
import os
import tempfile
from enum import StrEnum
from pathlib import Path

from interview_app.domain.errors import GuideFileError, UsageError
from interview_app.domain.guide import Guide
from interview_app.guide_formats.html_form import write_html
from interview_app.guide_formats.markdown_writer import tidy_guide, write_guide
from interview_app.services.export.guide_json import guide_json


class ExportFormat(StrEnum):
    """What a guide can be exported as; the value is the end of the file's name."""

    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"
    DOCX = "docx"


def export_guide(guide: Guide, form: ExportFormat) -> bytes:
    """The file of a guide; importing it gives :func:`tidy_guide` of the same guide."""
    if form is ExportFormat.DOCX:
        from interview_app.guide_formats.docx_form import write_docx

        return write_docx(guide)
    if form is ExportFormat.JSON:
        shape = {"guide": guide_json(tidy_guide(guide))}
        return f"{json.dumps(shape, ensure_ascii=False, indent=2)}\n".encode()
    text = write_html(guide) if form is ExportFormat.HTML else write_guide(guide)
    return text.encode("utf-8")


def format_for(path: Path) -> ExportFormat:
    """The format that the end of a file's name asks for.

    Raises:
        UsageError: no format ends like that.
    """
    suffix = path.suffix.casefold().lstrip(".")
    known = {"markdown": "md", "htm": "html"}
    try:
        return ExportFormat(known.get(suffix, suffix))
    except ValueError:
        endings = ", ".join(f".{form}" for form in ExportFormat)
        raise UsageError(
            f"A guide cannot be exported as {path.name!r}.",
            remedy=f"Let the name end in {endings}.",
        ) from None


def save_export(guide: Guide, path: Path, form: ExportFormat | None = None) -> None:
    """Write a guide to a file, whole or not at all; the format comes from the name by default.

    Raises:
        UsageError: no format ends like that.
        GuideFileError: the file cannot be written; what stood there before stands there still.
    """
    data = export_guide(guide, form or format_for(path))
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".export-", suffix=".part")
        written = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            written.chmod(0o666 & ~_umask())
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise GuideFileError(
            f"{path} cannot be written: {error.strerror or error}.",
            remedy="Choose another folder or name.",
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
