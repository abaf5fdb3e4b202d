"""The room without a window: one session on standard input and output."""

from __future__ import annotations

import contextlib
import sys
import threading
from functools import partial

from interview_app.cli.output import echo
from interview_app.cli.side_by_side import print_take
from interview_app.domain.errors import CommandNotAllowed
from interview_app.domain.rehearsal.events import Command
from interview_app.domain.rehearsal.machine import Phase, Rehearsal
from interview_app.domain.session import TranscriptionStatus
from interview_app.services.event_loop import EventLoop
from interview_app.services.rehearsal.session_runner import SessionRunner

_PROMPTS = {
    Phase.ASKING: "Enter: answer now · r repeat · s skip · t type · q leave",
    Phase.THINKING: "Enter: start your answer · r repeat · s skip · t type · q leave",
    Phase.ANSWERING: "● Recording. Enter: finish · p pause · q leave",
    Phase.PAUSED: "Paused. Enter: finish · c go on · q leave",
    Phase.TYPING: "Type your answer on one line, then Enter.",
    Phase.REVIEWING: "Enter: next question · a another take · q leave",
}
_ACTS: dict[tuple[Phase, str], Command] = {
    (Phase.ASKING, ""): Command.START_ANSWER,
    (Phase.THINKING, ""): Command.START_ANSWER,
    (Phase.ANSWERING, ""): Command.FINISH,
    (Phase.PAUSED, ""): Command.FINISH,
    (Phase.REVIEWING, ""): Command.NEXT,
    (Phase.ANSWERING, "p"): Command.PAUSE,
    (Phase.PAUSED, "c"): Command.RESUME,
    (Phase.REVIEWING, "a"): Command.ANOTHER_TAKE,
}
_ANYWHERE = {"r": Command.REPEAT, "s": Command.SKIP, "t": Command.BEGIN_TYPING, "q": Command.LEAVE}


class TerminalRoom:
    """Asks on standard output (or standard error when quiet) and obeys lines of standard input."""

    def __init__(self, runner: SessionRunner, loop: EventLoop, *, is_quiet: bool) -> None:
        self._runner = runner
        self._loop = loop
        self._is_quiet = is_quiet
        self._shown: tuple[Phase, int] | None = None
        self._reviewed: set[str] = set()
        self._notice = ""
        self._voice_problem = ""

    def run(self) -> Rehearsal:
        """Hold the session; its last state, with everything said stored and transcribed."""
        runner = self._runner
        end = runner.subscribe(self._show)
        threading.Thread(target=self._read, name="terminal", daemon=True).start()
        runner.do(Command.BEGIN)
        try:
            self._loop.run_until(self._is_over, tick=runner.tick)
        except KeyboardInterrupt:
            with contextlib.suppress(CommandNotAllowed):
                runner.do(Command.LEAVE)
            self._loop.run_until(lambda: runner.is_settled, limit_s=5)
            raise
        finally:
            end()
            runner.close()
        return runner.state

    def _is_over(self) -> bool:
        state = self._runner.state
        return state.is_over and self._runner.is_settled and state.session.is_transcribed

    def _read(self) -> None:
        for line in sys.stdin:
            self._loop.post(partial(self._obey, line.strip()))
        self._loop.post(self._end_of_input)

    def _end_of_input(self) -> None:
        state = self._runner.state
        if not state.is_over:
            self._runner.do(Command.LEAVE)

    def _obey(self, text: str) -> None:
        state = self._runner.state
        try:
            if state.phase is Phase.TYPING:
                self._runner.submit_typed(text)
                return
            command = _ACTS.get((state.phase, text.lower())) or _ANYWHERE.get(text.lower())
            if state.is_led_to and not text:
                command = Command.STOP_VOICE
            if command is None:
                self._say(_PROMPTS.get(state.phase, ""))
            else:
                self._runner.do(command)
        except CommandNotAllowed as error:
            self._say(str(error))

    def _show(self, state: Rehearsal) -> None:
        if state.notice and state.notice != self._notice:
            self._say(state.notice)
        if state.voice_problem and state.voice_problem != self._voice_problem:
            self._say(state.voice_problem)
        self._notice, self._voice_problem = state.notice, state.voice_problem
        if (state.phase, state.position) != self._shown:
            self._enter(state)
        self._show_review(state)

    def _enter(self, state: Rehearsal) -> None:
        before, self._shown = self._shown, (state.phase, state.position)
        if before is None or before[1] != state.position:
            number, count = state.position + 1, len(state.session.asked)
            self._say(f"\nQuestion {number} of {count}: {state.asked.question.prompt}\n")
        if state.phase is not Phase.REVIEWING and state.phase in _PROMPTS:
            self._say(_PROMPTS[state.phase])

    def _show_review(self, state: Rehearsal) -> None:
        take = state.session.take(state.shown_take or "")
        if take is None or take.uid in self._reviewed:
            return
        if take.transcription is TranscriptionStatus.PENDING:
            return
        self._reviewed.add(take.uid)
        if not self._is_quiet:
            print_take(state.session, take)
        self._say(_PROMPTS[Phase.REVIEWING])

    def _say(self, text: str) -> None:
        echo(text, err=self._is_quiet)
