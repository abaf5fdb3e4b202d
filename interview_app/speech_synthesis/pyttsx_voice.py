"""The voice that reads questions: pyttsx3 in a fresh helper process per utterance, with a cache."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from interview_app.domain.errors import VoiceUnavailable
from interview_app.services.jobs import JobContext
from interview_app.services.ports.voice import Speech, VoiceInfo
from interview_app.speech_synthesis.cache import CachePlace, VoiceCache, cache_key, engine_version
from interview_app.speech_synthesis.helper_call import ask_helper
from interview_app.speech_synthesis.problems import retry_remedy, voice_remedy
from interview_app.speech_synthesis.pronunciations import Pronunciations
from interview_app.speech_synthesis.say_text import spoken_text
from interview_app.support.helper_process import Message

SLOWEST_WPM, FASTEST_WPM = 80, 450
"""The range espeak-ng accepts (its manual, option ``-s``)."""


class _Rendering:
    """One text being rendered, for everybody who asked for it meanwhile."""

    def __init__(self) -> None:
        self.is_over = threading.Event()
        self.speech: Speech | None = None
        self.problem: VoiceUnavailable | None = None


class PyttsxVoice:
    """The system's voices (eSpeak NG, SAPI5, macOS) as sound files; see :class:`ports.Voice`.

    Safe from any thread. ``time_limit_s`` is how long one utterance or the list of voices may take.
    """

    def __init__(
        self,
        cache: VoiceCache,
        pronunciations: Pronunciations | None = None,
        *,
        time_limit_s: float = 20,
    ) -> None:
        self._cache = cache
        self._pronunciations = pronunciations or Pronunciations()
        self._time_limit_s = time_limit_s
        self._lock = threading.Lock()
        self._renderings: dict[str, _Rendering] = {}
        self._voices_lock = threading.Lock()
        self._voices: tuple[VoiceInfo, ...] = ()

    def voices(self) -> Sequence[VoiceInfo]:
        """The default English voice, other English ones, then the rest by name; blocks once.

        Raises:
            VoiceUnavailable: none can be had; the remedy says what to install.
        """
        with self._voices_lock:
            if not self._voices:
                answer = ask_helper({"act": "voices"}, self._time_limit_s, JobContext())
                _raise_problem(answer)
                default, *others = (VoiceInfo(*fields) for fields in answer["voices"])
                others.sort(key=lambda voice: (not voice.language.startswith("en"), voice.name))
                self._voices = (default, *others)
            return self._voices

    def render(self, text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        """The text as sound, from the cache or rendered now; blocks.

        Args:
            text: as shown; Markdown marks, HTML tags and emoji are not read aloud.
            voice: id, name or language of a voice; ``""`` is the default one.
            rate_wpm: words a minute; brought within 80 to 450.
            job: cancelling it kills the helper.

        Raises:
            VoiceUnavailable: nothing to say, or the voice failed, hung or is missing.
            JobCancelled: the job was cancelled.
        """
        job.check()
        if not spoken_text(text).has_words:
            raise VoiceUnavailable(
                "There is nothing to read aloud: the text holds no words.",
                remedy="Give the question a prompt with words.",
            )
        rate_wpm = min(max(rate_wpm, SLOWEST_WPM), FASTEST_WPM)
        said = self._pronunciations.of(text)
        request: Message = {
            "act": "render",
            "text": text,
            "voice": voice,
            "rate_wpm": rate_wpm,
            "said": said,
        }
        key = cache_key(text, voice, rate_wpm, engine=engine_version(), said=said)
        while True:
            with self._lock:
                rendering = self._renderings.get(key)
                is_mine = rendering is None
                if rendering is None:
                    rendering = self._renderings[key] = _Rendering()
            if is_mine:
                return self._render_for_all(key, request, rendering, job)
            _wait(rendering, job)
            if rendering.problem is not None:
                raise VoiceUnavailable(
                    rendering.problem.message, remedy=rendering.problem.remedy
                ) from rendering.problem
            if rendering.speech is not None:
                return rendering.speech
            # Whoever rendered it was cancelled: it is this caller's turn.

    def _render_for_all(
        self, key: str, request: Message, rendering: _Rendering, job: JobContext
    ) -> Speech:
        try:
            rendering.speech = self._cache.find(key) or self._render_now(key, request, job)
        except VoiceUnavailable as problem:
            rendering.problem = problem
            raise
        else:
            return rendering.speech
        finally:
            with self._lock:
                del self._renderings[key]
            rendering.is_over.set()

    def _render_now(self, key: str, request: Message, job: JobContext) -> Speech:
        def ask(place: CachePlace) -> Message:
            paths = {"part": str(place.part), "sound": str(place.sound)}
            answer = ask_helper({**request, **paths}, self._time_limit_s, job)
            _raise_problem(answer)
            return answer

        return self._cache.made(key, ask)


def _wait(rendering: _Rendering, job: JobContext) -> None:
    """Wait until a rendering is over or the job is cancelled.

    Raises:
        JobCancelled: the job was cancelled.
    """
    while not rendering.is_over.wait(0.01):
        job.check()


def _raise_problem(answer: Message) -> None:
    """Turn a helper's refusal into an error.

    Raises:
        OSError: the sound could not be written.
        VoiceUnavailable: anything else.
    """
    if answer.get("ok"):
        return
    kind, detail = answer.get("kind"), answer.get("detail", "")
    if kind == "write":
        raise OSError(detail)
    if kind == "missing":
        raise VoiceUnavailable("No voice is installed on this computer.", remedy=voice_remedy())
    if kind == "voice":
        raise VoiceUnavailable(
            f'There is no voice "{detail}" on this computer.',
            remedy="Choose another one in Settings; `interview-app voices list` names them.",
        )
    raise VoiceUnavailable(
        f"The voice could not read this text: {detail}.",
        remedy=retry_remedy(),
    )
