"""Databases of earlier and later versions: copied and upgraded, or refused and left alone."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import interview_app
from interview_app.domain.errors import DatabaseTooNew, StorageError
from interview_app.domain.session import Session
from interview_app.storage import migrating
from interview_app.storage.database import open_database
from interview_app.storage.engine import make_engine
from interview_app.storage.tables import metadata
from interview_app.support.paths import AppPaths
from tests.stored import execute
from tests.unit.session_strategies import rehearsed

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SESSION = rehearsed("from-before", said="I led the migration")


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return AppPaths(tmp_path / "data % of mine")


def read(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(query).fetchall()


def first_schema(paths: AppPaths) -> Session:
    """A database as the first version left it, filled."""
    paths.make()
    engine = make_engine(paths.database)
    migrating.upgrade(engine, paths.database, paths.backups, NOW, target=migrating.REVISIONS[0])
    engine.dispose()
    today = AppPaths(paths.root.with_name("today"))
    database = open_database(today)
    with database.new_unit() as unit:
        number = unit.sessions.add(SESSION)
        unit.commit()
    database.close()
    tables = ("sessions", "asked_questions", "takes", "transcripts", "measures")
    with closing(sqlite3.connect(paths.database)) as raw:
        raw.execute("ATTACH ? AS today", (str(today.database),))
        for table in tables:
            columns = ", ".join(
                f'"{row[1]}"' for row in raw.execute(f"PRAGMA main.table_info({table})")
            )
            raw.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")
        raw.commit()
    return replace(SESSION, id=number)


def test_the_forms_written_down_are_those_of_the_scripts() -> None:
    scripts = ScriptDirectory(str(migrating.SCRIPTS))
    assert tuple(s.revision for s in reversed(list(scripts.walk_revisions()))) == (
        migrating.REVISIONS
    )
    assert scripts.get_current_head() == migrating.HEAD


def test_the_first_schema_filled_becomes_todays_with_everything_in_it(paths: AppPaths) -> None:
    session = first_schema(paths)
    database = open_database(paths)
    with database.new_unit() as unit:
        assert unit.sessions.get(session.id or 0) == session
        hits = unit.history.search("migration")
        assert [(hit.session_id, hit.start_s) for hit in hits] == [(session.id, 3.0)]
        assert unit.history.search("this role") != []
    database.close()
    assert read(paths.database, "PRAGMA foreign_key_check") == []


def test_notes_written_before_the_search_knew_them_are_found(paths: AppPaths) -> None:
    session = first_schema(paths)
    engine = make_engine(paths.database)
    migrating.upgrade(engine, paths.database, paths.backups, NOW, target="0004")
    engine.dispose()
    key = (session.guide_id, session.asked[0].question.id)
    execute(
        paths.database,
        "INSERT INTO take_notes SELECT id, 'slower at the walrus' FROM takes",
        f"INSERT INTO personal_notes VALUES {(*key, 'name the lighthouse', '')}",
    )
    database = open_database(paths)
    with database.new_unit() as unit:
        for word in ("walrus", "lighthouse", "migration"):
            assert [hit.session_id for hit in unit.history.search(word)] == [session.id], word
    database.close()


def test_questions_asked_before_have_no_rewordings_and_later_ones_keep_theirs(
    paths: AppPaths,
) -> None:
    before = first_schema(paths)
    reworded = replace(
        before.asked[0].question, asked_as=("What draws you here?",), competencies=("motivation",)
    )
    later = replace(SESSION, uid="later", asked=(replace(before.asked[0], question=reworded),))
    database = open_database(paths)
    with database.new_unit() as unit:
        assert unit.sessions.get(before.id or 0) == before
        number = unit.sessions.add(replace(later, takes=()))
        unit.commit()
        assert unit.sessions.get(number).asked == later.asked
    database.close()


@pytest.mark.parametrize("is_old", [False, True], ids=["fresh", "upgraded"])
def test_the_tables_are_what_the_code_says(paths: AppPaths, is_old: bool) -> None:
    if is_old:
        first_schema(paths)
    open_database(paths).close()
    engine = make_engine(paths.database)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_name": migrating.is_compared},
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_before_an_upgrade_the_database_is_copied_with_what_its_log_holds(
    paths: AppPaths,
) -> None:
    first_schema(paths)
    with closing(sqlite3.connect(paths.database)) as open_elsewhere:
        open_elsewhere.execute("PRAGMA journal_mode = WAL")
        open_elsewhere.execute("UPDATE sessions SET guide_title = 'only in the log'")
        open_elsewhere.commit()
        assert paths.database.with_name(paths.database.name + "-wal").stat().st_size > 0
        open_database(paths).close()
    (copy,) = paths.backups.iterdir()
    assert copy.name.endswith("-form-0001.sqlite3")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.backups.stat().st_mode) == 0o700
    assert read(copy, "SELECT guide_title FROM sessions") == [("only in the log",)]
    assert read(copy, "SELECT version_num FROM alembic_version") == [("0001",)]


def test_the_last_five_copies_are_kept(paths: AppPaths) -> None:
    first_schema(paths)
    old = paths.root.with_name("old.sqlite3")
    shutil.copy(paths.database, old)
    for _ in range(7):
        for leftover in paths.root.glob("interviews.sqlite3*"):
            leftover.unlink()
        shutil.copy(old, paths.database)
        open_database(paths).close()
    assert len(list(paths.backups.iterdir())) == migrating.KEPT_COPIES


def test_a_start_with_nothing_to_upgrade_makes_no_copy(paths: AppPaths) -> None:
    open_database(paths).close()
    open_database(paths).close()
    assert not paths.backups.exists()


def test_a_step_that_fails_leaves_the_database_as_it_was(
    paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = first_schema(paths)
    scripts = tmp_path / "scripts"
    shutil.copytree(migrating.SCRIPTS, scripts)
    (step,) = (scripts / "versions").glob("0002_*.py")
    step.write_text(step.read_text() + "\n\n_words = None\n")
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "SCRIPTS", scripts)
        with pytest.raises(TypeError):
            open_database(paths)
    assert read(paths.database, "SELECT version_num FROM alembic_version") == [("0001",)]
    columns = [row[1] for row in read(paths.database, "PRAGMA table_info(sessions)")]
    assert "deleted_at" not in columns
    database = open_database(paths)
    with database.new_unit() as unit:
        assert unit.sessions.get(session.id or 0) == session
    database.close()


def test_a_database_of_a_newer_version_is_refused_by_name_and_left_alone(paths: AppPaths) -> None:
    open_database(paths).close()
    execute(
        paths.database,
        "UPDATE alembic_version SET version_num = '0099'",
        "INSERT INTO written_by VALUES ('0099', '7.5.0', '2031-01-01T00:00:00+00:00')",
    )
    before = paths.database.read_bytes()
    with pytest.raises(DatabaseTooNew) as refusal:
        open_database(paths)
    assert "Mock Interview 7.5.0" in refusal.value.message
    assert interview_app.__version__ in refusal.value.message
    assert "Install" in refusal.value.remedy
    assert paths.database.read_bytes() == before
    assert not paths.backups.exists()


def test_a_database_of_another_program_is_refused_and_left_alone(paths: AppPaths) -> None:
    paths.make()
    execute(paths.database, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StorageError, match="not one of Mock Interview"):
        open_database(paths)
    assert read(paths.database, "SELECT name FROM sqlite_master") == [("recipes",)]
