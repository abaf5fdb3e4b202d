"""What a person writes to a take: kept apart from it, so that nothing else can undo it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from interview_app.domain.errors import UsageError
from interview_app.services.ports.unit import Unit


class TakeNoteRepository(Protocol):
    """The notes to takes a unit of work sees."""

    def of_session(self, session_id: int) -> dict[str, str]:
        """The notes of a session's takes by uid; a take without notes is not there."""
        ...

    def keep(self, uid: str, notes: str) -> bool:
        """Keep notes in place of what was there, empty ones not; whether there is such a take."""
        ...


class TakeNotesUnit(Unit, Protocol):
    """A unit of work that sees notes to takes."""

    take_notes: TakeNoteRepository


class TakeNotes:
    """Reads and keeps notes to takes; every call blocks and belongs into a job."""

    def __init__(self, new_unit: Callable[[], TakeNotesUnit]) -> None:
        self._new_unit = new_unit

    def of_session(self, session_id: int) -> dict[str, str]:
        """The notes of a session's takes by uid; a take without notes is not there.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._new_unit() as unit:
            return unit.take_notes.of_session(session_id)

    def keep(self, uid: str, notes: str) -> None:
        """Keep notes to a take in place of what was there; search finds them.

        Raises:
            UsageError: the take is gone.
            StorageError: they could not be written; what was there is there still.
        """
        with self._new_unit() as unit:
            if not unit.take_notes.keep(uid, notes.strip()):
                raise UsageError(
                    "This take was deleted since; your notes were not kept.",
                    remedy="Copy them from the field before you leave it.",
                )
            unit.commit()
