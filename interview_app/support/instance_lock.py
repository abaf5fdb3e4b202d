"""One running application a data folder: only it may touch what a crash left behind."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Self

from interview_app.support.paths import AppPaths


class InstanceLock:
    """Holds a data folder until closed; the system lets go of it when the process ends anyhow.

    ``is_ours`` is false where another process holds it (``is_held_elsewhere``), or where the
    folder takes no lock.
    """

    def __init__(self, paths: AppPaths) -> None:
        self.is_ours = False
        self.is_held_elsewhere = False
        self._file = -1
        try:
            self._file = os.open(paths.root / "in-use.lock", os.O_RDWR | os.O_CREAT, 0o600)
            _lock(self._file)
        except BlockingIOError:
            self.is_held_elsewhere = True
        except OSError:
            pass
        else:
            self.is_ours = True
        if not self.is_ours:
            self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go."""
        self.is_ours = False
        self._drop()

    def _drop(self) -> None:
        # The file stays: removing it would let two processes lock two files of one name.
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
