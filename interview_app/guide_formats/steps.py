"""Finds the blocks that are steps of a STAR outline, and letters that only look like labels."""

from __future__ import annotations

from collections.abc import Sequence

from interview_app.guide_formats.blocks import Block
from interview_app.guide_formats.meanings import Label, split_lead, step_of


def star_letters(blocks: Sequence[Block]) -> set[int]:
    """The numbers of blocks that spell STAR with their first letters, four in a row."""
    leads = [split_lead(block.text.replace("*", "")) for block in blocks]
    firsts = [lead[0].strip().casefold() if lead is not None else "" for lead in leads]
    return {
        index + offset
        for index in range(len(firsts) - 3)
        if firsts[index : index + 4] == ["s", "t", "a", "r"]
        for offset in range(4)
    }


def action_letters(blocks: Sequence[Block], labels: Sequence[Label | None]) -> set[int]:
    """The numbers of blocks whose ``A:`` is the action and no answer: it follows the task."""
    found = set()
    for index, label in enumerate(labels):
        if label is None or index == 0 or label.words.strip(" :-").casefold() != "a":
            continue
        lead = split_lead(blocks[index - 1].text)
        if lead is not None and step_of(lead[0], letters=True) == "task":
            found.add(index)
    return found


def is_step(block: Block) -> bool:
    """Whether a block begins with the name of a step, or is one."""
    if block.is_heading or block.is_bold:
        return step_of(block.text) is not None
    lead = split_lead(block.text.replace("*", ""))
    return lead is not None and step_of(lead[0]) is not None
