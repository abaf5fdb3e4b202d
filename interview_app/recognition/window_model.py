"""A Whisper model that decodes one window of 30 s at a time.

faster-whisper walks through a whole file: it decodes 30 s, goes on from the last word of which it
is sure, and so on. The same walk is made here step by step, so that sound can be decoded while it
is still being spoken.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from interview_app.recognition.word_pieces import join_word_pieces

WINDOW_S = 30.0
"""Seconds of sound Whisper takes in at a time."""
MARGIN_S = 5.0
"""Silence after a sound that the encoder sees. Whisper was trained on 30 s, silence included, and
costs as much for 3 s as for 30. With 4 s after them, 43 short recordings had a word error rate of
15.2 % (16.1 % with all 30 s) for a third of the time; with 2 s answers ran in circles."""
_FRAMES_PER_S = 100
_TOKENS_PER_S = 6
"""No one says more: fast speech has 4 tokens a second, time marks among them."""
_LEAST_TOKENS = 12
_TEXT_TOKENS = 448
"""Whisper's text length, prompt and answer together."""
_PROMPT_TOKENS = 8
"""At most this many tokens stand round the words before: start, language, task, time."""


def token_limit(length_s: float, context_tokens: int) -> int:
    """How long an answer may get, as CTranslate2 counts.

    It stops at half of prompt and limit together (``max_length / 2`` in its Whisper code), and
    refuses more than Whisper's text length for both.
    """
    wanted = round(_TOKENS_PER_S * length_s) + _LEAST_TOKENS
    return min(2 * wanted, _TEXT_TOKENS - context_tokens - _PROMPT_TOKENS)


@dataclass(slots=True)
class WindowResult:
    """What one window gave: segments, and how much of it is done with."""

    segments: list[Any] = field(default_factory=list)
    language: str = ""
    advance_s: float = 0.0
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
        is_last: bool,
        margin_s: float = WINDOW_S,
        **options: object,
    ) -> WindowResult:
        """Decode at most 30 s of sound.

        ``is_last``: no sound follows (yet), so an unfinished last sentence is taken as it is.
        ``margin_s``: how much silence after the sound the encoder sees, up to 30 s with it.
        """
        self._is_last = is_last
        self._frames = round((len(samples) / 16_000 + margin_s) * _FRAMES_PER_S)
        self._result = result = WindowResult()
        self._seek: tuple[int, bool] | None = None
        self._is_decoded = False
        ctranslate2.set_random_seed(0)
        segments, info = self.transcribe(samples, word_timestamps=True, **options)
        with contextlib.suppress(_WindowDone):
            for segment in segments:
                words = join_word_pieces(segment.words or (), info.language)
                result.segments.append(replace(segment, words=words))
        result.language = str(info.language)
        result.advance_s = self._advance(len(samples) / 16_000)
        return result

    def _advance(self, length_s: float) -> float:
        """Where to go on: at the last time mark of the answer, or after the whole window."""
        seek, is_whole = self._seek or (0, True)
        return length_s if is_whole or not seek else min(length_s, seek / _FRAMES_PER_S)

    def encode(self, features: NDArray[np.float32]) -> ctranslate2.StorageView:
        """The model's view of one window, the only one of its decoding."""
        if self._is_decoded:
            raise _WindowDone
        return super().encode(np.ascontiguousarray(features[..., : self._frames]))

    def generate_with_fallback(
        self,
        *args: Any,  # noqa: ANN401 - passed on as they are
    ) -> tuple[Any, float, float, float]:
        """The answer to the window, and how far it repeats itself."""
        found: tuple[Any, float, float, float] = super().generate_with_fallback(*args)
        self._is_decoded = True
        self._result.compression = found[3]
        return found

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
