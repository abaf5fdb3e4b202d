"""What an export is asked for, and what writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from interview_app.domain.session import Take
from interview_app.services.export.content import Contents, ExportDocument, TakeEntry
from interview_app.services.jobs import JobContext


class SessionFormat(StrEnum):
    """The forms a session can be exported in."""

    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"
    CSV = "csv"
    SRT = "srt"
    VTT = "vtt"
    FLAC = "flac"
    WAV = "wav"
    MP3 = "mp3"

    @property
    def ending(self) -> str:
        """What a file's name ends with."""
        return ".md" if self is SessionFormat.MARKDOWN else f".{self.value}"

    @property
    def is_sound(self) -> bool:
        """Whether it is the take's sound itself."""
        return self in {SessionFormat.FLAC, SessionFormat.WAV, SessionFormat.MP3}

    @property
    def is_per_take(self) -> bool:
        """Whether each take is a file of its own."""
        return self.is_sound or self in {SessionFormat.SRT, SessionFormat.VTT}


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export, as what, and where to.

    ``take_uids`` narrows the sessions to some takes. ``target`` is a file; for a form of one file a
    take and several takes, a folder. An existing folder has the files put into it under names made
    from the titles. ``overwrite`` replaces files that are there.
    """

    session_ids: tuple[int, ...]
    form: SessionFormat
    target: Path
    contents: Contents = field(default_factory=Contents)
    take_uids: frozenset[str] | None = None
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """The files written, and in sentences what could not be put into them."""

    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


class SoundOf(Protocol):
    """Says where a take's sound lies."""

    def __call__(self, take: Take) -> Path | None:
        """Its file, or ``None`` where there is none."""
        ...


class DocumentWriter(Protocol):
    """Writes a whole document to a file."""

    def __call__(
        self, document: ExportDocument, target: Path, sound_of: SoundOf, job: JobContext
    ) -> Sequence[str]:
        """Write it; sentences about what could not be put in. Raises OSError and JobCancelled."""
        ...


class TakeWriter(Protocol):
    """Writes one take to a file."""

    def __call__(
        self, entry: TakeEntry, target: Path, sound_of: SoundOf, job: JobContext
    ) -> Sequence[str]:
        """Write it; sentences about what could not be put in.

        Raises:
            NotASound: there is nothing to write.
            OSError: the file cannot be written.
            JobCancelled: the job is no longer wanted.
        """
        ...
