"""A Whisper model that decodes one window of 30 s at a time and goes on from words it knows.

faster-whisper walks through a whole file: it decodes 30 s, goes on from the last word of which it
is sure, and so on. The same walk is made here step by step, so that sound can be decoded while it
is still being spoken. What several decodings of a growing window agreed on is handed back to the
model as the beginning of its answer; only the rest is then decoded anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray

WINDOW_S = 30.0
"""Seconds of sound Whisper takes in at a time."""
_FRAMES_PER_S = 100
_PADDING_FRAMES = 3000


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as the model wrote it: its tokens, and when it ends in the window."""

    tokens: tuple[int, ...]
    end_s: float


@dataclass(slots=True)
class WindowResult:
    """What one window gave: segments, where to go on, and what the model wrote.

    ``advance_s`` is how much of the window is done with. ``raw`` are the tokens of the answer
    with its time marks; ``words`` are the same as words.
    """

    segments: list[Any] = field(default_factory=list)
    language: str = ""
    advance_s: float = 0.0
    raw: list[int] = field(default_factory=list)
    words: list[HeardWord] = field(default_factory=list)
    temperature: float = 0.0
    compression: float = 0.0


class _WindowDone(Exception):
    """The walk through the file would now begin its next window."""


class WindowModel(WhisperModel):  # type: ignore[misc]
    """The resident model; not to be used by two threads at once."""

    @property
    def _end_of_text(self) -> int:
        """The token after those of text, before those of time."""
        return int(self.hf_tokenizer.token_to_id("<|endoftext|>"))

    def decode_window(
        self,
        samples: NDArray[np.float32],
        *,
        known: Sequence[int],
        is_last: bool,
        **options: object,
    ) -> WindowResult:
        """Decode at most 30 s of sound; the answer begins with the tokens ``known``.

        ``is_last``: no sound follows (yet), so an unfinished last sentence is taken as it is.
        """
        self._is_last = is_last
        self._known = list(known)
        self._result = result = WindowResult()
        self._seek: tuple[int, bool] | None = None
        self._is_decoded = False
        ctranslate2.set_random_seed(0)
        segments, info = self.transcribe(samples, word_timestamps=True, **options)
        with contextlib.suppress(_WindowDone):
            for segment in segments:
                result.segments.append(segment)
        result.language = str(info.language)
        result.advance_s = self._advance(len(samples) / 16_000)
        return result

    def prefixes(self, result: WindowResult) -> tuple[tuple[int, ...], ...]:
        """The answer up to the end of each of its words; the first holds none."""
        ends = [i + 1 for i, token in enumerate(result.raw) if token < self._end_of_text]
        found: list[tuple[int, ...]] = [()]
        count = 0
        for word in result.words:
            count += len(word.tokens)
            if count > len(ends):
                break
            found.append(tuple(result.raw[: ends[count - 1]]))
        return tuple(found)

    def _advance(self, length_s: float) -> float:
        """Where to go on: at the last time mark of the answer, or after the whole window."""
        seek, is_whole = self._seek or (0, True)
        return length_s if is_whole or not seek else min(length_s, seek / _FRAMES_PER_S)

    def encode(self, features: NDArray[np.float32]) -> ctranslate2.StorageView:
        """The model's view of one window, the only one of its decoding."""
        if self._is_decoded:
            raise _WindowDone
        return super().encode(features)

    def generate_with_fallback(
        self, encoder_output: ctranslate2.StorageView, prompt: list[int], *rest: object
    ) -> tuple[Any, float, float, float]:
        """The answer, begun with what is known."""
        result, probability, temperature, compression = super().generate_with_fallback(
            encoder_output, prompt + self._known, *rest
        )
        self._is_decoded = True
        raw = list(result.sequences_ids[0])
        if raw[: len(self._known)] != self._known:
            raw = self._known + raw
        self._result.raw = raw
        self._result.temperature = temperature
        self._result.compression = compression
        whole = SimpleNamespace(sequences_ids=[raw], no_speech_prob=result.no_speech_prob)
        return whole, probability, temperature, compression

    def _split_segments_by_timestamps(
        self,
        tokens: list[int],
        segment_size: int,
        seek: int,
        **options: Any,  # noqa: ANN401
    ) -> tuple[list[dict[str, Any]], int, bool]:
        """The answer as segments; of the last window also what is unfinished.

        faster-whisper leaves that to the next window, and so decodes the end of a sound twice.
        """
        segments, seek_to, is_whole = super()._split_segments_by_timestamps(
            tokens=tokens, segment_size=segment_size, seek=seek, **options
        )
        rest = tokens[sum(len(segment["tokens"]) for segment in segments) :]
        if self._is_last and any(token < self._end_of_text for token in rest):
            start = segments[-1]["end"] if segments else options["time_offset"]
            end = options["time_offset"] + options["segment_duration"]
            segments.append({"seek": seek, "start": start, "end": end, "tokens": rest})
            seek_to, is_whole = seek + segment_size, True
        self._seek = (int(seek_to), bool(is_whole))
        return segments, seek_to, is_whole

    def find_alignment(self, *args: object, **options: object) -> list[Any]:
        """When each word was said; kept for the next decoding of the same window."""
        found: list[Any] = super().find_alignment(*args, **options)
        if found and not self._result.words:
            self._result.words = [HeardWord(tuple(w["tokens"]), float(w["end"])) for w in found[0]]
        return found
