"""One rehearsal and its takes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from interview_app.domain.analysis.measures import Measures
from interview_app.domain.guide import Question

# Named here too, beside the session they belong to; what is set up knows them without it.
from interview_app.domain.session_choices import DEFAULT_TARGET_S
from interview_app.domain.session_choices import VOICE_OFF as VOICE_OFF
from interview_app.domain.session_choices import Mode as Mode
from interview_app.domain.transcript import Span, Transcript


class TakeStatus(StrEnum):
    """Where a take's sound stands."""

    RECORDING = "recording"
    """Being captured, or left so by a crash."""
    KEPT = "kept"
    """Closed as the person wished."""
    RECOVERED = "recovered"
    """Found after a crash and repaired."""


class TranscriptionStatus(StrEnum):
    """Where a take's transcript stands."""

    PENDING = "pending"
    DONE = "done"
    NOTHING_HEARD = "nothing_heard"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """How a session runs; seconds, ``None`` for no limit. ``voice`` is an id, or ``off``."""

    think_s: float | None = None
    target_s: int | None = None
    """Overrides each question's own target."""
    hard_limit_s: float | None = None
    """In interview mode, ends an answer; never set unless the person chose it."""
    voice: str = ""
    rate_wpm: int = 165


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it stood when it was asked, and the section it came from."""

    question: Question
    section: str = ""


@dataclass(frozen=True, slots=True)
class Take:
    """One recorded or typed answer.

    ``uid`` names its sound files; ``position`` is the index of its question in the session,
    ``number`` counts a question's takes from 1. ``sound`` is relative to the data folder, and
    ``None`` for a typed answer.
    """

    uid: str
    position: int
    number: int
    started_at: datetime
    status: TakeStatus = TakeStatus.RECORDING
    duration_s: float = 0.0
    sound: str | None = None
    transcription: TranscriptionStatus = TranscriptionStatus.PENDING
    failure: str | None = None
    """Why there is no transcript, in a sentence."""
    transcript: Transcript | None = None
    speech: tuple[Span, ...] = ()
    """Where the sound holds speech, by voice activity."""
    measures: Measures | None = None
    is_best: bool = False

    @property
    def is_typed(self) -> bool:
        """Whether the person typed this answer."""
        return self.transcript is not None and self.transcript.recognizer == "typed"


@dataclass(frozen=True, slots=True)
class Session:
    """One rehearsal: a guide, chosen questions in order, a mode, settings, start and end.

    ``id`` is ``None`` until storage gives a number; ``uid`` is there from the beginning.
    ``position`` is the question to continue with. Times are timezone-aware.
    """

    uid: str
    guide_id: str
    guide_title: str
    mode: Mode
    asked: tuple[AskedQuestion, ...]
    started_at: datetime
    language: str = "en"
    settings: SessionSettings = field(default_factory=SessionSettings)
    position: int = 0
    ended_at: datetime | None = None
    takes: tuple[Take, ...] = ()
    id: int | None = None

    @property
    def is_transcribed(self) -> bool:
        """Whether no take waits for its transcript."""
        pending = TranscriptionStatus.PENDING
        return all(take.transcription is not pending for take in self.takes)

    def takes_of(self, position: int) -> tuple[Take, ...]:
        """The takes of one question, oldest first."""
        return tuple(take for take in self.takes if take.position == position)

    def take(self, uid: str) -> Take | None:
        """The take of that uid, or ``None``."""
        return next((take for take in self.takes if take.uid == uid), None)

    def next_take_number(self, position: int) -> int:
        """The number the next take of a question gets: one more than the highest so far."""
        return 1 + max((take.number for take in self.takes_of(position)), default=0)

    def take_uid(self, position: int, number: int) -> str:
        """The uid of a take: fixed by session, question and number, and safe in a file name."""
        return f"{self.uid}-q{position + 1:02d}-t{number:02d}"

    def with_take(self, take: Take) -> Session:
        """The session with a take added, or replaced where its uid is already there."""
        if self.take(take.uid) is None:
            return replace(self, takes=(*self.takes, take))
        takes = tuple(take if old.uid == take.uid else old for old in self.takes)
        return replace(self, takes=takes)

    def without_take(self, uid: str) -> Session:
        """The session without that take."""
        return replace(self, takes=tuple(take for take in self.takes if take.uid != uid))

    def target_of(self, position: int) -> int:
        """Seconds an answer to that question should take."""
        own = self.asked[position].question.target_s
        return self.settings.target_s or own or DEFAULT_TARGET_S
