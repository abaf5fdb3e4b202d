"""The frozen program starts sooner, and its parts still do what they are there for."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from zipfile import PyZipFile

import pytest

from tests.packaging.scripts import script

SUPPORT = "import PySide6.QtCore, shibokensupport.signature.loader as it; print(it.__file__)"


def run(*arguments: str, **env: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


def test_qt_takes_its_support_code_from_the_modules_of_the_program(tmp_path: Path) -> None:
    support = script("start").support_code(tmp_path / "build")
    package = tmp_path / "package"
    installed = find_spec("shiboken6")
    assert installed is not None
    assert installed.origin is not None
    here = Path(installed.origin).parent
    (package / "shiboken6").mkdir(parents=True)
    for part in here.iterdir():
        (package / "shiboken6" / part.name).symlink_to(part)
    # Where a link leads is where shiboken6 looks.
    (package / "shiboken6" / "__init__.py").unlink()
    (package / "shiboken6" / "__init__.py").write_text((here / "__init__.py").read_text())
    for source, folder in support.datas:
        (package / folder).mkdir(parents=True, exist_ok=True)
        (package / folder / Path(source).name).write_bytes(Path(source).read_bytes())
    # An archive of modules, as the program has one.
    with PyZipFile(str(tmp_path / "modules.zip"), "w") as archive:
        archive.writepy(str(Path(support.modules["shibokensupport"]).parent))

    path = os.pathsep.join([str(package), str(tmp_path / "modules.zip")])
    loaded = Path(run("-c", SUPPORT, PYTHONPATH=path))

    assert loaded.suffix == ".pyc"
    assert loaded.is_relative_to(tmp_path / "modules.zip")
    assert support.modules.keys() >= {"shibokensupport", "shibokensupport.signature.lib.enum_sig"}
    assert not (here / "files.dir").exists()


@pytest.mark.parametrize(("arguments", "said"), [((), ""), (("--multiprocessing-fork",), "looked")])
def test_a_hook_that_waits_runs_only_where_there_are_arguments(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text("# A hook.\ndef look():\n    print('looked')\n\n\nlook()\n", encoding="utf-8")
    waiting = script("start").waiting_hook(hook, tmp_path / "made")
    assert run(str(waiting), *arguments) == said
