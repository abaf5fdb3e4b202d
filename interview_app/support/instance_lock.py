"""One running application a data folder: only it may touch what a crash left behind."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from interview_app.support.paths import AppPaths


class InstanceLock:
    """Holds a data folder until closed; the system lets go of it when the process ends anyhow.

    ``is_ours`` is false where another process holds it, or where the folder takes no lock.
    """

    def __init__(self, paths: AppPaths) -> None:
        from filelock import FileLock, Timeout

        self._lock = FileLock(paths.root / "in-use.lock", thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except (Timeout, OSError):
            self.is_ours = False
        else:
            self.is_ours = True

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
        if self.is_ours:
            self._lock.release()
            self.is_ours = False
