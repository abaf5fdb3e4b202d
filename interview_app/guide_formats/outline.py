"""Decides what each block of a document is: title, section, prompt, label or content."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from interview_app.guide_formats.blocks import Block, Document
from interview_app.guide_formats.certain_prompts import CertainPrompts
from interview_app.guide_formats.meanings import Label
from interview_app.guide_formats.page import DocumentContext, signature
from interview_app.guide_formats.plain_lists import PlainLists
from interview_app.guide_formats.prompts import (
    MAX_PROMPT,
    ends_as_question,
    is_numbered,
    looks_like_prompt,
    names_section,
)
from interview_app.guide_formats.sections import Sections


class BlockRole(StrEnum):
    """What a block is in the guide."""

    TITLE = "title"
    SECTION = "section"
    PROMPT = "prompt"
    LABEL = "label"
    CONTENT = "content"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A block with its role; ``label`` is there for labels, and for prompts behind ``Q:``."""

    block: Block
    role: BlockRole
    label: Label | None = None
    is_step: bool = False
    """Whether it is one of four blocks that begin with S, T, A and R."""


def outline(document: Document) -> list[OutlineEntry]:
    """Every block of a document with its role, in order."""
    return _Outline(DocumentContext(document)).parts()


class _Outline:
    """Looks at the document as a whole first: what comes before labels is how prompts look."""

    def __init__(self, page: DocumentContext) -> None:
        self._page = page
        self._blocks, self._labels = page.blocks, page.labels
        self._known = CertainPrompts(page)
        certain = self._known.found
        signatures = Counter(signature(page.blocks[index]) for index in certain)
        self._primary = signatures.most_common(1)[0][0] if signatures else ("line", 0)
        others = {index for index, step in enumerate(page.steps) if step} | set(page.contents)
        self._listed = PlainLists(page.blocks, page.labels, certain, others).found()
        self._prompts = {i for i in range(len(page.blocks)) if self._is_prompt(i)}
        self._sections = Sections(page, self._prompts, self._primary)

    def parts(self) -> list[OutlineEntry]:
        return [self._part(index) for index in range(len(self._blocks))]

    def _part(self, index: int) -> OutlineEntry:
        block, label = self._blocks[index], self._labels[index]
        if index in self._page.contents:
            return OutlineEntry(block, BlockRole.CONTENTS)
        if index == self._page.title:
            return OutlineEntry(block, BlockRole.TITLE)
        if index in self._prompts:
            return OutlineEntry(
                block, BlockRole.PROMPT, label if label and label.field == "question" else None
            )
        if label is not None and label.field != "question" and not self._is_above_prompts(block):
            return OutlineEntry(block, BlockRole.LABEL, label)
        if self._sections.holds(index):
            return OutlineEntry(block, BlockRole.SECTION)
        return OutlineEntry(block, BlockRole.CONTENT, is_step=index in self._page.letters)

    def _is_prompt(self, index: int) -> bool:
        block, label = self._blocks[index], self._labels[index]
        if index in self._page.contents or index == self._page.title:
            return False
        if index in self._known.found:
            return not self._names_section_before_prompt(index)
        if label is not None or self._page.steps[index] or len(block.text) > MAX_PROMPT:
            return False
        if signature(block) != self._primary:
            is_other = block.is_heading and self._primary[0] != "heading"
            return (is_other and ends_as_question(block.text)) or index in self._listed
        if self._primary[0] in ("line", "item"):
            return looks_like_prompt(block.text) and (
                self._is_between_questions(index) or index in self._listed
            )
        return self._is_like_primary(index)

    def _is_like_primary(self, index: int) -> bool:
        block = self._blocks[index]
        if names_section(block.text) and not ends_as_question(block.text):
            return False
        if looks_like_prompt(block.text):
            return self._primary[0] != "number" or self._is_between_questions(index)
        if self._primary[0] == "heading":
            return is_numbered(block.text) or self._has_label_below(index)
        if self._primary[0] == "number" and not self._known.is_labelled:
            return self._share_of_prompts >= 0.6
        return False

    @cached_property
    def _share_of_prompts(self) -> float:
        same = [b for b in self._blocks if signature(b) == self._primary]
        return sum(1 for b in same if looks_like_prompt(b.text)) / max(1, len(same))

    def _has_label_below(self, index: int) -> bool:
        level = self._blocks[index].level
        for below in range(index + 1, len(self._blocks)):
            if self._labels[below] is not None:
                return True
            if self._blocks[below].is_heading and self._blocks[below].level <= level:
                return False
        return False

    def _is_between_questions(self, index: int) -> bool:
        """In a labelled document: whether what stands above is finished, so a prompt may come."""
        if not self._known.openers:
            return True
        over = self._labels[index - 1] if index else None
        if over is not None and over.field != "question" and not over.rest:
            return False  # it is what the label above it announces
        above = self._page.label_above(index)
        if above is None or any(i in self._known.found for i in range(above + 1, index)):
            return True
        label = self._labels[above]
        return label is not None and label.field in self._last_fields and above >= index - 2

    @cached_property
    def _last_fields(self) -> set[str]:
        """The fields that stand last in the questions of this document."""
        last: set[str] = set()
        for index in self._known.found:
            before = self._page.label_above(index)
            label = self._labels[before] if before is not None else None
            if label is not None:
                last.add(label.field)
        return last

    def _names_section_before_prompt(self, index: int) -> bool:
        """Whether a block before a label is a section's title after all."""
        block = self._blocks[index]
        return (
            names_section(block.text)
            and not looks_like_prompt(block.text)
            and not self._labels[index]
            and self._primary != signature(block)
        )

    def _is_above_prompts(self, block: Block) -> bool:
        """Whether a heading stands higher than the prompts, so that it cannot label a field."""
        return block.is_heading and self._primary[0] == "heading" and block.level < self._primary[1]
