"""Hears speech while it is spoken, with a Whisper model that sees 30 s at a time.

The walk is faster-whisper's own: decode up to 30 s, keep what lies before the last word that is
sure to be complete, go on from there with the words before as context; nothing is cut inside a
word. It only begins earlier: the window that is still growing is decoded now and then, and in
between only its last few seconds, whose words are laid over those before (see :mod:`joining`). So
words appear, and whenever the answer ends only a few seconds are left to hear. These need the words
before them as context: without it six recordings of the ``res`` kind had a word error rate of
20.2 %, with it 19.3 %, and 18.9 % as whole files.

What did not work: settling a window before it is full (at 12, 16 or 22 s, up to the last pause), so
that nothing as long as 30 s is ever decoded while somebody speaks. On ten recordings of the ``res``
kind that cost 1.4 to 2.1 points of word error rate: Whisper needs the 30 s it was trained on.

Nor did handing the words that two decodings agreed on to the next as the beginning of its answer.
CTranslate2 forces a time mark after such a beginning, at which Whisper often stops (word error rate
29.6 % where plain Whisper has 16.3, on six recordings), and it takes the words given one by one, so
that little time is saved.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from interview_app.domain.transcript import Segment, Transcript
from interview_app.recognition.chunked_transcriber import transcribe_samples
from interview_app.recognition.chunks import STRETCHES, Chunk, Chunker
from interview_app.recognition.joining import joined, place_to_cut
from interview_app.recognition.sound_files import Samples
from interview_app.services.ports.recognizer import RecognitionResult

WINDOW_S = 30.0
"""Seconds of sound Whisper takes in at a time."""
AHEAD_EVERY_S = 2.0
"""New sound after which a growing window is decoded again."""
PAUSE_S = 0.3
"""A pause after which the words before it are decoded at once: the answer may be over."""
_LEAST_NEW_S = 0.7
"""New sound without which even a pause is no reason to decode again."""
_SHORT_S = 8.0
"""A window up to this long is heard as a whole: that is soon done."""
_JOINED_S = 12.0
"""Sound after the last decoding as a whole from which on a growing window is decoded so again. Long
decodings are what an answer that ends meanwhile waits for: with 8 s, and the last seconds decoded
every 2.5 s, 95 of 100 waits were twice as long."""
_LOST_S = 1.2
"""Speech after the last word that was not just that word's end."""
_MARGIN_S = 0.4
_CONTEXT_TOKENS = 223
"""What Whisper takes of the words before; half of its text length, less one."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one decoding of a window gave.

    ``advance_s`` is how much of the window is done with; ``tokens`` is the answer as context for
    the next window.
    """

    segments: tuple[Segment, ...]
    language: str
    advance_s: float
    tokens: tuple[int, ...]
    is_repetitive: bool = False
    """Whether the words before led the recognizer astray."""


class WindowEngine(Protocol):
    """A recognizer that decodes one window."""

    recognizer: str
    model: str

    def decode(
        self,
        piece: Chunk,
        language: str,
        *,
        context: tuple[int, ...],
    ) -> Decoded:
        """Decode a window; ``context`` is what was said before it."""
        ...

    def tokens(self, text: str) -> tuple[int, ...]:
        """A text as context."""
        ...


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What was heard of the growing window; up to ``whole_s`` as a whole, then piece by piece.

    ``heard_s`` is before ``end_s`` where an answer stopped in mid-speech. The tokens of ``decoded``
    are those of the whole alone.
    """

    start_s: float
    end_s: float
    heard_s: float
    pause_s: float
    decoded: Decoded
    whole_s: float

    @property
    def is_whole(self) -> bool:
        """Whether all of it was decoded at once."""
        return self.whole_s == self.end_s


class WindowedTranscriber:
    """Hears one sound window by window."""

    def __init__(self, engine: WindowEngine, language: str) -> None:
        self._engine = engine
        self._language = language
        self._cutter = Chunker(STRETCHES)
        self._waiting: deque[Chunk] = deque()
        self._segments: list[Segment] = []
        self._context: tuple[int, ...] = ()
        self._ahead: _Ahead | None = None

    @property
    def text(self) -> str:
        """The words so far; those of the growing window may still change."""
        expected = self._ahead.decoded.segments if self._ahead else ()
        return _text((*self._segments, *expected))

    @property
    def behind_s(self) -> float:
        """Seconds of sound that came in and were never decoded."""
        growing = self._cutter.open_slice()
        pieces = [*self._waiting, growing] if growing else list(self._waiting)
        seen_s = self._ahead.end_s if self._ahead else 0.0
        return sum(max(0.0, piece.end_s - max(piece.start_s, seen_s)) for piece in pieces)

    def feed(self, samples: Samples) -> None:
        """Take samples (mono, 16 kHz)."""
        self._waiting.extend(self._cutter.feed(samples))

    def work(self, *, ahead: bool) -> bool:
        """Decode a full window or a finished stretch; else, ``ahead``, the growing window."""
        if self._waiting:
            self._settle_waiting()
            return True
        growing = self._cutter.open_slice()
        if growing is None:
            return False
        if growing.length_s >= WINDOW_S:
            self._cutter.drop(self._settle(growing.first(WINDOW_S)))
            return True
        return ahead and self._look_ahead(growing)

    def finish(self) -> RecognitionResult:
        """What was heard in all of it."""
        while self.work(ahead=False):
            pass
        self._waiting.extend(self._cutter.finish())
        while self._waiting:
            if len(self._waiting) > 1 or not self._end_from_ahead(self._waiting[0]):
                self._settle_waiting()
        transcript = Transcript(
            self._language, self._engine.recognizer, self._engine.model, tuple(self._segments)
        )
        return transcribe_samples(self._cutter, transcript)

    def _settle_waiting(self) -> None:
        piece = self._waiting.popleft()
        done_s = self._settle(piece.first(WINDOW_S))
        rest = piece.after(done_s, _MARGIN_S)
        if rest is not None:
            self._waiting.appendleft(rest)

    def _settle(self, window: Chunk) -> float:
        """Decode a window for good; where to go on."""
        ahead = self._ahead_of(window)
        if ahead is not None and ahead.is_whole and _holds_all(ahead, window):
            decoded = ahead.decoded
        else:
            decoded = self._decode(window, self._context)
        self._take(decoded)
        self._ahead = None
        return _done_until(decoded, window)

    def _take(self, decoded: Decoded) -> None:
        self._segments += decoded.segments
        before = () if decoded.is_repetitive else self._context
        self._context = (before + decoded.tokens)[-_CONTEXT_TOKENS:]

    def _end_from_ahead(self, last: Chunk) -> bool:
        """Finish the last window from what was heard of it ahead, if only a little is new."""
        ahead = self._ahead_of(last)
        if ahead is None or last.length_s > WINDOW_S:
            return False
        if not _holds_all(ahead, last):
            ahead = self._grown(ahead, last, 0.0)
        elif ahead.is_whole:
            return False
        if ahead is None:
            return False
        self._ahead = None
        self._waiting.clear()
        rest = last.after(ahead.heard_s, _MARGIN_S) if ahead.heard_s < last.end_s else None
        if rest is None:
            self._segments += ahead.decoded.segments
        else:
            tokens = self._engine.tokens(_text(ahead.decoded.segments))
            self._take(replace(ahead.decoded, tokens=tokens))
            self._waiting.append(rest)
        return True

    def _look_ahead(self, growing: Chunk) -> bool:
        ahead = self._ahead = self._ahead_of(growing)
        pause_s = self._cutter.pause_s
        new_s = growing.end_s - (ahead.end_s if ahead else growing.start_s)
        is_pausing = pause_s >= PAUSE_S and (ahead is None or new_s > pause_s)
        is_nearly_full = growing.length_s > WINDOW_S - AHEAD_EVERY_S
        if not is_pausing and (is_nearly_full or new_s < AHEAD_EVERY_S):
            return False
        if new_s < _LEAST_NEW_S or (ahead is not None and _holds_all(ahead, growing)):
            return False
        is_due = ahead is None or growing.end_s - ahead.whole_s > _JOINED_S
        grown = None if ahead is None or is_due else self._grown(ahead, growing, pause_s)
        if grown is None:
            grown = self._heard_as_a_whole(growing, pause_s)
        self._ahead = grown
        return True

    def _heard_as_a_whole(self, growing: Chunk, pause_s: float) -> _Ahead:
        decoded = self._decode(growing, self._context)
        end_s = growing.end_s
        return _Ahead(growing.start_s, end_s, _heard_s(decoded, growing), pause_s, decoded, end_s)

    def _ahead_of(self, window: Chunk) -> _Ahead | None:
        ahead = self._ahead
        return ahead if ahead is not None and ahead.start_s == window.start_s else None

    def _grown(self, ahead: _Ahead, window: Chunk, pause_s: float) -> _Ahead | None:
        """What was heard, and only the last seconds decoded; none if that does not fit."""
        if window.length_s <= _SHORT_S or ahead.decoded.is_repetitive:
            return None
        cut_s, is_pause = place_to_cut(window, ahead.heard_s)
        rest = window.after(cut_s, _MARGIN_S)
        found = self._decode_rest(ahead, rest) if rest is not None else ()
        segments = joined(ahead.decoded.segments, found, cut_s, is_pause=is_pause)
        if segments is None:
            return None
        decoded = replace(ahead.decoded, segments=segments)
        heard_s = _heard_s(decoded, window)
        return replace(ahead, end_s=window.end_s, heard_s=heard_s, pause_s=pause_s, decoded=decoded)

    def _decode_rest(self, ahead: _Ahead, rest: Chunk) -> tuple[Segment, ...]:
        before = [
            word.text
            for segment in ahead.decoded.segments
            for word in segment.words
            if (word.start_s + word.end_s) / 2 < rest.start_s
        ]
        context = (*self._context, *self._engine.tokens(" ".join(before)))
        return self._decode(rest, context[-_CONTEXT_TOKENS:]).segments

    def _decode(self, window: Chunk, context: tuple[int, ...]) -> Decoded:
        decoded = self._engine.decode(window, self._language, context=context)
        self._language = decoded.language
        return decoded


def _text(segments: Iterable[Segment]) -> str:
    return " ".join(segment.text for segment in segments)


def _done_until(decoded: Decoded, window: Chunk) -> float:
    """Where to go on: an answer may stop in mid-speech and still claim the whole window."""
    claimed_s = window.start_s + (decoded.advance_s or window.length_s)
    return min(claimed_s, _heard_s(decoded, window))


def _heard_s(decoded: Decoded, window: Chunk) -> float:
    """Up to where a window was heard: its end, or the last word if the answer stops in speech."""
    last_s = max((w.end_s for s in decoded.segments for w in s.words), default=window.start_s)
    left_s = sum(max(0.0, span.end_s - max(span.start_s, last_s)) for span in window.speech)
    is_cut_short = left_s > _LOST_S and last_s > window.start_s + _LOST_S
    return last_s if is_cut_short else window.end_s


def _holds_all(ahead: _Ahead, window: Chunk) -> bool:
    """Whether a decoding saw all the speech of a window that has grown since, in a pause."""
    return ahead.pause_s >= PAUSE_S and all(
        span.end_s <= ahead.end_s - ahead.pause_s + PAUSE_S / 2 for span in window.speech
    )
