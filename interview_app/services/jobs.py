"""Slow work: lanes of it, progress, cancelling, and the one way back to the asking thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

_log = logging.getLogger(__name__)
T = TypeVar("T")

Post = Callable[[Callable[[], None]], None]
"""Runs a call later on the thread that owns the application (in the window: the GUI thread)."""


class Lane(StrEnum):
    """Work in one lane runs one after another; lanes run beside each other."""

    STORAGE = "storage"
    VOICE = "voice"
    RECOGNITION = "recognition"
    FILES = "files"
    DOWNLOAD = "download"
    """What waits for a network; a file of the person's must never wait for that."""
    IMPORT = "import"
    """What waits for the process that reads a page; the guides there are must not wait for that."""


class JobCancelled(Exception):
    """The job was cancelled; raised inside it, never shown."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: 0 to 1, or ``None`` where nobody can say; and what it is doing."""

    fraction: float | None
    message: str = ""


class JobContext:
    """What a job holds of its caller: a place to report to, and whether it is still wanted."""

    def __init__(self, on_progress: Callable[[Progress], None] | None = None) -> None:
        self._on_progress = on_progress
        self._cancelled = threading.Event()
        self._callbacks: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    @property
    def is_cancelled(self) -> bool:
        """Whether the result is no longer wanted."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the job to stop; safe from any thread."""
        with self._lock:
            self._cancelled.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def on_cancel(self, callback: Callable[[], None]) -> None:
        """Have a callback run when the job is cancelled, at once if it already is."""
        with self._lock:
            if not self._cancelled.is_set():
                self._callbacks.append(callback)
                return
        callback()

    def check(self) -> None:
        """Return if the job is still wanted.

        Raises:
            JobCancelled: it is not.
        """
        if self._cancelled.is_set():
            raise JobCancelled

    def report(self, fraction: float | None, message: str = "") -> None:
        """Say how far the job is.

        Raises:
            JobCancelled: the job is no longer wanted.
        """
        self.check()
        if self._on_progress is not None:
            self._on_progress(Progress(fraction, message))


class Jobs(Protocol):
    """Something that runs jobs; callbacks come back through ``Post``, never inside ``submit``."""

    def submit(
        self,
        lane: Lane,
        work: Callable[[JobContext], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> JobContext:
        """Queue a job; ``on_error`` never sees :class:`JobCancelled`."""
        ...

    def close(self) -> None:
        """Cancel what waits, and wait for what runs."""
        ...


class JobRunner:
    """Runs jobs in one thread a lane and posts their results back."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._lanes = {
            lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"lane-{lane}")
            for lane in Lane
        }
        self._open: set[JobContext] = set()
        self._lock = threading.Lock()

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        with self._lock:
            return not self._open

    def submit(
        self,
        lane: Lane,
        work: Callable[[JobContext], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> JobContext:
        """Queue a job; see :class:`Jobs`. An error nobody asked for is logged as a bug."""

        def progress(value: Progress) -> None:
            if on_progress is not None:
                self._post(lambda: on_progress(value))

        job = JobContext(progress)
        with self._lock:
            self._open.add(job)

        def run() -> None:
            try:
                job.check()
                result = work(job)
            except JobCancelled:
                return
            except Exception as error:  # noqa: BLE001 - the caller decides what each error means
                self._fail(error, on_error)
            else:
                if on_done is not None and not job.is_cancelled:
                    self._post(lambda: on_done(result))
            finally:
                with self._lock:
                    self._open.discard(job)

        self._lanes[lane].submit(run)
        return job

    def _fail(self, error: Exception, on_error: Callable[[Exception], None] | None) -> None:
        if on_error is None:
            _log.error("A job failed and nobody listened", exc_info=error)
            return
        self._post(lambda: on_error(error))

    def close(self) -> None:
        """Cancel every job and wait for the lanes; storage work that is queued is finished."""
        for lane, executor in self._lanes.items():
            if lane is not Lane.STORAGE:
                executor.shutdown(wait=False, cancel_futures=True)
        self._lanes[Lane.STORAGE].shutdown(wait=True)
        with self._lock:
            jobs = list(self._open)
        for job in jobs:
            job.cancel()
        for executor in self._lanes.values():
            executor.shutdown(wait=True)
