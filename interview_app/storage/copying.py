"""Copies of the database for backups, and whether such a copy is whole."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from interview_app.domain.errors import ForeignSound, StorageError
from interview_app.domain.text.file_names import is_take_sound
from interview_app.services.jobs import JobContext
from interview_app.storage.engine import damaged, make_engine, storage_error
from interview_app.storage.migrating import HEAD, revision_of

_PAGES_A_STEP = 2_000


def database_form() -> str:
    """The form of the tables this version writes."""
    return HEAD


def copy_database(source: Path, target: Path, job: JobContext) -> None:
    """Copy a database as of one moment, with what its log holds, while others read and write.

    Raises:
        StorageError: it cannot be read.
        OSError: there is no room for the copy.
        JobCancelled: the job was cancelled.
    """

    def step(_status: int, _remaining: int, _total: int) -> None:
        job.check()

    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new, pages=_PAGES_A_STEP, progress=step)
            new.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error
        raise storage_error(error, source) from error


def inspect_database(path: Path) -> None:
    """Open a database nobody else uses, and look whether every page, index and row is whole.

    Raises:
        DatabaseTooNew: a newer version of the application wrote it.
        DatabaseDamaged: some of it cannot be read.
        ForeignSound: it names a file outside ``takes/`` as the sound of a take.
        StorageError: it is not one of this application.
    """
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise storage_error(error, path) from error
    if found != ("ok",):
        raise damaged(path, str(found and found[0]))
    engine = make_engine(path)
    try:
        with engine.connect() as connection_of_tables:
            if revision_of(connection_of_tables, path) is None:
                raise StorageError(f"{path} holds no sessions.", remedy="Use an older backup.")
            named = connection_of_tables.exec_driver_sql(
                "SELECT DISTINCT sound FROM takes WHERE sound IS NOT NULL"
            ).scalars()
            if not all(isinstance(name, str) and is_take_sound(name) for name in named):
                raise ForeignSound(
                    f"{path} names files outside the folder of takes as the sound of answers.",
                    remedy="It was not made by this application as it is now; use another backup.",
                )
    finally:
        engine.dispose()
