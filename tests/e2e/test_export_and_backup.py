"""Exports and backups by the command line: what a person types, sees and finds on the disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.program import COMMAND, Program
from tests.integration.kept_sessions import keep_session, open_folder

DOCUMENTS = ("markdown", "html", "pdf", "docx", "json", "csv")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    application = open_folder(tmp_path / "data")
    keep_session(application)
    application.close()
    return Program(tmp_path / "data")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Makes a disk of so many kB; a file ``filler`` takes 4 of them."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = []

    def mount(size_kb: int) -> Path:
        if shutil.which("mount") is None:
            pytest.skip("there is no mount command here")
        command = ["mount", "-t", "tmpfs", "-o", f"size={size_kb}k", "tmpfs", str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("a small disk can only be mounted by root")
        mounted.append(folder)
        (folder / "filler").write_bytes(bytes(4096))
        return folder

    yield mount
    for disk in mounted:
        subprocess.run(["umount", str(disk)], check=True)


def export(program: Program, *arguments: str | Path) -> tuple[int, str, str]:
    done = program.run("sessions", "export", "1", *arguments)
    return done.status, done.out, done.err


@pytest.mark.parametrize("form", DOCUMENTS)
def test_a_session_is_exported_and_its_file_named(
    program: Program, tmp_path: Path, form: str
) -> None:
    target = tmp_path / f"answer.{form}"
    status, out, err = export(program, "--format", form, "--output", target)
    assert (status, out, err) == (0, f"{target}\n", "")
    assert target.stat().st_size > 100


def test_one_take_is_chosen_by_its_number_and_question(program: Program, tmp_path: Path) -> None:
    for question in ("1", "prioritize"):
        target = tmp_path / f"{question}.json"
        status, _, err = export(program, "-o", target, "--take", "2", "--question", question)
        assert (status, err) == (0, "")
        (take,) = json.loads(target.read_text(encoding="utf-8"))["takes"]
        assert (take["take"], take["question"]["id"]) == (2, "prioritize")
    status, _, err = export(program, "-o", tmp_path / "x.srt", "--take", "2")
    assert (status, err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "html", "--take", "9"], "no such take"),
        (["--format", "html", "--question", "nope"], "No question nope"),
        (["--format", "exe"], "exe"),
        (["--output", "answer.xyz"], "--format"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    program: Program, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    status, out, err = export(program, "--output", tmp_path / "a", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert sentence in err
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("form", [*DOCUMENTS, "srt", "mp3", "flac", "wav"])
def test_a_full_disk_is_one_line_and_leaves_no_half_file(
    program: Program, small_disk: Callable[[int], Path], form: str
) -> None:
    full_disk = small_disk(4)
    chosen = [] if form in DOCUMENTS else ["--take", "1", "--question", "1"]
    status, out, err = export(
        program, "--format", form, "--output", full_disk / f"a.{form}", *chosen
    )
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "no space left" in err
    assert "no half file was left" in err
    assert [path.name for path in full_disk.iterdir()] == ["filler"]


@pytest.mark.parametrize("size_kb", [4, 40, 160, 300, 800])
def test_a_backup_onto_a_full_disk_leaves_no_half_file(
    program: Program, small_disk: Callable[[int], Path], size_kb: int
) -> None:
    full_disk = small_disk(size_kb)
    done = program.run("backup", full_disk / "all")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert str(full_disk / "all") in done.err
    assert [path.name for path in full_disk.iterdir()] == ["filler"]


def test_a_file_that_may_not_grow_any_further_leaves_no_half_file(
    program: Program, tmp_path: Path
) -> None:
    """The same as a full disk, without needing to be root."""
    resource = pytest.importorskip("resource")

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (250_000, 250_000))

    out = tmp_path / "out"
    out.mkdir()
    export_one = ["sessions", "export", "1", "--take", "1", "--question", "1", "-o"]
    done = subprocess.run(
        [*COMMAND, "--data-dir", program.data_dir, *export_one, out / "a.wav"],
        env={**program.env, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=small_files,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "could not be written" in done.stderr
    assert list(out.iterdir()) == []


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_one_line(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    status, _, err = export(program, "--output", folder / "a.html")
    assert (status, err.count("\n")) == (1, 1)
    assert "make that one writable" in err


def test_a_missing_folder_is_one_line(program: Program, tmp_path: Path) -> None:
    status, _, err = export(program, "--output", tmp_path / "nowhere" / "a.html")
    assert (status, err.count("\n")) == (1, 1)
    assert "no such file or directory" in err


def test_a_file_that_is_there_is_replaced_only_by_force(program: Program, tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    target.write_text("mine")
    status, _, err = export(program, "--output", target)
    assert status == 1
    assert "--force" in err
    assert target.read_text() == "mine"
    assert export(program, "--output", target, "--force")[0] == 0
    assert target.read_text(encoding="utf-8") != "mine"


def test_everything_goes_into_one_file_and_comes_back_elsewhere(
    program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "all.backup"
    made = program.run("backup", file)
    assert (made.status, made.out) == (0, f"{file}\n")
    assert program.run("backup", file).status == 1

    elsewhere = Program(tmp_path / "new machine")
    done = elsewhere.run("restore", file)
    assert done.status == 0
    assert "before-restore-" in done.err
    shown = elsewhere.run("sessions", "show", "1", "--json").json()
    assert shown["takes"][0]["transcript"]["text"].startswith("So um the first thing")
    assert Path(shown["takes"][0]["audio"]).is_file()

    file.write_bytes(file.read_bytes()[:-1] + b"x")
    refused = elsewhere.run("restore", file)
    assert (refused.status, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "Nothing was changed." in refused.err
    assert elsewhere.run("sessions", "show", "1", "--json").json() == shown
