"""What can happen to a session: acts of the person, and reports of the outside world."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from interview_app.domain.analysis.measures import Measures
from interview_app.domain.session import Take
from interview_app.domain.transcript import Span, Transcript


class Command(StrEnum):
    """What the person can do."""

    BEGIN = "begin"
    REPEAT = "repeat"
    STOP_VOICE = "stop_voice"
    SKIP = "skip"
    START_ANSWER = "start_answer"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    BEGIN_TYPING = "begin_typing"
    CANCEL_TYPING = "cancel_typing"
    ANOTHER_TAKE = "another_take"
    NEXT = "next"
    END = "end"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """The person typed an answer; only while typing, and never an empty one."""

    text: str


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Time went by, in seconds; drives the countdown and the limit of an answer."""

    seconds: float


@dataclass(frozen=True, slots=True)
class VoiceEnded:
    """The voice is through with the question of that position, or could not say it."""

    position: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class QuestionBegan:
    """The voice is through with the line before the question of that position."""

    position: int


@dataclass(frozen=True, slots=True)
class LineEnded:
    """The interviewer is through with a line that is no question, or could not say it."""

    problem: str = ""


@dataclass(frozen=True, slots=True)
class SilenceNoticed:
    """Nothing was said in the open take for a long while."""

    uid: str


@dataclass(frozen=True, slots=True)
class TakeGrew:
    """So much of the open take is on disk, in seconds."""

    uid: str
    recorded_s: float


@dataclass(frozen=True, slots=True)
class TakeInterrupted:
    """Sound stopped by itself; ``recorded_s`` of the take is on disk (0: there is no take)."""

    uid: str
    recorded_s: float
    problem: str


@dataclass(frozen=True, slots=True)
class TakeSaved:
    """A take is closed; ``sound`` is relative to the data folder."""

    uid: str
    sound: str
    duration_s: float


@dataclass(frozen=True, slots=True)
class TakeTranscribed:
    """A recognizer is through with a take; no segments: nothing was heard."""

    uid: str
    transcript: Transcript
    speech: tuple[Span, ...]
    measures: Measures


@dataclass(frozen=True, slots=True)
class TakeNotTranscribed:
    """A recognizer failed on a take; its sound stays."""

    uid: str
    problem: str


@dataclass(frozen=True, slots=True)
class TakeStored:
    """A take of this session as whoever conducted it before has stored it now."""

    take: Take


@dataclass(frozen=True, slots=True)
class TranscriptionRequested:
    """The person wants a take's transcript made again."""

    uid: str


@dataclass(frozen=True, slots=True)
class ProblemReported:
    """Something outside went wrong that changes nothing here but has to be said."""

    problem: str


@dataclass(frozen=True, slots=True)
class ProblemSolved:
    """What was said of a trouble is true no more."""

    problem: str


@dataclass(frozen=True, slots=True)
class BestChosen:
    """The person marked a take as the best of its question, or took the mark away."""

    uid: str
    is_best: bool = True


Report = (
    TypedAnswer
    | Elapsed
    | VoiceEnded
    | QuestionBegan
    | LineEnded
    | SilenceNoticed
    | TakeGrew
    | TakeInterrupted
    | TakeSaved
    | TakeTranscribed
    | TakeNotTranscribed
    | TakeStored
    | TranscriptionRequested
    | BestChosen
    | ProblemReported
    | ProblemSolved
)
Event = Command | Report
