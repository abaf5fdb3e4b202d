"""Cuts a stream of sound at its pauses into slices that one decoding can take.

Whisper looks at 30 s at a time. Slices end in pauses, so that no word is cut; silence between
slices is left out. The cutter works on a stream: a file read block by block goes through exactly
what a microphone will.
"""

from __future__ import annotations

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
class CutRules:
    """When a slice ends; all in seconds."""

    margin_s: float = 0.4
    """Sound kept before and after speech: soft onsets lie below the detector's threshold."""
    steps: tuple[tuple[float, float], ...] = ((25.0, 0.2), (20.0, 0.4), (0.0, 5.0))
    """From which length on a pause of which length ends a slice: long slices give the recognizer
    context. Measured on interview-like speech, slices of 14 to 20 s cost 2.5 points of word error
    rate, these 0.2."""
    longest_s: float = 29.0
    """A slice without a pause is cut here, at its quietest frame of the last third."""


@dataclass(frozen=True, slots=True)
class Slice:
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


class Cutter:
    """Takes samples as they come and gives slices as they are complete."""

    def __init__(self, rules: CutRules | None = None) -> None:
        self._rules = rules or CutRules()
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

    @property
    def heard_s(self) -> float:
        """Seconds of sound taken so far."""
        return self._samples / SAMPLE_RATE

    def feed(self, samples: Samples) -> Iterator[Slice]:
        """Take samples (mono, 16 kHz); the slices they complete."""
        self._samples += len(samples)
        self._sound = np.concatenate([self._sound, samples])
        yield from self._take(self._activity.feed(samples))

    def finish(self) -> Iterator[Slice]:
        """The sound is over; the slices that were still open."""
        yield from self._take(self._activity.finish())
        if self._onset is not None:
            yield from self._cut(min(self._last + self._margin, len(self._all)))

    def _take(self, probabilities: list[float]) -> Iterator[Slice]:
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
        begin = max(self._first, self._onset - self._margin)
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

    def _cut(self, end: int) -> Iterator[Slice]:
        onset = self._onset if self._onset is not None else end
        begin = max(self._first, onset - self._margin)
        spans = speech_spans(self._all[begin:end])
        if is_speech(spans, self._all[begin:end]):
            yield Slice(
                begin * FRAME_S,
                self._sound[(begin - self._first) * FRAME : (end - self._first) * FRAME].copy(),
                tuple(Span(s.start_s + begin * FRAME_S, s.end_s + begin * FRAME_S) for s in spans),
            )
        self._forget(end)
        later = [i for i in range(end, len(self._all)) if self._all[i] >= SPEECH_FROM]
        self._onset = later[0] if later else None

    def _forget_silence(self) -> None:
        if self._onset is None:
            self._forget(len(self._all) - self._margin)

    def _forget(self, frame: int) -> None:
        if frame > self._first:
            self._sound = self._sound[(frame - self._first) * FRAME :]
            self._first = frame
