"""Makes a whole database of what can still be read of a damaged one.

Rows are read by their numbers, in ranges that are halved around whatever cannot be read, so that a
damaged page costs its own rows and no others. Rows that lost what they belong to get a line in its
place: takes are never dropped because the row of their session is gone.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from interview_app.services.jobs import JobContext
from interview_app.services.upkeep.backup import Salvaged
from interview_app.storage.engine import make_engine, storage_error
from interview_app.storage.migrating import upgrade
from interview_app.storage.repositories import SqlSessions
from interview_app.storage.search import index_take
from interview_app.storage.tables import metadata, written_by
from interview_app.support.clock import SystemClock

LOST_SESSION = "Recovered session"
LOST_QUESTION = "(This question could not be recovered from the damaged database.)"

_RANGE = 256
"""Rows read at once; a damaged page is found by halving this."""
_ROWS_A_PAGE = 64
_PAGE_BYTES = 4096

_log = logging.getLogger(__name__)


def salvage_database(source: Path, target: Path, job: JobContext) -> Salvaged:
    """Write every row that can be read into a new database; how many sessions and takes there are.

    The damaged file is only read, while others may use it.

    Raises:
        StorageError: the new database cannot be written.
        JobCancelled: the job was cancelled.
    """
    engine = make_engine(target)
    try:
        upgrade(engine, target, target.parent, SystemClock().now())
        try:
            with (
                closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
                closing(sqlite3.connect(target)) as new,
            ):
                old.text_factory = _text
                _copy_tables(old, new, job)
                _fill_gaps(new)
                _drop_orphans(new)
                new.commit()
                sessions, takes = (
                    int(new.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
                    for table in ("sessions", "takes")
                )
        except sqlite3.Error as error:
            raise storage_error(error, target) from error
        _index(engine, job)
    finally:
        engine.dispose()
    with closing(sqlite3.connect(target)) as new:
        new.execute("PRAGMA journal_mode = DELETE")
    return Salvaged(sessions, takes)


def _copy_tables(old: sqlite3.Connection, new: sqlite3.Connection, job: JobContext) -> None:
    tables = [table for table in metadata.sorted_tables if table is not written_by]
    for place, table in enumerate(tables):
        job.report(place / len(tables), "Reading what can be read")
        known = {row[1] for row in new.execute(f"PRAGMA table_info({table.name})")}
        columns = [name for name in _columns(old, table.name) if name in known]
        if not columns:
            continue
        marks = ", ".join("?" * len(columns))
        add = f"INSERT OR IGNORE INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
        for row in _rows(old, table.name, columns, job):
            new.execute(add, [_text(value) if isinstance(value, bytes) else value for value in row])


def _columns(old: sqlite3.Connection, table: str) -> list[str]:
    try:
        return [row[1] for row in old.execute(f"PRAGMA table_info({table})")]
    except sqlite3.DatabaseError:
        return []


def _rows(
    old: sqlite3.Connection, table: str, columns: Sequence[str], job: JobContext
) -> Iterator[tuple[Any, ...]]:
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE rowid BETWEEN ? AND ?"
    highest = _highest(old, table)
    ranges = [(low, low + _RANGE - 1) for low in range(1, highest + 1, _RANGE)][::-1]
    lost = 0
    while ranges:
        job.check()
        low, high = ranges.pop()
        try:
            yield from old.execute(query, (low, high)).fetchall()
        except sqlite3.DatabaseError:
            if low == high:
                lost += 1
                continue
            middle = (low + high) // 2
            ranges += [(middle + 1, high), (low, middle)]
    if lost:
        _log.warning("Up to %d rows of %s could not be read", lost, table)


def _highest(old: sqlite3.Connection, table: str) -> int:
    """The highest row number, or one that is certainly not below it."""
    with suppress(sqlite3.DatabaseError):
        return int(old.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0)
    numbers = [0]
    with suppress(sqlite3.DatabaseError):
        numbers += [int(row[0]) for row in old.execute("SELECT seq FROM sqlite_sequence")]
    file = Path(old.execute("PRAGMA database_list").fetchone()[2])
    return max(*numbers, file.stat().st_size // _PAGE_BYTES * _ROWS_A_PAGE)


def _fill_gaps(new: sqlite3.Connection) -> None:
    """Put a line in the place of sessions and questions that takes and questions refer to."""
    new.execute(
        """
        INSERT INTO sessions (id, uid, guide_id, guide_title, mode, language, started_at, ended_at,
            position, voice, rate_wpm)
        SELECT session_id, coalesce(max(uid), 'recovered-' || session_id), '', ?, 'practice', 'en',
            coalesce(min(started_at), '1970-01-01T00:00:00.000000+00:00'),
            coalesce(max(started_at), '1970-01-01T00:00:00.000000+00:00'), 0, '', 165
        FROM (
            SELECT session_id, NULL AS uid, NULL AS started_at FROM asked_questions
            UNION ALL
            SELECT session_id, substr(uid, 1, instr(uid, '-q') - 1), started_at FROM takes
        )
        WHERE session_id NOT IN (SELECT id FROM sessions) GROUP BY session_id
        """,
        (LOST_SESSION,),
    )
    new.execute(
        """
        WITH RECURSIVE places (session_id, position, last) AS (
            SELECT session_id, 0, max(position) FROM (
                SELECT session_id, position FROM takes
                UNION ALL SELECT session_id, position FROM asked_questions
            ) WHERE position BETWEEN 0 AND 10000 GROUP BY session_id
            UNION ALL SELECT session_id, position + 1, last FROM places WHERE position < last
        )
        INSERT OR IGNORE INTO asked_questions (session_id, position, section, question_id, prompt,
            approach, key_points, follow_ups)
        SELECT session_id, position, '', '', ?, '[]', '[]', '[]' FROM places
        """,
        (LOST_QUESTION,),
    )


def _drop_orphans(new: sqlite3.Connection) -> None:
    """Drop rows that belong to nothing any more, such as the words of a take that is lost."""
    while orphans := new.execute("PRAGMA foreign_key_check").fetchall():
        for table, row, *_ in orphans:
            new.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))


def _index(engine: Engine, job: JobContext) -> None:
    """Have every take found again by its words."""
    with engine.connect() as connection, connection.begin():
        query = "SELECT DISTINCT session_id FROM takes"
        for session_id in connection.exec_driver_sql(query).scalars().all():
            job.check()
            found = connection.exec_driver_sql(
                "SELECT uid, id FROM takes WHERE session_id = ?", (session_id,)
            )
            numbers = {str(row[0]): int(row[1]) for row in found}
            for take in SqlSessions(connection).takes_of(session_id):
                index_take(connection, numbers[take.uid], session_id, take)


def _text(value: bytes) -> str:
    return value.decode(errors="replace")
