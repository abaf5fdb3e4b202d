"""What the Sessions page is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interview_app.domain.session import Session, Take
from interview_app.gui.preferences import Preferences
from interview_app.services.comparing import Comparing
from interview_app.services.correcting import Correcting
from interview_app.services.jobs import JobContext, Jobs
from interview_app.services.ports import (
    Clock,
    ModelInfo,
    Player,
    SearchHit,
    SessionSummary,
)
from interview_app.services.transcribing_again import TranscribingAgain


class Past(Protocol):
    """What was rehearsed; every call blocks and is made inside a job."""

    def sessions(self, limit: int = 200, offset: int = 0) -> Sequence[SessionSummary]:
        """Sessions outside the trash, newest first."""
        ...

    def session(self, session_id: int) -> Session:
        """A whole session."""
        ...

    def search(self, text: str, limit: int = 50) -> Sequence[SearchHit]:
        """Takes that hold every word of a text, newest first."""
        ...

    def sound_of(self, take: Take) -> Path | None:
        """The sound file of a take, or ``None``."""
        ...

    def move_to_trash(self, session_id: int) -> None:
        """Hide a session."""
        ...

    def restore(self, session_id: int) -> None:
        """Take a session back out of the trash."""
        ...


@dataclass(frozen=True, slots=True)
class SessionsDesk:
    """Services of the page; ``is_open`` tells whether a session is being rehearsed just now."""

    jobs: Jobs
    history: Past
    again: TranscribingAgain
    correcting: Correcting
    comparing: Comparing
    player: Player
    preferences: Preferences
    clock: Clock
    models: Callable[[], Sequence[ModelInfo]]
    """The recognizer models of this machine; blocks."""
    is_open: Callable[[int], bool] = lambda _session_id: False


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session, and where the sound of its takes lies, by uid; ``None`` where it is gone."""

    session: Session
    sounds: dict[str, Path | None]


def open_session(history: Past, session_id: int, _job: JobContext) -> OpenedSession:
    """A session with the places of its sound; blocks.

    Raises:
        UnknownSession: no session has that number, or it is in the trash.
    """
    session = history.session(session_id)
    return OpenedSession(session, {take.uid: history.sound_of(take) for take in session.takes})
