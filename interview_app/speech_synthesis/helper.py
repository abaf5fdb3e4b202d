"""The helper process of the voice: one request, one answer, then it ends.

Requests: ``{"act": "voices"}`` and ``{"act": "render", "text", "voice", "rate_wpm", "said",
"part", "sound"}``. The utterance is written to ``part`` and becomes ``sound`` when it is whole.
Answers carry ``"ok": true`` with the result, or ``"ok": false`` with ``kind`` and ``detail``.
"""

from __future__ import annotations

import os
from pathlib import Path

from interview_app.speech_synthesis.engine import EngineProblem, Pyttsx3Engine
from interview_app.support.helper_process import HelperChannel, Message


def main() -> int:
    """Answer one request; the exit status."""
    channel = HelperChannel()
    _be_quiet()
    for request in channel.messages():
        channel.send(answer(request))
        break
    os._exit(0)  # espeak has no clean end from Python: its threads abort the interpreter's


def _be_quiet() -> None:
    """Keep espeak's own remarks from the terminal, where one line says what went wrong."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def answer(request: Message) -> Message:
    """What the engine makes of a request."""
    try:
        return {"ok": True, **_act(request)}
    except EngineProblem as problem:
        return {"ok": False, "kind": problem.kind, "detail": problem.detail}
    except Exception as error:  # noqa: BLE001 - whatever a driver raises, the question stands as text
        return {"ok": False, "kind": "failed", "detail": f"{type(error).__name__}: {error}"}


def _act(request: Message) -> Message:
    engine = Pyttsx3Engine()
    if request["act"] == "voices":
        return {"voices": [[v.id, v.name, v.language] for v in engine.voices()]}
    part, sound = Path(request["part"]), Path(request["sound"])
    try:
        said = [(word, spoken) for word, spoken in request["said"]]
        result = engine.render(request["text"], request["voice"], request["rate_wpm"], part, said)
        part.replace(sound)
    except OSError as error:
        raise EngineProblem("write", error.strerror or str(error)) from error
    return result
