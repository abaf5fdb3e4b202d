"""Plain text as blocks: a line is a paragraph, unless the text is wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from interview_app.guide_formats.blocks import Block, BlockKind, Document
from interview_app.guide_formats.meanings import field_of, is_label, split_lead
from interview_app.guide_formats.prompts import is_numbered

_BULLET = re.compile(r"(\s*)([-*+•◦▪‣●○·–—➢✓✔►]|o(?=\s))\s+(?=\S)")
_NUMBER = re.compile(r"(\s*)(\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+(?=\S)")
_RULE = re.compile(r"\s*[-–—_=*~•.·\s]{3,}$")
_INNER_LABEL = re.compile(
    r"(?<=[.!?”\"’)])\s+(?=((?:Why|What|Sample|Example|Model|Tip|Personali[sz]ation|How to"
    r"|STAR)\b[^.:?!“”\"]{0,40}):\s)"
)
_LETTER = re.compile(r"^[ \t]*([QABqab])[.)](?=[ \t]+\S)", re.MULTILINE)
_ROMAN = re.compile(r"[ \t]*[IVX]{1,4}[.)]\s+\S")
_SECOND = re.compile(r"^[ \t]*II[.)]\s+\S", re.MULTILINE)
_LEAST_WORDS = 4
"""Words of an indented line that goes on below; fewer are an entry of a list."""
MAX_WRAP = 130
"""Text is taken as wrapped only where no line is longer."""


def read_text_blocks(text: str) -> Document:
    """The blocks of a plain text."""
    is_roman = _SECOND.search(text) is not None
    return Document(
        tuple(
            block
            for number, line in _lines(_with_colons(text))
            for block in _line_blocks(number, line, is_roman=is_roman)
        )
    )


def _with_colons(text: str) -> str:
    """``Q.`` and ``A.`` as ``Q:`` and ``A:`` in a text of questions and answers.

    They are numbers of a list where a ``B.`` follows.
    """
    letters = {found[1].upper() for found in _LETTER.finditer(text)}
    return _LETTER.sub(r"\1:", text) if letters >= {"Q", "A"} and "B" not in letters else text


def _line_blocks(number: int, line: str, *, is_roman: bool) -> Iterator[Block]:
    """The blocks of one line: more than one where labels follow each other in it."""
    start = 0
    if is_roman and _ROMAN.match(line):
        yield Block(" ".join(line.split()), number)  # the title of a part, no item of a list
        return
    for found in _INNER_LABEL.finditer(line):
        if is_label(found[1]):
            yield _block(number, line[start : found.start()])
            start = found.end()
    yield _block(number, line[start:])


def _block(number: int, line: str) -> Block:
    bullet = _BULLET.match(line)
    if bullet:
        level = min(len(bullet[1].expandtabs(4)) // 2, 5)
        return Block(line[bullet.end() :].strip(), number, BlockKind.ITEM, level, marker="-")
    ordered = _NUMBER.match(line)
    if ordered:
        text = line[ordered.end() :].strip()
        return Block(text, number, BlockKind.ITEM, 0, marker=ordered[2])
    return Block(" ".join(line.split()), number)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, wrapped ones joined; each with the number of its first."""
    lines = text.split("\n")
    width = max((len(line.rstrip()) for line in lines), default=0)
    joins = _is_wrapped(lines, width)
    open_line: tuple[int, str] | None = None
    last = ""
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip()
        if not line or _RULE.match(line):
            last = ""
            continue
        is_open = open_line is not None and bool(last)
        if (
            is_open
            and open_line
            and (_goes_on(last, line) or (joins and _continues(last, line, width)))
        ):
            open_line = (open_line[0], f"{open_line[1]} {line.strip()}")
        else:
            if open_line is not None:
                yield open_line
            open_line = (number, line)
        last = line
    if open_line is not None:
        yield open_line


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Whether lines end because the next word had no room, and the sentence goes on below."""
    if not 40 <= width <= MAX_WRAP:
        return False
    full = going_on = 0
    for upper, lower in pairwise(lines):
        if not upper.strip() or not lower.strip():
            continue
        full += 1
        going_on += lower.lstrip()[:1].islower() and _had_no_room(upper, lower, width)
    return going_on >= 2 and going_on >= 0.25 * full


def _goes_on(upper: str, lower: str) -> bool:
    """Whether a sentence goes on below its comma, or below its words in an indented text."""
    if not lower.lstrip()[:1].islower() or _BULLET.match(lower) or _NUMBER.match(lower):
        return False
    is_indented = lower[:2].isspace() and len(upper.split()) >= _LEAST_WORDS
    return upper.endswith(",") or (is_indented and upper[-1:].isalnum())


def _continues(upper: str, lower: str, width: int) -> bool:
    if _BULLET.match(lower) or _NUMBER.match(lower) or is_numbered(lower.strip()):
        return False
    lead = split_lead(lower)
    if lead is not None and field_of(lead[0]):
        return False
    return _had_no_room(upper, lower, width)


def _had_no_room(upper: str, lower: str, width: int) -> bool:
    return len(upper.rstrip()) + 1 + len(lower.split()[0]) > width - 2
