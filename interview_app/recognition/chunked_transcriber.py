"""From sound to what was heard in it, step by step: a file and a take being spoken go one way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from interview_app.domain.transcript import Segment, Span, Transcript
from interview_app.recognition.chunks import Chunk, Chunker
from interview_app.recognition.sound_files import Samples, open_sound
from interview_app.services.ports.recognizer import RecognitionResult

ReportProgress = Callable[[float | None], None]


class StreamingTranscriber(Protocol):
    """One sound being heard. Takes samples as they come; decodes when it is told to work."""

    @property
    def text(self) -> str:
        """The words so far; the last of them may still change."""
        ...

    @property
    def behind_s(self) -> float:
        """Seconds of sound that came in and are not yet words."""
        ...

    def feed(self, samples: Samples) -> None:
        """Take samples (mono, 16 kHz); quick."""
        ...

    def work(self, *, ahead: bool) -> bool:
        """Decode one piece of what came in; whether there was any.

        ``ahead``: decode also what is not complete, so that little is left at the end.
        """
        ...

    def finish(self) -> RecognitionResult:
        """The sound is over; what was heard in all of it."""
        ...


class RecognitionEngine(Protocol):
    """A loaded recognizer."""

    recognizer: str
    model: str

    def listen(self, language: str) -> StreamingTranscriber:
        """Begin to hear a sound."""
        ...


class ChunkEngine(Protocol):
    """A recognizer that hears one slice after another."""

    recognizer: str
    model: str

    def hear(self, piece: Chunk, language: str) -> tuple[tuple[Segment, ...], str]:
        """What was said in a slice, and in which language."""
        ...


def transcribe_file(
    path: Path, engine: RecognitionEngine, language: str, report: ReportProgress
) -> RecognitionResult:
    """What was heard in a sound file; ``report`` is given 0 to 1, ``None`` for no known length.

    Raises:
        NotASound: the file cannot be read as sound.
    """
    listening = engine.listen(language)
    sound = open_sound(path)
    taken_s = 0.0
    for block in sound.blocks:
        listening.feed(block)
        taken_s += len(block) / 16_000
        while listening.work(ahead=False):
            report(min(1.0, taken_s / sound.length_s) if sound.length_s else None)
    heard = listening.finish()
    report(1.0)
    return heard


def transcribe_samples(cutter: Chunker, transcript: Transcript) -> RecognitionResult:
    """What was heard in all the sound a cutter took."""
    limit = round(cutter.heard_s, 3)
    return RecognitionResult(
        transcript, tuple(_within(span, limit) for span in cutter.speech), limit
    )


def _within(span: Span, limit: float) -> Span:
    return Span(round(min(span.start_s, limit), 3), round(min(span.end_s, limit), 3))


class ChunkedTranscriber:
    """Hears slice after slice, each for itself."""

    def __init__(self, engine: ChunkEngine, language: str) -> None:
        self._engine = engine
        self._language = language
        self._cutter = Chunker()
        self._waiting: deque[Chunk] = deque()
        self._segments: list[Segment] = []

    @property
    def text(self) -> str:
        """The words so far."""
        return " ".join(segment.text for segment in self._segments)

    @property
    def behind_s(self) -> float:
        """Seconds in complete slices that wait."""
        return sum(piece.length_s for piece in self._waiting)

    def feed(self, samples: Samples) -> None:
        """Take samples; slices they complete wait for work."""
        self._waiting.extend(self._cutter.feed(samples))

    def work(self, *, ahead: bool) -> bool:  # noqa: ARG002 - a slice is heard when it is complete
        """Hear one complete slice."""
        if not self._waiting:
            return False
        found, self._language = self._engine.hear(self._waiting.popleft(), self._language)
        self._segments += found
        return True

    def finish(self) -> RecognitionResult:
        """What was heard in all of it."""
        self._waiting.extend(self._cutter.finish())
        while self.work(ahead=False):
            pass
        transcript = Transcript(
            self._language, self._engine.recognizer, self._engine.model, tuple(self._segments)
        )
        return transcribe_samples(self._cutter, transcript)
