"""How many hesitations of a reference a transcript has, and how many it invented.

References have no times: words are aligned by their least edit distance, in which a hesitation
pairs with another hesitation only, whatever their letters ("um" for "uh" is found).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview_app.domain.analysis.filler_words import is_hesitation

_MARK = "<hesitation>"
_WRONG = 1.3
_NEVER = 2.1


@dataclass(frozen=True, slots=True)
class Score:
    """Hesitations said, written, and both."""

    said: int = 0
    written: int = 0
    found: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.said + other.said, self.written + other.written, self.found + other.found)

    @property
    def recall_percent(self) -> float:
        """Of those said, how many were written."""
        return round(100 * self.found / self.said, 1) if self.said else 100.0

    @property
    def precision_percent(self) -> float:
        """Of those written, how many were said."""
        return round(100 * self.found / self.written, 1) if self.written else 100.0


def score(reference: str, text: str) -> Score:
    """Count the hesitations of one transcript."""
    said, written = _words(reference), _words(text)
    return Score(said.count(_MARK), written.count(_MARK), _paired(said, written))


def _words(text: str) -> list[str]:
    words = re.sub(r"[^\w' ]", " ", text.lower().replace("’", "'")).split()
    return [_MARK if is_hesitation(word) or word == "ach" else word for word in words]


def _paired(said: Sequence[str], written: Sequence[str]) -> int:
    """Hesitations paired on the cheapest way of turning one text into the other."""
    row = [(float(j), 0) for j in range(len(written) + 1)]
    for i, word in enumerate(said, 1):
        before, row = row, [(float(i), 0)]
        for j, other in enumerate(written, 1):
            cost, is_found = _cost(word, other)
            row.append(
                min(
                    (before[j - 1][0] + cost, before[j - 1][1] - is_found),
                    (before[j][0] + 1, before[j][1]),
                    (row[j - 1][0] + 1, row[j - 1][1]),
                )
            )
    return -row[-1][1]


def _cost(word: str, other: str) -> tuple[float, int]:
    if word == other:
        return 0.0, int(word == _MARK)
    return (_NEVER if _MARK in (word, other) else _WRONG), 0
