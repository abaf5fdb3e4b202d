"""What can be counted in an answer: length, pace, hesitations, pauses; pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interview_app.domain.analysis.filler_words import (
    Run,
    crutch_runs,
    is_hesitation,
    plain,
    repeated_runs,
)
from interview_app.domain.transcript import Span, Transcript, Word

LONG_PAUSE_S = 2.5
"""A silence inside an answer is marked from this length on (Campione & Véronis 2002 call over
1 s long; 4 s makes a sentence hard to follow)."""

PACE_BAND_WPM = (110, 175)
"""Inside this band no source complains about pace (NCVS 110–150, Read.ai 130–175)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or phrase worth noticing, and when it was said (seconds into the take)."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures of one take; rates are words per minute, times seconds into the take.

    ``pace_wpm`` counts the whole answer, ``articulation_wpm`` speaking time alone; both are 0
    where there is no time to divide by. ``hesitations`` is a lower bound: recognizers drop many.
    """

    words: int = 0
    pace_wpm: float = 0.0
    articulation_wpm: float = 0.0
    speech_s: float = 0.0
    onset_s: float = 0.0
    hesitations: tuple[Mark, ...] = ()
    crutch_phrases: tuple[Mark, ...] = ()
    long_pauses: tuple[Mark, ...] = ()
    repeated_words: tuple[Mark, ...] = ()


def measure(transcript: Transcript, speech: Sequence[Span], duration_s: float) -> Measures:
    """The figures of a take of ``duration_s`` seconds, ``speech`` found in its sound.

    Pauses, onset and speaking time come from the sound, because word times can swallow pauses;
    where the sound's speech is not known, from the words. A typed answer has words, crutch
    phrases and repeated words, and no times. Every mark lies inside the take.
    """
    words = tuple(word for word in transcript.words if plain(word.text))
    language = transcript.language or "en"
    hesitations = [word for word in words if is_hesitation(word.text, language)]
    said = [word for word in words if not is_hesitation(word.text, language)]
    spans = _merged(speech or [Span(word.start_s, word.end_s) for word in words], duration_s)
    speech_s = sum(span.length_s for span in spans)
    is_english = language.lower().startswith("en")
    return Measures(
        words=len(said),
        pace_wpm=_rate(len(said), duration_s),
        articulation_wpm=_rate(len(said), speech_s),
        speech_s=speech_s,
        onset_s=spans[0].start_s if spans else 0.0,
        hesitations=tuple(_mark((word,), duration_s) for word in hesitations),
        crutch_phrases=_marks(
            said, crutch_runs(said, hesitations) if is_english else (), duration_s
        ),
        long_pauses=tuple(
            Mark("", before.end_s, after.start_s)
            for before, after in pairwise(spans)
            if after.start_s - before.end_s > LONG_PAUSE_S
        ),
        repeated_words=_marks(said, repeated_runs(said), duration_s),
    )


def _merged(speech: Iterable[Span], duration_s: float) -> list[Span]:
    """The stretches in order of time, inside the take, overlapping ones joined, no empty one."""
    merged: list[Span] = []
    for span in sorted(speech):
        start, end = _inside(span.start_s, duration_s), _inside(span.end_s, duration_s)
        if end <= start:
            continue
        if merged and start <= merged[-1].end_s:
            merged[-1] = Span(merged[-1].start_s, max(merged[-1].end_s, end))
        else:
            merged.append(Span(start, end))
    return merged


def _marks(words: Sequence[Word], runs: Iterable[Run], duration_s: float) -> tuple[Mark, ...]:
    return tuple(_mark(words[start:end], duration_s) for start, end in runs)


def _mark(words: Sequence[Word], duration_s: float) -> Mark:
    start = _inside(words[0].start_s, duration_s)
    text = " ".join(plain(word.text) for word in words)
    return Mark(text, start, max(start, _inside(words[-1].end_s, duration_s)))


def _inside(time_s: float, duration_s: float) -> float:
    return min(max(0.0, time_s), max(0.0, duration_s))


def _rate(count: int, seconds: float) -> float:
    """Words a minute; 0 where there is no time to divide by."""
    return count * 60.0 / seconds if seconds > 0 else 0.0
