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
_STANDING_ALONE = frozenset({"like", "so", "right"})
_PHRASES = {
    ("you", "know"): frozenset({"do", "did", "does", "if", "as", "what", "when", "let", "that"}),
    ("i", "mean"): frozenset({"what", "do", "did", "that"}),
    ("sort", "of"): frozenset({"what", "this", "that", "a", "the", "any", "some", "same", "which"}),
    ("kind", "of"): frozenset({"what", "this", "that", "a", "the", "any", "some", "same", "which"}),
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


def crutch_runs(words: Sequence[Word]) -> Iterator[Run]:
    """The English crutch phrases, in order.

    "like", "so" and "right" count only where they stand alone: set off on both sides by
    punctuation or a pause. "kind of" and its like do not count where they carry grammar
    ("what kind of", "do you know").
    """
    bare = [plain(word.text) for word in words]
    for i in range(len(words)):
        if (bare[i],) in _ALWAYS or (bare[i] in _STANDING_ALONE and _stands_alone(words, i)):
            yield i, i + 1
        elif tuple(bare[i : i + 2]) in _PHRASES and not _is_grammar(words, bare, i):
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


def _is_grammar(words: Sequence[Word], bare: Sequence[str], i: int) -> bool:
    if _breaks(words[i], words[i + 1]):
        return True
    return i > 0 and not _breaks(words[i - 1], words[i]) and bare[i - 1] in _before(bare, i)


def _before(bare: Sequence[str], i: int) -> frozenset[str]:
    return _PHRASES[bare[i], bare[i + 1]]


def _stands_alone(words: Sequence[Word], i: int) -> bool:
    before = i == 0 or _breaks(words[i - 1], words[i])
    after = i + 1 == len(words) or _breaks(words[i], words[i + 1])
    return before and after


def _breaks(word: Word, following: Word) -> bool:
    return _punctuated(word) or following.start_s - word.end_s >= _STANDALONE_PAUSE_S


def _punctuated(word: Word) -> bool:
    return bool(re.search(r"[^\w'’\"”)-]$", word.text))


def _ends_sentence(word: Word) -> bool:
    return bool(re.search(r"[.?!]$", word.text))
