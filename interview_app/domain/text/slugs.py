"""Short names made of a text, for ids that stand in files and addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

MAX_LENGTH = 60
"""Characters a slug has at most; it is cut between words where it can be."""


def slug(text: str, fallback: str = "guide") -> str:
    """The text as lower-case words joined by ``-``; ``fallback`` where it holds no letter or digit.

    Accents go; letters of other scripts stay, so that every language keeps readable ids.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"['’`]", "", plain)
    words = re.findall(r"[^\W_]+", plain)
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:MAX_LENGTH]
        if len(longer) > MAX_LENGTH:
            break
        name = longer
    return name or fallback


def unique_slug(name: str, taken: Container[str]) -> str:
    """The name itself, or the first of ``name-2``, ``name-3``… that is not taken."""
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}-{number}", number + 1
    return candidate


class Slugs:
    """Gives each of many texts a slug of its own, quickly also where most are alike."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, name: str) -> str:
        """The name itself, or the first of ``name-2``, ``name-3``… that was not taken before."""
        candidate = name
        number = self._next.get(name, 2)
        while candidate in self._taken:
            candidate, number = f"{name}-{number}", number + 1
        if candidate != name:
            self._next[name] = number
        self._taken.add(candidate)
        return candidate
