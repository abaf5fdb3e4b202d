"""Sessions put into a database and read back, and the database changed behind its back."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from interview_app.domain.session import Session
from interview_app.storage.database import Database, open_database
from interview_app.support.paths import AppPaths


def open_at_once(paths: AppPaths) -> Database:
    """Open the database of a data folder; a missing one is copied, not made.

    Making one runs every migration, which takes ten times as long and has tests of its own.
    """
    if not paths.database.exists():
        paths.make()
        paths.database.write_bytes(_empty_database())
    return open_database(paths)


@cache
def _empty_database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        paths = AppPaths(Path(folder) / "data")
        open_database(paths).close()
        return paths.database.read_bytes()


def keep(database: Database, session: Session) -> int:
    """Store a new session; its number."""
    with database.new_unit() as unit:
        number = unit.sessions.add(session)
        unit.commit()
    return number


def read(database: Database, number: int) -> Session:
    """The session of that number."""
    with database.new_unit() as unit:
        return unit.sessions.get(number)


def execute(file: Path, *statements: str) -> None:
    """Run SQL on a database file as no part of the application does."""
    with closing(sqlite3.connect(file)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()
