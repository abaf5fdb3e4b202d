"""Word documents as blocks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from interview_app.domain.errors import GuideFileError
from interview_app.guide_formats.blocks import Block, BlockKind, Document, Run, blocks_of_runs
from interview_app.guide_formats.grids import grid_blocks

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes a Word document may have when it is unpacked."""

MAX_RATIO = 200
"""A part that is packed tighter than 1 to this, and larger than a megabyte, is a zip bomb."""

MAX_PARTS = 5000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|überschrift|titre|título)\s*(\d)", re.IGNORECASE)


def open_docx(data: bytes, name: str) -> WordDocument:
    """The Word document these bytes hold, after a look at what unpacking it would mean.

    Raises:
        GuideFileError: it is no Word document, damaged, or unpacks to far more than it says.
    """
    try:
        _refuse_bomb(data, name)
        return _narrowed(docx.Document(io.BytesIO(data)))
    except GuideFileError:
        raise
    except Exception as error:
        raise GuideFileError(
            f"{name}, line 1: this is no Word document that can be opened.",
            remedy="Save it as .docx again, or copy its text and import that.",
        ) from error


def _narrowed(document: WordDocument) -> WordDocument:
    """Have no cell stand for more columns than a table can have: each is made when a row is read.

    Raises:
        AttributeError: the document has no body.
    """
    for span in document.element.body.iter(f"{_W}gridSpan"):
        if not re.fullmatch(r"[1-9]\d?", span.get(f"{_W}val") or ""):
            span.set(f"{_W}val", "1")
    return document


def read_docx_blocks(document: WordDocument) -> Document:
    """The blocks of a Word document; a block's line is the number of its paragraph."""
    blocks: list[Block] = []
    line = 0
    for part in document.iter_inner_content():
        paragraphs = list(_paragraphs(part))
        if isinstance(part, Table) and _is_grid(part):
            blocks.extend(grid_blocks([(line + 1, _cells(row)) for row in part.rows]))
        else:
            for number, paragraph in enumerate(paragraphs, start=line + 1):
                blocks.extend(_blocks(paragraph, number))
        line += len(paragraphs)
    title = next(
        (block.text for block in blocks if block.kind is BlockKind.HEADING and block.level == 1), ""
    )
    return Document(tuple(blocks), title or (document.core_properties.title or "").strip())


def _refuse_bomb(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    tight = any(
        part.file_size > 1024 * 1024 and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if total > MAX_UNPACKED or tight or len(parts) > MAX_PARTS:
        raise GuideFileError(
            f"{name}, line 1: it would unpack to {total / 1024**2:.0f} MB and was not opened.",
            remedy="Copy the text out of it and import that.",
        )


def _paragraphs(part: Paragraph | Table) -> Iterator[Paragraph]:
    if isinstance(part, Paragraph):
        yield part
        return
    seen: set[object] = set()
    for row in part.rows:
        for cell in row.cells:
            if cell._tc in seen:  # merged cells come once for each place they cover
                continue
            seen.add(cell._tc)
            for inner in cell.iter_inner_content():
                yield from _paragraphs(inner)


def _is_grid(table: Table) -> bool:
    """Whether every cell holds one paragraph and no cell stands for several."""
    cells = [cell for row in table.rows for cell in row.cells]
    is_merged = len({cell._tc for cell in cells}) < len(cells)
    return not is_merged and all(len(cell.paragraphs) == 1 and not cell.tables for cell in cells)


def _cells(row: _Row) -> list[str]:
    return [" ".join(cell.text.split()) for cell in row.cells]


def _blocks(paragraph: Paragraph, line: int) -> Iterator[Block]:
    style = paragraph.style.name if paragraph.style is not None and paragraph.style.name else ""
    heading = _HEADING.match(style)
    runs = list(_runs(paragraph))
    if heading or style.lower() in ("title", "titel"):
        level = int(heading[1]) if heading else 1
        runs = [Run(run.text.replace("\n", " ")) for run in runs]
        yield from blocks_of_runs(runs, Block("", line, BlockKind.HEADING, min(level or 1, 6)))
    elif style.lower().startswith("list") or _is_numbered(paragraph):
        marker = "1." if "number" in style.lower() else "-"
        level = max(_list_level(paragraph, style), 0)
        yield from blocks_of_runs(runs, Block("", line, BlockKind.ITEM, level, marker=marker))
    else:
        yield from blocks_of_runs(runs, Block("", line))


def _runs(paragraph: Paragraph) -> Iterator[Run]:
    for part in paragraph.iter_inner_content():
        for run in getattr(part, "runs", [part]):
            if run.font.hidden:
                continue
            yield Run(run.text.replace("\u00a0", " "), bool(run.bold))


def _is_numbered(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _list_level(paragraph: Paragraph, style: str) -> int:
    levels = paragraph._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
    if levels:
        return int(levels[0]) if re.fullmatch(r"[0-8]", levels[0]) else 0
    return int(style[-1]) - 1 if style[-1:].isdecimal() else 0
