"""What can go wrong around the database: said in one line, with nothing lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from interview_app.domain.errors import DatabaseDamaged, DataFolderUnusable, StorageError
from interview_app.storage.database import open_database
from interview_app.support.paths import AppPaths
from tests.unit.session_strategies import rehearsed

WRITER = """
import sys
from pathlib import Path
from interview_app.storage.database import open_database
from interview_app.support.paths import AppPaths
from tests.unit.session_strategies import rehearsed

root, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
database = open_database(AppPaths(root))
for index in range(count):
    with database.new_unit() as unit:
        number = unit.sessions.add(rehearsed(f"{name}-{index}", said="one two three " * 100))
        session = unit.sessions.get(number)
        unit.sessions.update(session)
        unit.commit()
    print(number, flush=True)
database.close()
"""


def writer(paths: AppPaths, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(paths.root), name, str(count)],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


def one_line(error: StorageError) -> bool:
    return bool(error.remedy) and "\n" not in str(error)


def test_two_processes_starting_and_writing_at_once_both_keep_everything(paths: AppPaths) -> None:
    with writer(paths, "a", 25) as first, writer(paths, "b", 25) as second:
        assert (first.wait(60), second.wait(60)) == (0, 0)
    database = open_database(paths)
    with database.new_unit() as unit:
        uids = {line.uid for line in unit.sessions.summaries()}
    database.close()
    assert uids == {f"{name}-{index}" for name in "ab" for index in range(25)}


def test_a_process_killed_while_writing_leaves_everything_it_had_kept(paths: AppPaths) -> None:
    with writer(paths, "k", 100_000) as process:
        assert process.stdout is not None
        kept = [int(process.stdout.readline()) for _ in range(12)]
        process.send_signal(signal.SIGKILL)
        kept += [int(line) for line in process.stdout.read().split("\n") if line]
    database = open_database(paths)
    with database.new_unit() as unit:
        for number in kept:
            assert unit.sessions.get(number).takes[0].transcript is not None
    database.close()
    with closing(sqlite3.connect(paths.database)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_database_locked_by_another_program_is_said_so(paths: AppPaths) -> None:
    database = open_database(paths, busy_timeout_ms=50)
    with closing(sqlite3.connect(paths.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="busy") as refusal, database.new_unit():
            pass
        with pytest.raises(StorageError, match="busy"):
            open_database(paths, busy_timeout_ms=50)
    assert one_line(refusal.value)
    with database.new_unit() as unit:
        assert unit.sessions.summaries() == []
    database.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(paths: AppPaths) -> None:
    paths.make()
    paths.database.write_bytes(b"my notes, not a database\n" * 100)
    with pytest.raises(StorageError, match="not a database") as refusal:
        open_database(paths)
    assert one_line(refusal.value)
    assert paths.database.read_bytes() == b"my notes, not a database\n" * 100


@pytest.mark.parametrize("content", [b"", b"\0"])
def test_an_emptied_database_beside_answers_is_told_and_not_begun_anew(
    paths: AppPaths, content: bytes
) -> None:
    open_database(paths).close()
    (paths.takes / "mine-q01-t01.wav").write_bytes(b"sound")
    paths.backups.mkdir(parents=True, exist_ok=True)
    copy = paths.backups / "interviews-20261122T100000.000000Z-form-0005.sqlite3"
    copy.write_bytes(b"copy")
    for file in paths.root.glob("interviews.sqlite3*"):
        file.unlink()
    paths.database.write_bytes(content)
    with pytest.raises(
        DatabaseDamaged, match=r"recordings of answers \(1\) and copies of it \(1\)"
    ) as caught:
        open_database(paths)
    assert str(copy) in caught.value.remedy
    assert one_line(caught.value)
    assert paths.database.read_bytes() == content
    paths.database.unlink()
    open_database(paths).close()


def test_a_database_emptied_before_anything_was_kept_is_a_first_start(paths: AppPaths) -> None:
    paths.make()
    paths.database.touch()
    open_database(paths).close()
    assert paths.database.stat().st_size > 0


def test_a_folder_in_place_of_the_database_is_refused(paths: AppPaths) -> None:
    paths.database.mkdir(parents=True)
    with pytest.raises(DataFolderUnusable) as refusal:
        open_database(paths)
    assert one_line(refusal.value)


def test_an_error_of_the_database_never_carries_what_was_said(paths: AppPaths) -> None:
    database = open_database(paths)
    with closing(sqlite3.connect(paths.database)) as raw:
        raw.execute("DROP TABLE transcripts")
    said = "".join(reversed("terces"))  # not in the source lines a traceback shows
    with pytest.raises(StorageError) as refusal, database.new_unit() as unit:
        unit.sessions.add(rehearsed(said=said))
    logged = "".join(traceback.format_exception(refusal.value))
    assert "no such table: transcripts" in logged
    assert said not in logged
    database.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs rights this user lacks")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_keeps_what_was_there_and_says_so(small_disk: Path) -> None:
    paths = AppPaths(small_disk / "data")
    database = open_database(paths)
    kept = []
    with pytest.raises(DataFolderUnusable, match="full") as refusal:  # noqa: PT012
        for index in range(1000):
            with database.new_unit() as unit:
                number = unit.sessions.add(rehearsed(f"s{index}", said="words " * 500))
                unit.commit()
            kept.append(number)
    assert one_line(refusal.value)
    assert kept
    with database.new_unit() as unit:
        assert [line.id for line in unit.sessions.summaries()] == kept[::-1]
    database.close()


def test_a_full_disk_at_the_first_start_is_said_so(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(590 * 1024))
    with pytest.raises(DataFolderUnusable) as refusal:
        open_database(AppPaths(small_disk / "data"))
    assert one_line(refusal.value)


def test_a_read_only_disk_is_said_so(small_disk: Path) -> None:
    paths = AppPaths(small_disk / "data")
    open_database(paths).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(DataFolderUnusable) as refusal:
        open_database(paths)
    assert one_line(refusal.value)


def test_file_and_folder_are_readable_by_their_owner_only(paths: AppPaths) -> None:
    paths.root.mkdir(mode=0o755)
    database = open_database(paths)
    with database.new_unit() as unit:
        unit.sessions.add(rehearsed())
        unit.commit()
        files = list(paths.root.glob("interviews.sqlite3*"))
        assert len(files) == 3
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(paths.root.stat().st_mode) == 0o700
    assert stat.S_IMODE(paths.takes.stat().st_mode) == 0o700
    database.close()


def test_a_folder_with_other_things_in_it_keeps_its_permissions(paths: AppPaths) -> None:
    paths.root.mkdir()
    paths.root.chmod(0o755)
    (paths.root / "holiday.txt").touch()
    open_database(paths).close()
    assert stat.S_IMODE(paths.root.stat().st_mode) == 0o755
    assert stat.S_IMODE(paths.database.stat().st_mode) == 0o600


def test_a_start_with_nothing_to_upgrade_does_not_import_alembic(paths: AppPaths) -> None:
    open_database(paths).close()
    code = (
        "import sys; from pathlib import Path; import interview_app.storage; "
        "assert 'sqlalchemy' not in sys.modules; "
        "from interview_app.support.paths import AppPaths; "
        "from interview_app.storage.database import open_database; "
        f"open_database(AppPaths(Path({str(paths.root)!r}))).close(); "
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
