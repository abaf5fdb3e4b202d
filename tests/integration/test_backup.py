"""Everything as one file and back: whole, or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from interview_app.app.container import Application, open_application
from interview_app.domain.errors import (
    BackupTooNew,
    BackupUnusable,
    DataFolderInUse,
    DataFolderUnusable,
    ExportFailed,
    StorageError,
    TargetExists,
)
from interview_app.services.jobs import JobCancelled, JobContext, Progress
from interview_app.services.upkeep import backup_file
from interview_app.services.upkeep import restore as restoring
from interview_app.storage.copying import copy_database, database_form
from interview_app.support.instance_lock import InstanceLock
from tests.integration.kept_sessions import keep_session, open_folder

STATE = ("interviews.sqlite3", "settings.json", "pronunciations.json", "takes", "guides")


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    made = open_folder(tmp_path / "data")
    keep_session(made)
    made.paths.settings.write_text('{"theme": "dark"}')
    made.pronunciations.change({"SQL": "sequel"})
    (made.paths.guides / "mine – größe.md").write_text("---\nid: mine\n---\n")
    yield made
    made.close()


@pytest.fixture
def backup(application: Application, tmp_path: Path) -> Path:
    return application.backing_up.backup(tmp_path / "all.backup", JobContext()).file


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Application]:
    """A data folder with something else in it; its database is closed."""
    made = open_folder(tmp_path / "other")
    keep_session(made)
    keep_session_again(made)
    made.close()
    (made.paths.takes / "old.wav").write_bytes(b"old sound")
    made.paths.settings.write_text('{"theme": "light"}')
    made.pronunciations.change({"gif": "jif"})
    yield made
    made.close()


def keep_session_again(application: Application) -> None:
    with closing(sqlite3.connect(application.paths.database)) as database:
        database.execute("UPDATE sessions SET guide_title = 'Another'")
        database.commit()


def state(root: Path) -> dict[str, bytes]:
    """What a person has in a data folder, byte for byte."""
    files = [root / name for name in STATE if (root / name).is_file()]
    for folder in ("takes", "guides"):
        files += [path for path in (root / folder).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def titles(root: Path) -> list[str]:
    application = open_folder(root)
    found = [summary.guide_title for summary in application.kept.history.sessions()]
    application.close()
    return found


def leftovers(root: Path) -> list[str]:
    return [
        path.name
        for path in root.iterdir()
        if path.name.startswith((restoring.STAGE_PREFIX, restoring.PLAN)) or ".part" in path.name
    ]


def test_a_backup_made_while_the_application_runs_brings_everything_back(
    application: Application, backup: Path, other: Application
) -> None:
    log = application.paths.database.with_name("interviews.sqlite3-wal")
    assert log.stat().st_size > 0, "the database is open, its last commits still in the log"
    done = other.backing_up.restore(backup, JobContext())

    before, now = state(application.paths.root), state(other.paths.root)
    assert {**now, "interviews.sqlite3": b""} == {**before, "interviews.sqlite3": b""}
    assert other.kept.history.session(1) == application.kept.history.session(1)
    assert done.file_count == len(now)


def test_what_was_there_before_a_restore_is_kept_beside(backup: Path, other: Application) -> None:
    before = state(other.paths.root)
    done = other.backing_up.restore(backup, JobContext())
    assert done.kept.name.startswith("before-restore-")
    assert state(done.kept) == before
    assert leftovers(other.paths.root) == []


def test_a_backup_that_names_another_file_as_the_sound_of_a_take_is_refused(
    application: Application, other: Application, tmp_path: Path
) -> None:
    forged = tmp_path / "forged"
    with closing(sqlite3.connect(application.paths.database)) as database, database:
        database.execute("UPDATE takes SET sound = 'interviews.sqlite3'")
    copy = tmp_path / "copy.sqlite3"
    copy_database(application.paths.database, copy, JobContext())
    about = backup_file.Manifest(
        backup_file.FORMAT, "1", database_form(), "2026-11-22T10:00:00+00:00", ()
    )
    members = [backup_file.Source("interviews.sqlite3", copy)]
    backup_file.write_backup(forged, members, about, JobContext())
    before = state(other.paths.root)
    with pytest.raises(BackupUnusable, match="names files outside the folder of takes"):
        other.backing_up.restore(forged, JobContext())
    assert state(other.paths.root) == before


def test_a_restore_needs_no_data_folder_to_be_there(backup: Path, tmp_path: Path) -> None:
    fresh = open_folder(tmp_path / "fresh")
    fresh.backing_up.restore(backup, JobContext())
    assert fresh.kept.history.session(1).guide_title.startswith("IT Product Manager")
    fresh.close()


def test_a_backup_is_a_plain_zip_with_a_digest_of_every_member(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        for member in manifest["members"]:
            content = archive.read(member["name"])
            assert len(content) == member["size"]
            assert hashlib.sha256(content).hexdigest() == member["sha256"]
        names = {member["name"] for member in manifest["members"]}
        assert names == set(archive.namelist()) - {"manifest.json"}
    assert {"interviews.sqlite3", "settings.json", "guides/mine – größe.md"} < names
    assert sum(name.startswith("takes/") for name in names) == 2
    assert backup.stat().st_mode & 0o077 == 0


def test_a_backup_replaces_no_file_silently(application: Application, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(TargetExists, match="left as it is"):
        application.backing_up.backup(backup, JobContext())
    assert backup.read_bytes() == before
    application.backing_up.backup(backup, JobContext(), overwrite=True)


def test_a_backup_into_its_own_sources_or_of_nothing_is_refused(
    application: Application, tmp_path: Path
) -> None:
    with pytest.raises(ExportFailed, match="among the files"):
        application.backing_up.backup(application.paths.takes / "x", JobContext())
    empty = open_folder(tmp_path / "empty")
    with pytest.raises(StorageError, match="nothing to back up"):
        empty.backing_up.backup(tmp_path / "x", JobContext())
    assert not (tmp_path / "x").exists()


def test_a_cancelled_backup_leaves_no_file(application: Application, tmp_path: Path) -> None:
    count = 1
    while is_cancelled(
        lambda job: application.backing_up.backup(tmp_path / "new", job), cancelled_after(count)
    ):
        assert [path.name for path in tmp_path.iterdir()] == ["data"]
        count += 1
    assert count > 4  # it was really cancelled in several places
    assert (tmp_path / "new").exists()


def test_a_cancelled_restore_changes_nothing(backup: Path, other: Application) -> None:
    before, count = state(other.paths.root), 1
    while is_cancelled(lambda job: other.backing_up.restore(backup, job), cancelled_after(count)):
        assert state(other.paths.root) == before
        assert leftovers(other.paths.root) == []
        count += 1
    assert count > 4
    assert state(other.paths.root) != before


def is_cancelled(work: Callable[[JobContext], object], job: JobContext) -> bool:
    try:
        work(job)
    except JobCancelled:
        return True
    return False


def cancelled_after(count: int) -> JobContext:
    """A job that is cancelled at its nth report."""
    left = [count]

    def report(_progress: Progress) -> None:
        left[0] -= 1
        if left[0] <= 0:
            job.cancel()

    job = JobContext(report)
    return job


def test_a_byte_flipped_in_any_member_or_anywhere_else_is_refused(
    backup: Path, other: Application, tmp_path: Path
) -> None:
    whole = backup.read_bytes()
    with zipfile.ZipFile(backup) as archive:
        infos = archive.infolist()
    places = [info.header_offset + 30 + len(info.filename.encode()) + 2 for info in infos]
    places += [info.header_offset for info in infos]  # each member's own header
    places += [len(whole) - 1, len(whole) - 70, len(whole) - 120, len(whole) - 200, 0, 7]
    before = state(other.paths.root)
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        file = tmp_path / "damaged"
        file.write_bytes(damaged)
        with pytest.raises(BackupUnusable, match="Nothing was changed"):
            other.backing_up.restore(file, JobContext())
        assert state(other.paths.root) == before
    assert leftovers(other.paths.root) == []
    assert not list(other.paths.root.glob("before-restore-*"))


def test_a_byte_flipped_in_any_member_is_found_by_the_members_own_digest_too(
    backup: Path, other: Application, tmp_path: Path
) -> None:
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    before = state(other.paths.root)
    manifest = json.loads(members.pop("manifest.json"))
    for name, content in members.items():
        changed = bytes([content[0] ^ 1]) + content[1:]
        file = craft(tmp_path / "crafted", {**members, name: changed}, manifest)
        with pytest.raises(BackupUnusable, match="differs from its digest"):
            other.backing_up.restore(file, JobContext())
        assert state(other.paths.root) == before


@pytest.mark.parametrize("part", [0.0, 0.001, 0.3, 0.7, 0.999])
def test_a_backup_cut_short_is_refused(
    backup: Path, other: Application, tmp_path: Path, part: float
) -> None:
    whole = backup.read_bytes()
    file = tmp_path / "short"
    file.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(BackupUnusable):
        other.backing_up.restore(file, JobContext())


def test_what_is_no_backup_or_not_there_is_refused(other: Application, tmp_path: Path) -> None:
    plain = tmp_path / "plain.zip"
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("manifest.json", "{}")
    for file in (plain, tmp_path / "missing", tmp_path):
        with pytest.raises(BackupUnusable):
            other.backing_up.restore(file, JobContext())


def craft(
    path: Path,
    members: dict[str, bytes],
    manifest: dict[str, Any] | None = None,
    compression: int = zipfile.ZIP_STORED,
) -> Path:
    """A backup with a valid seal and these members; the manifest is made to fit unless given."""
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in members.items()
    ]
    about = {"format": 1, "application": "1", "database_form": "0001", "made_at": "now"}
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr(
            zipfile.ZipInfo("manifest.json"),
            json.dumps(manifest or {**about, "members": listed}),
            zipfile.ZIP_STORED,
        )
        archive.comment = backup_file._MARK + b"0" * 64
    content = path.read_bytes()[:-64]
    path.write_bytes(content + hashlib.sha256(content).hexdigest().encode())
    return path


@pytest.fixture
def database(backup: Path) -> bytes:
    with zipfile.ZipFile(backup) as archive:
        return archive.read("interviews.sqlite3")


def test_a_crafted_backup_that_is_right_is_taken(
    other: Application, tmp_path: Path, database: bytes
) -> None:
    """Otherwise the refusals below would prove nothing."""
    file = craft(tmp_path / "crafted", {"interviews.sqlite3": database, "takes/a.wav": b"a"})
    other.backing_up.restore(file, JobContext())
    assert state(other.paths.root)["takes/a.wav"] == b"a"


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "takes/../../evil",
        "/tmp/evil",
        "takes//evil",
        "takes/./evil",
        "C:/evil",
        "takes\\..\\evil",
        "takes/c:evil",
        "logs/evil",
        "in-use.lock",
        "takes",
        "settings.json/evil",
    ],
)
def test_no_member_gets_out_of_the_data_folder(
    other: Application, tmp_path: Path, database: bytes, name: str
) -> None:
    before = state(other.paths.root)
    file = craft(tmp_path / "crafted", {"interviews.sqlite3": database, name: b"evil"})
    with pytest.raises(BackupUnusable):
        other.backing_up.restore(file, JobContext())
    assert state(other.paths.root) == before
    assert not list(tmp_path.rglob("evil"))


def test_a_compressed_member_is_refused_however_small_it_looks(
    other: Application, tmp_path: Path, database: bytes
) -> None:
    members = {"interviews.sqlite3": database, "takes/bomb.wav": bytes(50_000_000)}
    file = craft(tmp_path / "bomb", members, compression=zipfile.ZIP_DEFLATED)
    assert file.stat().st_size < 1_000_000
    with pytest.raises(BackupUnusable, match="length"):
        other.backing_up.restore(file, JobContext())


def test_files_that_are_not_listed_or_listed_and_not_there_are_refused(
    other: Application, tmp_path: Path, database: bytes
) -> None:
    right = {"interviews.sqlite3": database, "takes/a.wav": b"a"}
    craft(tmp_path / "right", right)
    with zipfile.ZipFile(tmp_path / "right") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    more = craft(tmp_path / "more", {**right, "takes/b.wav": b"b"}, manifest)
    fewer = craft(tmp_path / "fewer", {"interviews.sqlite3": database}, manifest)
    twice = craft(tmp_path / "twice", {**right, "takes/A.wav": b"a"})
    for file in (more, fewer, twice):
        with pytest.raises(BackupUnusable, match="not those of its list"):
            other.backing_up.restore(file, JobContext())


@pytest.mark.parametrize("manifest", [{"format": "x"}, {"format": 1}, {"format": 1, "members": 3}])
def test_a_list_that_makes_no_sense_is_refused(
    other: Application, tmp_path: Path, database: bytes, manifest: dict[str, Any]
) -> None:
    file = craft(tmp_path / "crafted", {"interviews.sqlite3": database}, manifest)
    with pytest.raises(BackupUnusable):
        other.backing_up.restore(file, JobContext())


def test_a_damaged_database_is_found_before_anything_is_replaced(
    other: Application, tmp_path: Path, database: bytes
) -> None:
    before = state(other.paths.root)
    broken = bytearray(database)
    broken[4096 * 3 : 4096 * 6] = bytes(4096 * 3)
    for content in (bytes(broken), b"not a database at all", b""):
        file = craft(tmp_path / "crafted", {"interviews.sqlite3": content})
        with pytest.raises(BackupUnusable, match="database is damaged"):
            other.backing_up.restore(file, JobContext())
    with pytest.raises(BackupUnusable, match="no database"):
        other.backing_up.restore(craft(tmp_path / "none", {"takes/a.wav": b"a"}), JobContext())
    assert state(other.paths.root) == before


def test_a_backup_of_a_newer_version_is_refused_by_name(
    other: Application, tmp_path: Path, database: bytes
) -> None:
    newer = {"format": 2, "application": "9.0", "members": []}
    file = craft(tmp_path / "format", {"interviews.sqlite3": database}, newer)
    with pytest.raises(BackupTooNew, match=r"9\.0"):
        other.backing_up.restore(file, JobContext())

    copy = tmp_path / "newer.sqlite3"
    copy.write_bytes(database)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    file = craft(tmp_path / "form", {"interviews.sqlite3": copy.read_bytes()})
    with pytest.raises(BackupTooNew, match="newer version"):
        other.backing_up.restore(file, JobContext())


def test_a_running_application_is_not_replaced_under_its_feet(
    backup: Path, other: Application
) -> None:
    before = state(other.paths.root)
    with InstanceLock(other.paths) as lock:
        assert lock.is_ours
        with pytest.raises(DataFolderInUse, match="Close it"):
            other.backing_up.restore(backup, JobContext())
    assert state(other.paths.root) == before
    other.backing_up.restore(backup, JobContext())


def test_a_backup_that_does_not_fit_is_refused_before_it_is_unpacked(
    backup: Path, other: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(1, 1, 1000))
    with pytest.raises(DataFolderUnusable, match="free"):
        other.backing_up.restore(backup, JobContext())
    assert leftovers(other.paths.root) == []


class Crash(BaseException):
    """The process ends here."""


def failing_at(
    monkeypatch: pytest.MonkeyPatch, count: int, error: Callable[[], BaseException]
) -> list[int]:
    """Have the nth move of a file or folder fail; how many were asked for."""
    real, seen = Path.replace, [0]

    def replace(path: Path, target: Path) -> Path:
        seen[0] += 1
        if seen[0] == count:
            raise error()
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    return seen


def test_a_crash_at_any_move_leaves_the_old_state_or_the_new_one(
    backup: Path, other: Application, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root, copy = other.paths.root, tmp_path / "as it was"
    shutil.copytree(root, copy)
    old, crashes = state(root), 0
    for count in range(1, 40):
        shutil.rmtree(root)
        shutil.copytree(copy, root)
        with monkeypatch.context() as patch:
            failing_at(patch, count, Crash)
            try:
                open_folder(root).backing_up.restore(backup, JobContext())
            except Crash:
                crashes += 1
        is_decided = restoring.is_unfinished(root)
        open_application(root, lambda call: call()).close()  # the next start
        assert titles(root) == (
            ["IT Product Manager: Größe & 面试 🎤"]
            if is_decided or crashes < count
            else ["Another"]
        )
        if not is_decided and crashes == count:
            assert state(root).keys() == old.keys()
        assert not restoring.is_unfinished(root)
        if crashes < count:
            break
    assert crashes >= 7  # each of what is there, and each of what comes


def test_a_move_that_is_refused_puts_the_old_state_back(
    backup: Path, other: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, refused = state(other.paths.root), 0
    for count in range(1, 40):
        with monkeypatch.context() as patch:
            failing_at(patch, count, lambda: PermissionError(13, "Permission denied"))
            try:
                other.backing_up.restore(backup, JobContext())
            except DataFolderUnusable:
                refused += 1
            else:
                break
        assert state(other.paths.root) == old
        assert leftovers(other.paths.root) == []
        assert not list(other.paths.root.glob("before-restore-*"))
    assert refused >= 7


def test_a_restore_being_finished_by_another_process_is_waited_for(
    backup: Path, other: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        failing_at(patch, 3, Crash)
        with pytest.raises(Crash):
            other.backing_up.restore(backup, JobContext())
    assert restoring.is_unfinished(other.paths.root)
    with InstanceLock(other.paths), pytest.raises(DataFolderInUse):
        open_application(other.paths.root, lambda call: call())
