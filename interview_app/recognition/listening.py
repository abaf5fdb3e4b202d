"""From a sound to what was heard in it: cut at pauses, then one slice after another decoded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from interview_app.domain.transcript import Segment, Span, Transcript
from interview_app.recognition.slices import Cutter, Slice
from interview_app.recognition.sound_files import SoundFile, open_sound
from interview_app.services.ports import Heard

ReportProgress = Callable[[float | None], None]


class Engine(Protocol):
    """A loaded recognizer."""

    recognizer: str
    model: str

    def hear(self, piece: Slice, language: str) -> tuple[tuple[Segment, ...], str]:
        """What was said in a slice, and in which language."""
        ...


def hear_file(path: Path, engine: Engine, language: str, report: ReportProgress) -> Heard:
    """What was heard in a sound file; ``report`` is given 0 to 1, ``None`` for no known length.

    Raises:
        NotASound: the file cannot be read as sound.
    """
    cutter = Cutter()
    segments: list[Segment] = []
    speech: list[Span] = []
    spoken = language
    sound = open_sound(path)
    for piece in _slices(sound, cutter):
        found, spoken = engine.hear(piece, spoken)
        segments += found
        speech += piece.speech
        report(min(1.0, cutter.heard_s / sound.length_s) if sound.length_s else None)
    limit = round(cutter.heard_s, 3)
    transcript = Transcript(spoken, engine.recognizer, engine.model, tuple(segments))
    return Heard(transcript, tuple(_within(span, limit) for span in speech), limit)


def _slices(sound: SoundFile, cutter: Cutter) -> Iterator[Slice]:
    for block in sound.blocks:
        yield from cutter.feed(block)
    yield from cutter.finish()


def _within(span: Span, limit: float) -> Span:
    return Span(round(min(span.start_s, limit), 3), round(min(span.end_s, limit), 3))
