"""When each shown word is spoken: from the engine's own word events, else by characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interview_app.services.ports.voice import SpokenWord
from interview_app.speech_synthesis.say_text import SpokenText

_RUNS = re.compile(r"[^\s—―]+")
_EDGE = frozenset("\"'.,;:!?()[]{}<>*_`~#…¿¡-–|\\^“”„‘’«»")
_CLAUSE_PAUSE = 5.0
_SENTENCE_PAUSE = 10.0
"""Pauses in characters' worth of time: espeak-ng at 170 words a minute rests about 0.25 s after a
comma and 0.5 s after a full stop, and takes about 0.06 s for a character."""


@dataclass(frozen=True, slots=True)
class WordEvent:
    """A speech engine's "this word begins": index in the spoken text, seconds into the sound."""

    position: int
    start_s: float


@dataclass(frozen=True, slots=True)
class _ShownWord:
    run_start: int
    start: int
    end: int
    weight: float
    """How long it takes to say, with the pause after it, in characters."""


def word_times(
    shown: str, spoken: SpokenText, events: Iterable[WordEvent], duration_s: float
) -> tuple[SpokenWord, ...]:
    """Every shown word that is said, in order, with the moment it begins.

    An engine joins some words ("of the"), splits others ("Q3") and now and then reports a place
    behind the one before; so an event counts only if it leads on, and words without one share the
    time between their neighbours by their length. Starts never fall and lie within the sound.
    """
    words = _shown_words(shown, spoken)
    if not words:
        return ()
    anchors = _anchors(words, spoken, events, duration_s)
    reached = [0.0]
    for word in words:
        reached.append(reached[-1] + word.weight)
    anchors.setdefault(0, 0.0)
    known = [*sorted(anchors), len(words)]
    times = [*(anchors[index] for index in known[:-1]), duration_s]
    return tuple(
        SpokenWord(word.start, word.end, round(_between(index, known, times, reached), 3))
        for index, word in enumerate(words)
    )


def _between(
    index: int, known: Sequence[int], times: Sequence[float], reached: Sequence[float]
) -> float:
    at = min(bisect_right(known, index) - 1, len(known) - 2)
    first, last = reached[known[at]], reached[known[at + 1]]
    share = (reached[index] - first) / (last - first) if last > first else 0.0
    return times[at] + share * (times[at + 1] - times[at])


def _shown_words(shown: str, spoken: SpokenText) -> list[_ShownWord]:
    said = Counter(
        place for place, sign in zip(spoken.origin, spoken.text, strict=True) if sign != " "
    )
    words = []
    for run in _RUNS.finditer(shown):
        core = [
            place
            for place in range(run.start(), run.end())
            if said[place] and shown[place] not in _EDGE
        ]
        if not core:
            continue
        start, end = core[0], core[-1] + 1
        if not any(shown[place].isalnum() or shown[place] in "%&+=$€£" for place in core):
            continue
        length = sum(said[place] for place in range(start, end)) + 1.0
        words.append(_ShownWord(run.start(), start, end, length + _pause_after(shown, end)))
    return words


def _pause_after(shown: str, end: int) -> float:
    after = shown[end : end + 3].lstrip(")]}\"'”’*_`~").strip()[:1]
    if after in {".", "!", "?", "…"}:
        return _SENTENCE_PAUSE
    return _CLAUSE_PAUSE if after in {",", ";", ":", "—", "–"} else 0.0


def _anchors(
    words: Sequence[_ShownWord],
    spoken: SpokenText,
    events: Iterable[WordEvent],
    duration_s: float,
) -> dict[int, float]:
    """Word index to start, rising in both, from the events that can be believed."""
    starts = [word.run_start for word in words]
    anchors: dict[int, float] = {}
    last_index, last_s = -1, 0.0
    for event in events:
        if not 0 <= event.position < len(spoken.origin):
            continue
        place = spoken.origin[_to_a_word(spoken.text, event.position)]
        index = bisect_right(starts, place) - 1
        if index > last_index and last_s <= event.start_s <= duration_s:
            anchors[index] = event.start_s
            last_index, last_s = index, event.start_s
    return anchors


def _to_a_word(text: str, position: int) -> int:
    """The first letter or digit from ``position`` on: events may point at a quote or a space."""
    for index in range(position, min(position + 4, len(text))):
        if text[index].isalnum():
            return index
    return position
