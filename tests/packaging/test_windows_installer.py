"""The Windows installer is compiled from a stand-in folder, the way the release compiles it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from interview_app.support.paths import APP_NAME
from tests.packaging.scripts import PACKAGING, run, script

needs_nsis = pytest.mark.skipif(
    not (shutil.which("makensis") and shutil.which("7z")), reason="needs nsis and p7zip-full"
)
FILES = (f"{APP_NAME}.exe", "interview-app.exe", "_internal/data/guides/a guide.md")


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    folder = tmp_path / "a payload"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"stand-in")
    return folder


@needs_nsis
def test_it_holds_the_folder_and_an_uninstaller(payload: Path, tmp_path: Path) -> None:
    target = tmp_path / f"{APP_NAME}-setup.exe"
    made = run(sys.executable, PACKAGING / "windows/make_installer.py", payload, target)
    assert made.returncode == 0, made.stdout + made.stderr
    listed = run("7z", "l", "-ba", target).stdout
    for name in (*FILES, "uninstall.exe"):
        assert re.search(rf"{re.escape(name)}$", listed, re.MULTILINE), listed


@needs_nsis
def test_an_empty_folder_makes_no_installer(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    target = tmp_path / f"{APP_NAME}-setup.exe"
    made = run(sys.executable, PACKAGING / "windows/make_installer.py", tmp_path / "empty", target)
    assert made.returncode != 0
    assert not target.exists()


def test_windows_finds_the_folder_of_every_pattern() -> None:
    """Its makensis divides folder from pattern at the last backslash, and at nothing else."""
    text = (PACKAGING / "windows/installer.nsi").read_text(encoding="utf-8")
    patterns = re.findall(r'^\s*File (?:/\w+ )*"(.+)"$', text, re.MULTILINE)
    assert patterns
    assert [pattern for pattern in patterns if "/" in pattern] == []


def test_the_compiler_is_found_where_its_installer_puts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = script("windows.make_installer")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("PROGRAMFILES(X86)", str(tmp_path))
    with pytest.raises(SystemExit, match="NSIS"):
        maker.makensis()
    program = tmp_path / "NSIS" / "makensis"
    program.parent.mkdir()
    program.touch(mode=0o755)
    assert maker.makensis() == os.fspath(program)
