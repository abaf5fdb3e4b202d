"""Finds the prompts that are certain: for the labels that follow them, or for how they look."""

from __future__ import annotations

from collections import Counter

from interview_app.guide_formats.page import DocumentContext, begins_with_number, opens, signature
from interview_app.guide_formats.prompts import MAX_PROMPT, looks_like_prompt

_MOST_BETWEEN = 3
"""Lines that may stand between a prompt and its first label: for whom it is, how hard it is."""


class CertainPrompts:
    """The prompts nobody can doubt, by their numbers, in ``found``.

    ``openers`` are the fields whose labels follow prompts; ``is_labelled``: there are such labels.
    """

    def __init__(self, page: DocumentContext) -> None:
        self._page = page
        self._blocks, self._labels = page.blocks, page.labels
        opening = sum(1 for label in page.labels if opens(label))
        self.is_labelled = opening >= 2 or (opening == 1 and not self._count_questions())
        self._main_opener = ""
        self.openers = self._find_openers()
        found = self._labelled_prompts() if self.openers else self._unlabelled_prompts()
        self.found = {index for index in found if index != page.title}

    def _count_questions(self) -> int:
        return sum(1 for block in self._blocks if looks_like_prompt(block.text))

    def _find_openers(self) -> set[str]:
        """See ``openers``; remembers the field that follows most of them."""
        counts: Counter[str] = Counter()
        for index in range(1, len(self._blocks)):
            field = self._page.opened_field(index)
            if field and self._is_plausible(index - 1):
                counts[field] += 1
        if not counts or not self.is_labelled:
            return set()
        self._main_opener, most = counts.most_common(1)[0]
        return {field for field, count in counts.items() if count >= max(1, 0.25 * most)}

    def _is_plausible(self, index: int) -> bool:
        """Whether a block before a label could be the prompt: it looks so, or it stands out."""
        block = self._blocks[index]
        label = self._labels[index]
        if index in self._page.contents or len(block.text) > MAX_PROMPT or self._page.steps[index]:
            return False
        if label is not None:
            return label.field == "question"
        stands_out = block.is_heading or block.is_bold or begins_with_number(block)
        if block.is_item and self._is_amid_items(index):
            return False
        if block.is_item and not begins_with_number(block):
            return looks_like_prompt(block.text)
        return stands_out or looks_like_prompt(block.text)

    def _is_amid_items(self, index: int) -> bool:
        """Whether an item goes on a list of its kind."""
        above = self._blocks[index - 1] if index else None
        is_number = self._blocks[index].marker[:1].isdigit()
        return above is not None and above.is_item and above.marker[:1].isdigit() == is_number

    def _labelled_prompts(self) -> list[int]:
        found = [
            index - 1
            for index in range(1, len(self._blocks))
            if (field := self._page.opened_field(index)) in self.openers
            and (self._is_plausible(index - 1) or self._is_asked_amid_items(index - 1, field))
        ]
        found.extend(
            i for i, label in enumerate(self._labels) if label and label.field == "question"
        )
        return [*found, *self._prompts_apart(set(found))]

    def _prompts_apart(self, known: set[int]) -> list[int]:
        """Prompts that a line or two keep apart from their first label.

        Where that label comes again with no prompt between, one was overlooked.
        """
        found = []
        is_open, has_prompt = False, bool(known and min(known) < self._first_opened())
        for index in range(len(self._blocks)):
            if index in known:
                is_open, has_prompt = False, True
            elif self._page.opened_field(index) == self._main_opener:
                prompt = self._asked_above(index) if is_open or not has_prompt else None
                if prompt is not None:
                    found.append(prompt)
                    has_prompt = True
                is_open = True
        return found

    def _first_opened(self) -> int:
        return next((i for i in range(len(self._blocks)) if self._page.opened_field(i)), 0)

    def _asked_above(self, index: int) -> int | None:
        """The nearest line above a label that asks something, with no other label between."""
        for above in range(index - 1, max(-1, index - 2 - _MOST_BETWEEN), -1):
            if (
                self._labels[above] is not None
                or above in self._page.contents
                or self._page.steps[above]
            ):
                return None
            block = self._blocks[above]
            is_free = not block.is_item or begins_with_number(block)
            if is_free and above != self._page.title and looks_like_prompt(block.text):
                return above
        return None

    def _is_asked_amid_items(self, index: int, field: str | None) -> bool:
        """Whether an item below others is a prompt: it asks, and the usual first label follows."""
        block = self._blocks[index]
        is_free = self._labels[index] is None and index not in self._page.contents
        return (
            field == self._main_opener
            and is_free
            and block.is_item
            and looks_like_prompt(block.text)
        )

    def _unlabelled_prompts(self) -> list[int]:
        """Lines that look like prompts, of the most telling kind that there is twice."""
        asked = [i for i, label in enumerate(self._labels) if label and label.field == "question"]
        if asked:
            return asked
        likely = [
            i
            for i, block in enumerate(self._blocks)
            if i not in self._page.contents
            and self._labels[i] is None
            and looks_like_prompt(block.text)
        ]
        for kind in ("heading", "number", "bold", "item"):
            of_kind = [i for i in likely if signature(self._blocks[i])[0] == kind]
            if len(of_kind) >= 2 and (kind != "item" or len(of_kind) >= 0.5 * len(likely)):
                return of_kind
        return likely
