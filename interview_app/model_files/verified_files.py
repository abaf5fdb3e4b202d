"""Which model files were found to have their known digest, so that they need not be read again."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from interview_app.support.atomic_files import atomic_write


class VerifiedFiles:
    """Remembers which files had their known digest, by size and time of last change."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def has(self, path: Path, sha256: str) -> bool:
        """Whether this very file was found to have that digest."""
        return self._read().get(str(path)) == [*_stamp(path), sha256]

    def remember(self, path: Path, sha256: str) -> None:
        """Note a file that was read; a folder that cannot be written costs only time."""
        known = {**self._read(), str(path): [*_stamp(path), sha256]}
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_write(self._path, overwrite=True) as fresh:
                fresh.write_text(json.dumps(known, indent=1), encoding="utf-8")

    def _read(self) -> dict[str, object]:
        with contextlib.suppress(OSError, ValueError):
            known = json.loads(self._path.read_text(encoding="utf-8"))
            if isinstance(known, dict):
                return known
        return {}


def _stamp(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns
