"""What makes the frozen program start sooner: hooks that wait, and Qt's support code compiled."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from textwrap import indent

_FILES = "files.dir"
"""Where shiboken6 looks for its Python code beside itself, before it unpacks and compiles what is
embedded in it, at each start (``SBK_EMBED`` in Qt for Python's documentation)."""


def compiled_support(folder: Path) -> list[tuple[str, str]]:
    """The Python code embedded in shiboken6, compiled; as PyInstaller's ``datas``.

    A copy of shiboken6 in ``folder`` is asked to write its code, so that the installed one stays
    as it is.
    """
    found = find_spec("shiboken6")
    if found is None or found.origin is None:
        raise SystemExit("shiboken6 is not installed.")
    shutil.rmtree(folder, ignore_errors=True)
    copy = folder / "shiboken6"
    shutil.copytree(Path(found.origin).parent, copy)
    subprocess.run(
        [sys.executable, "-c", "import PySide6.QtCore"],
        env={**os.environ, "PYTHONPATH": str(folder), "SBK_EMBED": "0"},
        check=True,
    )
    files = copy / _FILES
    compileall.compile_dir(files, quiet=1, legacy=True, stripdir=str(files))
    compiled = sorted((files / "shibokensupport").rglob("*.pyc"))
    if not any(path.name == "loader.pyc" for path in compiled):
        raise SystemExit("shiboken6 did not write its Python code.")
    return [(str(path), str(path.parent.relative_to(folder))) for path in compiled]


def waiting_hook(hook: Path, folder: Path) -> Path:
    """PyInstaller's hook of that file, as one that runs only where there are arguments.

    That of multiprocessing looks whether this is one of its processes, and imports it to do so: a
    hundredth of a second that a window opened from the menu need not wait.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / hook.name
    source = hook.read_text(encoding="utf-8")
    target.write_text(f"import sys\n\nif sys.argv[1:]:\n{indent(source, '    ')}", encoding="utf-8")
    return target
