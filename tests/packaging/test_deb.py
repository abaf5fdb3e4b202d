"""The .deb is made from a stand-in folder and looked over by Debian's own checker."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from interview_app.support.paths import APP_NAME
from tests.packaging.scripts import PACKAGING, ROOT, run, script

needs_debian = pytest.mark.skipif(
    not all(map(shutil.which, ("dpkg-deb", "dpkg-shlibdeps", "lintian"))),
    reason="needs dpkg-dev and lintian",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What PyInstaller makes, with any program of this machine in place of the application's.

    As in a release, the project has a home page: newer checkers ask for one.
    """
    monkeypatch.setenv("PROJECT_URL", "https://forge.example/mock-interview")
    made = tmp_path / APP_NAME
    shutil.copytree(ROOT / "data/guides", made / "_internal/data/guides")
    shutil.copy(ROOT / "LICENSE", made / "_internal")
    shutil.copy(shutil.which("true") or "/bin/true", made / APP_NAME)
    return made


def checked(folder: Path) -> tuple[int, str]:
    """What lintian says of the package of a folder, as the release asks it."""
    target = folder.with_suffix(".deb")
    made = run(sys.executable, PACKAGING / "linux/make_deb.py", folder, target)
    assert made.stdout == f"{target}\n", made.stderr
    done = run("lintian", "--allow-root", "--fail-on", "error,warning", target)
    return done.returncode, done.stdout + done.stderr


@needs_debian
def test_debians_checker_has_nothing_against_the_package(folder: Path) -> None:
    assert checked(folder) == (0, "")


@needs_debian
def test_debians_checker_refuses_compiled_python(folder: Path) -> None:
    (folder / "_internal/module.pyc").write_bytes(b"compiled")
    status, said = checked(folder)
    assert status != 0
    assert "package-installs-python-bytecode" in said


def test_the_folder_is_given_no_compiled_python() -> None:
    is_compiled = script("left_out").is_compiled
    assert is_compiled("interview_app/storage/migrations/__pycache__/env.cpython-311.pyc")
    assert is_compiled("shiboken6/files.dir/shibokensupport/__init__.pyc")
    assert not is_compiled("interview_app/storage/migrations/env.py")
