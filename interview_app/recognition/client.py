"""The application's end of the recognizer: starts its helper, asks it, survives its death."""

from __future__ import annotations

import itertools
import logging
import os
import queue
import signal
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from interview_app.domain.errors import RecognizerUnavailable
from interview_app.recognition.wire import error_from_message, heard_from_message
from interview_app.services.jobs import JobCancelled, JobContext
from interview_app.services.ports import Heard
from interview_app.support.helper_process import HelperProcess, Message

_log = logging.getLogger(__name__)

PATIENCE_S = 180.0
"""Seconds without a sign of life after which the helper counts as hung. It gives one for every
slice of at most 29 s of sound, which the slowest supported machine decodes in real time."""

_KEPT = "The sound is kept: transcribe it again at any time."
_OLD_PROCESSOR = (
    "The sound is kept. This processor may be too old for Whisper models: choose pocketsphinx."
)


class _Resident:
    """A running helper and the messages that came from it."""

    def __init__(self, env: Mapping[str, str] | None) -> None:
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.process = HelperProcess(
            "recognizer",
            self.inbox.put,
            lambda status: self.inbox.put({"event": "gone", "status": status}),
            env,
        )


class RecognizerClient:
    """Implements :class:`~interview_app.services.ports.Recognizer`; safe from any thread.

    One request is worked on at a time; others wait. The helper is started at the first use,
    keeps its model loaded, and is started again when it died.
    """

    def __init__(
        self,
        models_dir: Path,
        *,
        patience_s: float = PATIENCE_S,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._models_dir = models_dir
        self._patience_s = patience_s
        self._env = env
        self._numbers = itertools.count(1)
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._resident: _Resident | None = None
        self._is_closed = False

    @property
    def helper_pid(self) -> int | None:
        """The helper's process number while one runs."""
        with self._lock:
            resident = self._resident
        return resident.process.pid if resident and resident.process.is_alive else None

    def warm_up(self, model: str) -> None:
        """Have the model loaded soon; returns at once and never fails."""
        try:
            self._running().process.send(self._command("warm_up", model))
        except (OSError, RecognizerUnavailable):
            _log.warning("The recognizer could not be started ahead of its first use")

    def transcribe(self, sound: Path, model: str, language: str, job: JobContext) -> Heard:
        """The transcript of a sound file; blocks. See the port for what it raises."""
        with self._turn:
            job.check()
            number = next(self._numbers)
            resident = self._start()
            job.on_cancel(lambda: resident.inbox.put({"event": "cancelled", "id": number}))
            command = self._command("transcribe", model)
            resident.process.send(
                {**command, "id": number, "sound": str(sound.absolute()), "language": language}
            )
            return self._await(resident, number, job)

    def close(self) -> None:
        """End the helper, at once if it is working; what waits fails as unavailable."""
        with self._lock:
            self._is_closed = True
            resident, self._resident = self._resident, None
        if resident is not None:
            resident.process.close()

    def _command(self, name: str, model: str) -> Message:
        return {"command": name, "model": model, "models_dir": str(self._models_dir)}

    def _start(self) -> _Resident:
        try:
            return self._running()
        except OSError as error:
            raise RecognizerUnavailable(
                f"The recognizer could not be started: {error.strerror or error}.", remedy=_KEPT
            ) from error

    def _running(self) -> _Resident:
        with self._lock:
            if self._is_closed:
                raise RecognizerUnavailable("The application is closing.", remedy=_KEPT)
            if self._resident is not None and not self._resident.process.is_alive:
                self._resident.process.close()
                self._resident = None
            if self._resident is None:
                self._resident = _Resident(self._env)
            return self._resident

    def _await(self, resident: _Resident, number: int, job: JobContext) -> Heard:
        deadline = time.monotonic() + self._patience_s
        while True:
            try:
                message = resident.inbox.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                self._discard(resident)
                raise RecognizerUnavailable(
                    f"The recognizer gave no answer for {self._patience_s:.0f} s and was stopped.",
                    remedy=_KEPT,
                ) from None
            if message["event"] == "gone":
                self._discard(resident)
                raise _crashed(int(message["status"]))
            deadline = time.monotonic() + self._patience_s
            if message.get("id") == number:
                heard = self._understand(message, resident, job)
                if heard is not None:
                    return heard

    def _understand(self, message: Message, resident: _Resident, job: JobContext) -> Heard | None:
        event = message["event"]
        if event == "heard":
            return heard_from_message(message)
        if event == "failed":
            raise error_from_message(message)
        if event == "cancelled":
            self._discard(resident)
            raise JobCancelled
        if not job.is_cancelled:
            job.report(message["fraction"])
        return None

    def _discard(self, resident: _Resident) -> None:
        """End a helper that is dead, hung or busy with what nobody wants."""
        with self._lock:
            if self._resident is resident:
                self._resident = None
        resident.process.kill()
        resident.process.close()


def _crashed(status: int) -> RecognizerUnavailable:
    if os.name != "nt" and status == -signal.SIGILL:
        return RecognizerUnavailable("The recognizer crashed at once.", remedy=_OLD_PROCESSOR)
    return RecognizerUnavailable(
        f"The recognizer stopped in the middle of its work (status {status}).", remedy=_KEPT
    )
