"""What can be counted in an answer: length, pace, hesitations, pauses; pure functions."""

from __future__ import annotations

from dataclasses import dataclass

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
