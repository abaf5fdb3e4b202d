"""Sessions put into a database and read back, and the database changed behind its back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from interview_app.domain.session import Session
from interview_app.storage.database import Database


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
