"""A take's words, each with its place in the sound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a take's sound, in seconds from its first sample."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Seconds from start to end, never negative."""
        return max(0.0, self.end_s - self.start_s)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as written, with its punctuation; times in seconds, probability 0 to 1.

    A typed answer has words without times: both are 0. ``is_corrected``: a person wrote it in
    place of what the recognizer had heard; see ``domain/correcting.py``.
    """

    text: str
    start_s: float
    end_s: float
    probability: float = 1.0
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that belong together: a sentence or a stretch between pauses."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a recognizer heard in one take, or what a person typed instead.

    ``recognizer`` is ``whisper``, ``sphinx``, an online one's name, or ``typed``.
    ``segments`` is empty when nothing was heard. ``is_corrected``: a person changed its words;
    what the recognizer wrote is kept beside it.
    """

    language: str
    recognizer: str
    model: str
    segments: tuple[Segment, ...] = ()
    is_corrected: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in order of time."""
        return tuple(word for segment in self.segments for word in segment.words)

    @property
    def text(self) -> str:
        """The whole transcript with single spaces between words."""
        return " ".join(segment.text for segment in self.segments)

    @classmethod
    def typed(cls, text: str, language: str) -> Transcript:
        """The transcript of a typed answer: one segment a paragraph, no times."""
        return cls(language, "typed", "", tuple(_typed_segments(text)))


def _typed_segments(text: str) -> Iterable[Segment]:
    for line in text.splitlines():
        words = tuple(Word(word, 0.0, 0.0) for word in line.split())
        if words:
            yield Segment(words)
