"""A database with damaged pages: said at once, never backed up as whole, saved where it can be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from interview_app.app.container import Application
from interview_app.domain.errors import DatabaseDamaged
from interview_app.services.jobs import JobContext
from interview_app.storage.salvaging import LOST_QUESTION, LOST_SESSION
from interview_app.support.paths import AppPaths
from tests.e2e.program import Program
from tests.integration.kept_sessions import keep_session, open_folder
from tests.unit.session_strategies import rehearsed

PAGE = 4096
SESSIONS = 60


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    """A data folder with many sessions, whose rows fill many pages; nobody has it open."""
    application = open_folder(tmp_path / "data")
    keep_session(application)
    with application.new_unit() as unit:
        for index in range(SESSIONS):
            unit.sessions.add(rehearsed(f"s{index}", said=f"word{index} " * 150))
        unit.commit()
    application.close()
    return application.paths


def damage(paths: AppPaths, page: int, count: int = 1) -> None:
    """Overwrite whole pages of the database, as a failing disk does."""
    with paths.database.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\x5a" * PAGE * count)


def root_page(paths: AppPaths, name: str) -> int:
    with closing(sqlite3.connect(paths.database)) as database:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return int(database.execute(query, (name,)).fetchone()[0])


def leaf_pages(paths: AppPaths, table: str) -> list[int]:
    """The pages that hold the rows of a table."""
    content = paths.database.read_bytes()
    at = (root_page(paths, table) - 1) * PAGE
    if content[at] == 13:
        return [root_page(paths, table)]
    assert content[at] == 5
    cells = int.from_bytes(content[at + 3 : at + 5])
    places = [int.from_bytes(content[at + 12 + 2 * i : at + 14 + 2 * i]) for i in range(cells)]
    return [int.from_bytes(content[at + place : at + place + 4]) for place in places]


def salvaged(paths: AppPaths, tmp_path: Path) -> tuple[Application, str]:
    """What a person has after saving what can be read and restoring it elsewhere."""
    application = open_folder(paths.root)
    made = application.backing_up.backup(tmp_path / "saved", JobContext(), salvages=True)
    application.close()
    fresh = open_folder(tmp_path / "fresh")
    fresh.backing_up.restore(made.file, JobContext())
    return fresh, " ".join(made.remarks)


def test_sixty_four_flipped_bytes_are_no_backup_and_the_older_one_stays(
    paths: AppPaths, tmp_path: Path
) -> None:
    program, target = Program(paths.root), tmp_path / "all.backup"
    assert program.run("backup", target).status == 0
    whole = target.read_bytes()
    with paths.database.open("r+b") as file:
        file.seek(8192)
        bytes_there = file.read(64)
        file.seek(8192)
        file.write(bytes(byte ^ 0xFF for byte in bytes_there))

    done = program.run("backup", "--force", target)
    assert done.status == 1
    assert "No backup was made" in done.err
    assert "backup --salvage FILE" in done.err
    assert target.read_bytes() == whole
    assert [file.name for file in tmp_path.iterdir() if file.name != "data"] == ["all.backup"]

    saved = program.run("backup", "--salvage", tmp_path / "saved")
    assert saved.status == 0
    assert f"{SESSIONS + 1} sessions" in saved.err
    fresh = Program(tmp_path / "fresh")
    assert fresh.run("restore", tmp_path / "saved").status == 0
    assert fresh.run("sessions", "show", "1").status == 0


def test_a_damaged_page_of_words_costs_only_the_words_on_it(
    paths: AppPaths, tmp_path: Path
) -> None:
    damage(paths, leaf_pages(paths, "transcripts")[3])
    fresh, told = salvaged(paths, tmp_path)
    assert f"{SESSIONS + 1} sessions with {SESSIONS + 3} takes" in told
    lines = fresh.kept.history.sessions()
    takes = [t for line in lines for t in fresh.kept.history.session(line.id).takes]
    without = [take.uid for take in takes if take.transcript is None]
    assert 1 <= len(without) <= 4
    assert len(fresh.kept.history.search("word59")) == 1, "what is saved is found again"
    fresh.close()


def test_takes_whose_sessions_are_lost_are_kept_under_a_name(
    paths: AppPaths, tmp_path: Path
) -> None:
    for table in ("sessions", "asked_questions"):
        damage(paths, leaf_pages(paths, table)[0])
    fresh, told = salvaged(paths, tmp_path)
    assert f"{SESSIONS + 3} takes" in told
    lost = [line for line in fresh.kept.history.sessions() if line.guide_title == LOST_SESSION]
    assert lost
    session = fresh.kept.history.session(lost[0].id)
    assert session.takes[0].transcript is not None
    assert session.asked[session.takes[0].position].question.prompt == LOST_QUESTION
    assert fresh.kept.recovery.find() == ()
    fresh.close()


def test_where_no_table_can_be_read_the_sounds_are_still_saved(
    paths: AppPaths, tmp_path: Path
) -> None:
    damage(paths, 1)
    fresh = open_folder(tmp_path / "fresh")
    done = Program(paths.root).run("backup", "--salvage", tmp_path / "saved")
    assert done.status == 0
    assert "0 sessions" in done.err
    fresh.backing_up.restore(tmp_path / "saved", JobContext())
    assert [take.uid for take in fresh.kept.recovery.find()] == ["d1-q01-t01", "d1-q01-t02"]
    fresh.close()


def test_damage_is_said_when_the_database_is_opened_and_the_rest_can_be_read(
    paths: AppPaths,
) -> None:
    damage(paths, leaf_pages(paths, "transcripts")[0])
    application = open_folder(paths.root)
    assert len(application.kept.history.sessions()) == SESSIONS + 1
    assert isinstance(application.damage, DatabaseDamaged)
    application.close()
    listed = Program(paths.root).run("sessions", "list")
    assert "IT Product Manager" in listed.out
    assert "is damaged" in listed.err
    assert "--salvage" in listed.err


def test_a_whole_database_is_backed_up_as_it_is_though_salvaging_is_asked_for(
    paths: AppPaths, tmp_path: Path
) -> None:
    application = open_folder(paths.root)
    made = application.backing_up.backup(tmp_path / "saved", JobContext(), salvages=True)
    assert made.remarks == ()
    assert application.damage is None
    application.close()
