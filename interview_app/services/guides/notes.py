"""What a person writes to a question for themselves: notes, and the answer they prepared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from interview_app.services.ports.unit import Unit


@dataclass(frozen=True, slots=True)
class PersonalNote:
    """Notes and prepared answer to one question of one guide; empty where nothing was written."""

    guide_id: str
    question_id: str
    notes: str = ""
    answer: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not (self.notes.strip() or self.answer.strip())

    @property
    def text(self) -> str:
        """Everything that was written, to be searched."""
        return "\n\n".join(text for text in (self.notes, self.answer) if text.strip())


class NoteRepository(Protocol):
    """The personal notes a unit of work sees."""

    def get(self, guide_id: str, question_id: str) -> PersonalNote:
        """What was written to a question; an empty note where nothing was."""
        ...

    def keep(self, note: PersonalNote) -> None:
        """Keep a note in place of what was there; an empty one is forgotten."""
        ...

    def all(self) -> list[PersonalNote]:
        """Every note, by guide and question."""
        ...


class NotesUnit(Unit, Protocol):
    """A unit of work that sees the personal notes."""

    notes: NoteRepository


class PersonalNotes:
    """Reads and keeps personal notes; every call blocks."""

    def __init__(self, new_unit: Callable[[], NotesUnit]) -> None:
        self._new_unit = new_unit

    def get(self, guide_id: str, question_id: str) -> PersonalNote:
        """What was written to a question; an empty note where nothing was.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._new_unit() as unit:
            return unit.notes.get(guide_id, question_id)

    def keep(self, note: PersonalNote) -> None:
        """Keep a note in place of what was there.

        Raises:
            StorageError: it could not be written; what was there is there still.
        """
        with self._new_unit() as unit:
            unit.notes.keep(note)
            unit.commit()

    def all(self) -> list[PersonalNote]:
        """Every note.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._new_unit() as unit:
            return unit.notes.all()
