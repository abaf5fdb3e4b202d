"""Cuts a stream of sound at its pauses into slices that one decoding can take.

Whisper looks at 30 s at a time. Slices end in pauses, so that no word is cut; silence between
slices is left out. The cutter works on a stream: a file read block by block goes through exactly
what a microphone will.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from interview_app.domain.transcript import Span
from interview_app.recognition.sound_files import SAMPLE_RATE, Samples
from interview_app.recognition.voice_activity import (
    FRAME,
    FRAME_S,
    SPEECH_FROM,
    SPEECH_UNTIL,
    VoiceActivity,
    is_speech,
    speech_spans,
)


@dataclass(frozen=True, slots=True)
class ChunkRules:
    """When a slice ends; all in seconds."""

    margin_s: float = 0.4
    """Sound kept before and after speech: soft onsets lie below the detector's threshold."""
    steps: tuple[tuple[float, float], ...] = ((25.0, 0.2), (20.0, 0.4), (0.0, 5.0))
    """From which length on a pause of which length ends a slice: long slices give the recognizer
    context. Measured on interview-like speech, slices of 14 to 20 s cost 2.5 points of word error
    rate, these 0.2."""
    longest_s: float = 29.0
    """A slice without a pause is cut here, at its quietest frame of the last third."""


STRETCHES = ChunkRules(steps=((0.0, 5.0),), longest_s=math.inf)
"""Cut nowhere but in long silences: for a recognizer that walks through a stretch by itself."""


LEAST_REST_S = 0.15
"""Speech left over after the last word heard that is worth another look: less is that word's
end, by half a word's length that Whisper's times are off."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of sound with speech in it: where it begins, its samples, its speech.

    ``speech`` is in seconds from the first sample of the whole sound, like ``start_s``.
    """

    start_s: float
    samples: Samples
    speech: tuple[Span, ...]

    @property
    def length_s(self) -> float:
        """Seconds of sound in this slice."""
        return len(self.samples) / SAMPLE_RATE

    @property
    def end_s(self) -> float:
        """Where this slice ends."""
        return self.start_s + self.length_s

    def level(self, start_s: float, end_s: float) -> float:
        """Root mean square of the samples between two moments, full scale 1; 0 for none."""
        first = max(0, round((start_s - self.start_s) * SAMPLE_RATE))
        sound = self.samples[first : round((end_s - self.start_s) * SAMPLE_RATE)]
        return float(np.sqrt(np.mean(sound**2))) if len(sound) else 0.0

    def first(self, seconds: float) -> Chunk:
        """The beginning of this slice."""
        samples = self.samples[: round(seconds * SAMPLE_RATE)]
        end = self.start_s + len(samples) / SAMPLE_RATE
        within = (Span(s.start_s, min(s.end_s, end)) for s in self.speech if s.start_s < end)
        return Chunk(self.start_s, samples, tuple(within))

    def after(self, time_s: float, margin_s: float) -> Chunk | None:
        """What follows a moment, from just before its first speech on, if any speech does."""
        left = tuple(
            Span(max(s.start_s, time_s), s.end_s)
            for s in self.speech
            if s.end_s - max(s.start_s, time_s) >= LEAST_REST_S
        )
        if not left:
            return None
        start = max(time_s, left[0].start_s - margin_s, self.start_s)
        return Chunk(start, self.samples[round((start - self.start_s) * SAMPLE_RATE) :], left)


class Chunker:
    """Takes samples as they come and gives slices as they are complete."""

    def __init__(self, rules: ChunkRules | None = None) -> None:
        self._rules = rules or ChunkRules()
        self._activity = VoiceActivity()
        self._margin = round(self._rules.margin_s / FRAME_S)
        self._all: list[float] = []
        self._samples = 0
        self._sound = np.zeros(0, dtype=np.float32)
        self._first = 0
        """Index of the frame that ``_sound`` begins with."""
        self._onset: int | None = None
        """Index of the first frame of speech in the slice being gathered."""
        self._last = 0
        """Index after the last frame of speech."""
        self._speaking = False
        self._is_rest = False
        """Whether the open slice goes on after words that were taken from it."""
        self._spoken: list[tuple[int, int]] = []
        """The frames, from and up to, that held speech."""

    @property
    def speech(self) -> tuple[Span, ...]:
        """All the speech of the slices given and taken so far."""
        return tuple(
            Span(span.start_s + begin * FRAME_S, span.end_s + begin * FRAME_S)
            for begin, end in self._spoken
            for span in speech_spans(self._all[begin:end])
        )

    @property
    def pause_s(self) -> float:
        """How long it has been silent since the last speech, in seconds."""
        return (len(self._all) - self._last) * FRAME_S

    def open_slice(self) -> Chunk | None:
        """What has been gathered of the slice that is not complete yet, if it holds speech."""
        if self._onset is None:
            return None
        return self._piece(self._begin(self._onset), len(self._all))

    def drop(self, until_s: float) -> None:
        """Take the open slice up to a moment as done with; its speech counts as heard."""
        if self._onset is None:
            return
        begin, end = self._begin(self._onset), min(round(until_s / FRAME_S), len(self._all))
        if self._piece(begin, end) is not None:
            self._spoken.append((begin, end))
        self._is_rest = True
        self._go_on(end)

    @property
    def heard_s(self) -> float:
        """Seconds of sound taken so far."""
        return self._samples / SAMPLE_RATE

    def feed(self, samples: Samples) -> Iterator[Chunk]:
        """Take samples (mono, 16 kHz); the slices they complete."""
        self._samples += len(samples)
        self._sound = np.concatenate([self._sound, samples])
        yield from self._take(self._activity.feed(samples))

    def finish(self) -> Iterator[Chunk]:
        """The sound is over; the slices that were still open."""
        yield from self._take(self._activity.finish())
        if self._onset is not None:
            yield from self._cut(min(self._last + self._margin, len(self._all)))

    def _take(self, probabilities: list[float]) -> Iterator[Chunk]:
        for probability in probabilities:
            self._all.append(probability)
            self._follow(probability)
            end = self._end_of_slice()
            if end is not None:
                yield from self._cut(end)
        self._forget_silence()

    def _follow(self, probability: float) -> None:
        frame = len(self._all) - 1
        self._speaking = probability >= (SPEECH_UNTIL if self._speaking else SPEECH_FROM)
        if self._speaking:
            self._last = frame + 1
            if self._onset is None:
                self._onset = frame

    def _end_of_slice(self) -> int | None:
        """The frame before which the open slice ends now, if it does."""
        if self._onset is None:
            return None
        begin = self._begin(self._onset)
        length = (len(self._all) - begin) * FRAME_S
        pause = (len(self._all) - self._last) * FRAME_S
        if any(length >= least and pause >= rest for least, rest in self._rules.steps):
            return min(self._last + self._margin, len(self._all))
        if length >= self._rules.longest_s:
            return self._quietest(begin)
        return None

    def _quietest(self, begin: int) -> int:
        third = (len(self._all) - begin) // 3
        late = self._all[-third:]
        return len(self._all) - third + late.index(min(late)) + 1

    def _begin(self, onset: int) -> int:
        return max(self._first, onset - self._margin)

    def _cut(self, end: int) -> Iterator[Chunk]:
        begin = self._begin(self._onset if self._onset is not None else end)
        piece = self._piece(begin, end)
        if piece is not None:
            self._spoken.append((begin, end))
            yield piece
        self._is_rest = False
        self._go_on(end)

    def _piece(self, begin: int, end: int) -> Chunk | None:
        """The sound between two frames, if it is speech."""
        probabilities = self._all[begin:end]
        spans = speech_spans(probabilities)
        if not (self._is_rest and spans) and not is_speech(spans, probabilities):
            return None
        return Chunk(
            begin * FRAME_S,
            self._sound[(begin - self._first) * FRAME : (end - self._first) * FRAME].copy(),
            tuple(Span(s.start_s + begin * FRAME_S, s.end_s + begin * FRAME_S) for s in spans),
        )

    def _go_on(self, end: int) -> None:
        self._forget(end)
        later = (i for i in range(end, len(self._all)) if self._all[i] >= SPEECH_FROM)
        self._onset = next(later, None)

    def _forget_silence(self) -> None:
        if self._onset is None:
            self._forget(len(self._all) - self._margin)

    def _forget(self, frame: int) -> None:
        if frame > self._first:
            self._sound = self._sound[(frame - self._first) * FRAME :]
            self._first = frame
