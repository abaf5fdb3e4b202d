"""What the services need of the world, each port as small as its use.

Calls that can take long block and are made inside a job. Sound devices answer by events: a
recorder or player is given a ``Post`` when it is built and hands every event to its subscribers
through it, so that subscribers run on the owner's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from interview_app.domain.guide import Guide
from interview_app.domain.labels import SessionLabels
from interview_app.domain.session import Session, Take
from interview_app.domain.transcript import Span, Transcript
from interview_app.services.jobs import JobContext

if TYPE_CHECKING:
    from interview_app.services.finding import (
        DayCounts,
        FilterChoices,
        Hits,
        SessionFilter,
        SessionOrder,
        SessionPage,
    )


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, timezone-aware, in UTC."""
        ...


# --- devices -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or speaker: the system's id (hex of its bytes) and the name people know."""

    id: str
    name: str
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """A device as a person chose it: found again by id, else by name, else the default."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class DevicesChanged:
    """The microphones or speakers of the machine, now."""

    microphones: tuple[Device, ...]
    speakers: tuple[Device, ...]


# --- recording ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """Sound is arriving and being written."""

    uid: str
    device: str
    """The name of the microphone in use."""


@dataclass(frozen=True, slots=True)
class RecordingLevel:
    """What the microphone hears, about 20 times a second; ``uid`` is empty while only listening.

    ``peak`` and ``rms`` are 0 to 1 of full scale over the last block; ``recorded_s`` is the length
    of the take on disk so far, all parts together.
    """

    uid: str
    recorded_s: float
    peak: float
    rms: float


@dataclass(frozen=True, slots=True)
class RecordingInterrupted:
    """Sound stopped by itself; what was said is on disk and the take can be resumed."""

    uid: str
    recorded_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class RecordingSaved:
    """The take is closed: one WAV file, 16 kHz mono 16-bit."""

    uid: str
    path: Path
    duration_s: float


@dataclass(frozen=True, slots=True)
class RecordingUnavailable:
    """The microphone could not be opened at all; nothing of this take (or level) exists."""

    uid: str
    reason: str
    remedy: str = ""


RecorderEvent = (
    RecordingStarted
    | RecordingLevel
    | RecordingInterrupted
    | RecordingSaved
    | RecordingUnavailable
    | DevicesChanged
)


class Recorder(Protocol):
    """The microphone, owned by a helper process that writes the take itself."""

    def subscribe(self, listener: Callable[[RecorderEvent], None]) -> Callable[[], None]:
        """Have every event; the answer ends it."""
        ...

    def listen(self, device: DeviceChoice) -> None:
        """Open the microphone without recording: levels flow, and the first word is not cut."""
        ...

    def start(self, uid: str, device: DeviceChoice, *, pre_roll_s: float = 0.0) -> None:
        """Record a take of that uid; ``pre_roll_s`` of what was just heard may begin it."""
        ...

    def pause(self) -> None:
        """Stop writing; the microphone stays open."""
        ...

    def resume(self, device: DeviceChoice) -> None:
        """Go on with the open take, on another device if need be."""
        ...

    def finish(self) -> None:
        """Close the open take; :class:`RecordingSaved` follows."""
        ...

    def release(self) -> None:
        """Close the microphone when no take is open."""
        ...

    def close(self) -> None:
        """Finish an open take and end the helper."""
        ...


# --- playback ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaybackStarted:
    """Sound has begun to come out of the speaker."""

    token: str


@dataclass(frozen=True, slots=True)
class PlaybackPosition:
    """Where the sound is, at least 20 times a second."""

    token: str
    position_s: float


@dataclass(frozen=True, slots=True)
class PlaybackEnded:
    """The sound is over: ``completed``, or stopped or replaced before its end."""

    token: str
    completed: bool


@dataclass(frozen=True, slots=True)
class PlaybackFailed:
    """The sound could not be played (to the end); ``is_damaged``: the file holds none."""

    token: str
    reason: str
    remedy: str = ""
    is_damaged: bool = False


PlayerEvent = PlaybackStarted | PlaybackPosition | PlaybackEnded | PlaybackFailed


@dataclass(frozen=True, slots=True)
class Course:
    """How a sound is played.

    So many times as fast (0.5 to 2, its pitch kept), without the stretches left out; or round and
    round in one stretch, in which nothing is left out.
    """

    speed: float = 1.0
    left_out: tuple[Span, ...] = ()
    loop: Span | None = None


AS_IT_IS = Course()
"""From beginning to end, at its own speed."""


class Player(Protocol):
    """The speaker, owned by a helper process; one sound at a time."""

    def subscribe(self, listener: Callable[[PlayerEvent], None]) -> Callable[[], None]:
        """Have every event; the answer ends it."""
        ...

    def play(
        self,
        token: str,
        sound: Path,
        device: DeviceChoice,
        *,
        start_s: float = 0.0,
        course: Course = AS_IT_IS,
    ) -> None:
        """Play a sound file from ``start_s``; what was playing ends. Events carry ``token``."""
        ...

    def change_course(self, course: Course) -> None:
        """Go on from here in another way; places stay places in the sound file."""
        ...

    def pause(self) -> None:
        """Be silent within 100 ms, and remember where."""
        ...

    def resume(self) -> None:
        """Go on from there."""
        ...

    def seek(self, position_s: float) -> None:
        """Go on from another place."""
        ...

    def stop(self) -> None:
        """Be silent within 100 ms and forget the sound."""
        ...

    def close(self) -> None:
        """End the helper."""
        ...


# --- the voice ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice of this machine."""

    id: str
    name: str
    language: str = ""
    engine: str = "system"
    """``kokoro`` for a natural voice, ``system`` for one of the system's own."""
    manner: str = ""
    """How it speaks, for those who choose: "British, clear and composed"."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """When a word of the text is spoken: characters ``start`` to ``end``, from ``start_s`` on."""

    start: int
    end: int
    start_s: float


@dataclass(frozen=True, slots=True)
class Speech:
    """A text rendered to a sound file."""

    sound: Path
    duration_s: float
    words: tuple[SpokenWord, ...]
    instead: str = ""
    """Why the system's own voice speaks instead of the one asked for; empty where it does not."""


class Voice(Protocol):
    """Turns text into sound files, in a helper process; what was rendered is kept."""

    def voices(self) -> Sequence[VoiceInfo]:
        """The voices of this machine; blocks.

        Raises:
            VoiceUnavailable: none can be had; the remedy says what to install.
        """
        ...

    def render(self, text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        """The text as sound, from the cache or rendered now; blocks. ``voice`` ``""``: default.

        Where a natural voice is missing or fails, the system's own speaks.

        Raises:
            VoiceUnavailable: the voice failed, hung or is missing.
            JobCancelled: the job was cancelled.
        """
        ...

    def soonest(self, text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        """The text as sound as soon as can be: the system's voice says what is not rendered yet.

        Raises:
            VoiceUnavailable, JobCancelled: as in :meth:`render`.
        """
        ...

    def prepare(self, texts: Sequence[str], voice: str, rate_wpm: int) -> None:
        """Render texts ahead, the first one first, and before what waits to be rendered ahead.

        What waits in another voice or speed is forgotten. Returns at once and never fails; what
        fails is met when it is to be said.
        """
        ...

    def rest(self, *, is_resting: bool) -> None:
        """Begin nothing ahead while it rests: an answer is being recorded or transcribed."""
        ...


# --- the recognizer ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heard:
    """What a recognizer made of a sound file; no segments and no speech: nothing was heard."""

    transcript: Transcript
    speech: tuple[Span, ...]
    duration_s: float


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A recognizer model: its name, whether its files are here, and their size in bytes."""

    name: str
    is_installed: bool
    size_bytes: int
    languages: str
    """``en`` or ``many``."""
    source: str = ""
    """Where the files come from or stand."""


@dataclass(frozen=True, slots=True)
class WordsSoFar:
    """What was heard of a take that is still being spoken; the last words may still change.

    ``behind_s`` is how many seconds of recorded sound are not words yet: some seconds at most,
    unless the machine is too slow to keep up.
    """

    text: str
    behind_s: float


class LiveTranscription(Protocol):
    """A take being heard while it is recorded."""

    def finish(self, sound: Path, job: JobContext) -> Heard:
        """What was heard in the whole take, now closed as ``sound``; blocks, mostly briefly.

        Raises:
            NotASound: the closed take is not what was followed.
            RecognizerUnavailable: missing, damaged, crashed or hung; the take can still be
                transcribed from its file.
            JobCancelled: the job was cancelled.
        """
        ...

    def cancel(self) -> None:
        """Stop following; nobody wants the words. Returns at once, and may be called twice."""
        ...


class Recognizer(Protocol):
    """Turns a recording into a transcript, in a resident helper process."""

    def transcribe(self, sound: Path, model: str, language: str, job: JobContext) -> Heard:
        """The transcript of a sound file; blocks. ``model`` may also be ``pocketsphinx``.

        Raises:
            NotASound: the file cannot be read as sound.
            UnknownModel: no model has that name.
            RecognizerUnavailable: missing, damaged, crashed or hung.
            JobCancelled: the job was cancelled.
        """
        ...

    def follow(
        self,
        uid: str,
        folder: Path,
        model: str,
        language: str,
        on_words: Callable[[WordsSoFar], None],
    ) -> LiveTranscription:
        """Hear a take while its parts grow in a folder; returns at once and never fails.

        ``on_words`` is called on the owner's thread. What goes wrong is said by ``finish``.
        """
        ...

    def warm_up(self, model: str) -> None:
        """Have the model loaded soon; returns at once and never fails."""
        ...

    def close(self) -> None:
        """End the helper."""
        ...


# --- storage -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A line of the history."""

    id: int
    uid: str
    guide_id: str
    guide_title: str
    mode: str
    started_at: datetime
    ended_at: datetime | None
    question_count: int
    answered_count: int
    take_count: int
    duration_s: float
    """Seconds of answers, all takes together."""
    title: str = ""
    """What the person calls it; empty: by its guide."""
    rating: int | None = None
    """The person's own, 1 to 5."""
    tags: tuple[str, ...] = ()
    is_archived: bool = False

    @property
    def name(self) -> str:
        """What it is called: the person's title, else its guide's."""
        return self.title or self.guide_title


class SessionRepository(Protocol):
    """The sessions a unit of work sees."""

    def add(self, session: Session) -> int:
        """Keep a new session with its questions and takes; its number."""
        ...

    def get(self, session_id: int) -> Session:
        """A whole session.

        Raises:
            UnknownSession: no session has that number.
        """
        ...

    def update(self, session: Session) -> None:
        """Keep a session's own fields (position, end, settings) and its takes as they are now."""
        ...

    def save_take(self, session_id: int, take: Take) -> None:
        """Keep one take, new or changed."""
        ...

    def drop_take(self, session_id: int, uid: str) -> None:
        """Forget a take that never held any sound; one that is not there is no error."""
        ...

    def summaries(self, limit: int = 200, offset: int = 0) -> list[SessionSummary]:
        """Sessions, newest first."""
        ...

    def unfinished(self) -> list[SessionSummary]:
        """Sessions without an end, newest first."""
        ...

    def interrupted_takes(self) -> list[tuple[int, Take]]:
        """Takes still marked as recording, each with its session's number."""
        ...

    def delete(self, session_id: int) -> tuple[str, ...]:
        """Delete a session; the sound files that no longer belong to anything.

        Raises:
            UnknownSession: no session has that number.
        """
        ...


class UnitOfWork(Protocol):
    """One transaction: rolls back unless committed."""

    sessions: SessionRepository

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Make everything of this unit last."""
        ...


NewUnit = Callable[[], UnitOfWork]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A take whose words, question or notes hold what was searched for.

    ``start_s`` is when the first word found was said; 0 where only the question or a note holds
    it. ``excerpt`` is the sentence of the hit.
    """

    session_id: int
    take_uid: str
    take_number: int
    question: str
    excerpt: str
    start_s: float
    guide_title: str = ""
    """What the session is called: the person's title, else its guide's."""
    started_at: datetime | None = None
    """When the session began."""
    is_note: bool = False
    """Whether a note of the person holds it, and the words said do not."""


class HistoryRepository(Protocol):
    """What the history needs beyond the sessions themselves: the trash, search and look-ups.

    Sessions in the trash are not there for :class:`SessionRepository`, except for ``delete``.
    """

    def move_to_trash(self, session_id: int, at: datetime) -> None:
        """Hide a session until it is restored or deleted.

        Raises:
            UnknownSession: no session has that number, or it is in the trash already.
        """
        ...

    def restore(self, session_id: int) -> None:
        """Take a session back out of the trash.

        Raises:
            UnknownSession: the trash holds no session of that number.
        """
        ...

    def trash(self, before: datetime | None = None) -> list[SessionSummary]:
        """Sessions in the trash, newest first; only those put there before a moment, if given."""
        ...

    def search(self, text: str, limit: int = 50) -> list[SearchHit]:
        """Takes that hold every word of a text (the last may be unfinished), best first.

        Words between double quotes must follow one another.
        """
        ...

    def find_said(
        self, text: str, limit: int, offset: int = 0, within: SessionFilter | None = None
    ) -> Hits:
        """Hits from ``offset`` on, best first; ``within`` narrows them to some sessions."""
        ...

    def page(
        self, wanted: SessionFilter, order: SessionOrder, limit: int, offset: int = 0
    ) -> SessionPage:
        """Some lines of the history, narrowed and ordered, and how many there are."""
        ...

    def ids(self, wanted: SessionFilter, order: SessionOrder, limit: int, offset: int) -> list[int]:
        """The numbers of some lines of the history."""
        ...

    def days(self, wanted: SessionFilter) -> DayCounts:
        """How many sessions a filter leaves on each day of this machine's calendar."""
        ...

    def choices(self) -> FilterChoices:
        """What sessions can be filtered by."""
        ...

    def labels(self, session_id: int) -> SessionLabels:
        """What a person says of a session; raises UnknownSession."""
        ...

    def keep_labels(self, session_id: int, labels: SessionLabels, at: datetime) -> None:
        """Keep what a person says of a session; raises UnknownSession."""
        ...

    def lines(self, session_ids: Sequence[int]) -> list[SessionSummary]:
        """The lines of some sessions outside the trash, newest first."""
        ...

    def uid_of(self, session_id: int) -> str:
        """The uid of a session, in the trash or not.

        Raises:
            UnknownSession: no session has that number.
        """
        ...

    def number_of(self, session_uid: str) -> int | None:
        """The number of a session that is not in the trash, or ``None``."""
        ...

    def knows(self, session_uid: str) -> bool:
        """Whether a session of that uid is kept, in the trash or not."""
        ...

    def take_uids(self) -> frozenset[str]:
        """The uid of every take, in the trash or not."""
        ...


class HistoryUnit(UnitOfWork, Protocol):
    """A unit of work that also sees the history."""

    history: HistoryRepository


NewHistoryUnit = Callable[[], HistoryUnit]


# --- guides ------------------------------------------------------------------------------------


class GuideReader(Protocol):
    """Reads one guide file of the project's own Markdown form."""

    def __call__(self, path: Path) -> Guide:
        """The guide.

        Raises:
            GuideFileError: the file cannot be read; names file and line.
        """
        ...
