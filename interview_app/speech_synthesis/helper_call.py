"""One question to a fresh voice helper: answered, timed out, crashed or cancelled."""

from __future__ import annotations

import queue
from typing import Any

from interview_app.domain.errors import VoiceUnavailable
from interview_app.services.jobs import JobContext
from interview_app.speech_synthesis.problems import retry_remedy, voice_remedy
from interview_app.support.helper_process import HelperProcess, Message

_Event = tuple[str, Any]


def ask_helper(request: Message, time_limit_s: float, job: JobContext) -> Message:
    """The helper's answer; the helper is gone when this returns or raises. Blocks.

    Raises:
        VoiceUnavailable: it could not be started, crashed, or did not answer within the limit.
        JobCancelled: the job was cancelled.
    """
    events: queue.Queue[_Event] = queue.Queue()
    job.on_cancel(lambda: events.put(("cancelled", None)))
    try:
        helper = HelperProcess(
            "voice",
            on_message=lambda message: events.put(("answer", message)),
            on_exit=lambda status: events.put(("exit", status)),
        )
    except OSError as error:
        raise VoiceUnavailable(
            f"The voice could not be started: {error.strerror or error}.", remedy=voice_remedy()
        ) from error
    try:
        if not helper.send(request):
            return _answer(("exit", None), job)
        return _answer(events.get(timeout=time_limit_s), job)
    except queue.Empty:
        raise VoiceUnavailable(
            f"The voice did not answer within {time_limit_s:g} s and was ended.",
            remedy=retry_remedy(),
        ) from None
    finally:
        helper.kill()
        helper.close()


def _answer(event: _Event, job: JobContext) -> Message:
    job.check()
    kind, value = event
    if kind == "answer":
        message: Message = value
        return message
    status = "" if value is None else f" (status {value})"
    raise VoiceUnavailable(
        f"The voice stopped unexpectedly{status}.",
        remedy=retry_remedy(),
    )
