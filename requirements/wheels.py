"""Writes requirements/wheels.txt: the wheel each Python and system of the README gets; no address.

Usage: wheels.py LOCK…    (part of `make lock`; asks the index that uv is set up for)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from urllib.parse import unquote

from packaging.requirements import Requirement
from systems import SYSTEMS, entries

ROOT = Path(__file__).resolve().parents[1]


HEAD = """\
# Made by `make lock`: the wheels that Python 3.11, 3.12 and 3.13 take from the locks on the systems
# of the README. File, size in bytes, SHA-256.
"""


def main(locks: list[Path]) -> None:
    """Ask for every wheel of the locks and keep those that a supported system takes."""
    rows: dict[str, str] = {}
    for lock in locks:
        offered = wheels_of(lock)
        for line in entries(lock.read_text(encoding="utf-8")):
            package = Requirement(line)
            for system in SYSTEMS:
                if system.needs(package) and (file := system.best(package, offered)):
                    rows[file] = offered[file]
    text = "".join(f"{file} {rows[file]}\n" for file in sorted(rows))
    (ROOT / "requirements/wheels.txt").write_text(HEAD + text, encoding="utf-8")


def wheels_of(lock: Path) -> dict[str, str]:
    """The size and SHA-256 of each wheel of the packages in a lock, by its file name."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "pylock.toml"
        command = [Path(sys.executable).with_name("uv"), "pip", "compile", "-q", lock, "--no-deps"]
        universal = ["--universal", "--python-version", "3.11", "-o", found]
        subprocess.run([*command, *universal], check=True)  # noqa: S603 - our own files
        packages = tomllib.loads(found.read_text(encoding="utf-8"))["packages"]
    return {
        unquote(wheel.get("name") or wheel["url"].rsplit("/", 1)[1]): (
            f"{wheel['size']} {wheel['hashes']['sha256']}"
        )
        for package in packages
        for wheel in package.get("wheels", [])
    }


if __name__ == "__main__":
    main([Path(named) for named in sys.argv[1:]])
