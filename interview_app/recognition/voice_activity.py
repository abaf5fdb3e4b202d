"""Where a sound holds speech, decided before any recognizer hears it.

The detector is Silero VAD 6 (MIT), as faster-whisper ships it for onnxruntime
(``faster_whisper/assets/silero_vad_v6.onnx``; github.com/snakers4/silero-vad). It gives one
probability for each 32 ms; its two state vectors and the last 64 samples of the previous frame
are carried from block to block, so a stream gives what the whole file gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from interview_app.domain.transcript import Span
from interview_app.recognition.sound_files import SAMPLE_RATE, Samples

FRAME = 512
"""Samples of one frame: what the network was trained on at 16 kHz."""
FRAME_S = FRAME / SAMPLE_RATE
_CONTEXT = 64

SPEECH_FROM = 0.4
"""Probability at which speech begins. Silero's own default of 0.5 loses telephone speech (8 kHz
recordings peak at 0.6), and music, rain, dogs and machines stay below 0.3 but for moments."""
SPEECH_UNTIL = 0.25
"""Probability below which speech ends: Silero's own distance of 0.15 under the beginning."""
SHORTEST_SPEECH_S = 0.25
"""Shorter bursts are clicks and barks: a spoken "yes" lasts 0.3 s."""
LEAST_EVIDENCE_S = 0.22
"""Seconds of speech weighted by their probability that a slice must hold. Measured over whole
recordings: 13 of 14 without speech hold none, a chainsaw 0.31 in several starts, none of which
reaches this; the shortest spoken one ("ten of clubs") holds 0.70, the faintest telephone sentence
0.88."""
BRIEF_PAUSE_S = 0.2
"""Gaps under this belong to articulation, not to pausing (Campione & Véronis 2002)."""


class VoiceActivity:
    """Gives the probability of speech for each 32 ms of a stream."""

    def __init__(self) -> None:
        from faster_whisper.vad import get_vad_model

        self._session: Any = get_vad_model().session
        self._h = np.zeros((1, 1, 128), dtype=np.float32)
        self._c = np.zeros((1, 1, 128), dtype=np.float32)
        self._context = np.zeros(_CONTEXT, dtype=np.float32)
        self._rest = np.zeros(0, dtype=np.float32)

    def feed(self, samples: Samples) -> list[float]:
        """The probabilities of the frames these samples complete, 0 to 1."""
        sound = np.concatenate([self._rest, samples])
        count = len(sound) // FRAME
        self._rest = sound[count * FRAME :]
        if not count:
            return []
        frames = sound[: count * FRAME].reshape(count, FRAME)
        before = np.vstack([self._context, frames[:-1, -_CONTEXT:]])
        self._context = frames[-1, -_CONTEXT:].copy()
        batch = np.concatenate([before, frames], axis=1)
        output, self._h, self._c = self._session.run(
            None, {"input": batch, "h": self._h, "c": self._c}
        )
        return [float(value) for value in np.asarray(output).reshape(-1)]

    def finish(self) -> list[float]:
        """The probability of the last, incomplete frame, filled up with silence."""
        if not len(self._rest):
            return []
        return self.feed(np.zeros(FRAME - len(self._rest), dtype=np.float32))


def speech_spans(probabilities: Sequence[float]) -> tuple[Span, ...]:
    """The stretches of speech in a run of frames, in seconds from its first frame.

    Gaps under :data:`BRIEF_PAUSE_S` are closed, bursts under :data:`SHORTEST_SPEECH_S` left out.
    """
    merged: list[Span] = []
    for span in _runs(probabilities):
        if merged and span.start_s - merged[-1].end_s < BRIEF_PAUSE_S:
            merged[-1] = Span(merged[-1].start_s, span.end_s)
        else:
            merged.append(span)
    return tuple(span for span in merged if span.length_s >= SHORTEST_SPEECH_S)


def _runs(probabilities: Iterable[float]) -> Iterable[Span]:
    start: int | None = None
    count = 0
    for count, probability in enumerate(probabilities, 1):
        if start is None and probability >= SPEECH_FROM:
            start = count - 1
        elif start is not None and probability < SPEECH_UNTIL:
            yield Span(start * FRAME_S, (count - 1) * FRAME_S)
            start = None
    if start is not None:
        yield Span(start * FRAME_S, count * FRAME_S)


def is_speech(spans: Sequence[Span], probabilities: Sequence[float]) -> bool:
    """Whether stretches found in a run of frames are, together, more than a chance sound."""
    return sum(_evidence(span, probabilities) for span in spans) >= LEAST_EVIDENCE_S


def _evidence(span: Span, probabilities: Sequence[float]) -> float:
    frames = probabilities[round(span.start_s / FRAME_S) : round(span.end_s / FRAME_S)]
    return sum(frames) * FRAME_S
