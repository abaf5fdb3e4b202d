"""The figures of two takes next to each other, each with its change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from interview_app.domain.session import Take, TranscriptionStatus


class FigureKind(StrEnum):
    """A figure that two takes can be compared by; ``LENGTH`` and ``ONSET`` are in seconds."""

    LENGTH = "length"
    WORDS = "words"
    PACE = "pace"
    """Words a minute over the whole answer."""
    SPEAKING_PACE = "speaking-pace"
    """Words a minute of speaking time."""
    HESITATIONS = "hesitations"
    LONG_PAUSES = "long-pauses"
    CRUTCH_PHRASES = "crutch-phrases"
    REPEATED_WORDS = "repeated-words"
    ONSET = "onset"
    """Seconds before the first word."""


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """One figure of both takes; ``None`` where a take has none (a typed answer has no pace)."""

    kind: FigureKind
    left: float | None
    right: float | None

    @property
    def change(self) -> float | None:
        """How much more the right take has, ``None`` where one of them has no such figure."""
        return None if self.left is None or self.right is None else self.right - self.left


def compared_figures(left: Take, right: Take) -> tuple[ComparedFigure, ...]:
    """The figures that at least one of two takes has, in the order of :class:`FigureKind`."""
    sides = _figures(left), _figures(right)
    return tuple(
        ComparedFigure(kind, sides[0].get(kind), sides[1].get(kind))
        for kind in FigureKind
        if kind in sides[0] or kind in sides[1]
    )


def _figures(take: Take) -> dict[FigureKind, float]:
    found: dict[FigureKind, float] = {}
    measures = take.measures
    if not take.is_typed:
        found[FigureKind.LENGTH] = take.duration_s
    if measures is None or take.transcription is not TranscriptionStatus.DONE:
        return found
    found[FigureKind.WORDS] = measures.words
    found[FigureKind.CRUTCH_PHRASES] = len(measures.crutch_phrases)
    found[FigureKind.REPEATED_WORDS] = len(measures.repeated_words)
    if not take.is_typed:
        found[FigureKind.PACE] = measures.pace_wpm
        found[FigureKind.SPEAKING_PACE] = measures.articulation_wpm
        found[FigureKind.HESITATIONS] = len(measures.hesitations)
        found[FigureKind.LONG_PAUSES] = len(measures.long_pauses)
        found[FigureKind.ONSET] = measures.onset_s
    return found
