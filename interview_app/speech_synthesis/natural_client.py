"""The application's end of the natural voices' helper: started at need, one request at a time."""

from __future__ import annotations

import itertools
import queue
from pathlib import Path

from interview_app.domain.errors import VoiceUnavailable
from interview_app.support.helper_process import HelperProcess, Message

ROLE = "natural-voice"
_REMEDY = "The system's own voice is used meanwhile; starting the application again may help."


class NaturalClient:
    """One helper at most; used by one thread, closed from any."""

    def __init__(self, load_limit_s: float = 120.0) -> None:
        self._load_limit_s = load_limit_s
        self._helper: HelperProcess | None = None
        self._answers: queue.Queue[Message] = queue.Queue()
        self._numbers = itertools.count(1)
        self._is_over = False

    @property
    def is_loaded(self) -> bool:
        """Whether a helper stands ready."""
        return self._helper is not None and self._helper.is_alive

    def ask(self, folder: Path, request: Message, time_limit_s: float) -> Message:
        """The helper's answer to a request; the model in ``folder`` is loaded first; blocks.

        Raises:
            VoiceUnavailable: the helper could not be started, crashed, or took too long.
        """
        if not self.is_loaded:
            self.close()
            self._start()
            loaded = self._exchange({"act": "load", "folder": str(folder)}, self._load_limit_s)
            if not loaded["ok"]:
                self.close()
                raise VoiceUnavailable(
                    f"The natural voices could not be loaded: {loaded['detail']}.",
                    remedy="Fetch them again with: interview-app voices download",
                )
        return self._exchange(request, time_limit_s)

    def close(self) -> None:
        """End the helper, whatever it does; it starts again at the next request."""
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.kill()
            helper.close()

    def end(self) -> None:
        """Close for good: whoever asks, now or later, is refused at once."""
        self._is_over = True
        self.close()

    def _start(self) -> None:
        self._refuse_if_over()
        answers: queue.Queue[Message] = queue.Queue()
        self._answers = answers
        try:
            self._helper = HelperProcess(
                ROLE,
                on_message=answers.put,
                on_exit=lambda status: answers.put({"exit": status}),
            )
        except OSError as error:
            raise VoiceUnavailable(
                f"The natural voices could not be started: {error.strerror or error}.",
                remedy=_REMEDY,
            ) from error
        self._refuse_if_over()  # ended while it started

    def _refuse_if_over(self) -> None:
        if self._is_over:
            self.close()
            raise VoiceUnavailable("The voice was closed.", remedy="Start the application again.")

    def _exchange(self, request: Message, time_limit_s: float) -> Message:
        helper, answers, number = self._helper, self._answers, next(self._numbers)
        if helper is not None and helper.send({**request, "id": number}):
            try:
                while True:
                    answer = answers.get(timeout=time_limit_s)
                    if "exit" in answer:
                        break
                    if answer["id"] == number:
                        return answer
            except queue.Empty:
                self.close()
                raise VoiceUnavailable(
                    f"The natural voice did not answer within {time_limit_s:g} s and was ended.",
                    remedy=_REMEDY,
                ) from None
        self.close()
        raise VoiceUnavailable("The natural voice stopped unexpectedly.", remedy=_REMEDY)
