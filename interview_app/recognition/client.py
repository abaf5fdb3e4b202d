"""The application's end of the recognizer: starts its helper, asks it, survives its death."""

from __future__ import annotations

import itertools
import logging
import os
import queue
import signal
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from interview_app.domain.errors import RecognizerUnavailable
from interview_app.recognition.wire import error_from_message, heard_from_message
from interview_app.services.jobs import JobCancelled, JobContext, Post
from interview_app.services.ports.recognizer import LiveTranscription, RecognitionResult, WordsSoFar
from interview_app.support.helper_process import HelperProcess, Message

_log = logging.getLogger(__name__)

PATIENCE_S = 180.0
"""Seconds without a sign of life after which the helper counts as hung. It gives one for every
slice of at most 29 s of sound, which the slowest supported machine decodes in real time."""

Listener = Callable[[Message], None]

_KEPT = "The sound is kept: transcribe it again at any time."
_OLD_PROCESSOR = (
    "The sound is kept. This processor may be too old for Whisper models: choose pocketsphinx."
)


class Resident:
    """A running helper; what it says goes to everybody who listens."""

    def __init__(self, env: Mapping[str, str] | None) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []
        self._gone: Message | None = None
        self.process = HelperProcess("recognizer", self._say, self._say_gone, env)

    def add(self, listener: Listener) -> None:
        """Have every message; one that says ``gone`` at once if the helper is."""
        with self._lock:
            self._listeners.append(listener)
            gone = self._gone
        if gone is not None:
            listener(gone)

    def remove(self, listener: Listener) -> None:
        """Have no more messages."""
        with self._lock:
            if listener in self._listeners:
                self._listeners.remove(listener)

    def _say(self, message: Message) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(message)

    def _say_gone(self, status: int) -> None:
        with self._lock:
            self._gone = {"event": "gone", "status": status}
        self._say(self._gone)


class RecognizerClient:
    """Implements the port ``Recognizer``; safe from any thread.

    ``post`` brings the words of a take being followed to the owner's thread; without one they come
    on a thread of this object. One file is worked on at a time; others wait. The helper is
    started at the first use, keeps its model loaded, and is started again when it died.
    """

    def __init__(
        self,
        models_dir: Path,
        *,
        patience_s: float = PATIENCE_S,
        env: Mapping[str, str] | None = None,
        post: Post | None = None,
    ) -> None:
        self._post = post or _at_once
        self._models_dir = models_dir
        self._patience_s = patience_s
        self._env = env
        self._numbers = itertools.count(1)
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._resident: Resident | None = None
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

    def transcribe(
        self, sound: Path, model: str, language: str, job: JobContext
    ) -> RecognitionResult:
        """The transcript of a sound file; blocks. See the port for what it raises."""
        with self._turn:
            job.check()
            number = next(self._numbers)
            command = self._command("transcribe", model)
            return self.ask(
                self._start(),
                {**command, "id": number, "sound": str(sound.absolute()), "language": language},
                job,
            )

    def follow(
        self,
        uid: str,
        folder: Path,
        model: str,
        language: str,
        on_words: Callable[[WordsSoFar], None],
    ) -> LiveTranscription:
        """Hear a take while its parts grow in a folder; see the port."""
        try:
            resident = self._start()
        except RecognizerUnavailable as error:
            return NotFollowed(error)
        command = {
            **self._command("follow", model),
            "id": next(self._numbers),
            "uid": uid,
            "folder": str(folder.absolute()),
            "language": language,
        }
        post = self._post
        return Following(self, resident, command, lambda words: post(lambda: on_words(words)))

    def ask(self, resident: Resident, command: Message, job: JobContext) -> RecognitionResult:
        """Send a command with an ``id`` and wait for its outcome."""
        number = int(command["id"])
        inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        resident.add(inbox.put)
        try:
            job.on_cancel(lambda: inbox.put({"event": "cancelled", "id": number}))
            resident.process.send(command)
            return self._await(resident, inbox, number, job)
        finally:
            resident.remove(inbox.put)

    def close(self) -> None:
        """End the helper, at once if it is working; what waits fails as unavailable."""
        with self._lock:
            self._is_closed = True
            resident, self._resident = self._resident, None
        if resident is not None:
            resident.process.close()

    def _command(self, name: str, model: str) -> Message:
        return {"command": name, "model": model, "models_dir": str(self._models_dir)}

    def _start(self) -> Resident:
        try:
            return self._running()
        except OSError as error:
            raise RecognizerUnavailable(
                f"The recognizer could not be started: {error.strerror or error}.", remedy=_KEPT
            ) from error

    def _running(self) -> Resident:
        with self._lock:
            if self._is_closed:
                raise RecognizerUnavailable("The application is closing.", remedy=_KEPT)
            if self._resident is not None and not self._resident.process.is_alive:
                self._resident.process.close()
                self._resident = None
            if self._resident is None:
                self._resident = Resident(self._env)
            return self._resident

    def _await(
        self, resident: Resident, inbox: queue.SimpleQueue[Message], number: int, job: JobContext
    ) -> RecognitionResult:
        deadline = time.monotonic() + self._patience_s
        while True:
            try:
                message = inbox.get(timeout=max(0.0, deadline - time.monotonic()))
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

    def _understand(
        self, message: Message, resident: Resident, job: JobContext
    ) -> RecognitionResult | None:
        event = message["event"]
        if event == "heard":
            return heard_from_message(message)
        if event == "failed":
            raise error_from_message(message)
        if event == "cancelled":
            self._discard(resident)
            raise JobCancelled
        if event == "progress" and not job.is_cancelled:
            job.report(message["fraction"])
        return None

    def _discard(self, resident: Resident) -> None:
        """End a helper that is dead, hung or busy with what nobody wants."""
        with self._lock:
            if self._resident is resident:
                self._resident = None
        resident.process.kill()
        resident.process.close()


class Following:
    """A take the helper follows."""

    def __init__(
        self,
        client: RecognizerClient,
        resident: Resident,
        command: Message,
        on_words: Callable[[WordsSoFar], None],
    ) -> None:
        self._client = client
        self._resident = resident
        self._number = command["id"]
        self._on_words = on_words
        resident.add(self._hear)
        resident.process.send(command)

    def finish(self, sound: Path, job: JobContext) -> RecognitionResult:
        """What was heard in the whole take; see the port."""
        self._resident.remove(self._hear)
        command = {"command": "finish", "id": self._number, "sound": str(sound.absolute())}
        return self._client.ask(self._resident, command, job)

    def cancel(self) -> None:
        """Stop following."""
        self._resident.remove(self._hear)
        self._resident.process.send({"command": "forget", "id": self._number})

    def _hear(self, message: Message) -> None:
        if message["event"] == "words" and message["id"] == self._number:
            self._on_words(WordsSoFar(str(message["text"]), float(message["behind_s"])))


class NotFollowed:
    """A take that could not be followed, because no helper could be had."""

    def __init__(self, error: RecognizerUnavailable) -> None:
        self._error = error

    def finish(self, sound: Path, job: JobContext) -> RecognitionResult:  # noqa: ARG002 - there is nothing
        """Say why nothing was heard."""
        raise self._error

    def cancel(self) -> None:
        """Nothing to stop."""


def _at_once(call: Callable[[], None]) -> None:
    call()


def _crashed(status: int) -> RecognizerUnavailable:
    if os.name != "nt" and status == -signal.SIGILL:
        return RecognizerUnavailable(
            "The model crashed at once: this processor is too old for it.", remedy=_OLD_PROCESSOR
        )
    if os.name != "nt" and status == -signal.SIGKILL:
        return RecognizerUnavailable(
            "The recognizer was ended by the system, most likely because memory ran out.",
            remedy=_KEPT,
        )
    return RecognizerUnavailable(
        f"The recognizer stopped in the middle of its work (status {status}).", remedy=_KEPT
    )
