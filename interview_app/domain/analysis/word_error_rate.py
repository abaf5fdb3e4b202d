"""How many words of a read text a recognizer got wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview_app.domain.analysis.filler_words import is_hesitation, plain


@dataclass(frozen=True, slots=True)
class WordErrors:
    """``words`` were read; ``wrong`` of them were heard as others, left out, or added."""

    words: int
    wrong: int

    @property
    def rate(self) -> float:
        """The word error rate: 0 for none wrong; over 1 where more was added than was read."""
        return self.wrong / self.words if self.words else 0.0


def word_errors(read: str, heard: str, language: str) -> WordErrors:
    """Compare what was heard with what was read.

    Capitals, punctuation and hesitations ("um") do not count: they are no fault of the recognizer.
    Counted as the word error rate is everywhere: substitutions, deletions and insertions of the
    shortest way from one text to the other.
    """
    reference, hypothesis = _words(read, language), _words(heard, language)
    return WordErrors(len(reference), _distance(reference, hypothesis))


def _words(text: str, language: str) -> list[str]:
    parts = (plain(part) for part in re.split(r"[\s\-–—/]+", text))
    return [part for part in parts if part and not is_hesitation(part, language)]


def _distance(first: Sequence[str], second: Sequence[str]) -> int:
    """Fewest words to change, drop or add to make one sequence the other (Levenshtein)."""
    before = list(range(len(second) + 1))
    for count, word in enumerate(first, 1):
        row = [count]
        for place, other in enumerate(second, 1):
            change = before[place - 1] + (word != other)
            row.append(min(change, before[place] + 1, row[-1] + 1))
        before = row
    return before[-1]
