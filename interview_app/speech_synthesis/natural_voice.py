"""The natural voices: rendered one after another by a thread of their own, ahead where asked."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from interview_app import __version__
from interview_app.domain.errors import VoiceUnavailable
from interview_app.services.jobs import JobContext
from interview_app.services.ports.voice import Speech, VoiceInfo
from interview_app.speech_synthesis.cache import CachePlace, VoiceCache, cache_key
from interview_app.speech_synthesis.interviewers import Interviewer, find_interviewer, interviewers
from interview_app.speech_synthesis.natural_client import NaturalClient
from interview_app.speech_synthesis.natural_files import MODEL, STYLES, NaturalFiles
from interview_app.speech_synthesis.natural_speed import NaturalSpeed
from interview_app.speech_synthesis.pronunciations import Pronunciations
from interview_app.support.helper_process import Message

_log = logging.getLogger(__name__)

_IDLE_S = 180.0
"""So long the loaded model stays without work: 0.6 GB are given back after a session."""
_MOST_WAITING = 200
_POLL_S = 0.02


@dataclass(slots=True)
class _Wanted:
    """A text to be rendered, and its sound for everybody who waits."""

    text: str
    interviewer: Interviewer
    rate_wpm: int
    said: list[tuple[str, str]]
    is_urgent: bool = False
    speech: Future[Speech] = field(default_factory=Future)

    @property
    def key(self) -> str:
        return cache_key(
            self.text,
            self.interviewer.id,
            self.rate_wpm,
            engine=_engine_version(self.interviewer),
            said=self.said,
        )

    def is_like(self, other: _Wanted) -> bool:
        """Whether both are to be said by the same voice at the same speed."""
        return (self.interviewer, self.rate_wpm) == (other.interviewer, other.rate_wpm)


class NaturalVoice:
    """Kokoro's voices as sound files; safe from any thread.

    ``speed_file`` remembers how fast this machine is; ``time_limit_s`` is how long one text may
    take before the helper is ended.
    """

    def __init__(
        self,
        files: NaturalFiles,
        cache: VoiceCache,
        pronunciations: Pronunciations,
        speed_file: Path,
        *,
        time_limit_s: float = 120.0,
        idle_s: float = _IDLE_S,
    ) -> None:
        self.files = files
        self.speed = NaturalSpeed(speed_file)
        self._cache = cache
        self._pronunciations = pronunciations
        self._time_limit_s = time_limit_s
        self._idle_s = idle_s
        self._client = NaturalClient()
        self._changed = threading.Condition()
        self._waiting: list[_Wanted] = []
        self._at_work: _Wanted | None = None
        self._is_paused = False
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def voices(self) -> Sequence[VoiceInfo]:
        """The interviewers, if their files are here."""
        return tuple(each.info for each in interviewers()) if self.files.place() else ()

    def find(self, text: str, voice: str, rate_wpm: int) -> Speech | None:
        """The text's sound if it was rendered and kept."""
        wanted = self._wanted(text, voice, rate_wpm)
        return self._cache.find(wanted.key) if wanted else None

    def render(self, text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        """The text as sound, rendered before all that waits; blocks.

        A cancelled caller leaves at once; what was begun is finished and kept.

        Raises:
            VoiceUnavailable: no such voice, or it is missing, damaged, or failed twice.
            JobCancelled: the job was cancelled.
        """
        job.check()
        wanted = self._wanted(text, voice, rate_wpm)
        if wanted is None:
            raise VoiceUnavailable(
                f'There is no voice "{voice}".',
                remedy="Choose another one in Settings; `interview-app voices list` names them.",
            )
        kept = self._cache.find(wanted.key)
        if kept is not None:
            return kept
        wanted.is_urgent = True
        wanted = self._add([wanted])[0]
        while True:
            try:
                return wanted.speech.result(timeout=_POLL_S)
            except TimeoutError:
                if job.is_cancelled:
                    self._give_up(wanted)
                job.check()

    def prepare(self, texts: Sequence[str], voice: str, rate_wpm: int) -> None:
        """Render texts ahead, the first one first; nothing where the machine is too slow."""
        if self.speed.is_too_slow or self.files.place() is None:
            return
        wanted = [self._wanted(text, voice, rate_wpm) for text in texts]
        self._add([each for each in wanted if each is not None])

    def pause_prefetch(self, *, is_paused: bool) -> None:
        """Begin nothing ahead while it rests."""
        with self._changed:
            self._is_paused = is_paused
            self._changed.notify_all()

    def close(self) -> None:
        """End the helper and forget what waits."""
        with self._changed:
            self._is_closed = True
            waiting, self._waiting = self._waiting, []
            self._changed.notify_all()
        for wanted in waiting:
            wanted.speech.set_exception(_closed())
        self._client.end()
        if self._thread is not None:
            self._thread.join()

    def _wanted(self, text: str, voice: str, rate_wpm: int) -> _Wanted | None:
        interviewer = find_interviewer(voice)
        if interviewer is None:
            return None
        return _Wanted(text, interviewer, rate_wpm, self._pronunciations.of(text))

    def _add(self, wanted: Sequence[_Wanted]) -> list[_Wanted]:
        """Put texts in front of what waits; those that wait or are at work already stay one."""
        with self._changed:
            if self._is_closed:
                raise _closed()
            known = {each.key: each for each in self._waiting}
            if self._at_work is not None:
                known[self._at_work.key] = self._at_work
            added = [known.get(each.key, each) for each in wanted]
            for old, new in zip(added, wanted, strict=True):
                old.is_urgent = old.is_urgent or new.is_urgent
            first = [each for each in added if each is not self._at_work]
            rest = [
                each
                for each in self._waiting
                if each not in first and (each.is_urgent or not first or each.is_like(first[0]))
            ]
            self._waiting = [*first, *rest][:_MOST_WAITING]
            self._work_on()
            self._changed.notify_all()
        return added

    def _give_up(self, wanted: _Wanted) -> None:
        with self._changed:
            if wanted in self._waiting:
                self._waiting.remove(wanted)

    def _work_on(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="natural-voice", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._at_work = None
                while not self._is_closed and self._next() is None:
                    if not self._changed.wait(self._idle_s):
                        self._client.close()
                if self._is_closed:
                    return
                wanted = self._at_work = self._next()
                if wanted is None:
                    continue
                self._waiting.remove(wanted)
            try:
                wanted.speech.set_result(self._cache.find(wanted.key) or self._made(wanted))
            except Exception as error:  # noqa: BLE001 - met by whoever waits for this text
                if not isinstance(error, VoiceUnavailable):
                    _log.exception("A natural voice failed")
                wanted.speech.set_exception(error)

    def _next(self) -> _Wanted | None:
        """What is to be rendered now: what somebody waits for; the rest unless resting."""
        urgent = (each for each in self._waiting if each.is_urgent)
        first = next(urgent, None)
        if first is None and self._waiting and not self._is_paused:
            return self._waiting[0]
        return first

    def _made(self, wanted: _Wanted) -> Speech:
        folder = self.files.locate()
        try:
            return self._cache.made(wanted.key, lambda place: self._ask(folder, wanted, place))
        except VoiceUnavailable as problem:
            if self._is_closed:
                raise
            # A helper that was killed is started again, once.
            _log.warning("A natural voice is tried again: %s", problem.message)
            return self._cache.made(wanted.key, lambda place: self._ask(folder, wanted, place))

    def _ask(self, folder: Path, wanted: _Wanted, place: CachePlace) -> Message:
        who = wanted.interviewer
        request: Message = {
            "act": "render",
            "text": wanted.text,
            "style": who.style,
            "language": who.language,
            "speed": wanted.rate_wpm / who.pace_wpm,
            "said": wanted.said,
            "part": str(place.part),
            "sound": str(place.sound),
        }
        answer = self._client.ask(folder, request, self._time_limit_s)
        if answer["ok"]:
            self.speed.add(answer["took_s"], answer["duration_s"])
            return answer
        if answer["kind"] == "write":
            raise OSError(answer["detail"])
        raise VoiceUnavailable(
            f"The natural voice could not read this text: {answer['detail']}.",
            remedy="Choose another voice in Settings.",
        )


def _engine_version(interviewer: Interviewer) -> str:
    try:
        library = metadata.version("kokoro-onnx")
    except metadata.PackageNotFoundError:  # a frozen bundle may leave it out
        library = f"bundled with {__version__}"
    style = STYLES[interviewer.style]
    pace = interviewer.pace_wpm
    return f"kokoro-onnx {library}, {MODEL.sha256[:16]}, {style.sha256[:16]}, {pace}"


def _closed() -> VoiceUnavailable:
    return VoiceUnavailable("The voice was closed.", remedy="Start the application again.")
