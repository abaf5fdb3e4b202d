"""What makes the frozen program start sooner: hooks that wait, and Qt's support code compiled."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from textwrap import indent

_FILES = "files.dir"
"""Where that folder lies beside shiboken6, it imports its Python code as any other; where it does
not, it unpacks and compiles what is embedded in it, at each start (``SBK_EMBED`` in Qt for Python's
documentation)."""


@dataclass(frozen=True)
class SupportCode:
    """The Python code embedded in shiboken6, as PyInstaller takes it: as modules of the program."""

    modules: dict[str, str]
    """Each module's source."""
    datas: tuple[tuple[str, str], ...]
    """What makes shiboken6 look for modules rather than for what is embedded in it."""


def support_code(folder: Path) -> SupportCode:
    """Have a copy of shiboken6 in ``folder`` write its code; the installed one stays as it is.

    As modules of the program it is compiled once, when the program is built. Compiled files beside
    shiboken6 would do as well, but Debian wants no compiled Python in a package.
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
    modules = {
        ".".join(path.relative_to(files).with_suffix("").parts).removesuffix(".__init__"): str(path)
        for path in sorted((files / "shibokensupport").rglob("*.py"))
    }
    if "shibokensupport.signature.loader" not in modules:
        raise SystemExit("shiboken6 did not write its Python code.")
    sign = folder / "README"
    sign.write_text("shiboken6 finds its Python code among the program's modules.\n")
    return SupportCode(modules, ((str(sign), f"shiboken6/{_FILES}"),))


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
