"""The packaging scripts as modules; their folder is no package, on purpose."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
REQUIREMENTS = ROOT / "requirements"


def script(name: str) -> Any:  # noqa: ANN401 - a module mypy does not see
    """A script of packaging/ or requirements/ by its name; ``linux.make_deb`` in a folder."""
    for folder in (PACKAGING, REQUIREMENTS):
        if str(folder) not in sys.path:
            sys.path.append(str(folder))
    return import_module(name)


def run(*arguments: str | Path, limit_s: float = 60) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and keep what it said."""
    return subprocess.run(
        list(map(str, arguments)),
        capture_output=True,
        text=True,
        timeout=limit_s,
        cwd=ROOT,
        check=False,
    )


def bare_pythons(oldest: str) -> list[str]:
    """This Python, and the oldest one where the machine has a command of that name that works."""
    named = f"python{oldest}"
    versions = Path("~/.pyenv/versions").expanduser()
    found = [shutil.which(named), *versions.glob(f"*/bin/{named}")]
    work = [path for path in found if path and run(path, "-c", "").returncode == 0]
    return [sys.executable, *map(str, work)]
