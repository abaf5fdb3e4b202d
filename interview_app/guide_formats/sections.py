"""Tells the titles of sections from other lines, once the prompts are known."""

from __future__ import annotations

import re
from collections.abc import Container

from interview_app.guide_formats.blocks import Block
from interview_app.guide_formats.page import DocumentContext, Signature, begins_with_number
from interview_app.guide_formats.prompts import (
    is_shouted,
    looks_like_section,
    names_section,
)

_ENDINGS = re.compile(
    r"(?:in )?(?:conclusion|final (?:thoughts|tips|words)|summary|wrapping up|closing "
    r"thoughts|next steps"
    r"|the bottom line|about the author|key takeaways|how to prepare.{0,60}|preparing for .{0,60}"
    r"|share (?:this|on|via)\b.{0,30}|was this .{0,30}|leave a (?:comment|reply)|comments"
    r"|subscribe.{0,40}|read (?:more|next).{0,40}|you (?:may|might) also like.{0,20}|sign up.{0,40}"
    r"|related (?:articles|posts|guides|questions|roles).{0,40})",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|updated|published|posted|last|written|reviewed)\b|.*\bmin read", re.I)


class Sections:
    """The titles of sections on a page; ``primary`` is what most prompts look like."""

    def __init__(self, page: DocumentContext, prompts: Container[int], primary: Signature) -> None:
        self._page = page
        self._blocks, self._labels = page.blocks, page.labels
        self._prompts = prompts
        self._primary = primary

    def holds(self, index: int) -> bool:
        """Whether the block of that number is the title of a section."""
        block = self._blocks[index]
        if self._page.steps[index]:
            return False
        if block.is_heading:
            return self._is_section_heading(index)
        if block.is_item and not (begins_with_number(block) and names_section(block.text)):
            return False
        if self._leads_in(index) or self._has_foreign_lead(block):
            return False
        return looks_like_section(block.text) and self._reads_as_section(index)

    def _leads_in(self, index: int) -> bool:
        """Whether a line with a colon only leads in to what the title above it names."""
        if index == 0 or not self._blocks[index].text.endswith(":"):
            return False
        above = self._blocks[index - 1]
        is_title = index - 1 == self._page.title or self._labels[index - 1] is not None
        return not is_title and not above.is_item and names_section(above.text)

    def _has_foreign_lead(self, block: Block) -> bool:
        """Whether words before a colon name neither a part nor its number: ``Avoid: titles``."""
        lead, sign, rest = block.text.partition(":")
        is_lead = bool(sign and rest.strip()) and not block.is_bold and not is_shouted(block.text)
        return is_lead and len(lead.split()) <= 3 and not names_section(lead)

    def _reads_as_section(self, index: int) -> bool:
        block = self._blocks[index]
        if block.is_bold or names_section(block.text) or is_shouted(block.text):
            return self._prompt_follows(index, 8) or _ENDINGS.fullmatch(block.text) is not None
        if _ENDINGS.fullmatch(block.text.strip(" :")):
            return True
        has_headings = self._primary[0] == "heading" or _BYLINE.match(block.text) is not None
        is_short = len(block.text.split()) <= 8
        return is_short and not has_headings and self._prompt_follows(index, 1)

    def _is_section_heading(self, index: int) -> bool:
        block = self._blocks[index]
        if self._primary[0] != "heading" or block.level <= self._primary[1]:
            return True
        return self._prompt_follows(index, 1)

    def _prompt_follows(self, index: int, reach: int) -> bool:
        """Whether a prompt comes within so many blocks, with nothing labelled before it."""
        for below in range(index + 1, min(index + 1 + reach, len(self._blocks))):
            if below in self._prompts:
                return True
            if self._labels[below] is not None:
                return False
        return False
