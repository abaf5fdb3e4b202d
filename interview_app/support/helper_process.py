"""Helper processes: the same program started with a hidden argument, spoken to in JSON lines.

A helper reads one JSON object a line from its standard input and writes one a line to what was its
standard output. Libraries that print cannot disturb this: the helper keeps the real output to
itself and points file descriptor 1 at standard error. When the application goes, for whatever
reason, the helper's input ends; each helper then finishes what must not be lost, and leaves.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

_log = logging.getLogger(__name__)

HELPER_ARGUMENT = "--helper"
Message = dict[str, Any]


def helper_command(role: str) -> list[str]:
    """The command line that starts the helper of that role, from the tree or from a bundle."""
    if getattr(sys, "frozen", False):
        return [sys.executable, HELPER_ARGUMENT, role]
    return [sys.executable, "-m", "interview_app", HELPER_ARGUMENT, role]


class HelperProcess:
    """The application's end of one helper process.

    ``on_message`` and ``on_exit`` are called on a reader thread of this object: pass them on to
    the owner's thread. ``on_exit`` comes once, after the last message, with the exit status
    (negative: the signal that ended it), also when the application closed or killed the helper.
    """

    def __init__(
        self,
        role: str,
        on_message: Callable[[Message], None],
        on_exit: Callable[[int], None] | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._role = role
        self._on_message = on_message
        self._on_exit = on_exit
        self._lock = threading.Lock()
        self._process = subprocess.Popen(  # noqa: S603 - our own executable
            helper_command(role),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, **(env or {})},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            # Ctrl+C in a terminal goes to the whole group: the window decides what it means.
            process_group=None if sys.platform == "win32" else 0,
        )
        self._reader = threading.Thread(target=self._read, name=f"helper-{role}", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The helper's process number."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the helper still runs."""
        return self._process.poll() is None

    def send(self, message: Message) -> bool:
        """Send one message; ``False`` if the helper is gone."""
        line = json.dumps(message, ensure_ascii=False) + "\n"
        with self._lock:
            stdin = self._process.stdin
            if stdin is None or stdin.closed:
                return False
            try:
                stdin.write(line)
                stdin.flush()
            except (OSError, ValueError):
                return False
        return True

    def kill(self) -> None:
        """End the helper at once."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def close(self, timeout_s: float = 5.0) -> None:
        """End the helper's input, give it time to finish, then kill it; waits for the reader."""
        with self._lock, contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            _log.warning("Helper %s did not leave within %.0f s", self._role, timeout_s)
            self.kill()
            self._process.wait()
        if threading.current_thread() is not self._reader:
            self._reader.join(timeout_s)

    def _read(self) -> None:
        output = self._process.stdout
        if output is None:
            return
        with output:
            for line in output:
                self._deliver(line)
        status = self._process.wait()
        with self._lock, contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        if self._on_exit is not None:
            self._on_exit(status)

    def _deliver(self, line: str) -> None:
        try:
            message = json.loads(line)
        except ValueError:
            _log.warning("Helper %s wrote a line that is no message", self._role)
            return
        try:
            self._on_message(message)
        except Exception:  # noqa: BLE001 - one bad message must not end the reader
            _log.exception("A message of helper %s was not understood", self._role)


class HelperChannel:
    """The helper's end: messages in from standard input, messages out."""

    def __init__(self) -> None:
        sys.stdout.flush()
        self._output: IO[str] = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
        os.dup2(2, 1)
        self._input: IO[str] = os.fdopen(os.dup(0), "r", encoding="utf-8")
        self._lock = threading.Lock()

    def send(self, message: Message) -> None:
        """Send one message to the application; says nothing if the application is gone."""
        line = json.dumps(message, ensure_ascii=False) + "\n"
        with self._lock, contextlib.suppress(OSError, ValueError):
            self._output.write(line)
            self._output.flush()

    def messages(self) -> Iterator[Message]:
        """What the application sends, until it closes or is gone."""
        for line in self._input:
            yield json.loads(line)
