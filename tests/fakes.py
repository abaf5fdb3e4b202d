"""Stand-ins for microphone, speaker, voice, recognizer, clock and storage that really work.

They keep their promises of ``services/ports``: a fake recorder leaves a WAV file, a fake voice
renders one, events come back through ``Post``. What the outside world would do (someone speaks, a
plug is pulled, a sound is over) a test does by calling the methods named for it.
"""

from __future__ import annotations

import threading
import wave
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Self

from interview_app.domain.analysis.measures import Measures
from interview_app.domain.errors import UnknownSession
from interview_app.domain.guide import Guide, Question, Section, StarOutline
from interview_app.domain.session import Session, Take, TranscriptionStatus
from interview_app.domain.transcript import Segment, Transcript, Word
from interview_app.services.history.corrections import CorrectionRepository
from interview_app.services.jobs import JobContext, Post
from interview_app.services.ports.devices import Device, DeviceChoice, DevicesChanged
from interview_app.services.ports.player import (
    NORMAL,
    PlaybackEnded,
    PlaybackFailed,
    PlaybackOptions,
    PlaybackPosition,
    PlaybackStarted,
    PlayerEvent,
)
from interview_app.services.ports.recognizer import WordsSoFar
from interview_app.services.ports.recorder import (
    RecorderEvent,
    RecordingAvailable,
    RecordingInterrupted,
    RecordingLevel,
    RecordingSaved,
    RecordingStarted,
    RecordingUnavailable,
)
from interview_app.services.ports.sessions import SessionRepository, SessionSummary
from interview_app.services.ports.voice import Delay, Speech, SpokenWord, VoiceInfo

MICROPHONE = Device("01", "Built-in microphone", is_default=True)
HEADSET = Device("02", "Headset")
SPEAKER = Device("11", "Built-in speaker", is_default=True)
WORD_S = 0.4
"""How long each word of the fake voice and of the fake recognizer takes."""


class FakeClock:
    """A clock that stands still until it is told to go on, in a zone of its own."""

    def __init__(self, zone: tzinfo = UTC) -> None:
        self.time = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
        self.zone = zone

    def now(self) -> datetime:
        return self.time

    def local_now(self) -> datetime:
        return self.time.astimezone(self.zone)

    def today(self) -> date:
        return self.local_now().date()

    def go_on(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def write_wav(path: Path, seconds: float) -> None:
    """A silent 16 kHz mono WAV file of that length."""
    _write(path, bytes(2 * round(seconds * 16000)))


def write_tone(path: Path, seconds: float) -> None:
    """A 16 kHz mono WAV file of that length that sounds all along."""
    period = array("h", [8000] * 20 + [-8000] * 20)
    _write(path, period.tobytes() * round(seconds * 16000 / len(period)))


def _write(path: Path, frames: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(frames)


class FakeRecorder:
    """A microphone in a quiet room: it hears what the test says into it."""

    def __init__(self, post: Post, folder: Path) -> None:
        self._post = post
        self._folder = folder
        self._listeners: list[Callable[[RecorderEvent], None]] = []
        self._seconds: dict[str, float] = {}
        self.uid = ""
        self.is_open = False
        self.is_recording = False
        self.device = DeviceChoice()
        self.refusal = ""
        """Why the microphone cannot be opened; empty while it can."""
        self.is_slow_to_save = False
        self._unsaved: list[str] = []

    def subscribe(self, listener: Callable[[RecorderEvent], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def listen(self, device: DeviceChoice) -> None:
        self.device = device
        if self.refusal:
            self._say(RecordingUnavailable("", self.refusal))
        else:
            self.is_open = True

    def start(self, uid: str, device: DeviceChoice, *, pre_roll_s: float = 0.0) -> None:
        self.device = device
        if self.refusal:
            self._say(RecordingUnavailable(uid, self.refusal))
            return
        self.uid, self.is_open, self.is_recording = uid, True, True
        self._seconds[uid] = pre_roll_s
        self._say(RecordingStarted(uid, MICROPHONE.name))

    def pause(self) -> None:
        self.is_recording = False

    def resume(self, device: DeviceChoice) -> None:
        self.device = device
        if self.refusal:
            self.lose(self.refusal)
            return
        self.is_open = self.is_recording = True
        self._say(RecordingStarted(self.uid, MICROPHONE.name))

    def finish(self) -> None:
        uid, self.uid, self.is_recording = self.uid, "", False
        if self.is_slow_to_save:
            self._unsaved.append(uid)
        else:
            self._save(uid)

    def discard(self, uid: str) -> None:
        if uid == self.uid:
            self.uid, self.is_recording = "", False
        (self._folder / f"{uid}.wav").unlink(missing_ok=True)

    def release(self) -> None:
        self.is_open = self.is_recording = False

    def close(self) -> None:
        if self.uid:
            self.finish()
        self._listeners.clear()

    def hear(self, seconds: float, peak: float = 0.4) -> None:
        """Someone speaks for so long."""
        if self.uid and self.is_recording:
            self._seconds[self.uid] += seconds
        if self.is_open:
            recorded = self._seconds.get(self.uid, 0.0)
            self._say(RecordingLevel(self.uid, recorded, peak, peak / 3))

    def become_free(self) -> None:
        """What could not be opened is open now, by itself."""
        self.refusal, self.is_open = "", True
        self._say(RecordingAvailable(MICROPHONE.name))

    def lose(self, reason: str) -> None:
        """The plug is pulled."""
        self.is_open = self.is_recording = False
        self._say(RecordingInterrupted(self.uid, self._seconds.get(self.uid, 0.0), reason))

    def offer(self, *microphones: Device) -> None:
        """The machine has these microphones now."""
        self._say(DevicesChanged(microphones, (SPEAKER,)))

    def save_now(self) -> None:
        """What is slow to be saved is saved."""
        for uid in self._unsaved:
            self._save(uid)
        self._unsaved.clear()

    def _save(self, uid: str) -> None:
        path = self._folder / f"{uid}.wav"
        write_wav(path, self._seconds[uid])
        self._say(RecordingSaved(uid, path, self._seconds[uid]))

    def _say(self, event: RecorderEvent) -> None:
        for listener in tuple(self._listeners):
            self._post(lambda listener=listener: listener(event))  # type: ignore[misc]


class FakePlayer:
    """A speaker: it plays as far as the test lets it."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._listeners: list[Callable[[PlayerEvent], None]] = []
        self.token = ""
        self.sound: Path | None = None
        self.position_s = 0.0
        self.playback_options = NORMAL
        self.is_paused = False
        self.problem = ""
        self.damaged: set[str] = set()
        """Names of sound files that hold no sound."""
        self.is_instant = False
        """Whether the voice is over as soon as it begins."""

    def subscribe(self, listener: Callable[[PlayerEvent], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def play(
        self,
        token: str,
        sound: Path,
        device: DeviceChoice,
        *,
        start_s: float = 0.0,
        playback_options: PlaybackOptions = NORMAL,
    ) -> None:
        del device
        self.playback_options = playback_options
        self.stop()
        if self.problem:
            self._say(PlaybackFailed(token, self.problem))
            return
        if sound.name in self.damaged:
            self._say(PlaybackFailed(token, f"{sound.name} cannot be played.", is_damaged=True))
            return
        self.token, self.sound, self.position_s, self.is_paused = token, sound, start_s, False
        self._say(PlaybackStarted(token))
        if self.is_instant and token.startswith("voice:"):
            self.end()

    def pause(self) -> None:
        self.is_paused = True

    def resume(self) -> None:
        self.is_paused = False

    def seek(self, position_s: float) -> None:
        self.position_s = position_s

    def change_course(self, playback_options: PlaybackOptions) -> None:
        self.playback_options = playback_options

    def stop(self) -> None:
        if self.token:
            token, self.token = self.token, ""
            self._say(PlaybackEnded(token, completed=False))

    def close(self) -> None:
        self._listeners.clear()

    def go_to(self, position_s: float) -> None:
        """The sound has come so far."""
        self.position_s = position_s
        self._say(PlaybackPosition(self.token, position_s))

    def end(self) -> None:
        """The sound is over."""
        token, self.token = self.token, ""
        self._say(PlaybackEnded(token, completed=True))

    def _say(self, event: PlayerEvent) -> None:
        for listener in tuple(self._listeners):
            self._post(lambda listener=listener: listener(event))  # type: ignore[misc]


class FakeVoice:
    """A voice that says one word every 0.4 s."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.said: list[str] = []
        self.texts: dict[Path | None, str] = {}
        """What each sound file says."""
        self.prepared: list[str] = []
        self.spoken_by: dict[Path | None, str] = {}
        """The voice of each sound file."""
        self.late: Delay | None = None
        """Why no text but those of ``ready`` can be said at once."""
        self.ready: set[str] = set()
        self.is_paused = False
        self.problem: Exception | None = None

    def voices(self) -> Sequence[VoiceInfo]:
        if self.problem is not None:
            raise self.problem
        return (
            VoiceInfo("en-gb", "English (Great Britain)", "en"),
            VoiceInfo("en-us", "American"),
            VoiceInfo("kokoro:af_heart", "Hannah", "en-us", "kokoro", "American, warm and even"),
        )

    def render(self, text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        del rate_wpm
        job.check()
        if self.problem is not None:
            raise self.problem
        self.said.append(text)
        words, place = [], 0
        for number, word in enumerate(text.split()):
            start = text.index(word, place)
            place = start + len(word)
            words.append(SpokenWord(start, place, number * WORD_S))
        path = self._folder / f"voice-{len(self.said)}.wav"
        write_tone(path, len(words) * WORD_S)
        self.texts[path], self.spoken_by[path] = text, voice
        return Speech(path, len(words) * WORD_S, tuple(words))

    def render_quickest(self, text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        return self.render(text, voice, rate_wpm, job)

    def delay(self, texts: Sequence[str], voice: str, rate_wpm: int) -> Delay | None:
        del voice, rate_wpm
        return self.late if self.late is not None and not self.ready.issuperset(texts) else None

    def prepare(self, texts: Sequence[str], voice: str, rate_wpm: int) -> None:
        del voice, rate_wpm
        self.prepared.extend(texts)

    def pause_prefetch(self, *, is_paused: bool) -> None:
        self.is_paused = is_paused


@dataclass
class FakeTranscriber:
    """Hears ``says`` in every take; waits for ``gate`` where it is closed."""

    says: str = "We had three weeks and um we brought everyone together"
    measures: Measures | None = None
    problem: str = ""
    gate: threading.Event = field(default_factory=threading.Event)
    followed: dict[str, Callable[[WordsSoFar], None]] = field(default_factory=dict)
    """The takes being heard while they are recorded, and who wants their words."""

    def follow(
        self,
        uid: str,
        model: str,
        language: str,
        on_words: Callable[[WordsSoFar], None],
    ) -> None:
        self.followed[uid] = on_words

    def forget(self, uid: str) -> None:
        self.followed.pop(uid, None)

    def hear(self, text: str, *, behind_s: float = 0.0) -> None:
        """Words of the take being recorded settle."""
        for on_words in tuple(self.followed.values()):
            on_words(WordsSoFar(text, behind_s))

    def __post_init__(self) -> None:
        self.gate.set()

    def transcribe_take(
        self, take: Take, sound: Path, model: str, language: str, job: JobContext
    ) -> Take:
        self.followed.pop(take.uid, None)
        while not self.gate.wait(0.01):
            job.report(0.5)
        if self.problem:
            return replace(take, failure=self.problem, transcription=TranscriptionStatus.FAILED)
        assert sound.exists()
        transcript = transcript_of(self.says, language, model)
        measures = self.measures or measures_of(self.says, take.duration_s)
        return replace(take, transcript=transcript, measures=measures, speech=())


def transcript_of(text: str, language: str = "en", model: str = "base") -> Transcript:
    """Words that follow one another every 0.4 s; nothing heard for an empty text."""
    words = tuple(
        Word(word, number * WORD_S, (number + 1) * WORD_S - 0.05)
        for number, word in enumerate(text.split())
    )
    return Transcript(language, "whisper", model, (Segment(words),) if words else ())


def measures_of(text: str, duration_s: float) -> Measures:
    """Plain figures for a text spoken in that time."""
    count = len(text.split())
    pace = 60 * count / duration_s if duration_s else 0.0
    return Measures(words=count, pace_wpm=pace, articulation_wpm=pace, speech_s=duration_s)


class MemorySessions(SessionRepository):
    """Sessions in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[int, Session] = {}
        self.problem: Exception | None = None
        """What storing meets: a full disk, a folder gone read-only."""

    def add(self, session: Session) -> int:
        number = len(self.kept) + 1
        self.kept[number] = replace(session, id=number)
        return number

    def get(self, session_id: int) -> Session:
        if session_id not in self.kept:
            raise UnknownSession(f"There is no session {session_id}.")
        return self.kept[session_id]

    def update(self, session: Session) -> None:
        assert session.id is not None
        self.kept[session.id] = session

    def save_take(self, session_id: int, take: Take) -> None:
        if self.problem is not None:
            raise self.problem
        self.kept[session_id] = self.get(session_id).with_take(take)

    def drop_take(self, session_id: int, uid: str) -> None:
        self.kept[session_id] = self.get(session_id).without_take(uid)

    def summaries(self, limit: int = 200, offset: int = 0) -> list[SessionSummary]:
        newest = sorted(self.kept.values(), key=lambda session: session.started_at, reverse=True)
        return [summary_of(session) for session in newest[offset : offset + limit]]

    def unfinished(self) -> list[SessionSummary]:
        return [summary for summary in self.summaries() if summary.ended_at is None]

    def interrupted_takes(self) -> list[tuple[int, Take]]:
        return []

    def delete(self, session_id: int) -> tuple[str, ...]:
        session = self.kept.pop(session_id)
        return tuple(take.sound for take in session.takes if take.sound)


class NothingCorrected(CorrectionRepository):
    """No words were ever corrected."""

    def original(self, take_uid: str) -> Transcript | None:
        return None

    def keep_original(self, take_uid: str, original: Transcript, at: datetime) -> None:
        raise NotImplementedError

    def forget(self, take_uid: str) -> None:
        pass


class MemoryUnit:
    """A unit of work over :class:`MemorySessions`."""

    def __init__(self, sessions: SessionRepository) -> None:
        self.sessions = sessions
        self.corrections: CorrectionRepository = NothingCorrected()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def commit(self) -> None:
        pass


def summary_of(session: Session) -> SessionSummary:
    """The line of the history for a session."""
    return SessionSummary(
        id=session.id or 0,
        uid=session.uid,
        guide_id=session.guide_id,
        guide_title=session.guide_title,
        mode=session.mode,
        started_at=session.started_at,
        ended_at=session.ended_at,
        question_count=len(session.asked),
        answered_count=len({take.position for take in session.takes}),
        take_count=len(session.takes),
        duration_s=sum(take.duration_s for take in session.takes),
    )


GUIDE = Guide(
    "it-product-manager",
    "IT Product Manager",
    (
        Section(
            "Common questions",
            (
                Question(
                    "prioritize",
                    "How do you prioritize features when requests exceed capacity?",
                    why_they_ask="They want to see a method, and that you can say no kindly.",
                    sample_answer=(
                        "I start from the outcome we promised for the quarter. Last year at a "
                        "parcel company we had forty requests and room for nine.\n\nI scored each "
                        "by the cost of waiting, showed the list to sales and support, and asked "
                        "which promise we would break instead. Twelve dropped out on their own."
                    ),
                    tip="Replace the parcel company with a list you really had to cut, and name "
                    "one request you refused.",
                    approach=(
                        "Name the outcome first.",
                        "Say how you compare requests.",
                        "Give one refusal and its effect.",
                    ),
                    key_points=("an outcome", "a method", "a refusal"),
                    follow_ups=("What did the refused team say?",),
                    asked_as=("How do you choose when everything is wanted at once?",),
                    competencies=("prioritization", "negotiation"),
                ),
                Question("why", "Why do you want this role?"),
            ),
        ),
        Section(
            "Behavioral questions",
            (
                Question(
                    "trade-off",
                    "Tell me about a time you had to choose between speed and quality.",
                    why_they_ask="They listen for judgement under pressure.",
                    sample_answer="Our largest customer waited for a launch in three weeks.",
                    tip="Use a decision with a real cost.",
                    star=StarOutline(
                        "Three weeks to a launch, and a bug in the payment flow.",
                        "Decide with engineering what would really break.",
                        "We cut one report and fixed the payment flow.",
                        "Launched four days late, with no refund in the first month.",
                    ),
                    target_s=90,
                ),
            ),
        ),
    ),
    introduction="Questions for people who decide what software does next.",
)
"""A guide with everything a question may hold, and with a question that has only its prompt."""
