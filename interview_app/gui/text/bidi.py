"""Texts of other directions within a line of the window."""

from __future__ import annotations

import unicodedata

_FROM_RIGHT = frozenset({"R", "AL", "RLE", "RLO", "RLI"})
_ISOLATE, _END = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """A text to be joined with others; one read from the right leaves their order alone.

    Text that is read from the left throughout stays as it is.
    """
    if any(unicodedata.bidirectional(letter) in _FROM_RIGHT for letter in text):
        return f"{_ISOLATE}{text}{_END}"
    return text


def joined(*parts: str | None) -> str:
    """Parts of one line, those that are empty left out, each in its own direction."""
    return " · ".join(isolated(part) for part in parts if part)
