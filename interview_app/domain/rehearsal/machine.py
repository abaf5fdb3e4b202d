"""The state machine of one session: what may follow what, and what has to be done about it.

``step(rehearsal, event, now)`` answers with the next state and the effects its caller must carry
out, in order. Acts of the person that the present state does not offer raise ``ActNotAllowed`` and
change nothing; reports of the outside world (a recording saved, a transcript made, a microphone
lost) are taken in every state, because they arrive when they like.

    READY ── begin ──▶ ASKING ──▶ THINKING ──▶ ANSWERING ⇄ PAUSED
                          │           │            │ finish
                          ╰── type ───┴─▶ TYPING   ▼
                                            ╰──▶ SAVING ──▶ REVIEWING ──▶ next question, or ENDED

In interview mode SAVING goes straight to the next question. A take that holds any sound is never
taken out of the session.
"""

from __future__ import annotations

from datetime import datetime

from interview_app.domain.rehearsal.actions import handle_command
from interview_app.domain.rehearsal.events import Command, Event
from interview_app.domain.rehearsal.reports import handle_report
from interview_app.domain.rehearsal.state import Phase, Rehearsal, Step

__all__ = ["Phase", "Rehearsal", "Step", "step"]


def step(rehearsal: Rehearsal, event: Event, now: datetime) -> Step:
    """The next state, and what has to be done about it, in order.

    Raises:
        ActNotAllowed: the present state does not offer this act; nothing changed.
    """
    if isinstance(event, Command):
        return handle_command(rehearsal, event, now)
    return handle_report(rehearsal, event, now)
