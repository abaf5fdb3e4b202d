"""Runs pip and shows how far it is: a moving line in a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

MEGABYTE = 1_000_000
LOOK_S = 0.3
PLAIN_S = 10.0
LAST_LINES = 15


class Line:
    """One line that is written over in a terminal; elsewhere a line every few seconds."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._moving = out.isatty()
        self._last = ""
        self._written = time.monotonic()

    def show(self, text: str) -> None:
        """Say how far it is, unless that was just said."""
        if text == self._last:
            return
        if self._moving:
            width = shutil.get_terminal_size().columns - 1
            self._out.write("\r" + text[:width].ljust(min(len(self._last), width)))
        elif time.monotonic() - self._written >= PLAIN_S:
            self._out.write(text + "\n")
        else:
            return
        self._last, self._written = text, time.monotonic()
        self._out.flush()

    def end(self) -> None:
        """Leave the last text standing."""
        if self._moving and self._last:
            self._out.write("\n")


class Progress:
    """One run of pip, watched by what it leaves on the disk, whatever its version.

    It keeps each file it fetches under ``temporary`` until all are installed, and writes INSTALLER
    beside a package when that is unpacked.
    """

    def __init__(self, temporary: Path, packages: Path, total: int) -> None:
        self._temporary = temporary
        self._said = temporary / "said.txt"
        self._packages = packages
        self._before = len(self._installed())
        self._total = total

    def follow(self, command: Sequence[str | Path], *, brief: bool = False) -> bool:
        """Run pip to its end; what it said is shown only if it failed. Whether it succeeded."""
        shutil.rmtree(self._temporary, ignore_errors=True)
        self._temporary.mkdir(parents=True)
        with self._said.open("wb") as log:
            code = self._watch(list(map(str, command)), log)
        lines = self._said.read_text(encoding="utf-8", errors="replace").splitlines()
        if code:
            lines = [line for line in lines if not line.startswith("Ignoring ")]
            print("\n".join(lines[-(2 if brief else LAST_LINES) :]), file=sys.stderr)
        shutil.rmtree(self._temporary, ignore_errors=True)
        return code == 0

    def _watch(self, command: list[str], log: BinaryIO) -> int:
        line = Line(sys.stdout)
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._temporary.resolve()))
        pip = subprocess.Popen(
            command,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **places},
            close_fds=False,  # it holds the turn of this set-up, should that be killed
        )
        try:
            while pip.poll() is None:
                line.show(self.state())
                time.sleep(LOOK_S)
        except BaseException:
            pip.terminate()
            pip.wait()
            raise
        finally:
            line.end()
        return pip.returncode

    def state(self) -> str:
        """How far pip is, in words."""
        log = self._said.read_text(encoding="utf-8", errors="replace")
        begun = log.rfind("Installing collected packages:")
        if begun >= 0:
            count = log[begun:].partition("\n")[0].count(",") + 1
            return f"  Unpacking: {len(self._installed()) - self._before} of {count} packages"
        fetched = sum(map(size, wheels_under(self._temporary)))
        of = f" of {max(self._total, fetched) / MEGABYTE:,.0f}" if self._total else ""
        return f"  Fetching: {fetched / MEGABYTE:,.0f}{of} MB, {log.count('Collecting ')} packages"

    def _installed(self) -> list[Path]:
        return list(self._packages.glob("*.dist-info/INSTALLER"))


def wheels_under(folder: Path) -> Iterator[Path]:
    """The wheels in a folder whose folders may just be going."""
    for place, _, files in os.walk(folder):
        yield from (Path(place, file) for file in files if file.endswith(".whl"))


def size(file: Path) -> int:
    """The bytes of a file that pip may just be moving."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
