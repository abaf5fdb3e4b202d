"""Brings a database to today's form: a copy first, then all steps or none."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

import interview_app
from interview_app.domain.errors import DatabaseTooNew, DataFolderUnusable, StorageError
from interview_app.storage.engine import pragma, storage_error

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every form the tables have had, oldest first; a test holds this against the scripts.

Written down here so that a start with nothing to upgrade does not pay for importing Alembic.
"""
HEAD = REVISIONS[-1]
SCRIPTS = Path(__file__).resolve().parent / "migrations"
"""The scripts are read as source files: a bundle has to carry this folder as it is."""
KEPT_COPIES = 5

_log = logging.getLogger(__name__)


def is_compared(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic looks at a table: not at the full-text one and those SQLite keeps for it."""
    return not (kind == "table" and name is not None and name.split("_")[0] == "said")


def revision_of(connection: Connection, path: Path) -> str | None:
    """The form a database has; ``None`` for an empty file.

    Raises:
        DatabaseTooNew: a newer version of the application wrote it.
        StorageError: it is a database of some other program.
    """
    tables = set(
        connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
    )
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StorageError(
            f"{path} is a database, but not one of Mock Interview.",
            remedy="It was left as it is. Move it elsewhere, or choose another folder with "
            "--data-dir.",
        )
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if revision is not None and str(revision) not in REVISIONS:
        raise _too_new(connection, path, str(revision), has_author="written_by" in tables)
    return None if revision is None else str(revision)


def _too_new(
    connection: Connection, path: Path, revision: str, *, has_author: bool
) -> DatabaseTooNew:
    author = None
    if has_author:
        author = connection.exec_driver_sql(
            "SELECT application FROM written_by WHERE revision = ?", (revision,)
        ).scalar()
    name = f"Mock Interview {author}" if author else "a newer version of Mock Interview"
    return DatabaseTooNew(
        f"{path} was written by {name} (form {revision}); this is {interview_app.__version__}, "
        f"which knows forms up to {HEAD}.",
        remedy="Nothing was changed. Install that version or a newer one, or choose another folder "
        "with --data-dir.",
    )


def upgrade(
    engine: Engine, path: Path, backups: Path, now: datetime, target: str = HEAD
) -> Path | None:
    """Bring a database to a form, all steps in one transaction; the copy made before, if any.

    The write lock is held from before the copy to the end: nothing another process writes can fall
    between the two, and of two processes starting at once the second finds nothing to do.

    Raises:
        DatabaseTooNew: a newer version of the application wrote it.
        StorageError: the copy or a step failed; the database is as it was.
    """
    with engine.connect() as connection:
        # Steps that rebuild a table would otherwise delete what refers to its rows.
        pragma(connection, "PRAGMA foreign_keys = OFF", path)
        try:
            with connection.begin():
                revision = revision_of(connection, path)
                if revision == target:
                    return None
                copy = None if revision is None else _copy(path, backups, revision, now)
                _run_scripts(connection, target)
                _check(connection, path)
                _sign(connection, target, now)
        finally:
            pragma(connection, "PRAGMA foreign_keys = ON", path)
    _log.info("Database upgraded from form %s to %s", revision, target)
    return copy


def _run_scripts(connection: Connection, target: str) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(SCRIPTS))
    config = Config(attributes={"connection": connection})

    def steps(revision: str, _context: object) -> list[object]:
        return list(scripts._upgrade_revs(target, revision))

    with EnvironmentContext(config, scripts, fn=steps, destination_rev=target):
        scripts.run_env()


def _check(connection: Connection, path: Path) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        _log.warning("After the upgrade of %s a row of %s refers to nothing", path, broken[0])


def _sign(connection: Connection, revision: str, now: datetime) -> None:
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO written_by (revision, application, upgraded_at) VALUES (?, ?, ?)",
        (revision, interview_app.__version__, now.isoformat()),
    )


def _copy(path: Path, backups: Path, revision: str, now: datetime) -> Path:
    """Copy the database with everything its write-ahead log still holds; keep the last few."""
    stamp = f"{now:%Y%m%dT%H%M%S.%fZ}"
    target = backups / f"{path.stem}-{stamp}-form-{revision}{path.suffix}"
    unfinished = target.with_name(target.name + ".copying")
    try:
        backups.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        with (
            closing(sqlite3.connect(path)) as source,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        unfinished.replace(target)
    except sqlite3.Error as error:
        unfinished.unlink(missing_ok=True)
        raise storage_error(error, target) from error
    except OSError as error:
        raise DataFolderUnusable(
            f"No copy of the database could be made in {backups}: {error.strerror or error}.",
            remedy="The database was not changed. Free some space or make the folder writable, and "
            "start again.",
        ) from error
    for old in sorted(backups.glob(f"{path.stem}-*{path.suffix}"))[:-KEPT_COPIES]:
        old.unlink(missing_ok=True)
    return target
