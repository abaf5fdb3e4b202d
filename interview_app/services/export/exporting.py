"""Sessions and takes as files to hand to someone: documents, figures, subtitles, sound."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from interview_app.domain.errors import (
    NotASound,
    StorageError,
    UsageError,
)
from interview_app.domain.session import Session, Take
from interview_app.domain.text.file_names import file_name
from interview_app.services.export.content import (
    SOUND_GONE,
    ExportDocument,
    TakeEntry,
    document_of,
    remark_on,
)
from interview_app.services.export.ports import (
    DocumentWriter,
    Exported,
    ExportRequest,
    SessionFormat,
    SoundOf,
    TakeWriter,
)
from interview_app.services.file_failures import writing
from interview_app.services.jobs import JobContext
from interview_app.support.atomic_files import atomic_write, place, sync


class Sessions(Protocol):
    """Where sessions and their sound are found; see ``History``."""

    def session(self, session_id: int) -> Session:
        """A whole session; raises UnknownSession."""
        ...

    def sound_of(self, take: Take) -> Path | None:
        """The sound file of a take, if it is there."""
        ...


class ExportService:
    """Writes exports; every call blocks and belongs into a job."""

    def __init__(
        self,
        sessions: Sessions,
        documents: Mapping[str, DocumentWriter],
        takes: Mapping[str, TakeWriter],
        is_sound: Callable[[Path], bool],
        zone: tzinfo,
        notes_of: Callable[[int], Mapping[str, str]] = lambda _session_id: {},
    ) -> None:
        """Dates are those of ``zone``.

        ``notes_of`` gives the person's notes to a session's takes, by uid.
        """
        self._sessions = sessions
        self._is_sound = is_sound
        self._documents = documents
        self._takes = takes
        self._zone = zone
        self._notes_of = notes_of

    def export(self, request: ExportRequest, job: JobContext) -> Exported:
        """Write the files of a request: each whole, or nothing.

        Raises:
            UnknownSession: no session has that number.
            UsageError: no take was chosen, or several for one file.
            TargetExists: a file is there already and ``overwrite`` is false.
            NotASound: not one of the takes chosen has what the form needs.
            ExportFailed: the place is full, read-only or missing; no half file remains.
            JobCancelled: the job was cancelled; no half file remains.
        """
        job.report(0.0, "Reading the session")
        sessions, remarks = self._read(request.session_ids)
        chosen = request.take_uids
        document = document_of(
            sessions,
            request.contents,
            self._has_sound,
            self._zone,
            None if chosen is None else lambda take: take.uid in chosen,
            remarks,
            self._notes(sessions) if request.contents.notes else {},
        )
        if chosen is not None and not document.takes:
            raise UsageError("None of the takes asked for is in that session.")
        with writing(request.target):
            if request.form.is_per_take:
                return self._write_takes(document, request, job)
            return self._write_document(document, request, job)

    def _notes(self, sessions: Sequence[Session]) -> dict[str, str]:
        notes: dict[str, str] = {}
        for session in sessions:
            if session.id is not None:
                notes.update(self._notes_of(session.id))
        return notes

    def _has_sound(self, take: Take) -> bool:
        sound = self._sessions.sound_of(take)
        return sound is not None and self._is_sound(sound)

    def _read(self, session_ids: Sequence[int]) -> tuple[list[Session], list[str]]:
        """The sessions; of several, one that cannot be read is a remark and hides no other."""
        if len(session_ids) == 1:
            return [self._sessions.session(session_ids[0])], []
        sessions: list[Session] = []
        remarks: list[str] = []
        for session_id in dict.fromkeys(session_ids):
            try:
                sessions.append(self._sessions.session(session_id))
            except StorageError:
                remarks.append(f"Session {session_id} cannot be read and was left out.")
        if not sessions:
            raise UsageError("No session was chosen that can be read.", remedy=" ".join(remarks))
        return sessions, remarks

    def _write_document(
        self, document: ExportDocument, request: ExportRequest, job: JobContext
    ) -> Exported:
        target = request.target
        if target.is_dir():
            target = target / _document_name(document, self._zone, request.form.ending)
        write = self._documents[request.form]
        sound_of: SoundOf = self._sessions.sound_of if request.contents.sound else _no_sound
        with atomic_write(target, overwrite=request.overwrite) as temporary:
            remarks = write(document, temporary, sound_of, job)
            job.report(1.0, "Done")
        missing = [remark_on(take, line) for take in document.takes for line in take.missing]
        return Exported((target,), tuple(dict.fromkeys((*document.remarks, *missing, *remarks))))

    def _write_takes(
        self, document: ExportDocument, request: ExportRequest, job: JobContext
    ) -> Exported:
        entries = document.takes
        if not entries:
            raise UsageError("There is no take in that session to export.")
        target = request.target
        is_folder = target.is_dir()
        if not is_folder and len(entries) == 1:
            names = {target: entries[0]}
        elif not is_folder and target.suffix.casefold() == request.form.ending:
            raise UsageError(
                f"There are {len(entries)} takes, and {target.name} can hold one.",
                remedy="Choose one with --take and --question, or name a folder.",
            )
        else:
            names = {target / _take_name(e, request.form.ending): e for e in entries}
        return self._write_each(names, request, job)

    def _write_each(
        self, entries: Mapping[Path, TakeEntry], request: ExportRequest, job: JobContext
    ) -> Exported:
        """Write every take into a temporary folder first; only when all are there, name them."""
        for path in entries:
            if path.exists() and not request.overwrite:
                raise FileExistsError(errno.EEXIST, "", str(path))
        remarks: list[str] = []
        place_of = next(iter(entries)).parent
        beside = place_of if place_of.is_dir() else place_of.parent
        temporary = Path(tempfile.mkdtemp(dir=beside, prefix=".", suffix=".part"))
        try:
            written = self._write_into(temporary, entries, request.form, remarks, job)
            return Exported(_named(written, place_of, request.overwrite), tuple(remarks))
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    def _write_into(
        self,
        folder: Path,
        entries: Mapping[Path, TakeEntry],
        form: SessionFormat,
        remarks: list[str],
        job: JobContext,
    ) -> dict[Path, Path]:
        """Temporary file to final name, of the takes that have what the form needs."""
        write = self._takes[form]
        written: dict[Path, Path] = {}
        for number, (path, entry) in enumerate(entries.items()):
            message = f"Take {number + 1} of {len(entries)}"
            job.report(number / len(entries), message)
            temporary = folder / f"{number}{form.ending}"
            part = _part_of(job, number, len(entries), message)
            try:
                found = write(entry, temporary, self._sessions.sound_of, part)
            except NotASound as error:
                if len(entries) == 1:
                    raise
                remarks.append(remark_on(entry, error.message))
                continue
            remarks.extend(remark_on(entry, remark) for remark in found)
            sync(temporary)
            written[temporary] = path
        if not written:
            raise NotASound(
                f"Not one of the {len(entries)} takes can be exported as {form.value}.",
                remedy=" ".join(remarks),
            )
        job.report(1.0, "Done")
        return written


def _named(written: Mapping[Path, Path], folder: Path, overwrite: bool) -> tuple[Path, ...]:
    """Give files their names; where one is refused, those that were new go again."""
    is_new_folder = not folder.is_dir()
    if is_new_folder:
        folder.mkdir()
    new: list[Path] = []
    try:
        for temporary, path in written.items():
            was_there = path.exists()
            place(temporary, path, overwrite=overwrite)
            if not was_there:
                new.append(path)
    except OSError:
        for path in new:
            path.unlink(missing_ok=True)
        if is_new_folder:
            with suppress(OSError):
                folder.rmdir()
        raise
    return tuple(written.values())


def _part_of(job: JobContext, number: int, count: int, message: str) -> JobContext:
    """A job whose progress is one part of another's; cancelling the other cancels it."""
    part = JobContext(lambda value: job.report((number + (value.fraction or 0)) / count, message))
    job.on_cancel(part.cancel)
    return part


def _no_sound(take: Take) -> Path | None:  # noqa: ARG001 - sound was not chosen
    return None


def _session_name(session: Session, zone: tzinfo, ending: str) -> str:
    day = f"{session.started_at.astimezone(zone):%Y-%m-%d}"
    number = f" ({session.id})" if session.id is not None else ""
    # The title is what may be cut, never day, number or ending.
    return file_name(f"{day} {session.guide_title}", f"{number}{ending}")


def _document_name(document: ExportDocument, zone: tzinfo, ending: str) -> str:
    if len(document.sessions) == 1:
        return _session_name(document.sessions[0].session, zone, ending)
    return file_name(document.title, ending)


def _take_name(entry: TakeEntry, ending: str) -> str:
    take = entry.take
    place_of = f" s{entry.session.id or 0} q{take.position + 1:02d} t{take.number:02d}{ending}"
    return file_name(_prompt(entry), place_of, "take")


def _prompt(entry: TakeEntry) -> str:
    asked, position = entry.session.asked, entry.take.position
    return asked[position].question.prompt if 0 <= position < len(asked) else "take"


def sound_missing(take: Take) -> NotASound:
    """What to say where a take has no sound to export."""
    if take.is_typed:
        return NotASound("A typed answer has no sound.")
    return NotASound(SOUND_GONE, remedy="A backup may still hold it.")
