"""Everything of a person as one file, and back: database, takes, own guides, settings, words."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import interview_app
from interview_app.domain.errors import (
    BackupTooNew,
    BackupUnusable,
    DatabaseDamaged,
    DatabaseTooNew,
    DataFolderInUse,
    DataFolderUnusable,
    ExportFailed,
    ForeignSound,
    StorageError,
)
from interview_app.services.file_failures import reason, writing
from interview_app.services.jobs import JobContext
from interview_app.services.ports.clock import Clock
from interview_app.services.upkeep import restore as restoring
from interview_app.services.upkeep.backup_file import (
    FORMAT,
    TOP_FILES,
    TOP_FOLDERS,
    Manifest,
    Source,
    read_manifest,
    unpack,
    write_backup,
)
from interview_app.support.atomic_files import atomic_write
from interview_app.support.instance_lock import InstanceLock
from interview_app.support.paths import AppPaths

_DATABASE, *_CHOICES = TOP_FILES
_ITEMS = (
    *(f"{_DATABASE}{end}" for end in ("-wal", "-shm", "-journal")),
    *TOP_FILES,
    *TOP_FOLDERS,
)
"""What is swapped, the database's companions first: an old log beside a new database harms it."""
_UNFINISHED = (".part", ".joining", ".copying", ".tmp")


class CopyDatabase(Protocol):
    """Makes a consistent copy of a database, in use or not."""

    def __call__(self, source: Path, target: Path, job: JobContext) -> None:
        """Copy it; raises StorageError and JobCancelled."""
        ...


class InspectDatabase(Protocol):
    """Opens a database and looks whether it is whole."""

    def __call__(self, path: Path) -> None:
        """Return if it is; raises DatabaseTooNew or StorageError."""
        ...


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How much of a damaged database could be read."""

    sessions: int
    takes: int


class SalvageDatabase(Protocol):
    """Makes a whole database of what can be read of a damaged one."""

    def __call__(self, source: Path, target: Path, job: JobContext) -> Salvaged:
        """Write it; raises StorageError and JobCancelled."""
        ...


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was written: its file, how many files and bytes are in it, and remarks."""

    file: Path
    file_count: int
    size: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back; ``kept`` is the folder of what was there before."""

    made_at: str
    file_count: int
    kept: Path


class BackupService:
    """Makes backups and puts them back; every call blocks and belongs into a job."""

    def __init__(
        self,
        paths: AppPaths,
        clock: Clock,
        *,
        copy_database: CopyDatabase,
        inspect_database: InspectDatabase,
        salvage_database: SalvageDatabase,
        database_form: str,
    ) -> None:
        self._paths = paths
        self._clock = clock
        self._copy_database = copy_database
        self._inspect_database = inspect_database
        self._salvage_database = salvage_database
        self._form = database_form

    def backup(
        self, target: Path, job: JobContext, *, overwrite: bool = False, salvages: bool = False
    ) -> BackupMade:
        """Write everything into one file, while the application runs or not.

        Of a damaged database, what can be read is written where ``salvages``.

        Raises:
            DatabaseDamaged: it is, and ``salvages`` is false; no file was written or replaced.
            TargetExists: the file is there and ``overwrite`` is false.
            ExportFailed: it cannot be written; no half file remains.
            StorageError: the database cannot be copied.
            JobCancelled: the job was cancelled; no half file remains.
        """
        root = self._paths.root.resolve()
        if any(target.resolve().is_relative_to(root / name) for name in TOP_FOLDERS):
            raise ExportFailed(
                f"{target} lies among the files it would hold.", remedy="Choose another folder."
            )
        if not self._paths.database.is_file():
            raise StorageError("There is nothing to back up yet: no session has been kept.")
        made_at = self._clock.now().isoformat(timespec="seconds")
        about = Manifest(FORMAT, interview_app.__version__, self._form, made_at, ())
        with writing(target), atomic_write(target, overwrite=overwrite) as temporary:
            # The database goes first: a take it knows has its sound on the disk already.
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
                copy = Path(folder) / _DATABASE
                remarks = self._copy(copy, job, salvages=salvages)
                sources = [Source(_DATABASE, copy), *self._sources()]
                manifest, gone = write_backup(temporary, sources, about, job)
            job.report(1.0, "Done")
        remarks += tuple(f"{name} went away meanwhile and is not in the backup." for name in gone)
        return BackupMade(target, len(manifest.members), target.stat().st_size, remarks)

    def _copy(self, copy: Path, job: JobContext, *, salvages: bool) -> tuple[str, ...]:
        """Copy the database and look whether the copy is whole; remarks on what is lost."""
        job.report(0.0, "Copying the database")
        try:
            self._copy_database(self._paths.database, copy, job)
            self._inspect_database(copy)
        except DatabaseDamaged as error:
            if not salvages:
                raise DatabaseDamaged(
                    f"No backup was made: {self._paths.database} is damaged.", remedy=error.remedy
                ) from error
            copy.unlink(missing_ok=True)
            saved = self._salvage_database(self._paths.database, copy, job)
            return (
                f"The database is damaged. {saved.sessions} sessions with {saved.takes} takes "
                "could be read and are in the backup, and so is every sound file.",
            )
        return ()

    def restore(self, file: Path, job: JobContext) -> Restored:
        """Put a backup in the place of what is there, which is kept beside it.

        Everything is unpacked and checked first; a crash at any moment leaves the old state or the
        new one.

        Raises:
            DataFolderInUse: the application is running on this data folder.
            BackupTooNew: a newer version made the backup.
            BackupUnusable: it is damaged, incomplete or none; nothing was changed.
            DataFolderUnusable: there is no room, or something cannot be moved; nothing was changed.
            JobCancelled: the job was cancelled; nothing was changed.
        """
        with _held(self._paths):
            restoring.finish(self._paths)
            self._remove_stages()
            manifest = _manifest_of(file, job)
            return self._restore(file, manifest, job)

    def _restore(self, file: Path, manifest: Manifest, job: JobContext) -> Restored:
        root = self._paths.root
        self._check_room(manifest)
        try:
            stage = Path(tempfile.mkdtemp(dir=root, prefix=restoring.STAGE_PREFIX))
        except OSError as error:
            raise self._unusable(error) from error
        try:
            unpack(file, manifest, stage, job)
            for name in TOP_FOLDERS:
                (stage / name).mkdir(mode=0o700, exist_ok=True)
            job.report(0.8, "Checking the database")
            self._check_database(stage / _DATABASE, file)
            _flush()
            job.report(0.95, "Putting it in place")
            keep = self._free_name()
            restoring.swap(self._paths, stage, keep, _ITEMS)
        except OSError as error:
            raise self._unusable(error) from error
        finally:
            if not restoring.is_unfinished(root):
                shutil.rmtree(stage, ignore_errors=True)
        return Restored(manifest.made_at, len(manifest.members), keep)

    def _sources(self) -> Iterator[Source]:
        root = self._paths.root
        for name in _CHOICES:
            if (root / name).is_file():
                yield Source(name, root / name)
        for folder in TOP_FOLDERS:
            for path in sorted((root / folder).rglob("*")):
                is_whole = not path.name.endswith(_UNFINISHED) and not path.is_symlink()
                if is_whole and path.is_file():
                    yield Source(path.relative_to(root).as_posix(), path)

    def _check_database(self, database: Path, file: Path) -> None:
        if not database.is_file():
            raise BackupUnusable(
                f"{file} cannot be restored: it holds no database.", remedy="Nothing was changed."
            )
        try:
            self._inspect_database(database)
        except DatabaseTooNew as error:
            raise BackupTooNew(
                f"{file} was made by a newer version of Mock Interview.",
                remedy="Nothing was changed. Install that version or a newer one, and restore it "
                "there.",
            ) from error
        except ForeignSound as error:
            raise BackupUnusable(
                f"{file} cannot be restored: its database names files outside the folder of takes "
                "as the sound of answers.",
                remedy="Nothing was changed. This application never makes such a backup; "
                "use another.",
            ) from error
        except StorageError as error:
            raise BackupUnusable(
                f"{file} cannot be restored: its database is damaged.",
                remedy="Nothing was changed. Use an older backup.",
            ) from error

    def _check_room(self, manifest: Manifest) -> None:
        free = shutil.disk_usage(self._paths.root).free
        if manifest.size > free:
            raise DataFolderUnusable(
                f"The backup needs {_megabytes(manifest.size)} in {self._paths.root}, and "
                f"{_megabytes(free)} are free.",
                remedy="Nothing was changed. Free some space there, and try again.",
            )

    def _free_name(self) -> Path:
        stamp = f"{self._clock.now():%Y%m%dT%H%M%SZ}"
        name, number = f"before-restore-{stamp}", 2
        while (self._paths.root / name).exists():
            name, number = f"before-restore-{stamp}-{number}", number + 1
        return self._paths.root / name

    def _remove_stages(self) -> None:
        """Remove what a restore unpacked that ended before anything was decided."""
        for stage in self._paths.root.glob(f"{restoring.STAGE_PREFIX}*"):
            shutil.rmtree(stage, ignore_errors=True)

    def _unusable(self, error: OSError) -> DataFolderUnusable:
        return DataFolderUnusable(
            f"The backup could not be put into {self._paths.root}: {reason(error)}.",
            remedy="What was there before stands unchanged. Free some space, close other programs "
            "that use that folder, and try again.",
        )


def finish_interrupted_restore(paths: AppPaths) -> Path | None:
    """Finish a restore a crash interrupted; where the old state lies, if there was one.

    Raises:
        DataFolderInUse: another process is restoring right now.
        StorageError: it cannot be finished yet; nothing is lost.
    """
    if not restoring.is_unfinished(paths.root):
        return None
    with _held(paths):
        return restoring.finish(paths)


def _held(paths: AppPaths) -> InstanceLock:
    lock = InstanceLock(paths)
    if not lock.is_ours:
        raise DataFolderInUse(
            f"Mock Interview is open on {paths.root}.",
            remedy="Nothing was changed. Close it, and try again.",
        )
    return lock


def _manifest_of(file: Path, job: JobContext) -> Manifest:
    job.report(0.0, "Checking the backup")
    try:
        return read_manifest(file, job)
    except OSError as error:
        raise BackupUnusable(
            f"{file} cannot be read: {reason(error)}.", remedy="Nothing was changed."
        ) from error


def _flush() -> None:
    """Have what was unpacked on the disk before anything depends on it."""
    if hasattr(os, "sync"):
        os.sync()


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
