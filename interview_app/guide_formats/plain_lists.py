"""Finds plain questions that are listed below the title of a part, beside labelled ones."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from interview_app.guide_formats.blocks import Block
from interview_app.guide_formats.meanings import Label
from interview_app.guide_formats.prompts import looks_like_prompt, looks_like_section, names_section

_NAMES_QUESTIONS = re.compile(r"\bquestions\b(?!.*:$)", re.IGNORECASE)
_FOR_THEM = re.compile(
    r"\bask(?:ing)? (?:the|your|an?|them|us|at)\b|\bto ask\b"
    r"|for (?:the|your) (?:interviewer|employer)",
    re.IGNORECASE,
)
"""Titles of questions that the candidate asks."""


@dataclass(frozen=True, slots=True)
class PlainLists:
    """The blocks of a page, what each is labelled, and which are known for something else.

    ``certain`` are the prompts that are known for their labels, ``others`` what cannot be one.
    """

    blocks: Sequence[Block]
    labels: Sequence[Label | None]
    certain: Container[int]
    others: Container[int]

    def found(self) -> frozenset[int]:
        """The numbers of all blocks that are such questions; looks at each block once."""
        found: set[int] = set()
        first: int | None = None
        for index in range(len(self.blocks) + 1):
            if index < len(self.blocks) and self._may_be_listed(index):
                first = index if first is None else first
            elif first is not None:
                if self._is_list(first, index):
                    found.update(range(first, index))
                first = None
        return frozenset(found)

    def _is_list(self, first: int, end: int) -> bool:
        """Whether blocks that all ask stand below the title of a part."""
        if first == 0 or self.labels[first - 1] is not None:
            return False
        above = self.blocks[first - 1]
        if end - first == 1 and not _NAMES_QUESTIONS.search(above.text):
            return False
        titles = [block.text for block in self.blocks[max(0, first - 2) : first]]
        if any(_FOR_THEM.search(title) for title in titles):
            return False
        if above.is_heading:
            return first - 1 not in self.certain and not looks_like_prompt(above.text)
        return names_section(above.text) and self._follows_title(first - 1)

    def _may_be_listed(self, index: int) -> bool:
        block = self.blocks[index]
        is_free = self.labels[index] is None and index not in self.others
        is_plain = not block.is_heading and index not in self.certain
        return is_free and is_plain and looks_like_prompt(block.text)

    def _follows_title(self, index: int) -> bool:
        """Whether a line is a part's title, or leads in to what follows below one."""
        text = self.blocks[index].text
        if not text.endswith(":"):
            return looks_like_section(text) or self.blocks[index].is_heading
        return index > 0 and self.labels[index - 1] is None
