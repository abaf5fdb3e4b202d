"""The recognizer's helper process: one model stays loaded, one request at a time is worked on."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
from pathlib import Path

from interview_app.domain.errors import InterviewAppError, RecognizerUnavailable
from interview_app.recognition.known_models import POCKETSPHINX
from interview_app.recognition.listening import Engine, hear_file
from interview_app.recognition.models import ModelStore
from interview_app.recognition.wire import error_to_message, heard_to_message
from interview_app.support.helper_process import HelperChannel, Message

_log = logging.getLogger(__name__)

_NICENESS = 5
"""Recording, the window and the voice come first on a machine of two cores."""


def main() -> int:
    """Be the recognizer until the application closes or is gone."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    channel = HelperChannel()
    waiting: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(channel, waiting), daemon=True).start()
    worker = _Worker(channel)
    while True:
        worker.do(waiting.get())


def _read(channel: HelperChannel, waiting: queue.SimpleQueue[Message]) -> None:
    """Queue what the application asks; when it is gone, leave in the middle of any work."""
    for message in channel.messages():
        waiting.put(message)
    os._exit(0)


class _Worker:
    """Does what the application asks, with the engine that is loaded."""

    def __init__(self, channel: HelperChannel) -> None:
        self._channel = channel
        self._engine: Engine | None = None

    def do(self, message: Message) -> None:
        """Do one command and send its outcome."""
        number = message.get("id")
        try:
            engine = self._load(message)
            if message["command"] == "transcribe":
                self._transcribe(message, engine)
        except InterviewAppError as error:
            self._channel.send({"event": "failed", "id": number, **error_to_message(error)})
        except Exception as error:  # noqa: BLE001 - told to the application, not fatal
            _log.exception("The recognizer failed")
            told = RecognizerUnavailable(
                f"The recognizer failed ({type(error).__name__}).",
                remedy="The sound is kept: transcribe it again, or choose another model.",
            )
            self._channel.send({"event": "failed", "id": number, **error_to_message(told)})

    def _load(self, message: Message) -> Engine:
        model = str(message["model"])
        if self._engine is None or self._engine.model != model:
            self._engine = None
            self._engine = _engine(model, Path(message["models_dir"]))
        self._channel.send({"event": "loaded", "model": model})
        return self._engine

    def _transcribe(self, message: Message, engine: Engine) -> None:
        number = message["id"]

        def report(fraction: float | None) -> None:
            self._channel.send({"event": "progress", "id": number, "fraction": fraction})

        heard = hear_file(Path(message["sound"]), engine, str(message["language"]), report)
        self._channel.send({"event": "heard", "id": number, **heard_to_message(heard)})


def _engine(model: str, models_dir: Path) -> Engine:
    if model == POCKETSPHINX:
        from interview_app.recognition.sphinx_engine import SphinxEngine

        return SphinxEngine()
    folder = ModelStore(models_dir).locate(model)
    from interview_app.recognition.whisper_engine import WhisperEngine

    return WhisperEngine(folder, model)
