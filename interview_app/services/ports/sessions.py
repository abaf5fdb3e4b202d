"""Sessions and takes as they are kept, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from interview_app.domain.session import Session, Take
from interview_app.services.ports.unit import Unit


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


class UnitOfWork(Unit, Protocol):
    """One transaction: rolls back unless committed."""

    sessions: SessionRepository


NewUnit = Callable[[], UnitOfWork]
