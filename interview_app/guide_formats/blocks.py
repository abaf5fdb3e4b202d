"""What every format is decoded to: a document as blocks in order, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from interview_app.guide_formats.meanings import is_label
from interview_app.services.guides.source import LeftOut


class BlockKind(StrEnum):
    """What a block is to the eye of a reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or list item.

    ``text`` is what is kept when the block is content. ``head`` is its emphasized beginning in
    plain words and ``rest`` what follows it; both are empty where nothing is emphasized.
    ``line`` counts from 1 in the file (paragraphs in a Word document, rows in a table).
    """

    text: str
    line: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    """Of a heading, 1 to 6; of an item, how deep it is nested, from 0."""
    head: str = ""
    rest: str = ""
    marker: str = ""
    """Of an item: ``-`` or its number with its sign, as ``12.``."""

    @property
    def is_heading(self) -> bool:
        """Whether the format itself calls the block a heading."""
        return self.kind is BlockKind.HEADING

    @property
    def is_item(self) -> bool:
        """Whether the block is a list item."""
        return self.kind is BlockKind.ITEM

    @property
    def is_bold(self) -> bool:
        """Whether the whole block is emphasized."""
        return bool(self.head) and not self.rest.strip(" :.–—-")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, emphasized or not."""

    text: str
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded file: its blocks, a title where the file names one, and what was left out."""

    blocks: tuple[Block, ...]
    title: str = ""
    left_out: tuple[LeftOut, ...] = ()
    language: str = "en"


def blocks_of_runs(runs: Iterable[Run], pattern: Block) -> Iterator[Block]:
    """The blocks of a paragraph's runs: a new one at each line end and at each emphasized label.

    Every block takes line, kind and marker from ``pattern``; only the first keeps its kind where
    it is an item.
    """
    first = True
    for part in _parts(_joined(runs)):
        text = _text(part)
        if not text:
            continue
        leading = _leading(part)
        head = _text(leading)
        rest = _text(part[len(leading) :]) if head else ""
        if head and not _is_apart(part, len(leading)):
            head = rest = ""
        block = replace(pattern, text=text, head=head, rest=rest)
        if not first and pattern.kind is not BlockKind.PARAGRAPH:
            block = replace(block, kind=BlockKind.PARAGRAPH, level=0, marker="")
        yield block
        first = False


def _joined(runs: Iterable[Run]) -> list[Run]:
    """The runs with neighbours of one kind joined; space belongs to the run before it."""
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and (joined[-1].is_bold == run.is_bold or not run.text.strip()):
            joined[-1] = replace(joined[-1], text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _parts(runs: list[Run]) -> Iterator[list[Run]]:
    part: list[Run] = []
    for index, run in enumerate(runs):
        following = runs[index + 1].text if index + 1 < len(runs) else ""
        if run.is_bold and part and _is_lead_label(run.text, following):
            yield part
            part = []
        pieces = run.text.split("\n")
        part.append(replace(run, text=pieces[0]))
        for piece in pieces[1:]:
            yield part
            part = [replace(run, text=piece)]
    yield part


def _is_lead_label(text: str, following: str) -> bool:
    has_colon = text.rstrip().endswith((":", "：")) or following.lstrip().startswith((":", "："))
    return has_colon and is_label(text)


def _leading(part: list[Run]) -> list[Run]:
    count = 0
    for run in part:
        if run.text.strip() and not run.is_bold:
            break
        count += 1
    return part[:count]


def _is_apart(part: list[Run], count: int) -> bool:
    """Whether what follows an emphasized beginning does not go on inside its last word."""
    before, after = "".join(r.text for r in part[:count]), "".join(r.text for r in part[count:])
    return not (before[-1:].isalnum() and after[:1].isalnum())


def _text(runs: Iterable[Run]) -> str:
    return re.sub(r"\s+", " ", "".join(run.text for run in runs)).strip()
