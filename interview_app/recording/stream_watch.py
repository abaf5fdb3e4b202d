"""Notices when the sound server moves a recording to another microphone, or to a speaker's monitor.

PulseAudio and PipeWire do that by themselves when a device goes; Qt says nothing and the bytes keep
coming. Only their own tool knows; where it is missing the other checks must do.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from typing import Any

from PySide6.QtMultimedia import QAudioDevice

_EVERY_S = 1.0
_LIMIT_S = 2.0


class StreamWatch:
    """Looks once a second, on a thread of its own, at which source this process records from."""

    def __init__(self) -> None:
        self.has_moved = False
        """Whether the stream reads from another source than the one opened."""
        self._stop = threading.Event()

    def start(self, device: QAudioDevice) -> None:
        """Watch a device that was just opened; does nothing without the server's tool."""
        self.stop()
        self.has_moved = False
        tool = shutil.which("pactl")
        if tool is None:
            return
        self._stop = stop = threading.Event()
        source = bytes(device.id().data()).decode("utf-8", "replace")
        threading.Thread(
            target=self._run, args=(tool, source, stop), name="stream-watch", daemon=True
        ).start()

    def stop(self) -> None:
        """Watch no more."""
        self._stop.set()

    def _run(self, tool: str, source: str, stop: threading.Event) -> None:
        # Not every backend names a device as the server does: only one seen there can go missing.
        was_listed = source in (_source_names(tool) or {}).values()
        while not stop.wait(_EVERY_S):
            names = _source_names(tool)
            if names is None or not was_listed:
                continue
            is_gone = source not in names.values()
            if (is_gone or _is_elsewhere(tool, source, names)) and not stop.is_set():
                self.has_moved = True
                return


def _is_elsewhere(tool: str, source: str, names: dict[int, str]) -> bool:
    """Whether this process records, and from none of that name; any doubt means no."""
    try:
        streams = _listed(tool, "source-outputs")
        mine = [s["source"] for s in streams if _process(s) == str(os.getpid())]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return False
    return bool(mine) and all(names.get(index, source) != source for index in mine)


def _source_names(tool: str) -> dict[int, str] | None:
    """The server's sources, by number; ``None`` when it does not say."""
    try:
        return {source["index"]: source["name"] for source in _listed(tool, "sources")}
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return None


def _process(stream: dict[str, Any]) -> str:
    return str(stream.get("properties", {}).get("application.process.id", ""))


def _listed(tool: str, what: str) -> list[dict[str, Any]]:
    done = subprocess.run(  # noqa: S603 - the sound server's own tool, with fixed words
        [tool, "--format=json", "list", what],
        capture_output=True,
        timeout=_LIMIT_S,
        check=True,
    )
    listed: list[dict[str, Any]] = json.loads(done.stdout.decode("utf-8", "replace"))
    return listed
