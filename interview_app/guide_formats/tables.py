"""Guides out of tables: CSV and TSV, columns matched by what their names mean."""

from __future__ import annotations

import csv
import io
from collections import Counter

from interview_app.domain.errors import GuideFileError
from interview_app.guide_formats.assembling import GuideAssembler
from interview_app.guide_formats.blocks import Document
from interview_app.guide_formats.prompts import is_numbered, looks_like_prompt
from interview_app.guide_formats.records import Named, add_record, meaning_of, spelled_out
from interview_app.services.guides.source import Imported

Row = tuple[int, list[str]]
"""The line where a row begins, and its cells."""


def import_table(text: str, name: str, title: str = "") -> Imported:
    """The guide a table holds: a question a row.

    Raises:
        GuideFileError: it is no table, or no column of it holds questions.
    """
    rows = _rows(text, name)
    header = _header(rows)
    body = rows[1:] if header else rows
    names = spelled_out(header or _guessed_names(body))
    column = _prompt_column(names, body)
    assembling = GuideAssembler(Document(()))
    if header:
        _show_columns(assembling, rows[0], names, column)
    for line, cells in body:
        _add_row(assembling, names, column, line, cells)
    return assembling.imported(name, title)


def _add_row(
    assembling: GuideAssembler, names: list[str], column: int, line: int, cells: list[str]
) -> None:
    values = []
    for index, cell in enumerate(cells):
        column_name = names[index] if index < len(names) else f"Column {index + 1}"
        if index != column:
            values.append(Named(column_name, cell, line))
    prompt = cells[column].strip() if column < len(cells) else ""
    section = next((v for v in values if meaning_of(v.name) == "section" and v.text.strip()), None)
    if section is not None:
        assembling.begin_section(" ".join(section.text.split()), line)
        values.remove(section)
    if prompt:
        add_record(assembling, prompt, values, line)
    elif any(value.text.strip() for value in values):
        assembling.warn(line, "This row has no question; its text is kept before the questions.")
        add_text(assembling, values)


def add_text(assembling: GuideAssembler, values: list[Named]) -> None:
    """Values that belong to no question, for the introduction."""
    from interview_app.guide_formats.drafts import FieldText

    for value in values:
        if value.text.strip():
            assembling.introduce(FieldText(" ".join(value.text.split()), value.line))


def _rows(text: str, name: str) -> list[Row]:
    csv.field_size_limit(max(len(text), 131_072))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise GuideFileError(
            f"{name}, line {line}: the table cannot be read ({error}).",
            remedy="Export it again as CSV with quoted cells.",
        ) from error
    return rows


def _delimiter(text: str) -> str:
    """The sign that gives the most even rows."""
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    best, best_score = ",", 0.0
    for sign in ("\t", ";", ",", "|"):
        counts = [
            len(cells)
            for cells in csv.reader(io.StringIO("\n".join(lines)), delimiter=sign)
            if cells
        ]
        usual, times = Counter(counts).most_common(1)[0]
        score = times / len(counts) * min(usual, 12) if usual > 1 else 0.0
        if score > best_score:
            best, best_score = sign, score
    return best


def _header(rows: list[Row]) -> list[str] | None:
    """The names of the columns, if the first row holds names and no question."""
    if not rows:
        return None
    cells = rows[0][1]
    known = [meaning_of(cell) for cell in cells if cell]
    if any(looks_like_prompt(cell) and meaning_of(cell) is None for cell in cells):
        return None
    return cells if "prompt" in known or sum(1 for m in known if m) >= 2 else None


def _guessed_names(rows: list[Row]) -> list[str]:
    """Names for a table without any: the question, then its answer, then whatever there is."""
    width = max((len(cells) for _, cells in rows), default=0)
    asked = _best_column(rows, width)
    names = [f"Column {index + 1}" for index in range(width)]
    if width:
        names[asked] = "Question"
    lengths = [
        (sum(len(cells[i]) for _, cells in rows if i < len(cells)), i)
        for i in range(width)
        if i != asked
    ]
    if lengths:
        names[max(lengths)[1]] = "Answer"
    return names


def _prompt_column(names: list[str], rows: list[Row]) -> int:
    named = [index for index, name in enumerate(names) if meaning_of(name) == "prompt"]
    if len(named) == 1:
        return named[0]
    best = _best_column(rows, len(names))
    return best if not named or best in named else named[0]


def _best_column(rows: list[Row], width: int) -> int:
    scores = [
        sum(
            1
            for _, cells in rows
            if index < len(cells) and (looks_like_prompt(cells[index]) or is_numbered(cells[index]))
        )
        for index in range(width)
    ]
    return scores.index(max(scores)) if scores else 0


def _show_columns(assembling: GuideAssembler, header: Row, names: list[str], column: int) -> None:
    line, written = header
    for index, (cell, name) in enumerate(zip(written, names, strict=True)):
        assembling.leave_out(line, cell, "label")
        if name and index != column and meaning_of(name) is None:
            assembling.warn(line, f"The column “{name}” fits no field; it is kept in the notes.")
