"""The sound of takes on disk: which file is whose, and how one is made smaller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from interview_app.services.jobs import JobContext
from interview_app.services.ports.unit import Unit


@dataclass(frozen=True, slots=True)
class StoredSound:
    """One take and its sound; ``is_closed``: neither it nor its session is going on."""

    uid: str
    session_id: int
    sound: str | None
    guide_title: str
    started_at: datetime
    is_closed: bool
    has_transcript: bool


class SoundRepository(Protocol):
    """The sound of takes a unit of work sees."""

    def all(self) -> list[StoredSound]:
        """Every take, oldest first."""
        ...

    def replace(self, old: str, new: str | None) -> int:
        """Have takes with that sound hold another, or none; how many they were."""
        ...


class SoundUnit(Unit, Protocol):
    """A unit of work that sees where sound lies."""

    sounds: SoundRepository


class Shrink(Protocol):
    """Writes a sound in a smaller form and verifies it."""

    def __call__(self, source: Path, target: Path, form: str, job: JobContext) -> None:
        """Write it, read it back and compare.

        Raises:
            NotASound: the source cannot be read, or what was written does not sound the same.
            OSError: the target cannot be written.
            JobCancelled: the job is no longer wanted.
        """
        ...
