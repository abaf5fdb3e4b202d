"""Finds the line that is the title of a whole page."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from interview_app.guide_formats.blocks import Block
from interview_app.guide_formats.meanings import Label
from interview_app.guide_formats.prompts import (
    ends_as_question,
    is_numbered,
    looks_like_prompt,
    names_section,
    split_section_number,
)

_NAMES_PAGE = re.compile(r"\binterview (?:questions?|guide|q&a|prep\w*)\b", re.IGNORECASE)
_NAMES_KIND = re.compile(
    r"(?:common|general|behaviou?ral|technical|situational)(?: interview)? questions",
    re.IGNORECASE,
)
"""A first line that is the title of a part, because it names no role."""
_MOST_ABOVE, _LONGEST = 10, 160
"""Lines that may stand above the title of a pasted page, and characters of that title."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The blocks of a page, what each is labelled, and which are its table of contents."""

    blocks: Sequence[Block]
    labels: Sequence[Label | None]
    contents: Container[int]

    def index(self) -> int | None:
        """The number of the block that is the title; ``None`` where none is."""
        free = [i for i in range(len(self.blocks)) if i not in self.contents]
        tops = [i for i in free if self.blocks[i].is_heading and self.blocks[i].level == 1]
        if tops and (len(tops) == 1 or tops[0] == free[0]):
            return tops[0] if self.labels[tops[0]] is None else None
        if (named := self._named(free)) is not None:
            return named
        if not free or self.blocks[free[0]].is_item or self.labels[free[0]] is not None:
            return None
        return free[0] if self._reads_as_title(free[0]) else None

    def _named(self, free: list[int]) -> int | None:
        """A line below others that calls itself a page of interview questions.

        What stands above it (the way back, the name of the site) is no title.
        """
        if any(block.is_heading for block in self.blocks):
            return None
        for number, index in enumerate(free[:_MOST_ABOVE]):
            block = self.blocks[index]
            if self.labels[index] is not None or looks_like_prompt(block.text):
                return None
            if _NAMES_PAGE.search(block.text) and len(block.text) <= _LONGEST:
                is_first_part = number + 1 < len(free) and looks_like_prompt(
                    self.blocks[free[number + 1]].text
                )
                return index if number and not is_first_part else None
        return None

    def _reads_as_title(self, index: int) -> bool:
        block = self.blocks[index]
        levels = [b.level for b in self.blocks if b.is_heading]
        if block.is_heading:
            return levels.count(block.level) == 1 and block.level == min(levels)
        text = block.text
        if (levels and not names_section(text)) or _NAMES_KIND.fullmatch(text.strip(" :*_")):
            return False
        if split_section_number(text)[0]:
            return False
        if len(text) > 160 or text.endswith((".", ":", ";", ",")) or is_numbered(text):
            return False
        if "interview" in text.casefold() and not ends_as_question(text):
            return not self._is_first_of_sections(index)
        return not looks_like_prompt(text) and not self._is_first_of_sections(index)

    def _is_first_of_sections(self, index: int) -> bool:
        """Whether the first line is a section's title rather than the guide's."""
        following = self.blocks[index + 1 : index + 2]
        others = [
            block
            for block, label in zip(self.blocks, self.labels, strict=True)
            if label is None and not block.is_item and names_section(block.text)
        ]
        others = [block for block in others if block is not self.blocks[index]]
        return bool(others) and bool(following) and looks_like_prompt(following[0].text)
