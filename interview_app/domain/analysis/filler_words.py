"""What kinds of words stand in an answer: hesitations, crutch phrases, repeated words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interview_app.domain.transcript import Word

_HESITATIONS = {
    "en": r"u+m+|u+h+m*|e+r+m*|a+h+|e+h+",
    "de": r"ä+h+m*|ö+h+m*|e+h+m*",
    "fr": r"e+u+h+|h?e+u+m+",
    "es": r"e+h+|e+m+",
}
"""Hesitation sounds as people write them, by language: German "um" and "er" are words."""
_HESITATIONS_EVERYWHERE = r"h+m+|m{2,}|u+h+m+"

_STANDALONE_PAUSE_S = 0.3
"""A gap between words that sets one off as a comma does; shorter ones occur inside a phrase."""

_ALWAYS = (("basically",), ("actually",), ("literally",))
_STANDING_ALONE = {
    "like": (
        frozenset(
            {"would", "feel", "feels", "felt", "look", "looks", "looked", "sound", "sounds"}
            | {"sounded", "seem", "seems", "seemed", "do", "does", "did", "don't", "didn't"}
            | {"i'd", "you'd", "we'd", "they'd", "he'd", "she'd", "much", "something", "anything"}
        ),
        frozenset({"that", "this", "these", "those"}),
    ),
    "so": (
        frozenset({"do", "did", "think", "hope", "say", "said", "or", "even", "not", "if", "why"}),
        frozenset({"that", "much", "many", "far", "long", "few", "little", "often"}),
    ),
    "right": (
        frozenset({"the", "a", "that's", "all", "is", "your", "my", "turn"}),
        frozenset({"now", "away", "there", "here", "after", "before", "thing", "person", "time"}),
    ),
}
"""Words that are crutches only where they stand alone, each with the words before it and behind it
that make it carry grammar all the same, where somebody speaks slowly ("I would … like … to")."""
_KINDS = frozenset(
    {"what", "which", "this", "that", "these", "those", "a", "the", "any", "some", "same", "one"}
    | {"no", "all", "each", "every", "another", "other", "different", "new", "right", "wrong"}
)
_PHRASES = {
    ("you", "know"): frozenset({"do", "did", "does", "if", "as", "what", "when", "let", "that"}),
    ("i", "mean"): frozenset({"what", "do", "did", "that"}),
    ("sort", "of"): _KINDS,
    ("kind", "of"): _KINDS,
}
"""Crutch phrases, each with the words before it that make it carry grammar ("what kind of")."""

_MEANT_TWICE = frozenset(
    {"had", "that", "very", "no", "yes", "really", "more", "many", "bye", "is"}
)
"""Words that good English doubles: "the plan that that team had had"."""

Run = tuple[int, int]
"""Words from one index up to, not including, another."""


def plain(text: str) -> str:
    """A word without its punctuation, in lower case; empty if it holds no letter or digit."""
    bare = re.sub(r"^[^\w]+|[^\w]+$", "", text.replace("’", "'").lower())
    return bare if any(letter.isalnum() for letter in bare) else ""


def is_hesitation(text: str, language: str = "en") -> bool:
    """Whether a word is a hesitation sound of that language ("um", "uh", "er", "hmm"…)."""
    own = _HESITATIONS.get(language.split("-", maxsplit=1)[0].lower())
    pattern = f"{own}|{_HESITATIONS_EVERYWHERE}" if own else _HESITATIONS_EVERYWHERE
    return re.fullmatch(pattern, plain(text)) is not None


def crutch_runs(words: Sequence[Word], hesitations: Sequence[Word] = ()) -> Iterator[Run]:
    """The English crutch phrases, in order; ``hesitations`` were said between these words.

    "like", "so" and "right" count only where they stand alone: set off on both sides by
    punctuation or a pause. "kind of" and its like do not count where they carry grammar
    ("what kind of", "do you know").
    """
    said = _Said(words, hesitations)
    bare = said.bare
    for i in range(len(words)):
        if (bare[i],) in _ALWAYS or (bare[i] in _STANDING_ALONE and said.stands_alone(i)):
            yield i, i + 1
        elif tuple(bare[i : i + 2]) in _PHRASES and not said.is_grammar(i):
            yield i, i + 2


def repeated_runs(words: Sequence[Word]) -> Iterator[Run]:
    """Words, or pairs of words, said again at once ("I I", "we were we were"), in order."""
    bare = [plain(word.text) for word in words]
    i = 0
    while i < len(words):
        length = next((n for n in (2, 1) if _repeats(words, bare, i, n)), 0)
        if not length:
            i += 1
            continue
        end = i + 2 * length
        while bare[end : end + length] == bare[i : i + length]:
            end += length
        yield i, end
        i = end


def _repeats(words: Sequence[Word], bare: Sequence[str], i: int, length: int) -> bool:
    first, again = bare[i : i + length], bare[i + length : i + 2 * length]
    if first != again or not all(part.replace("'", "").isalpha() for part in first):
        return False
    if length == 1 and first[0] in _MEANT_TWICE:
        return False
    return not any(_ends_sentence(word) for word in words[i : i + 2 * length - 1])


class _Said:
    """Words one after another, and what lies between them."""

    def __init__(self, words: Sequence[Word], hesitations: Sequence[Word]) -> None:
        self.bare = [plain(word.text) for word in words]
        self._words = words
        self._hesitations = hesitations

    def stands_alone(self, i: int) -> bool:
        """Whether a word is set off on both sides, and not by pauses in the midst of grammar."""
        before, behind = _STANDING_ALONE[self.bare[i]]
        is_first, is_last = i == 0, i + 1 == len(self._words)
        if not (is_first or self._breaks(i - 1)) or not (is_last or self._breaks(i)):
            return False
        if (not is_first and _punctuated(self._words[i - 1])) or _punctuated(self._words[i]):
            return True
        return (is_first or self.bare[i - 1] not in before) and (
            is_last or self.bare[i + 1] not in behind
        )

    def is_grammar(self, i: int) -> bool:
        """Whether the two words from there on are no phrase, or carry grammar."""
        if self._breaks(i):
            return True
        before = _PHRASES[self.bare[i], self.bare[i + 1]]
        return i > 0 and not self._breaks(i - 1) and self.bare[i - 1] in before

    def _breaks(self, i: int) -> bool:
        """Whether a word and the next are set off from one another.

        The time that an "um" between them takes is no pause.
        """
        word, following = self._words[i], self._words[i + 1]
        if _punctuated(word):
            return True
        is_apart = following.start_s - word.end_s >= _STANDALONE_PAUSE_S
        return is_apart and not any(
            word.end_s <= (um.start_s + um.end_s) / 2 <= following.start_s
            for um in self._hesitations
        )


def _punctuated(word: Word) -> bool:
    return bool(re.search(r"[^\w'’\"”)-]$", word.text))


def _ends_sentence(word: Word) -> bool:
    return bool(re.search(r"[.?!]$", word.text))
