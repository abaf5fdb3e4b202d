"""How soon a program's window is on the screen, and how soon it answers a key."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RUNS = 7
_LIMIT_S = 60
_PRESS_EVERY_S = 0.05
_GONE = (
    "QT_QPA_PLATFORM",
    "WAYLAND_DISPLAY",
    # Programs people install have their modules compiled once, not at each start.
    "PYTHONDONTWRITEBYTECODE",
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Medians over the runs, in seconds from the start of the process."""

    shown_s: float
    answers_s: float


def measure_openings(
    starts: Mapping[str, tuple[Sequence[str], Mapping[str, str]]], display: str
) -> dict[str, Opening]:
    """Start each program in turn, again and again, so that a busy moment meets them all.

    ``starts`` gives command and environment. Each must show a window “Mock Interview” and answer
    F1 with one called “Keys”. The first start of each warms the disk and is not counted.
    """
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in starts}
    for _ in range(RUNS + 1):
        for name, (command, more) in starts.items():
            found[name].append(_open_once(command, display, more))
    return {
        name: Opening(*(statistics.median(times) for times in zip(*each[1:], strict=True)))
        for name, each in found.items()
    }


def _open_once(
    command: Sequence[str], display: str, more: Mapping[str, str]
) -> tuple[float, float]:
    env = {key: value for key, value in os.environ.items() if key not in _GONE}
    env |= {"DISPLAY": display, "PULSE_SERVER": "unix:/nonexistent", **more}
    start = time.monotonic()
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    try:
        window = _wait_for_window("Mock Interview", env, start)
        shown = time.monotonic() - start
        pressed = 0.0
        while not _windows("Keys", env):
            assert time.monotonic() - start < _LIMIT_S, "no key was answered"
            if time.monotonic() - pressed > _PRESS_EVERY_S:
                pressed = time.monotonic()
                _xdotool(env, "windowfocus", window, "key", "F1")
        return shown, time.monotonic() - start
    finally:
        process.terminate()
        process.wait(20)


def _wait_for_window(title: str, env: Mapping[str, str], start: float) -> str:
    while True:
        found = _windows(title, env)
        if found:
            return found[0]
        assert time.monotonic() - start < _LIMIT_S, f"no window “{title}” appeared"


def _windows(title: str, env: Mapping[str, str]) -> list[str]:
    # Not --sync: that looks only twice a second.
    return _xdotool(env, "search", "--onlyvisible", "--name", f"^{title}$").split()


def _xdotool(env: Mapping[str, str], *arguments: str) -> str:
    done = subprocess.run(
        ["xdotool", *arguments], env=dict(env), capture_output=True, text=True, check=False
    )
    return done.stdout
