"""A document's blocks, and what can be told of each before any is known for a prompt."""

from __future__ import annotations

from interview_app.guide_formats.blocks import Block, Document
from interview_app.guide_formats.contents import contents_entries
from interview_app.guide_formats.finding import find_label
from interview_app.guide_formats.meanings import Label
from interview_app.guide_formats.prompts import is_numbered
from interview_app.guide_formats.steps import action_letters, is_step, star_letters
from interview_app.guide_formats.titles import Titles

Signature = tuple[str, int]
"""What a block looks like: ``heading``, ``number``, ``bold``, ``item`` or ``line``, and a level."""


class DocumentContext:
    """The blocks of a document, numbered from 0, with what each is labelled.

    ``title`` is the number of the block that is the page's title, ``contents`` are those of its
    table of contents; ``letters`` are blocks of a STAR outline told by one letter each, ``steps``
    says of every block whether it is a step of one.
    """

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.labels = [find_label(block) for block in self.blocks]
        self.letters = star_letters(self.blocks)
        for index in self.letters | action_letters(self.blocks, self.labels):
            self.labels[index] = None
        self.contents = contents_entries(self.blocks, self.labels)
        self.title = Titles(self.blocks, self.labels, self.contents).index()
        self.steps = [
            is_step(block) or index in self.letters for index, block in enumerate(self.blocks)
        ]

    def opened_field(self, index: int) -> str | None:
        """The field that begins here and may follow a prompt; ``None`` where none does."""
        label = self.labels[index]
        if label is not None:
            return label.field if opens(label) else None
        return "star" if self.steps[index] and not self.steps[index - 1] else None

    def label_above(self, index: int) -> int | None:
        """The number of the nearest block above that is labelled."""
        return next((i for i in range(index - 1, -1, -1) if self.labels[i] is not None), None)


def opens(label: Label | None) -> bool:
    """Whether a label names a field that may come first below a prompt."""
    return label is not None and label.field not in ("question", "notes", "target_s")


def signature(block: Block) -> Signature:
    """What a block looks like."""
    if block.is_heading:
        return "heading", block.level
    if begins_with_number(block):
        return "number", 0
    if block.is_bold:
        return "bold", 0
    return ("item", block.level) if block.is_item else ("line", 0)


def begins_with_number(block: Block) -> bool:
    """Whether a block is a numbered item, or its text begins with a number."""
    return block.marker[:1].isdigit() or is_numbered(block.text.strip("*_ "))
