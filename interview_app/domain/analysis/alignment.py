"""What two transcripts have in common: sentence beside sentence, word beside word.

Two takes of a question are aligned by what they say (:func:`by_sentence`), two transcripts of one
sound by when it was said (:func:`by_time`). Either way the words of both sides are complete and in
their order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import sqrt

from interview_app.domain.analysis.filler_words import plain
from interview_app.domain.transcript import Transcript, Word

LEAST_LIKENESS = 0.35
"""From this share of common words on, rare ones counting more, two sentences stand side by side.

Tried on the answers of this project's tests: sentences that say the same in other words share a
third of that weight or more, sentences about other things share "the" and "and".
"""
PAUSE_BETWEEN_SENTENCES_S = 1.0
"""Without punctuation, a segment's end and a pause that listeners call long end a sentence
(Campione & Véronis 2002)."""
NEAR_S = 2.0
"""So far apart two models may place the same word of one sound."""
_JOINING_COSTS = 0.02
"""Of two equal alignments the one that joins fewer sentences is taken."""
_UNLIKE = -1.0
_FULL_LETTERS = 5
"""Shorter words are mostly grammar."""

Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class AlignedPiece:
    """A word of one side; ``is_shared``: the other side says it in the same place."""

    word: Word
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands side by side; a side that has nothing here is empty, never both."""

    left: tuple[AlignedPiece, ...]
    right: tuple[AlignedPiece, ...]

    @property
    def is_same(self) -> bool:
        """Whether both sides say the same words."""
        return all(piece.is_shared for piece in (*self.left, *self.right))


def by_sentence(left: Transcript, right: Transcript) -> tuple[Pair, ...]:
    """Two answers, sentence beside the sentence that says most of the same.

    One sentence may stand beside two of the other side, where these were said in one breath.
    Sentences keep their order, so one that moved is dropped in one place and added in another.
    """
    return tuple(
        _pair(mine, theirs) for mine, theirs in _aligned(sentences(left), sentences(right))
    )


def by_time(left: Transcript, right: Transcript) -> tuple[Pair, ...]:
    """Two transcripts of one sound, each sentence of the left beside what was heard meanwhile."""
    matches = _common_in_time(left.words, right.words)
    shared_left = {i for i, _ in matches}
    shared_right = {j for _, j in matches}
    pairs, begin, begin_right = [], 0, 0
    all_sentences = sentences(left)
    for number, sentence in enumerate(all_sentences):
        end = begin + len(sentence)
        is_last = number == len(all_sentences) - 1
        cut = len(right.words) if is_last else _cut(left.words, right.words, end, matches)
        cut = max(cut, begin_right)
        pairs.append(
            Pair(
                _pieces(left.words, range(begin, end), shared_left),
                _pieces(right.words, range(begin_right, cut), shared_right),
            )
        )
        begin, begin_right = end, cut
    if not all_sentences and right.words:
        pairs = [Pair((), _pieces(right.words, range(len(right.words)), set()))]
    return tuple(pairs)


def sentences(transcript: Transcript) -> tuple[Words, ...]:
    """The sentences of a transcript: every word in one of them, in order, none empty."""
    found: list[Words] = []
    open_words: list[Word] = []
    last = len(transcript.segments) - 1
    for number, segment in enumerate(transcript.segments):
        for word in segment.words:
            open_words.append(word)
            if _ends_sentence(word.text):
                found.append(tuple(open_words))
                open_words.clear()
        following = transcript.segments[number + 1].words if number < last else ()
        if open_words and following and _is_apart(transcript, open_words[-1], following[0]):
            found.append(tuple(open_words))
            open_words.clear()
    if open_words:
        found.append(tuple(open_words))
    return tuple(found)


def _is_apart(transcript: Transcript, word: Word, following: Word) -> bool:
    if transcript.recognizer == "typed":
        return True
    return following.start_s - word.end_s >= PAUSE_BETWEEN_SENTENCES_S


def _ends_sentence(text: str) -> bool:
    return bool(re.search(r"[.?!…。？！][\"'”’»)\]]*$", text)) and bool(plain(text))


def _key(word: Word) -> str:
    return plain(word.text) or word.text


def _aligned(left: Sequence[Words], right: Sequence[Words]) -> list[tuple[Words, Words]]:
    """The alignment whose pairs have most in common: each step takes 0 to 2 sentences a side."""
    likeness = _Likeness(left, right)
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    steps = [[(0, 0)] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            if i or j:
                best[i][j], steps[i][j] = max(
                    (best[i - a][j - b] + likeness.gain(i, a, j, b), (a, b))
                    for a, b in _STEPS
                    if a <= i and b <= j
                )
    pairs: list[tuple[Words, Words]] = []
    i, j = len(left), len(right)
    while i or j:
        a, b = steps[i][j]
        pairs.append((_joined(left[i - a : i]), _joined(right[j - b : j])))
        i, j = i - a, j - b
    return pairs[::-1]


_STEPS = ((0, 1), (1, 0), (1, 1), (1, 2), (2, 1))
"""How many sentences of each side one pair may hold."""


class _Likeness:
    """How much sentences have in common; short words count less, and those often said."""

    def __init__(self, left: Sequence[Words], right: Sequence[Words]) -> None:
        self._left = [_bag(sentence) for sentence in left]
        self._right = [_bag(sentence) for sentence in right]
        counts = sum((*self._left, *self._right), Counter[str]())
        self._weights = {
            key: min(1.0, len(key) / _FULL_LETTERS) / sqrt(count) for key, count in counts.items()
        }
        self._single = [[self._worth(mine, other) for other in self._right] for mine in self._left]

    def gain(self, i: int, a: int, j: int, b: int) -> float:
        """What it is worth to have the ``a`` and ``b`` sentences before ``i`` and ``j`` together.

        0 for one alone, less for what is not alike.
        """
        if not a or not b:
            return 0.0
        if (a, b) == (1, 1):
            return self._single[i - 1][j - 1]
        mine, theirs = self._left[i - a : i], self._right[j - b : j]
        whole, parts = (mine[0], theirs) if a == 1 else (theirs[0], mine)
        if any(self._weight(part & whole) < LEAST_LIKENESS * self._weight(part) for part in parts):
            return _UNLIKE
        return self._worth(whole, parts[0] + parts[1]) - _JOINING_COSTS

    def _worth(self, mine: Counter[str], theirs: Counter[str]) -> float:
        both = (self._weight(mine) + self._weight(theirs)) / 2
        return self._weight(mine & theirs) - LEAST_LIKENESS * both

    def _weight(self, bag: Counter[str]) -> float:
        return sum(self._weights[key] * count for key, count in bag.items())


def _bag(sentence: Words) -> Counter[str]:
    return Counter(_key(word) for word in sentence)


def _joined(parts: Sequence[Words]) -> Words:
    return tuple(word for part in parts for word in part)


def _pair(left: Words, right: Words) -> Pair:
    matcher = SequenceMatcher(
        None, [_key(word) for word in left], [_key(word) for word in right], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    mine = {block.a + n for block in blocks for n in range(block.size)}
    theirs = {block.b + n for block in blocks for n in range(block.size)}
    return Pair(_pieces(left, range(len(left)), mine), _pieces(right, range(len(right)), theirs))


def _pieces(
    words: Sequence[Word], places: Iterable[int], shared: set[int]
) -> tuple[AlignedPiece, ...]:
    return tuple(AlignedPiece(words[place], place in shared) for place in places)


def _common_in_time(left: Words, right: Words) -> list[tuple[int, int]]:
    """The longest run of words both have in the same order and within :data:`NEAR_S`."""
    places: dict[str, list[int]] = {}
    for j, word in enumerate(right):
        places.setdefault(_key(word), []).append(j)
    ends: list[int] = []  # the place on the right where the best run of each length ends
    tops: list[_Link] = []
    for i, word in enumerate(left):
        for j in reversed(places.get(_key(word), ())):
            if abs(right[j].start_s - word.start_s) > NEAR_S:
                continue
            length = bisect_left(ends, j)
            link = _Link(i, j, tops[length - 1] if length else None)
            ends[length : length + 1] = [j]
            tops[length : length + 1] = [link]
    return _run(tops[-1] if tops else None)


@dataclass(frozen=True, slots=True)
class _Link:
    i: int
    j: int
    before: _Link | None


def _run(link: _Link | None) -> list[tuple[int, int]]:
    run = []
    while link is not None:
        run.append((link.i, link.j))
        link = link.before
    return run[::-1]


def _cut(left: Words, right: Words, end: int, matches: Sequence[tuple[int, int]]) -> int:
    """Where the right side is cut so that what both say stays side by side, else by time."""
    least = max((j + 1 for i, j in matches if i < end), default=0)
    most = min((j for i, j in matches if i >= end), default=len(right))
    boundary_s = left[end].start_s if end < len(left) else float("inf")
    by_time_alone = sum(word.start_s < boundary_s for word in right)
    return min(max(by_time_alone, least), most)
