"""Two takes of one question, of one session or of different ones, side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from interview_app.domain.analysis.alignment import Pair, by_sentence, by_time
from interview_app.domain.errors import TakeChanged
from interview_app.domain.session import Session, Take
from interview_app.services.history.history import DataFolder
from interview_app.services.ports.sessions import UnitOfWork

MOST_TAKES = 200
"""Of one question; more than a person chooses from."""


@dataclass(frozen=True, slots=True)
class QuestionTake:
    """A take one can compare with: where it stands, when it was begun, and how long it is."""

    session_id: int
    uid: str
    position: int
    number: int
    started_at: datetime
    duration_s: float
    is_best: bool


class QuestionTakeRepository(Protocol):
    """Every take of one question, over all sessions."""

    def takes_of(self, guide_id: str, question_id: str, limit: int) -> list[QuestionTake]:
        """Takes with words of one question of one guide, newest first; none from the trash."""
        ...


class ComparingUnit(UnitOfWork, Protocol):
    """A unit of work that also sees the takes of a question."""

    question_takes: QuestionTakeRepository


@dataclass(frozen=True, slots=True)
class ComparedTake:
    """One of two takes, with its session; ``sound`` is ``None`` where there is none to hear."""

    session: Session
    take: Take
    sound: Path | None = None

    @property
    def target_s(self) -> int:
        """Seconds this answer should take."""
        return self.session.target_of(self.take.position)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two takes and what they have in common."""

    left: ComparedTake
    right: ComparedTake
    pairs: tuple[Pair, ...]


class TakeComparisonService:
    """Finds takes to compare, and compares them; every call blocks and belongs into a job.

    All raise ``StorageError`` where the database refuses.
    """

    def __init__(self, new_unit: Callable[[], ComparingUnit], folder: DataFolder) -> None:
        self._new_unit = new_unit
        self._folder = folder

    def takes(self, guide_id: str, question_id: str) -> list[QuestionTake]:
        """The takes with words of one question: those marked as best first, then newest first."""
        with self._new_unit() as unit:
            found = unit.question_takes.takes_of(guide_id, question_id, MOST_TAKES)
        return sorted(found, key=lambda take: not take.is_best)

    def compare(self, left: QuestionTake, right: QuestionTake) -> Comparison:
        """Two takes side by side, sentence by sentence.

        Raises:
            TakeChanged: one of them is no longer there.
            UnknownSession: its session is gone.
        """
        sides = self._side(left), self._side(right)
        return Comparison(*sides, pairs_of(sides[0].take, sides[1].take))

    def _side(self, wanted: QuestionTake) -> ComparedTake:
        with self._new_unit() as unit:
            session = unit.sessions.get(wanted.session_id)
        take = _take_of(session, wanted.uid)
        sound = self._folder.root / take.sound if take.sound else None
        return ComparedTake(session, take, sound if sound is not None and sound.is_file() else None)


def pairs_of(left: Take, right: Take, *, is_same_sound: bool = False) -> tuple[Pair, ...]:
    """The words of two takes side by side; two transcripts of one sound by when they were said."""
    if left.transcript is None or right.transcript is None:
        return ()
    align = by_time if is_same_sound else by_sentence
    return align(left.transcript, right.transcript)


def _take_of(session: Session, uid: str) -> Take:
    take = session.take(uid)
    if take is None:
        raise TakeChanged(
            "This take is no longer there.", remedy="Choose another one to compare with."
        )
    return take
