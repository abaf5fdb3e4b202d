"""What the history needs beyond the sessions: the trash, search, labels and look-ups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

from interview_app.domain.session_labels import SessionLabels
from interview_app.services.ports.sessions import SessionSummary, UnitOfWork

if TYPE_CHECKING:
    from interview_app.services.history.queries import (
        DayCounts,
        FilterChoices,
        Hits,
        SessionFilter,
        SessionOrder,
        SessionPage,
    )


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

    def last_asked(self, guide_id: str) -> dict[str, datetime]:
        """Return when each question of a guide was answered last, by its id."""
        ...

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

    def days(self, wanted: SessionFilter, zone: tzinfo) -> DayCounts:
        """How many sessions a filter leaves on each day of a zone."""
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
