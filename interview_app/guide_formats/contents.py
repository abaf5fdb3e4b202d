"""Tables of contents: lists of what stands further down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from interview_app.guide_formats.blocks import Block
from interview_app.guide_formats.meanings import Label, step_of
from interview_app.guide_formats.prompts import MAX_PROMPT, entry_key, is_contents_title

LEAST_ENTRIES = 3
"""So many lines in a row that all come again below are a table of contents without a title."""


def contents_entries(blocks: Sequence[Block], labels: Sequence[Label | None]) -> set[int]:
    """The indexes of the blocks that make up a table of contents, its title included.

    One without a title is only believed before the first label, and only where other text stands
    between its entries further down: a page pasted twice is no table of contents.
    """
    last = {key: index for index, block in enumerate(blocks) if (key := entry_key(block.text))}
    first_label = next((i for i, label in enumerate(labels) if label is not None), len(blocks))
    found: set[int] = set()
    index = 0
    while index < len(blocks):
        titled = is_contents_title(blocks[index].text)
        if not titled and index >= first_label:
            index += 1
            continue
        run = _run(blocks, labels, index + titled, last)
        if run and (titled or (len(run) >= LEAST_ENTRIES and _is_spread(blocks, run, last))):
            found.update(run)
            if titled:
                found.add(index)
        index = max(index + 1, run[-1] + 1 if run else 0)
    return found


def _run(
    blocks: Sequence[Block], labels: Sequence[Label | None], start: int, last: dict[str, int]
) -> list[int]:
    """The blocks from ``start`` on that come again below the run; no labels, which come often."""
    end = start
    reach = len(blocks)
    while end < reach:
        text = blocks[end].text
        again = last.get(entry_key(text), -1)
        if again <= end or labels[end] is not None or step_of(text) or len(text) > MAX_PROMPT:
            break
        reach = min(reach, again)
        end += 1
    return list(range(start, end))


def _is_spread(blocks: Sequence[Block], run: list[int], last: dict[str, int]) -> bool:
    places = sorted({last[entry_key(blocks[index].text)] for index in run})
    neighbours = sum(1 for a, b in pairwise(places) if b == a + 1)
    return len(places) > 1 and neighbours < 0.5 * len(places)
