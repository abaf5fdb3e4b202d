"""A transcript as it is laid out: lines of words, with hesitations and long pauses marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interview_app.domain.analysis.measures import Mark
from interview_app.domain.session import Take
from interview_app.domain.transcript import Segment, Word

_TOLERANCE_S = 0.011
"""Marks and words are compared to the hundredth: both come from the same times."""


@dataclass(frozen=True, slots=True)
class TranscriptWord:
    """A word, whether it is a hesitation, and the long pause (seconds) before it, if any."""

    word: Word
    is_hesitation: bool = False
    pause_s: float = 0.0


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """A segment: when it begins (seconds into the take), and its words."""

    start_s: float
    words: tuple[TranscriptWord, ...]


def lines_of(take: Take) -> Iterator[TranscriptLine]:
    """The lines of a take, in order of time; none where nothing was heard."""
    if take.transcript is None:
        return
    measures = take.measures
    pauses = sorted(measures.long_pauses, key=lambda mark: mark.end_s) if measures else []
    starts = [mark.start_s for mark in measures.hesitations] if measures else []
    for segment in take.transcript.segments:
        if segment.words:
            yield TranscriptLine(segment.words[0].start_s, tuple(_words(segment, pauses, starts)))


def _words(segment: Segment, pauses: list[Mark], starts: list[float]) -> Iterator[TranscriptWord]:
    for word in segment.words:
        pause_s = 0.0
        while pauses and pauses[0].end_s <= word.end_s:
            mark = pauses.pop(0)
            pause_s = max(pause_s, mark.end_s - mark.start_s)
        is_hesitation = any(abs(start - word.start_s) < _TOLERANCE_S for start in starts)
        yield TranscriptWord(word, is_hesitation, pause_s)
