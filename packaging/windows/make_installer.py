"""Compiles the installer: dist/mock-interview-VERSION-setup.exe; prints its path.

make_installer.py [PAYLOAD [TARGET]]: the folder PyInstaller made on Windows, or a stand-in for it
(makensis runs on Linux as well).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from icons import write_all
from identity import APP_NAME, APP_TITLE, AUTHOR, BUILD, DIST, FOLDER, VERSION
from windows.version_resource import numbers


def makensis() -> str:
    """The compiler: where the path leads, or where its own installer puts it.

    Windows runners bring NSIS through a package that leaves the path as it was.

    Raises:
        SystemExit: it is not here.
    """
    programs = os.environ.get("PROGRAMFILES(X86)", "")
    found = shutil.which("makensis") or shutil.which("makensis", path=str(Path(programs, "NSIS")))
    if found is None:
        raise SystemExit("The installer is compiled by makensis (NSIS), which is not here.")
    return found


def compile_installer(payload: Path, target: Path) -> Path:
    """Run makensis over a folder."""
    icons = BUILD / "icons"
    write_all(icons)
    named = {
        "NAME": APP_NAME,
        "TITLE": APP_TITLE,
        "VERSION": VERSION,
        "NUMBERS": ".".join(map(str, numbers())),
        "AUTHOR": AUTHOR,
        "PAYLOAD": payload.resolve(),
        "ICON": (icons / f"{APP_NAME}.ico").resolve(),
        "OUT": target.resolve(),
    }
    defines = [f"-D{key}={value}" for key, value in named.items()]
    script = Path(__file__).resolve().parent / "installer.nsi"
    subprocess.run([makensis(), "-V2", "-WX", *defines, script], check=True)
    return target


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    folder = given[0] if given else FOLDER
    output = given[1] if len(given) > 1 else DIST / f"{APP_NAME}-{VERSION}-setup.exe"
    print(compile_installer(folder, output))
