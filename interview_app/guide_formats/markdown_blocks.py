"""Markdown of any publisher as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from interview_app.guide_formats.blocks import Block, BlockKind, Document
from interview_app.guide_formats.grids import Row, grid_blocks
from interview_app.guide_formats.header import header_values
from interview_app.guide_formats.meanings import field_of, is_label, split_lead, step_of
from interview_app.guide_formats.texts import tidy_line
from interview_app.services.guides.source import LeftOut

_HEADER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|$)", re.DOTALL)
_KEPT_OF_HEADER = re.compile(r"(?:title|lang(?:uage)?):", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*\*|___|\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?![A-Za-z0-9])")
_INNER_LABEL = re.compile(r"\s+(?=(?:\*\*|__)([^*_\n]{2,60})(?:\*\*|__))")
_HEADING_ID = re.compile(r"\s*\{#[^\s{}]+\}\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PLAIN = re.compile(r"\*{1,3}|_{2,3}|(?<!\w)_|_(?!\w)|`")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_markdown_blocks(text: str) -> Document:
    """The blocks of a Markdown text, with the title its header names."""
    title, language, first = "", "en", 0
    left_out: list[LeftOut] = []
    header = _HEADER.match(text)
    if header:
        title, language = _header(header[0])
        left_out.extend(_left_of_header(header[0]))
        first = header[0].count("\n")
        text = "\n" * first + text[header.end() :]
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").disable("code")
    known: dict[str, dict[str, dict[str, object]]] = {}
    tokens = parser.parse(text, known)
    left_out.extend(
        LeftOut(token.map[0] + 1 if token.map else 1, token.info, "label")
        for token in tokens
        if token.type == "fence" and token.info
    )
    for name, target in known.get("references", {}).items():
        words = f"{name}: {target.get('href', '')} {target.get('title', '')}"
        left_out.append(LeftOut(_line_of(target), words.strip(), "page furniture"))
    return Document(tuple(_blocks(tokens)), title, tuple(left_out), language)


def _left_of_header(header: str) -> Iterator[LeftOut]:
    """What a header says beside title and language."""
    for number, line in enumerate(header.split("\n"), start=1):
        if line.strip(" -") and not _KEPT_OF_HEADER.match(line):
            yield LeftOut(number, line.strip(), "page furniture")


def _line_of(target: dict[str, object]) -> int:
    place = target.get("map")
    return int(place[0]) + 1 if isinstance(place, list) and place else 1


def _header(text: str) -> tuple[str, str]:
    try:
        values = header_values(text)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the text below counts
        return "", "en"
    language = values.get("language") or values.get("lang") or "en"
    return tidy_line(str(values.get("title") or "")), str(language)


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    """The blocks of these tokens."""
    reader = _MarkdownReader()
    rows: list[Row] | None = None
    for token in tokens:
        if token.type == "table_open":
            rows = []
        elif token.type == "table_close":
            yield from grid_blocks(rows or [])
            rows = None
        elif rows is not None:
            _collect(token, rows)
        else:
            yield from reader.read(token)


def _collect(token: Token, rows: list[Row]) -> None:
    """Take what a token says about a table's rows."""
    if token.type == "tr_open":
        rows.append((token.map[0] + 1 if token.map else 1, []))
    elif token.type == "inline" and rows:
        rows[-1][1].append(token.content)


class _MarkdownReader:
    """Remembers what stands above an inline token, which says what kind of block it is."""

    def __init__(self) -> None:
        self._depth = 0
        self._pattern = Block("", 1)

    def read(self, token: Token) -> Iterator[Block]:
        line = token.map[0] + 1 if token.map else 1
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._depth -= 1
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup}" if token.info else "-"
            self._pattern = Block("", line, BlockKind.ITEM, self._depth - 1, marker=marker)
        elif token.type == "heading_open":
            self._pattern = Block("", line, BlockKind.HEADING, int(token.tag[1]))
        elif token.type == "inline":
            yield from _inline(token.content, replace(self._pattern, line=line))
            self._pattern = Block("", 1)
        elif token.type in ("fence", "html_block"):
            rows = token.content.split("\n")
            yield from (Block(row.strip(), line) for row in rows if row.strip())


def _inline(content: str, pattern: Block) -> Iterator[Block]:
    """The blocks of one paragraph: a new one at each label that stands at a line's beginning."""
    part: list[str] = []
    line = pattern.line
    first = True
    for offset, row in enumerate(_rows(content)):
        if part and (part[-1].endswith("\\") or _begins_label(row)):
            yield _block(part, pattern, line, first=first)
            part, first = [], False
        if not part:
            line = pattern.line + min(offset, content.count("\n"))
        part.append(row)
    if part:
        yield _block(part, pattern, line, first=first)


def _rows(content: str) -> Iterator[str]:
    for row in content.split("\n"):
        start = 0
        for found in _INNER_LABEL.finditer(row):
            if is_label(found[1]) and (
                found[1].endswith(":") or row[found.end() :].find("**:") > 0
            ):
                yield row[start : found.start()]
                start = found.end()
        yield row[start:]


def _begins_label(row: str) -> bool:
    emphasis = _EMPHASIS.match(row)
    if emphasis:
        return (
            is_label(emphasis[2])
            or step_of(emphasis[2]) is not None
            or not row[emphasis.end() :].strip()
        )
    lead = split_lead(row)
    return lead is not None and (field_of(lead[0]) is not None or lead[0].strip().casefold() == "q")


def _block(part: list[str], pattern: Block, line: int, *, first: bool) -> Block:
    text = " ".join(row.rstrip("\\").strip() for row in part).strip()
    if pattern.kind is BlockKind.HEADING:
        text = _ESCAPED.sub(r"\1", _PLAIN.sub("", _HEADING_ID.sub("", text))).strip()
        return Block(text, line, BlockKind.HEADING, pattern.level)
    head = rest = ""
    emphasis = _EMPHASIS.match(text)
    if emphasis:
        head, rest = _PLAIN.sub("", emphasis[2]), text[emphasis.end() :].strip()
    kind = pattern.kind if first else BlockKind.PARAGRAPH
    marker, level = (pattern.marker, pattern.level) if first else ("", 0)
    return Block(text, line, kind, level, head, rest, marker)
