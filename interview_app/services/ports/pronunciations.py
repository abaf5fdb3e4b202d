"""How a person wants words said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

LONGEST = 80
"""Characters of a word, and of how it is said."""


class PronunciationList(Protocol):
    """The person's own list, which every voice keeps to; its calls read or write a file."""

    def all(self) -> dict[str, str]:
        """Every word with how it is said, in the order they were written.

        Raises:
            DataFolderUnusable: the list is damaged or cannot be read.
        """
        ...

    def change(self, wanted: Mapping[str, str | None]) -> dict[str, str | None]:
        """Have words said so, or as they are written where that is ``None``; what they were.

        The answer, given back here, undoes it.

        Raises:
            UsageError: a word or how it is said is missing or too long, or is not in the list.
            DataFolderUnusable: the list is damaged, or cannot be read or written.
        """
        ...
