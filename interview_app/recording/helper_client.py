"""The application's end of a sound helper that may die and be started again.

All state of a client lives on one thread of its own: acts of the application, messages of the
helper, its end and alarms come to it in one queue. The calling thread never waits.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from interview_app.services.jobs import Post
from interview_app.services.listeners import Listeners
from interview_app.support.helper_process import HelperProcess, Message

_log = logging.getLogger(__name__)
Event = TypeVar("Event")

REACH_S = 3.0
"""A person waits this long at most to hear that a device cannot be had."""
RETRY_S = 0.3
"""Between two helpers, when the first could not reach the sound system."""


class Alarms:
    """Calls that are due later, by name; setting one again moves it."""

    def __init__(self) -> None:
        self._due: dict[str, tuple[float, Callable[[], None]]] = {}

    def set(self, name: str, after_s: float, call: Callable[[], None]) -> None:
        """Have ``call`` run after that many seconds."""
        self._due[name] = (time.monotonic() + after_s, call)

    def is_set(self, name: str) -> bool:
        """Whether that call is still to come."""
        return name in self._due

    def cancel(self, name: str) -> None:
        """Do not run it after all."""
        self._due.pop(name, None)

    def wait_s(self) -> float | None:
        """Seconds until the next is due; ``None`` if there is none."""
        if not self._due:
            return None
        return max(0.0, min(due for due, _ in self._due.values()) - time.monotonic())

    def run_due(self) -> None:
        """Run what is due."""
        now = time.monotonic()
        for name in [name for name, (due, _) in self._due.items() if due <= now]:
            entry = self._due.pop(name, None)
            if entry is not None:
                entry[1]()


class HelperClient(Generic[Event]):
    """Keeps one helper of a role, on a thread of its own that starts with the first act.

    A subclass says what messages mean (``_received``), what to do when the helper dies by itself
    (``_helper_died``) and how to end (``_end``); all three run on the client's thread.
    """

    _role = ""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._alarms = Alarms()
        self._helper: HelperProcess | None = None
        self._generation = 0
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._listeners = Listeners[Event]()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._lock = threading.Lock()

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Have every event, on the thread of ``post``; the answer ends it."""
        return self._listeners.add(listener)

    def warm_up(self) -> None:
        """Have the helper started soon, so that the first act is quick; returns at once."""
        self._act(self._warm)

    def close(self) -> None:
        """End the helper and wait until it is gone, some seconds at most; nothing is posted after.

        What the helper had to save is saved.
        """
        with self._lock:
            self._is_closed = True
            thread, self._thread = self._thread, None
        if thread is not None:
            self._calls.put(None)
            thread.join()

    def _act(self, call: Callable[[], None]) -> None:
        with self._lock:
            if self._is_closed:
                return
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name=f"{self._role}-client", daemon=True
                )
                self._thread.start()
        self._calls.put(call)

    def _run(self) -> None:
        while True:
            try:
                call = self._calls.get(timeout=self._alarms.wait_s())
            except queue.Empty:
                call = _nothing
            try:
                if call is None:
                    self._end()
                    return
                call()
                self._alarms.run_due()
            except Exception:  # noqa: BLE001 - one failed act must not end the client
                _log.exception("The %s client failed at an act", self._role)
                if call is None:
                    return

    def _emit(self, event: Event) -> None:
        def deliver() -> None:
            if not self._is_closed:
                self._listeners.notify(event)

        if not self._is_closed:
            self._post(deliver)

    def _ensure_helper(self) -> HelperProcess:
        if self._helper is None:
            self._generation += 1
            generation = self._generation

            def received(message: Message) -> None:
                self._calls.put(lambda: self._if_current(generation, self._received, message))

            def ended(status: int) -> None:
                self._calls.put(lambda: self._if_current(generation, self._lost_helper, status))

            self._helper = HelperProcess(self._role, received, ended, _quiet())
        return self._helper

    def _warm(self) -> None:
        self._ensure_helper()

    def _drop_helper(self) -> None:
        """End the helper at once; what it says from here on is not heard."""
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.kill()
            helper.close(1.0)

    def _send(self, message: Message) -> None:
        self._ensure_helper().send(message)

    def _if_current(self, generation: int, call: Callable[[T], None], value: T) -> None:
        if generation == self._generation and self._helper is not None:
            call(value)

    def _lost_helper(self, status: int) -> None:
        _log.warning("The %s helper ended by itself with status %d", self._role, status)
        self._drop_helper()
        self._helper_died()

    def _received(self, message: Message) -> None:
        raise NotImplementedError

    def _helper_died(self) -> None:
        raise NotImplementedError

    def _end(self) -> None:
        raise NotImplementedError


def _quiet() -> dict[str, str]:
    """Qt greets on standard error with the libraries it found and missed; its warnings stay."""
    greetings = "qt.multimedia.symbolsresolver=false;qt.multimedia.ffmpeg=false"
    return {"QT_LOGGING_RULES": os.environ.get("QT_LOGGING_RULES", greetings)}


T = TypeVar("T")


def _nothing() -> None:
    return
