"""The way to the database file, and what its refusals mean to a person."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import URL

from interview_app.domain.errors import DatabaseDamaged, DataFolderUnusable, StorageError

BUSY_TIMEOUT_MS = 5_000
"""How long a unit waits for another process to finish writing; writes take milliseconds."""

_FREE_SPACE = (
    "Everything kept before is still there. Free some space on that disk and try again, or choose "
    "another folder with --data-dir."
)
_PERMISSIONS = (
    "Everything kept before is still there. Make the folder writable for you, or choose another "
    "with --data-dir."
)
_FULL = {sqlite3.SQLITE_FULL}
_UNWRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_UNREADABLE = {sqlite3.SQLITE_IOERR}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def make_engine(path: Path, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Engine:
    """An engine over one SQLite file; nothing is opened yet.

    Every transaction takes the write lock when it begins. One that only read at first could not
    wait its turn when it comes to write (SQLite refuses at once, "database is locked"), and units
    are short. ``synchronous=FULL`` has each commit on the disk before it returns: a typed answer
    exists nowhere else, and there are only a few commits an answer. Errors of the driver leave as
    :class:`StorageError`, without the values of the statement (they hold transcripts).
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_timeout_ms / 1000},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin below, not where the driver guesses
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def _translate(context: ExceptionContext) -> None:
        original = context.original_exception
        if isinstance(original, sqlite3.Error):
            raise storage_error(original, path) from original

    return engine


def pragma(connection: Connection, statement: str, path: Path) -> None:
    """Change how a connection works, outside of any transaction, as these statements need it.

    Raises:
        StorageError: SQLite refused.
    """
    driver = connection.connection.driver_connection
    try:
        driver.execute(statement)  # type: ignore[union-attr]
    except sqlite3.Error as error:
        raise storage_error(error, path) from error


def damaged(path: Path, why: str) -> DatabaseDamaged:
    """What a damaged database means, and how to save what can be read of it."""
    return DatabaseDamaged(
        f"{path} is damaged, or not a database: {' '.join(why.split())[:200]}.",
        remedy="It was left as it is, and the recordings beside it are whole. `interview-app "
        "backup --salvage FILE` saves everything that can be read; restore an older backup, or "
        "that FILE, with `interview-app restore FILE`.",
    )


def storage_error(error: sqlite3.Error, path: Path) -> StorageError:
    """What a refusal of SQLite means, in a sentence, and what to do."""
    code: Any = getattr(error, "sqlite_errorcode", None)
    kind = code & 0xFF if isinstance(code, int) else None
    if kind in _FULL:
        return DataFolderUnusable(f"The disk of {path.parent} is full.", remedy=_FREE_SPACE)
    if kind in _UNWRITABLE:
        return DataFolderUnusable(
            f"The data folder {path.parent} cannot be written to: {error}.", remedy=_PERMISSIONS
        )
    if kind in _UNREADABLE:
        return DataFolderUnusable(
            f"The disk of {path.parent} refused to read or write: {error}.", remedy=_FREE_SPACE
        )
    if kind in _BUSY:
        return StorageError(
            f"Another program is busy with {path} and did not finish in time.",
            remedy="Nothing was lost or changed. Close other windows of Mock Interview, and try "
            "again.",
        )
    if kind in _DAMAGED:
        return damaged(path, str(error))
    return StorageError(
        f"Sessions could not be read or written: {error}.",
        remedy="Nothing was changed. `interview-app doctor` looks for the cause.",
    )
