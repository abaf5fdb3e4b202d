"""Decides what each block of a document is: title, section, prompt, label or content."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from interview_app.guide_files.blocks import Block, Document
from interview_app.guide_files.contents import contents_entries
from interview_app.guide_files.finding import find_label
from interview_app.guide_files.meanings import Label
from interview_app.guide_files.plain_lists import PlainLists
from interview_app.guide_files.prompts import (
    MAX_PROMPT,
    ends_as_question,
    is_numbered,
    is_shouted,
    looks_like_prompt,
    looks_like_section,
    names_section,
)
from interview_app.guide_files.steps import action_letters, is_step, star_letters
from interview_app.guide_files.titles import Titles


class Role(StrEnum):
    """What a block is in the guide."""

    TITLE = "title"
    SECTION = "section"
    PROMPT = "prompt"
    LABEL = "label"
    CONTENT = "content"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its role; ``label`` is there for labels, and for prompts behind ``Q:``."""

    block: Block
    role: Role
    label: Label | None = None
    is_step: bool = False
    """Whether it is one of four blocks that begin with S, T, A and R."""


_ENDINGS = re.compile(
    r"(?:in )?(?:conclusion|final (?:thoughts|tips|words)|summary|wrapping up|closing "
    r"thoughts|next steps"
    r"|the bottom line|about the author|key takeaways|how to prepare.{0,60}|preparing for .{0,60}"
    r"|share (?:this|on|via)\b.{0,30}|was this .{0,30}|leave a (?:comment|reply)|comments"
    r"|subscribe.{0,40}|read (?:more|next).{0,40}|you (?:may|might) also like.{0,20}|sign up.{0,40}"
    r"|related (?:articles|posts|guides|questions|roles).{0,40})",
    re.IGNORECASE,
)
_MOST_BETWEEN = 3
"""Lines that may stand between a prompt and its first label: for whom it is, how hard it is."""

_BYLINE = re.compile(r"(?:by|updated|published|posted|last|written|reviewed)\b|.*\bmin read", re.I)
Signature = tuple[str, int]


def outline(document: Document) -> list[Part]:
    """Every block of a document with its role, in order."""
    return _Outline(document).parts()


class _Outline:
    """Looks at the document as a whole first: what comes before labels is how prompts look."""

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
        self.is_labelled = sum(1 for label in self.labels if self._opens(label)) >= 2 or (
            self._count_questions() == 0 and any(self._opens(label) for label in self.labels)
        )
        self.main_opener = ""
        self.openers = self._find_openers()
        certain = self._labelled_prompts() if self.openers else self._unlabelled_prompts()
        self.certain = {index for index in certain if index != self.title}
        signatures = Counter(self._signature(self.blocks[index]) for index in self.certain)
        self.primary = signatures.most_common(1)[0][0] if signatures else ("line", 0)
        others = {index for index, step in enumerate(self.steps) if step} | set(self.contents)
        self.listed = PlainLists(self.blocks, self.labels, self.certain, others).found()
        self.prompts = {i for i in range(len(self.blocks)) if self._is_prompt(i)}

    def parts(self) -> list[Part]:
        return [self._part(index) for index in range(len(self.blocks))]

    def _part(self, index: int) -> Part:
        block, label = self.blocks[index], self.labels[index]
        if index in self.contents:
            return Part(block, Role.CONTENTS)
        if index == self.title:
            return Part(block, Role.TITLE)
        if index in self.prompts:
            return Part(block, Role.PROMPT, label if label and label.field == "question" else None)
        if label is not None and label.field != "question" and not self._is_above_prompts(block):
            return Part(block, Role.LABEL, label)
        if self._is_section(index):
            return Part(block, Role.SECTION)
        return Part(block, Role.CONTENT, is_step=index in self.letters)

    def _opens(self, label: Label | None) -> bool:
        return label is not None and label.field not in ("question", "notes", "target_s")

    def _count_questions(self) -> int:
        return sum(1 for block in self.blocks if looks_like_prompt(block.text))

    def _find_openers(self) -> set[str]:
        """The fields whose labels follow prompts."""
        counts: Counter[str] = Counter()
        for index in range(1, len(self.blocks)):
            field = self._opened_field(index)
            if field and self._is_plausible(index - 1):
                counts[field] += 1
        if not counts or not self.is_labelled:
            return set()
        self.main_opener, most = counts.most_common(1)[0]
        return {field for field, count in counts.items() if count >= max(1, 0.25 * most)}

    def _opened_field(self, index: int) -> str | None:
        label = self.labels[index]
        if label is not None:
            return label.field if self._opens(label) else None
        return "star" if self.steps[index] and not self.steps[index - 1] else None

    def _is_plausible(self, index: int) -> bool:
        """Whether a block before a label could be the prompt: it looks so, or it stands out."""
        block = self.blocks[index]
        label = self.labels[index]
        if index in self.contents or len(block.text) > MAX_PROMPT or self.steps[index]:
            return False
        if label is not None:
            return label.field == "question"
        stands_out = block.is_heading or block.is_bold or self._is_numbered(block)
        if block.is_item and self._is_amid_items(index):
            return False
        if block.is_item and not self._is_numbered(block):
            return looks_like_prompt(block.text)
        return stands_out or looks_like_prompt(block.text)

    def _is_amid_items(self, index: int) -> bool:
        """Whether an item goes on a list of its kind."""
        above = self.blocks[index - 1] if index else None
        is_number = self.blocks[index].marker[:1].isdigit()
        return above is not None and above.is_item and above.marker[:1].isdigit() == is_number

    def _labelled_prompts(self) -> list[int]:
        found = [
            index - 1
            for index in range(1, len(self.blocks))
            if (field := self._opened_field(index)) in self.openers
            and (self._is_plausible(index - 1) or self._is_asked_amid_items(index - 1, field))
        ]
        found.extend(
            i for i, label in enumerate(self.labels) if label and label.field == "question"
        )
        return [*found, *self._prompts_apart(set(found))]

    def _prompts_apart(self, known: set[int]) -> list[int]:
        """Prompts that a line or two keep apart from their first label.

        Where that label comes again with no prompt between, one was overlooked.
        """
        found = []
        is_open, has_prompt = False, bool(known and min(known) < self._first_opened())
        for index in range(len(self.blocks)):
            if index in known:
                is_open, has_prompt = False, True
            elif self._opened_field(index) == self.main_opener:
                prompt = self._asked_above(index) if is_open or not has_prompt else None
                if prompt is not None:
                    found.append(prompt)
                    has_prompt = True
                is_open = True
        return found

    def _first_opened(self) -> int:
        return next((i for i in range(len(self.blocks)) if self._opened_field(i)), 0)

    def _asked_above(self, index: int) -> int | None:
        """The nearest line above a label that asks something, with no other label between."""
        for above in range(index - 1, max(-1, index - 2 - _MOST_BETWEEN), -1):
            if self.labels[above] is not None or above in self.contents or self.steps[above]:
                return None
            block = self.blocks[above]
            is_free = not block.is_item or self._is_numbered(block)
            if is_free and above != self.title and looks_like_prompt(block.text):
                return above
        return None

    def _is_asked_amid_items(self, index: int, field: str | None) -> bool:
        """Whether an item below others is a prompt: it asks, and the usual first label follows."""
        block = self.blocks[index]
        is_free = self.labels[index] is None and index not in self.contents
        return (
            field == self.main_opener
            and is_free
            and block.is_item
            and looks_like_prompt(block.text)
        )

    def _unlabelled_prompts(self) -> list[int]:
        """Lines that look like prompts, of the most telling kind that there is twice."""
        asked = [i for i, label in enumerate(self.labels) if label and label.field == "question"]
        if asked:
            return asked
        likely = [
            i
            for i, block in enumerate(self.blocks)
            if i not in self.contents and self.labels[i] is None and looks_like_prompt(block.text)
        ]
        for kind in ("heading", "number", "bold", "item"):
            of_kind = [i for i in likely if self._signature(self.blocks[i])[0] == kind]
            if len(of_kind) >= 2 and (kind != "item" or len(of_kind) >= 0.5 * len(likely)):
                return of_kind
        return likely

    def _signature(self, block: Block) -> Signature:
        if block.is_heading:
            return "heading", block.level
        if self._is_numbered(block):
            return "number", 0
        if block.is_bold:
            return "bold", 0
        return ("item", block.level) if block.is_item else ("line", 0)

    def _is_numbered(self, block: Block) -> bool:
        return block.marker[:1].isdigit() or is_numbered(block.text.strip("*_ "))

    def _is_prompt(self, index: int) -> bool:
        block, label = self.blocks[index], self.labels[index]
        if index in self.contents or index == self.title:
            return False
        if index in self.certain:
            return not self._names_section_before_prompt(index)
        if label is not None or self.steps[index] or len(block.text) > MAX_PROMPT:
            return False
        if self._signature(block) != self.primary:
            is_other = block.is_heading and self.primary[0] != "heading"
            return (is_other and ends_as_question(block.text)) or index in self.listed
        if self.primary[0] in ("line", "item"):
            return looks_like_prompt(block.text) and (
                self._is_between_questions(index) or index in self.listed
            )
        return self._is_like_primary(index)

    def _is_like_primary(self, index: int) -> bool:
        block = self.blocks[index]
        if names_section(block.text) and not ends_as_question(block.text):
            return False
        if looks_like_prompt(block.text):
            return self.primary[0] != "number" or self._is_between_questions(index)
        if self.primary[0] == "heading":
            return is_numbered(block.text) or self._has_label_below(index)
        if self.primary[0] == "number" and not self.is_labelled:
            return self._share_of_prompts >= 0.6
        return False

    @cached_property
    def _share_of_prompts(self) -> float:
        same = [b for b in self.blocks if self._signature(b) == self.primary]
        return sum(1 for b in same if looks_like_prompt(b.text)) / max(1, len(same))

    def _has_label_below(self, index: int) -> bool:
        level = self.blocks[index].level
        for below in range(index + 1, len(self.blocks)):
            if self.labels[below] is not None:
                return True
            if self.blocks[below].is_heading and self.blocks[below].level <= level:
                return False
        return False

    def _is_between_questions(self, index: int) -> bool:
        """In a labelled document: whether what stands above is finished, so a prompt may come."""
        if not self.openers:
            return True
        over = self.labels[index - 1] if index else None
        if over is not None and over.field != "question" and not over.rest:
            return False  # it is what the label above it announces
        above = next((i for i in range(index - 1, -1, -1) if self.labels[i] is not None), None)
        if above is None or any(i in self.certain for i in range(above + 1, index)):
            return True
        label = self.labels[above]
        return label is not None and label.field in self._last_fields and above >= index - 2

    @cached_property
    def _last_fields(self) -> set[str]:
        """The fields that stand last in the questions of this document."""
        last: set[str] = set()
        for index in self.certain:
            before = next((i for i in range(index - 1, -1, -1) if self.labels[i] is not None), None)
            label = self.labels[before] if before is not None else None
            if label is not None:
                last.add(label.field)
        return last

    def _names_section_before_prompt(self, index: int) -> bool:
        """Whether a block before a label is a section's title after all."""
        block = self.blocks[index]
        return (
            names_section(block.text)
            and not looks_like_prompt(block.text)
            and not self.labels[index]
            and self.primary != self._signature(block)
        )

    def _is_section(self, index: int) -> bool:
        block = self.blocks[index]
        if self.steps[index]:
            return False
        if block.is_heading:
            return self._is_section_heading(index)
        if block.is_item and not (self._is_numbered(block) and names_section(block.text)):
            return False
        if self._leads_in(index) or self._has_foreign_lead(block):
            return False
        return looks_like_section(block.text) and self._reads_as_section(index)

    def _leads_in(self, index: int) -> bool:
        """Whether a line with a colon only leads in to what the title above it names."""
        if index == 0 or not self.blocks[index].text.endswith(":"):
            return False
        above = self.blocks[index - 1]
        is_title = index - 1 == self.title or self.labels[index - 1] is not None
        return not is_title and not above.is_item and names_section(above.text)

    def _has_foreign_lead(self, block: Block) -> bool:
        """Whether words before a colon name neither a part nor its number: ``Avoid: titles``."""
        lead, sign, rest = block.text.partition(":")
        is_lead = bool(sign and rest.strip()) and not block.is_bold and not is_shouted(block.text)
        return is_lead and len(lead.split()) <= 3 and not names_section(lead)

    def _reads_as_section(self, index: int) -> bool:
        block = self.blocks[index]
        if block.is_bold or names_section(block.text) or is_shouted(block.text):
            return self._prompt_follows(index, 8) or _ENDINGS.fullmatch(block.text) is not None
        if _ENDINGS.fullmatch(block.text.strip(" :")):
            return True
        has_headings = self.primary[0] == "heading" or _BYLINE.match(block.text) is not None
        is_short = len(block.text.split()) <= 8
        return is_short and not has_headings and self._prompt_follows(index, 1)

    def _is_above_prompts(self, block: Block) -> bool:
        """Whether a heading stands higher than the prompts, so that it cannot label a field."""
        return block.is_heading and self.primary[0] == "heading" and block.level < self.primary[1]

    def _is_section_heading(self, index: int) -> bool:
        block = self.blocks[index]
        if self.primary[0] != "heading" or block.level <= self.primary[1]:
            return True
        return self._prompt_follows(index, 1)

    def _prompt_follows(self, index: int, reach: int) -> bool:
        """Whether a prompt comes within so many blocks, with nothing labelled before it."""
        for below in range(index + 1, min(index + 1 + reach, len(self.blocks))):
            if below in self.prompts:
                return True
            if self.labels[below] is not None:
                return False
        return False
