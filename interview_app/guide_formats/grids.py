"""Tables inside pages and documents: rows of cells as the blocks their columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interview_app.guide_formats.blocks import Block, BlockKind
from interview_app.guide_formats.meanings import is_label
from interview_app.guide_formats.prompts import looks_like_prompt
from interview_app.guide_formats.records import meaning_of, spaced

PROMPT_LEVEL = 6
"""Prompts of a table are headings of this level."""

Row = tuple[int, list[str]]
"""The line of a row, and the texts of its cells."""


def grid_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """The blocks of a table: a prompt and its labelled fields where the columns say so."""
    rows = [row for row in rows if any(cell.strip() for cell in row[1])]
    names = rows[0][1] if rows else []
    column = _prompt_column(names)
    if column is not None and len(names) > 1:
        for line, cells in rows[1:]:
            yield from _row_blocks(names, column, line, cells)
        return
    for line, cells in rows:
        yield from _plain_row(line, [cell for cell in cells if cell.strip()])


def _prompt_column(names: list[str]) -> int | None:
    """The column of questions, where the first row names it and another column."""
    known = [meaning_of(name) if name else None for name in names]
    if any(looks_like_prompt(name) for name in names) or sum(1 for m in known if m) < 2:
        return None
    return known.index("prompt") if "prompt" in known else None


def _row_blocks(names: list[str], column: int, line: int, cells: list[str]) -> Iterator[Block]:
    prompt = cells[column] if column < len(cells) else ""
    if prompt:
        yield _labelled("Question", prompt, line)
    for index, cell in enumerate(cells):
        if index != column and cell.strip():
            name = names[index] if index < len(names) else ""
            yield _labelled(name, cell, line) if name else Block(cell, line)


def _plain_row(line: int, cells: list[str]) -> Iterator[Block]:
    if len(cells) == 2 and looks_like_prompt(cells[0]):
        yield Block(cells[0], line, BlockKind.HEADING, PROMPT_LEVEL)
        yield Block(cells[1], line)
    elif len(cells) == 2 and (is_label(cells[0]) or meaning_of(cells[0]) == "prompt"):
        yield _labelled(cells[0], cells[1], line)
    else:
        yield from (Block(cell, line) for cell in cells)


def _labelled(name: str, text: str, line: int) -> Block:
    label = f"{spaced(name).rstrip(':')}:"
    return Block(f"{label} {text}", line, head=label, rest=text)
