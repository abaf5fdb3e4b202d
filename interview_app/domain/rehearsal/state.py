"""Where a session stands, and which acts it offers there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from interview_app.domain.rehearsal.effects import Effects
from interview_app.domain.rehearsal.events import Command
from interview_app.domain.rehearsal.interviewer_lines import InterviewerLines
from interview_app.domain.session import (
    AskedQuestion,
    Mode,
    Session,
)


class Phase(StrEnum):
    """Where a session stands."""

    READY = "ready"
    ASKING = "asking"
    THINKING = "thinking"
    ANSWERING = "answering"
    PAUSED = "paused"
    SAVING = "saving"
    TYPING = "typing"
    REVIEWING = "reviewing"
    ENDED = "ended"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Where a session stands, whole.

    ``open_take`` is the uid of the take being captured (phases ANSWERING, PAUSED, SAVING).
    ``think_left_s`` is ``None`` where thinking has no limit. ``shown_take`` is the take under
    review. ``notice`` is the last thing that went wrong, in a sentence, until something else
    happens to the same part. ``voice_problem`` lasts until the voice works again. ``line`` is what
    the interviewer says now besides the question; while ``is_reassuring``, the open take waits
    for it, so that no word of the interviewer lands in the answer.
    """

    session: Session
    phase: Phase = Phase.READY
    open_take: str | None = None
    shown_take: str | None = None
    recorded_s: float = 0.0
    think_left_s: float | None = None
    notice: str = ""
    voice_problem: str = ""
    is_voice_paused: bool = False
    manners: InterviewerLines = field(default_factory=InterviewerLines)
    line: str = ""
    is_reassuring: bool = False
    was_reassured: bool = False

    @property
    def position(self) -> int:
        """The index of the present question."""
        return self.session.position

    @property
    def asked(self) -> AskedQuestion:
        """The present question as it is asked."""
        return self.session.asked[self.session.position]

    @property
    def is_last(self) -> bool:
        """Whether no question follows."""
        return self.session.position + 1 >= len(self.session.asked)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked here."""
        return self.phase in (Phase.ENDED, Phase.LEFT)

    @property
    def is_led_to(self) -> bool:
        """Whether a greeting, or another line, is said before the question."""
        return self.phase is Phase.ASKING and bool(self.line)

    def allows(self, command: Command) -> bool:
        """Whether the present state offers that act."""
        if self.phase not in _ALLOWED[command]:
            return False
        if self.is_led_to and command in _AFTER_THE_QUESTION:
            return False
        if self.phase is Phase.ASKING and command in (Command.PAUSE, Command.RESUME):
            return self.is_voice_paused is (command is Command.RESUME)
        return command is not Command.ANOTHER_TAKE or self.session.mode is Mode.PRACTICE


_ASKED = frozenset({Phase.ASKING, Phase.THINKING})
OPEN = frozenset({Phase.ANSWERING, Phase.PAUSED})
_AFTER_THE_QUESTION = frozenset({Command.START_ANSWER, Command.BEGIN_TYPING})
"""What cannot be done before the question was put."""
_RUNNING = frozenset(Phase) - {Phase.ENDED, Phase.LEFT}

_ALLOWED: dict[Command, frozenset[Phase]] = {
    Command.BEGIN: frozenset({Phase.READY}),
    Command.REPEAT: _ASKED,
    Command.STOP_VOICE: frozenset({Phase.ASKING}),
    Command.SKIP: _ASKED | {Phase.TYPING},
    Command.START_ANSWER: _ASKED,
    Command.PAUSE: frozenset({Phase.ASKING, Phase.ANSWERING}),
    Command.RESUME: frozenset({Phase.ASKING, Phase.PAUSED}),
    Command.FINISH: OPEN,
    Command.BEGIN_TYPING: _ASKED | OPEN,
    Command.CANCEL_TYPING: frozenset({Phase.TYPING}),
    Command.ANOTHER_TAKE: frozenset({Phase.REVIEWING}),
    Command.NEXT: frozenset({Phase.REVIEWING}),
    Command.END: _RUNNING,
    Command.LEAVE: _RUNNING,
}

Step = tuple[Rehearsal, Effects]
