"""What a listener may want to reach in a take, go round in, or leave out; pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from interview_app.domain.analysis.alignment import sentences
from interview_app.domain.analysis.measures import Mark
from interview_app.domain.session import Take
from interview_app.domain.transcript import Span

SILENCE_S = 1.0
"""A silence longer than this can be left out (Campione & Véronis 2002 call it long)."""
KEPT_S = 0.2
"""So much of a silence is heard at each of its sides, so that no word is cut and a pause is
still one."""
_LEAD_S = 0.1
"""Word times begin a little late: a sentence is heard from so much before its first word."""
_TAIL_S = 0.3
"""And to so much behind its last, unless the next one begins before."""


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Stretches of a take, each kind in order of time."""

    sentences: tuple[Span, ...] = ()
    silences: tuple[Span, ...] = ()
    hesitations: tuple[Span, ...] = ()
    long_pauses: tuple[Span, ...] = ()

    @property
    def left_out(self) -> tuple[Span, ...]:
        """What is not heard when silences are skipped."""
        return tuple(
            Span(silence.start_s + KEPT_S, silence.end_s - KEPT_S) for silence in self.silences
        )

    def sentence_at(self, position_s: float) -> Span | None:
        """The sentence being said then, or the next one; the last one behind it."""
        following = (span for span in self.sentences if span.end_s > position_s)
        return next(following, self.sentences[-1] if self.sentences else None)


def landmarks_of(take: Take) -> Landmarks:
    """The landmarks of a spoken take; a typed one has none."""
    if take.is_typed:
        return Landmarks()
    measures = take.measures
    return Landmarks(
        sentences=_sentences(take),
        silences=_silences(take),
        hesitations=_spans(measures.hesitations) if measures else (),
        long_pauses=_spans(measures.long_pauses) if measures else (),
    )


def _sentences(take: Take) -> tuple[Span, ...]:
    if take.transcript is None:
        return ()
    said = [
        Span(words[0].start_s, max(word.end_s for word in words))
        for words in sentences(take.transcript)
    ]
    if not said:
        return ()
    ends = [*(following.start_s for following in said[1:]), take.duration_s]
    return tuple(
        Span(max(0.0, span.start_s - _LEAD_S), max(span.end_s, min(span.end_s + _TAIL_S, end_s)))
        for span, end_s in zip(said, ends, strict=True)
    )


def _silences(take: Take) -> tuple[Span, ...]:
    """Where nobody speaks, by the sound; where that is not known, by the words."""
    heard = sorted(take.speech)
    if not heard and take.transcript is not None:
        heard = sorted(Span(word.start_s, word.end_s) for word in take.transcript.words)
    if not heard:
        return ()
    borders = [Span(0.0, 0.0), *_joined(heard), Span(take.duration_s, take.duration_s)]
    return tuple(
        Span(before.end_s, after.start_s)
        for before, after in pairwise(borders)
        if after.start_s - before.end_s > SILENCE_S
    )


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start_s <= joined[-1].end_s:
            joined[-1] = Span(joined[-1].start_s, max(joined[-1].end_s, span.end_s))
        else:
            joined.append(span)
    return joined


def _spans(marks: Iterable[Mark]) -> tuple[Span, ...]:
    return tuple(Span(mark.start_s, mark.end_s) for mark in marks)
