"""The helper process of the natural voices: loads the model once, then answers until it is closed.

First ``{"act": "load", "folder"}``, then ``{"act": "render", "id", "text", "style", "language",
"speed", "said", "part", "sound"}``. The sound is written to ``part`` and becomes ``sound`` when it
is whole. Answers carry the request's ``id``, and ``"ok": true`` with the result, or ``"ok":
false`` with ``kind`` and ``detail``.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interview_app.speech_synthesis.engine import EngineProblem
from interview_app.support.helper_process import HelperChannel, Message

if TYPE_CHECKING:
    from interview_app.speech_synthesis.natural_engine import NaturalEngine

_NICE = 5
"""Behind the recognizer and the window, yet not starved where other programs work: at 15 a busy
machine gave the voice a three-hundredth of a core. While an answer is recorded it rests anyway."""
_BELOW_NORMAL = 0x4000


def main() -> int:
    """Load and render until the application closes the input; the exit status."""
    channel = HelperChannel()
    _step_back()
    logging.disable(logging.WARNING)  # phonemizer counts words, and texts must not reach a log
    engines: list[NaturalEngine] = []
    for request in channel.messages():
        try:
            channel.send({"id": request["id"], "ok": True, **_act(request, engines)})
        except EngineProblem as problem:
            channel.send(_refusal(request, problem.kind, problem.detail))
        except Exception as error:  # noqa: BLE001 - the system's voice speaks instead
            channel.send(_refusal(request, "failed", f"{type(error).__name__}: {error}"))
    sys.stderr.flush()
    os._exit(0)  # neither espeak nor the model has anything to close


def _act(request: Message, engines: list[NaturalEngine]) -> Message:
    if request["act"] == "load":
        from interview_app.speech_synthesis.natural_engine import NaturalEngine

        engines[:] = [NaturalEngine(Path(request["folder"]))]
        return {}
    result = engines[0].render(request)
    _put_in_place(request)
    return result


def _refusal(request: Message, kind: str, detail: str) -> Message:
    return {"id": request["id"], "ok": False, "kind": kind, "detail": detail}


def _put_in_place(request: Message) -> None:
    try:
        Path(request["part"]).replace(request["sound"])
    except OSError as error:
        raise EngineProblem("write", error.strerror or str(error)) from error


def _step_back() -> None:
    """Let recording, transcribing and the window have the processor first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_NICE)
