"""A window under a virtual display, driven by its keyboard and looked at through a peephole."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import psutil

from tests import display
from tests.e2e.program import FROZEN

MISSING = [*display.MISSING, *(["cc"] if FROZEN and not shutil.which("cc") else [])]
"""Programs needed to look into a window on a virtual display that this machine has not."""
INSPECTED = Path(__file__).with_name("inspected.py")
RECORDING = r"^Recording \d:\d\d"
"""What the window says while an answer is recorded."""


@cache
def spy() -> Path:
    """The library that opens a peephole in a built program, made for this machine."""
    target = Path(tempfile.mkdtemp(prefix="spy-")) / "spy.so"
    atexit.register(shutil.rmtree, target.parent, ignore_errors=True)
    source = INSPECTED.with_name("spy.c")
    made = ["cc", "-shared", "-fPIC", "-o", str(target), str(source), "-ldl", "-lpthread"]
    subprocess.run(made, check=True)
    return target


class Window:
    """The program's window, running in a process of its own."""

    def __init__(
        self,
        data_dir: Path,
        display: str,
        env: Mapping[str, str] | None = None,
        files: Sequence[Path] = (),
    ) -> None:
        self.data_dir = data_dir
        gone = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")
        self._env = {key: value for key, value in os.environ.items() if key not in gone}
        self._env |= {"DISPLAY": display, "INTERVIEW_APP_DATA_DIR": str(data_dir), **(env or {})}
        self._answers: SimpleQueue[str] = SimpleQueue()
        self._errors = (data_dir.parent / f"{data_dir.name}.stderr").open("ab")
        start = [FROZEN] if FROZEN else [sys.executable, "-m", "tests.e2e.inspected"]
        if FROZEN:
            self._env |= {"LD_PRELOAD": str(spy()), "PEEPHOLE": str(INSPECTED)}
        self.process = subprocess.Popen(
            [*start, *map(str, files)],
            cwd=Path(__file__).resolve().parents[2],
            env=self._env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            encoding="utf-8",
            process_group=0,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._xdotool("search", "--sync", "--onlyvisible", "--name", "^Mock Interview$")
        self.focus()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._answers.put(line)

    def focus(self) -> None:
        """Give the keyboard to the window in front, as a window manager would.

        Without one a key pressed while a dialog comes or goes would reach nobody.
        """
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            in_front = self.ask("in_front")
            with contextlib.suppress(subprocess.CalledProcessError):  # it has just gone
                if in_front > 0:
                    self._xdotool("windowfocus", "--sync", str(in_front))
                if in_front:
                    return
            time.sleep(0.05)
        raise AssertionError(f"no window takes the keyboard; {self.texts()}")

    def _xdotool(self, *arguments: str) -> str:
        return subprocess.run(
            ["xdotool", *arguments],
            env=self._env,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout

    def press(self, *keys: str) -> None:
        """Press keys as the X server names them (``space``, ``Return``, ``ctrl+1``)."""
        self.focus()
        self.strike(*keys)

    def strike(self, *keys: str) -> None:
        """Press keys at once, whoever has the keyboard."""
        self._xdotool("key", "--clearmodifiers", "--delay", "60", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self.focus()
        self._xdotool("type", "--clearmodifiers", "--delay", "8", text)

    def ask(self, question: str, limit_s: float = 60, **details: object) -> Any:  # noqa: ANN401
        """Ask the peephole."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"ask": question, "with": details}) + "\n")
        self.process.stdin.flush()
        try:
            return json.loads(self._answers.get(timeout=limit_s))
        except Empty:
            raise AssertionError(f"the window did not answer “{question}”") from None

    def texts(self) -> list[str]:
        """What stands on the screen."""
        texts: list[str] = self.ask("texts")
        return texts

    def sees(self, pattern: str) -> bool:
        """Whether some text on the screen matches."""
        return any(re.search(pattern, text) for text in self.texts())

    def wait_to_see(self, pattern: str, limit_s: float = 60) -> None:
        """Return once some text on the screen matches; else fail with what is there."""
        limit = time.monotonic() + limit_s
        while time.monotonic() < limit:
            if self.sees(pattern):
                return
            time.sleep(0.05)
        raise AssertionError(f"“{pattern}” did not appear within {limit_s} s; {self.texts()}")

    def wait_until_gone(self, pattern: str, limit_s: float = 60) -> None:
        """Return once no text on the screen matches; else fail with what is there."""
        limit = time.monotonic() + limit_s
        while self.sees(pattern):
            if time.monotonic() > limit:
                raise AssertionError(f"“{pattern}” still stands after {limit_s} s; {self.texts()}")
            time.sleep(0.05)

    def helpers(self, role: str) -> list[psutil.Process]:
        """The window's helper processes of that role."""
        found = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if child.cmdline()[-2:] == ["--helper", role]:
                    found.append(child)
        return found

    def kill_helper(self, role: str) -> None:
        """SIGKILL the helpers of that role; there must be one."""
        helpers = self.helpers(role)
        assert helpers, f"no {role} helper runs"
        for helper in helpers:
            helper.send_signal(signal.SIGKILL)

    def interrupt(self) -> None:
        """Ctrl+C in its terminal: SIGINT to the whole process group."""
        os.killpg(self.process.pid, signal.SIGINT)

    @property
    def complaints(self) -> str:
        """What it wrote to standard error."""
        return Path(self._errors.name).read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """SIGKILL the window."""
        self.process.kill()
        self.process.wait(60)

    def quit(self, limit_s: float = 60) -> int:
        """Close the window by its key; the exit status. One that stays says what it does."""
        self.press("ctrl+q")
        try:
            return self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGUSR1)
            time.sleep(1)
            raise AssertionError(f"the window stays: {self.texts()}\n{self.complaints}") from None

    def close(self) -> None:
        """Make sure nothing is left."""
        children = []
        with contextlib.suppress(psutil.Error):
            children = psutil.Process(self.process.pid).children(recursive=True)
        if self.process.poll() is None:
            self.kill()
        psutil.wait_procs(children, timeout=10, callback=None)
        for child in children:
            with contextlib.suppress(psutil.Error):
                child.kill()
        self._reader.join(10)
        for pipe in (self.process.stdin, self.process.stdout, self._errors):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
