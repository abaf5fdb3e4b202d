"""Bold and italic inside a text, cut out of its Markdown and put back without a loss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

_EMPHASIS = re.compile(r"\*\*([^*\n]+)\*\*|(?<![*\w])\*([^*\n]+)\*(?![*\w])")


class Emphasis(StrEnum):
    """How a stretch of text stands out; the value is its sign in Markdown."""

    NONE = ""
    BOLD = "**"
    ITALIC = "*"


def emphasized(text: str) -> Iterator[tuple[Emphasis, str]]:
    """The stretches of a text without the signs; :func:`marked` of each gives the text again."""
    end = 0
    for found in _EMPHASIS.finditer(text):
        if found.start() > end:
            yield Emphasis.NONE, text[end : found.start()]
        yield (Emphasis.BOLD, found[1]) if found[1] else (Emphasis.ITALIC, found[2])
        end = found.end()
    if end < len(text):
        yield Emphasis.NONE, text[end:]


def marked(emphasis: Emphasis, text: str) -> str:
    """A stretch with its signs round it."""
    return f"{emphasis}{text}{emphasis}"
