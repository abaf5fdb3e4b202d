"""How a person narrows and orders the history, and what they can choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from interview_app.services.ports.history import SearchHit
from interview_app.services.ports.sessions import SessionSummary


class SessionSort(StrEnum):
    """What the history can be ordered by."""

    DATE = "date"
    TITLE = "title"
    QUESTIONS = "questions"
    LENGTH = "length"
    MODE = "mode"
    RATING = "rating"


class Archive(StrEnum):
    """Which sessions are looked at: those at hand, those put away, or both."""

    AT_HAND = "at hand"
    PUT_AWAY = "put away"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """Which sessions are wanted; what is empty or ``None`` narrows nothing.

    ``since`` and ``until`` are moments, the second not included. ``rating`` is the least own rating
    wanted, 1 to 5; 0 wants those without one.
    """

    guide_id: str = ""
    section: str = ""
    since: datetime | None = None
    until: datetime | None = None
    rating: int | None = None
    mode: str = ""
    tag: str = ""
    archive: Archive = Archive.AT_HAND

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the archive is left out."""
        return self != SessionFilter()


@dataclass(frozen=True, slots=True)
class SessionOrder:
    """By what the history is ordered; sessions that are equal there stand newest first."""

    by: SessionSort = SessionSort.DATE
    is_descending: bool = True


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Some lines of the history from ``offset`` on, and how many there are altogether."""

    offset: int
    sessions: tuple[SessionSummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What there is to filter by: guides by id, newest first, sections and tags by name."""

    guides: Mapping[str, str]
    sections: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """Some hits of a search from ``offset`` on, best first; ``total`` counts at most the cap."""

    offset: int
    hits: tuple[SearchHit, ...]
    total: int


DayCounts = Mapping[date, int]
"""How many sessions began on a day, as the clock on the wall counts days."""
