"""Tables of contents: lists of what stands further down."""

from __future__ import annotations

from collections.abc import Sequence

from interview_app.guide_files.blocks import Block
from interview_app.guide_files.meanings import is_label, step_of
from interview_app.guide_files.prompts import entry_key, is_contents_title

LEAST_ENTRIES = 3
"""So many lines in a row that all come again below are a table of contents without a title."""


def contents_entries(blocks: Sequence[Block]) -> set[int]:
    """The indexes of the blocks that make up a table of contents, its title included."""
    last = {key: index for index, block in enumerate(blocks) if (key := entry_key(block.text))}
    found: set[int] = set()
    index = 0
    while index < len(blocks):
        titled = is_contents_title(blocks[index].text)
        run = _run(blocks, index + titled, last)
        if run and (titled or len(run) >= LEAST_ENTRIES):
            found.update(run)
            if titled:
                found.add(index)
        index = max(index + 1, run[-1] + 1 if run else 0)
    return found


def _run(blocks: Sequence[Block], start: int, last: dict[str, int]) -> list[int]:
    """The blocks from ``start`` on that come again below the run; no labels, which come often."""
    end = start
    reach = len(blocks)
    while end < reach:
        text = blocks[end].text
        again = last.get(entry_key(text), -1)
        if again <= end or is_label(text) or step_of(text):
            break
        reach = min(reach, again)
        end += 1
    return list(range(start, end))
