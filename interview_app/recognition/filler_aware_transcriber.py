"""Hears a sound accurately, and its hesitations besides, on a thread of their own.

Both passes take about one core each, so that on two cores the light one costs no time.
"""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

from interview_app.recognition.chunked_transcriber import StreamingTranscriber
from interview_app.recognition.chunks import Chunk, Chunker
from interview_app.recognition.filled_pauses import (
    PIECES,
    FilledPauseDetector,
    FilledPauseResult,
    with_filled_pauses,
)
from interview_app.recognition.joining import OVERLAP_S
from interview_app.recognition.sound_files import Samples
from interview_app.services.ports.recognizer import RecognitionResult

_log = logging.getLogger(__name__)

PAUSE_S = 0.3
"""Silence that is a pause."""
IN_PAUSE_EVERY_S = 2.0
"""New sound after which the open piece is heard again in a pause: the answer may be over."""
AHEAD_EVERY_S = 4.0
"""New sound after which it is heard again, pause or not."""
LEAST_REST_S = 8.0
"""How much of the open piece is heard at the end, where most of it was heard already: in shorter
pieces the light model invents."""
_BEFORE_S = 3.0
"""Sound before the first new second, so that no new hesitation stands at the very beginning."""
_MOST_WAITING = 3


class FilledPauseWorker:
    """The light model and its one thread; several sounds may share it."""

    def __init__(self, ear: FilledPauseDetector) -> None:
        self._ear = ear
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hesitations")

    def echo(self, piece: Chunk) -> Future[FilledPauseResult]:
        """What will be heard in a piece, after those that wait."""
        return self._thread.submit(self._ear.echo, piece)


@dataclass(frozen=True, slots=True)
class _Early:
    """The open piece as it was, and what is heard of it."""

    piece: Chunk
    echo: Future[FilledPauseResult]


class FillerAwareTranscriber:
    """Hears a sound accurately, and its hesitations besides."""

    def __init__(self, accurate: StreamingTranscriber, lane: FilledPauseWorker) -> None:
        self._accurate = accurate
        self._lane = lane
        self._cutter = Chunker(PIECES)
        self._echoes: deque[Future[FilledPauseResult]] = deque()
        self._early: _Early | None = None
        """The open piece as it was heard last."""

    @property
    def text(self) -> str:
        """The words so far, without what only the light model heard."""
        return self._accurate.text

    @property
    def behind_s(self) -> float:
        """Seconds of sound that are not words yet."""
        return self._accurate.behind_s

    def feed(self, samples: Samples) -> None:
        """Take samples (mono, 16 kHz); complete pieces go to the light model."""
        self._accurate.feed(samples)
        for piece in self._cutter.feed(samples):
            self._hear(piece)

    def work(self, *, ahead: bool) -> bool:
        """Decode one piece accurately; meanwhile the light model hears on by itself."""
        waiting = [echo for echo in self._echoes if not echo.done()]
        if len(waiting) > _MOST_WAITING:
            wait(waiting[:1])
        if ahead and not waiting:
            self._hear_early()
        return self._accurate.work(ahead=ahead)

    def finish(self) -> RecognitionResult:
        """What was heard in all of it, hesitations among the words."""
        last = list(self._cutter.finish())
        for piece in last[:-1]:
            self._hear(piece)
        for piece in last[-1:]:
            self._hear_last(piece)
        heard = self._accurate.finish()
        segments = heard.transcript.segments
        try:
            for echo in self._echoes:
                segments = with_filled_pauses(segments, echo.result())
        except Exception:  # noqa: BLE001 - never at the cost of the words
            _log.exception("Hesitations could not be heard")
        return replace(heard, transcript=replace(heard.transcript, segments=segments))

    def _hear(self, piece: Chunk) -> None:
        early, self._early = self._early, None
        if early is not None and early.piece.speech == piece.speech:
            self._echoes.append(early.echo)
        else:
            self._echoes.append(self._lane.echo(piece))

    def _hear_last(self, piece: Chunk) -> None:
        """Hear only the end of the last piece, if the rest was heard while it was open."""
        early = self._early
        is_known = early is not None and early.piece.start_s == piece.start_s
        if early is None or not is_known or early.piece.speech == piece.speech:
            self._hear(piece)
            return
        new_s = early.piece.end_s - OVERLAP_S
        rest = piece.after(min(new_s - _BEFORE_S, piece.end_s - LEAST_REST_S), 0.0)
        if rest is None or rest.start_s <= piece.start_s:
            self._hear(piece)
            return
        self._echoes.append(_part(early.echo, 0.0, new_s))
        self._echoes.append(_part(self._lane.echo(rest), new_s, piece.end_s))

    def _hear_early(self) -> None:
        """Hear the open piece in a pause, or when much of it is new: the answer may be over."""
        piece = self._cutter.open_slice()
        early = self._early
        if piece is None or (early is not None and not early.echo.done()):
            return
        is_other = early is None or early.piece.start_s != piece.start_s
        known_s = piece.start_s if early is None or is_other else early.piece.end_s
        is_new = is_other or (early is not None and early.piece.speech != piece.speech)
        due_s = IN_PAUSE_EVERY_S if self._cutter.pause_s >= PAUSE_S else AHEAD_EVERY_S
        if is_new and piece.end_s - known_s >= due_s:
            self._early = _Early(piece, self._lane.echo(piece))


def _part(
    echo: Future[FilledPauseResult], start_s: float, end_s: float
) -> Future[FilledPauseResult]:
    """What an echo holds between two moments, when it is there."""
    part: Future[FilledPauseResult] = Future()

    def cut(done: Future[FilledPauseResult]) -> None:
        error = done.exception()
        if error is not None:
            part.set_exception(error)
            return
        whole = done.result()
        words = (w for w in whole.words if start_s <= (w.start_s + w.end_s) / 2 < end_s)
        part.set_result(
            FilledPauseResult(max(start_s, whole.start_s), min(end_s, whole.end_s), tuple(words))
        )

    echo.add_done_callback(cut)
    return part
