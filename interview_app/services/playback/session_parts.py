"""What a session is heard as: its questions and takes in order, and what had to be skipped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from interview_app.domain.session import Session, Take


class Skipped(StrEnum):
    """Why a part was not heard."""

    TYPED = "typed"
    OPEN = "open"
    """The take was never closed."""
    GONE = "gone"
    DAMAGED = "damaged"
    VOICE = "voice"
    """The voice could not say the question."""


@dataclass(frozen=True, slots=True)
class SessionPart:
    """A question being asked, or a take of it where ``take`` is given."""

    position: int
    take: Take | None = None


@dataclass(frozen=True, slots=True)
class Omission:
    """A part that was skipped, and why; ``reason`` in the words of what failed."""

    part: SessionPart
    why: Skipped
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SessionPlay:
    """Where the replay of a session is.

    ``part`` is ``None`` before it begins and once it is over. ``word`` are the characters of the
    question being spoken. ``heard_s`` counts the answers before this part, ``whole_s`` all of them.
    """

    part: SessionPart | None = None
    is_playing: bool = False
    is_over: bool = False
    word: tuple[int, int] = (0, 0)
    heard_s: float = 0.0
    whole_s: float = 0.0
    omissions: tuple[Omission, ...] = ()
    problem: str = ""


def parts_of(session: Session) -> tuple[SessionPart, ...]:
    """Every answered question, each followed by its takes in the order they were made."""
    parts: list[SessionPart] = []
    for position in range(len(session.asked)):
        takes = sorted(session.takes_of(position), key=lambda take: take.number)
        if takes:
            parts.append(SessionPart(position))
            parts.extend(SessionPart(position, take) for take in takes)
    return tuple(parts)
