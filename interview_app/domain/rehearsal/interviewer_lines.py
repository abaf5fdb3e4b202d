"""What the interviewer says besides the questions: a greeting, short bridges, a farewell."""

from __future__ import annotations

from dataclasses import dataclass

LONG_SILENCE_S = 10.0
"""So long a silence in an answer before the interviewer says, once, that there is time.

Our own choice: well beyond the pause of 2.5 s that counts as long within an answer, so that
thinking is not interrupted.
"""


@dataclass(frozen=True, slots=True)
class InterviewerLines:
    """The lines of one session, ready to be spoken; an empty one is not said.

    ``bridges[n]`` leads from question ``n`` to the next one; no line stands there twice.
    """

    opening: str = ""
    welcome_back: str = ""
    """Said instead of the opening where a session is continued."""
    bridges: tuple[str, ...] = ()
    closing: str = ""
    reassurance: str = ""
    """Said at most once, in an interview, after :data:`LONG_SILENCE_S` in an answer."""

    def bridge_to(self, position: int) -> str:
        """The line before the question of that position, which is not the first."""
        index = position - 1
        return self.bridges[index] if 0 <= index < len(self.bridges) else ""
