"""Any file or pasted text that holds interview questions, as a guide."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from interview_app.domain.errors import GuideFileError
from interview_app.domain.guide import Guide
from interview_app.guide_formats.assembling import assemble
from interview_app.guide_formats.blocks import Document
from interview_app.guide_formats.decoding import (
    MAX_BYTES,
    Format,
    decode,
    format_of,
    plain_spaces,
    refuse_binary,
)
from interview_app.guide_formats.html_blocks import read_html_blocks
from interview_app.guide_formats.html_form import read_own_html
from interview_app.guide_formats.json_guides import import_json
from interview_app.guide_formats.markdown_blocks import read_markdown_blocks
from interview_app.guide_formats.markdown_form import is_own_form, parse_source
from interview_app.guide_formats.tables import import_table
from interview_app.guide_formats.text_blocks import read_text_blocks
from interview_app.guide_formats.texts import tidy_line
from interview_app.services.guides.source import GuideWarning, Imported

PASTED = "pasted text"
"""The name of a text that comes from no file, in messages."""

_BLOCK_READERS: dict[Format, Callable[[str], Document]] = {
    Format.TEXT: read_text_blocks,
    Format.MARKDOWN: read_markdown_blocks,
    Format.HTML: read_html_blocks,
}


def import_guide(source: Path | str, title: str | None = None) -> Imported:
    """What is understood of a file, or of a pasted text; nothing is stored.

    ``title`` goes before the title the text names itself. Blocks for seconds on 10 MB.

    Raises:
        GuideFileError: it cannot be read, or holds no question; names file and line.
    """
    if isinstance(source, Path):
        return import_bytes(_read(source), source.name, title)
    text = decode(source.encode("utf-8", "replace"), PASTED)
    return _import_text(text, PASTED, "", title or "")


def import_bytes(data: bytes, name: str, title: str | None = None) -> Imported:
    """As :func:`import_guide`, of a file's bytes; the end of ``name`` hints at the format.

    Raises:
        GuideFileError: it cannot be read, or holds no question; names file and line.
    """
    if data.startswith(b"PK"):
        return _import_zip(data, name, title or "")
    suffix = Path(name).suffix.casefold()
    if suffix == ".docx":
        raise GuideFileError(
            f"{name}, line 1: this is no Word document.", remedy="Save it as .docx again."
        )
    return _import_text(decode(data, name), name, suffix, title or "")


def _import_text(text: str, name: str, suffix: str, title: str) -> Imported:
    kind = format_of(text, suffix)
    if kind is Format.MARKDOWN and is_own_form(text):
        source = parse_source(text, name)
        warnings = tuple(GuideWarning(f.line, f.message) for f in source.findings)
        lines = {question.id: source.line(question.id) for question in source.guide.questions}
        return Imported(_titled(source.guide, title), warnings, question_lines=lines)
    if kind is Format.HTML and (own := read_own_html(text)):
        return Imported(_titled(own, title))
    if kind is Format.JSON:
        return import_json(text, name, title)
    text = plain_spaces(text)
    if kind is Format.TABLE:
        return import_table(text, name, title)
    return assemble(_BLOCK_READERS[kind](text), name, title)


def _import_zip(data: bytes, name: str, title: str) -> Imported:
    from interview_app.guide_formats.docx_blocks import open_docx, read_docx_blocks
    from interview_app.guide_formats.docx_form import read_own_docx

    refuse_binary(data, name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            is_word = "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        is_word = True  # damaged; opening it says so
    if not is_word:
        raise GuideFileError(
            f"{name}, line 1: this archive is no Word document.",
            remedy="Unpack it, or save the text as .docx, and import that.",
        )
    document = open_docx(data, name)
    if own := read_own_docx(document):
        return Imported(_titled(own, title))
    return assemble(read_docx_blocks(document), name, title)


def _titled(guide: Guide, title: str) -> Guide:
    return replace(guide, title=tidy_line(title)) if tidy_line(title) else guide


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            refuse_binary(b"\0" * (MAX_BYTES + 1), path.name)
        return path.read_bytes()
    except OSError as error:
        raise GuideFileError(
            f"{path} cannot be read: {error.strerror or error}.",
            remedy="See that the file is there and yours to read.",
        ) from error
