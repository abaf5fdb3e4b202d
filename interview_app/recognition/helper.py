"""The recognizer's helper process: one model stays loaded, one request at a time is worked on."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
import time
from pathlib import Path

from interview_app.domain.errors import InterviewAppError, RecognizerUnavailable
from interview_app.recognition.chunked_transcriber import (
    RecognitionEngine,
    ReportProgress,
    transcribe_file,
)
from interview_app.recognition.known_models import EAR_MODEL, POCKETSPHINX
from interview_app.recognition.live_take import LiveTake
from interview_app.recognition.models import ModelStore
from interview_app.recognition.wire import error_to_message, heard_to_message
from interview_app.support.helper_process import HelperChannel, Message

_log = logging.getLogger(__name__)

_NICENESS = 5
"""Recording, the window and the voice come first on a machine of two cores."""
_LOOK_EVERY_S = 0.1
"""How often the growing file of a take is looked at."""
REST_SHARE = 0.7
"""After decoding ahead, the processor is left alone for that share of the time it took."""
_FROM_ITS_FILE = "Its sound is kept: transcribe it again."


def main() -> int:
    """Be the recognizer until the application closes or is gone."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    channel = HelperChannel()
    waiting: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(channel, waiting), daemon=True).start()
    worker = _Worker(channel)
    while True:
        try:
            message = waiting.get(timeout=worker.rest_s)
        except queue.Empty:
            worker.go_on()
        else:
            worker.do(message)


def _read(channel: HelperChannel, waiting: queue.SimpleQueue[Message]) -> None:
    """Queue what the application asks; when it is gone, leave in the middle of any work."""
    for message in channel.messages():
        waiting.put(message)
    os._exit(0)


class _Worker:
    """Does what the application asks, with the engine that is loaded; meanwhile hears takes."""

    def __init__(self, channel: HelperChannel) -> None:
        self._channel = channel
        self._engine: RecognitionEngine | None = None
        self._takes: dict[int, LiveTake] = {}
        self._is_busy = False
        self._ahead_from = 0.0
        """When the next decoding ahead may begin; on the monotonic clock."""

    @property
    def rest_s(self) -> float | None:
        """How long to wait for the next command before going on with the takes being spoken."""
        if not self._takes:
            return None
        return 0.0 if self._is_busy else _LOOK_EVERY_S

    def do(self, message: Message) -> None:
        """Do one command and send its outcome."""
        number = message.get("id")
        try:
            self._obey(message)
        except InterviewAppError as error:
            self._channel.send({"event": "failed", "id": number, **error_to_message(error)})
        except Exception as error:  # noqa: BLE001 - told to the application, not fatal
            _log.exception("The recognizer failed")
            told = RecognizerUnavailable(
                f"The recognizer failed ({type(error).__name__}).",
                remedy="The sound is kept: transcribe it again, or choose another model.",
            )
            self._channel.send({"event": "failed", "id": number, **error_to_message(told)})

    def go_on(self) -> None:
        """Hear on in each take being spoken, one piece of it."""
        self._is_busy = False
        for number, take in tuple(self._takes.items()):
            begin = time.monotonic()
            try:
                has_worked = take.go_on(ahead=begin >= self._ahead_from)
            except Exception:  # noqa: BLE001 - the take is transcribed from its file instead
                _log.exception("A take could not be followed")
                del self._takes[number]
                continue
            if has_worked:
                self._is_busy = True
                now = time.monotonic()
                self._ahead_from = now + REST_SHARE * (now - begin)
                words = {"text": take.text, "behind_s": round(take.behind_s, 2)}
                self._channel.send({"event": "words", "id": number, **words})

    def _obey(self, message: Message) -> None:
        match message["command"]:
            case "warm_up":
                self._load(message)
            case "transcribe":
                self._transcribe(message, self._load(message))
            case "follow":
                listening = self._load(message).listen(str(message["language"]))
                folder = Path(message["folder"])
                self._takes[message["id"]] = LiveTake(str(message["uid"]), folder, listening)
            case "finish":
                self._finish(message)
            case "forget":
                self._takes.pop(message["id"], None)

    def _finish(self, message: Message) -> None:
        take = self._takes.pop(message["id"], None)
        if take is None:
            raise RecognizerUnavailable("The take was not followed.", remedy=_FROM_ITS_FILE)
        heard = take.finish(Path(message["sound"]), self._reporting(message["id"]))
        self._channel.send({"event": "heard", "id": message["id"], **heard_to_message(heard)})

    def _reporting(self, number: object) -> ReportProgress:
        def report(fraction: float | None) -> None:
            self._channel.send({"event": "progress", "id": number, "fraction": fraction})

        return report

    def _load(self, message: Message) -> RecognitionEngine:
        model = str(message["model"])
        if self._engine is None or self._engine.model != model:
            self._engine = None
            self._engine = _engine(model, Path(message["models_dir"]))
        self._channel.send({"event": "loaded", "model": model})
        return self._engine

    def _transcribe(self, message: Message, engine: RecognitionEngine) -> None:
        number = message["id"]
        report = self._reporting(number)
        heard = transcribe_file(Path(message["sound"]), engine, str(message["language"]), report)
        self._channel.send({"event": "heard", "id": number, **heard_to_message(heard)})


def _engine(model: str, models_dir: Path) -> RecognitionEngine:
    if model == POCKETSPHINX:
        from interview_app.recognition.sphinx_engine import SphinxEngine

        return SphinxEngine()
    store = ModelStore(models_dir)
    folder = store.locate(model)
    try:
        ear = store.locate(EAR_MODEL)
    except InterviewAppError:
        _log.warning("%s is not here; hesitations are those that %s writes", EAR_MODEL, model)
        ear = None
    from interview_app.recognition.whisper_engine import WhisperEngine

    return WhisperEngine(folder, model, ear)
