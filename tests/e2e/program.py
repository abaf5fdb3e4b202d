"""The program as a process: started, spoken to by its command line, looked at from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FROZEN = os.environ.get("PACKAGE_PROGRAM", "")
"""The program of a built package, to be proven instead of the tree's."""
COMMAND = [FROZEN] if FROZEN else [sys.executable, "-m", "interview_app"]


@dataclass(frozen=True)
class Outcome:
    """What a finished command printed, and its exit status."""

    status: int
    out: str
    err: str

    def json(self) -> Any:  # noqa: ANN401 - any JSON value
        """Standard output as JSON."""
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        """Standard output as one JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class Program:
    """The application over one data folder, in an environment without display and sound."""

    def __init__(self, data_dir: Path, env: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir
        gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        self.env = {key: value for key, value in os.environ.items() if key not in gone}
        self.env["PULSE_SERVER"] = "unix:/nonexistent"
        self.env.update(env or {})

    def run(self, *arguments: str | Path, stdin: str = "", limit_s: float = 250) -> Outcome:
        """Run one command to its end."""
        done = subprocess.run(
            [*COMMAND, "--data-dir", str(self.data_dir), *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=limit_s,
            env=self.env,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)


def only_session(folder: Path) -> dict[str, Any]:
    """The one session of a data folder, as the command line shows it."""
    program = Program(folder)
    (session,) = program.run("sessions", "list", "--json").json()
    shown: dict[str, Any] = program.run("sessions", "show", str(session["id"]), "--json").json()
    return shown
