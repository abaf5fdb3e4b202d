"""Goes on from words that were already heard when a little more was said, without hearing all anew.

The sound is cut a few seconds before its end, the rest is heard for itself, and both texts are
laid over each other where they say the same. So a cut may even fall into a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from interview_app.domain.analysis.filler_words import plain
from interview_app.domain.transcript import Segment, Word
from interview_app.recognition.chunks import Chunk
from interview_app.recognition.sound_files import SAMPLE_RATE

OVERLAP_S = 1.2
"""Sound before the end of what was heard that is heard again: its last words were guessed."""
LONGEST_REST_S = 8.0
"""A pause further back than this is no place to cut: hearing the rest would take too long."""
_QUIETEST_WITHIN_S = 2.5
_HOP = SAMPLE_RATE // 50
_SMOOTH = 5
_NEAR_S = 0.8
"""How far apart two decodings may put the same word."""
_SURE = 2
"""Words in a row that must be the same in both where the cut is not in a pause."""


def place_to_cut(piece: Chunk, heard_until_s: float) -> tuple[float, bool]:
    """Where to cut a sound that was heard up to a moment, and whether that is in a pause."""
    latest = heard_until_s - OVERLAP_S
    earliest = max(piece.start_s, piece.end_s - LONGEST_REST_S)
    pauses = [
        (before.end_s + after.start_s) / 2
        for before, after in pairwise(piece.speech)
        if earliest <= before.end_s and after.start_s <= latest
    ]
    if pauses:
        return pauses[-1], True
    return _quietest(piece, latest - _QUIETEST_WITHIN_S, latest), False


def _quietest(piece: Chunk, start_s: float, end_s: float) -> float:
    first = max(0, round((start_s - piece.start_s) * SAMPLE_RATE))
    sound = piece.samples[first : round((end_s - piece.start_s) * SAMPLE_RATE)]
    count = len(sound) // _HOP
    if count <= _SMOOTH:
        return start_s
    power = (sound[: count * _HOP].reshape(count, _HOP) ** 2).mean(axis=1)
    smooth = np.convolve(power, np.ones(_SMOOTH), "valid")
    frame = int(smooth.argmin()) + _SMOOTH // 2
    return piece.start_s + (first + frame * _HOP) / SAMPLE_RATE


def joined(
    before: Sequence[Segment], after: Sequence[Segment], cut_s: float, *, is_pause: bool
) -> tuple[Segment, ...] | None:
    """One text of what was heard, and what was heard of its end; none if they do not fit.

    ``after`` is what was heard from ``cut_s`` on. It knows best; where both say the same they meet.
    """
    old = [word for segment in before for word in segment.words]
    new = [word for segment in after for word in segment.words]
    if not new:
        return tuple(before)
    match = _match(old, new, cut_s)
    if match is not None and (is_pause or match[2] >= _SURE):
        i, j, length = match
        # An answer ends its last word with a full stop, and begins its first with a capital, though
        # somebody goes on speaking: so neither is taken from there.
        middle = length // 2
        return (*taken(before, 0, i + middle), *taken(after, j + middle, len(new)))
    if not is_pause:
        return None
    kept = sum((word.start_s + word.end_s) / 2 < cut_s for word in old)
    return (*taken(before, 0, kept), *after)


def _match(old: Sequence[Word], new: Sequence[Word], cut_s: float) -> tuple[int, int, int] | None:
    """The longest run of words that both have at the same time: where it begins, and its length."""
    from_i = next((i for i, word in enumerate(old) if word.end_s >= cut_s - _NEAR_S), len(old))
    runs = [
        (_run(old[i:], new[j:]), -i, -j)
        for i in range(from_i, len(old))
        for j in range(len(new))
        if _is_same(old[i], new[j])
    ]
    if not runs:
        return None
    length, i, j = max(runs)
    return -i, -j, length


def _run(old: Sequence[Word], new: Sequence[Word]) -> int:
    length = 0
    for one, other in zip(old, new, strict=False):
        if not _is_same(one, other):
            break
        length += 1
    return length


def _is_same(one: Word, other: Word) -> bool:
    near = abs(one.start_s - other.start_s) <= _NEAR_S or abs(one.end_s - other.end_s) <= _NEAR_S
    return near and bool(plain(one.text)) and plain(one.text) == plain(other.text)


def taken(segments: Iterable[Segment], start: int, end: int) -> tuple[Segment, ...]:
    """The words from one index up to another, in their segments."""
    at = 0
    found = []
    for segment in segments:
        words = segment.words[max(0, start - at) : max(0, end - at)]
        at += len(segment.words)
        if words:
            found.append(Segment(words))
    return tuple(found)
