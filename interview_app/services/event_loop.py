"""The owner's thread where there is no window: calls posted from anywhere run here, in turn."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable


class EventLoop:
    """Runs posted calls on the thread that waits in it."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def post(self, call: Callable[[], None]) -> None:
        """Have a call run later on the waiting thread; safe from any thread."""
        self._calls.put(call)

    def run_until(
        self,
        is_over: Callable[[], bool],
        limit_s: float | None = None,
        tick: Callable[[float], None] | None = None,
        tick_s: float = 0.1,
    ) -> bool:
        """Run calls until ``is_over``; ``False`` if ``limit_s`` seconds went by first.

        ``tick`` is told every ``tick_s`` seconds how many seconds went by since the last time.
        """
        started = last = time.monotonic()
        while not is_over():
            now = time.monotonic()
            if limit_s is not None and now - started >= limit_s:
                return False
            if tick is not None and now - last >= tick_s:
                tick(now - last)
                last = now
            try:
                call = self._calls.get(timeout=tick_s)
            except queue.Empty:
                continue
            call()
        return True
