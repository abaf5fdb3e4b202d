"""The program as a process: started, spoken to by its command line, looked at from outside."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jiwer

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


def speak_to_file(text: str, path: Path) -> Path:
    """Have espeak-ng say a text into a WAV file, in the voice the recognizer hears best."""
    subprocess.run(
        ["espeak-ng", "-v", "en-gb-x-rp", "-s", "130", "-w", str(path), text],
        check=True,
        timeout=60,
    )
    return path


def plain(text: str) -> str:
    """Words as they can be compared: no signs, one way to write a share."""
    text = text.lower().replace("30%", "thirty percent").replace("30 percent", "thirty percent")
    return " ".join(re.findall(r"[a-z']+", text))


MISHEARD = 0.3
"""The share of words of a machine's voice that may be heard wrongly while it speaks."""


def word_error_rate(reference: str, heard: str) -> float:
    """The share of words that differ."""
    return float(jiwer.wer(plain(reference), plain(heard)))


def only_session(folder: Path) -> dict[str, Any]:
    """The one session of a data folder, as the command line shows it."""
    program = Program(folder)
    (session,) = program.run("sessions", "list", "--json").json()
    shown: dict[str, Any] = program.run("sessions", "show", str(session["id"]), "--json").json()
    return shown
