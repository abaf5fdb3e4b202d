"""What the Rehearse page is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interview_app.domain.guide import Guide
    from interview_app.domain.session import Session
    from interview_app.domain.story import QuestionKey, Story
    from interview_app.gui.device_list import DeviceList
    from interview_app.gui.preferences import Preferences
    from interview_app.services.guides.notes import PersonalNote
    from interview_app.services.jobs import Jobs
    from interview_app.services.ports.clock import Clock
    from interview_app.services.ports.sessions import SessionSummary
    from interview_app.services.ports.voice import VoiceInfo
    from interview_app.services.rehearsal.context import SessionChoices
    from interview_app.services.rehearsal.planning import SessionPlan
    from interview_app.services.rehearsal.session_runner import SessionRunner


def _no_note(guide_id: str, question_id: str) -> PersonalNote:
    # Not before it is asked for: the window opens sooner.
    from interview_app.services.guides.notes import PersonalNote

    return PersonalNote(guide_id, question_id)


@dataclass(frozen=True, slots=True)
class RehearseContext:
    """Services and lists the page asks for.

    ``guides``, ``voices``, ``unfinished``, ``load``, ``note`` (what the person wrote to a
    question: guide id and question id), ``keep_note`` and ``stories`` (those that serve a
    question) block; they are called inside jobs.
    """

    jobs: Jobs
    preferences: Preferences
    devices: DeviceList
    clock: Clock
    guides: Callable[[], Sequence[Guide]]
    voices: Callable[[], Sequence[VoiceInfo]]
    unfinished: Callable[[], Sequence[SessionSummary]]
    load: Callable[[int], Session]
    plan: Callable[[Guide, SessionPlan], Session]
    conduct: Callable[[Session, SessionChoices], SessionRunner]
    expect: Callable[[Guide, SessionPlan], None] = lambda _guide, _plan: None
    """Told what will probably begin, so that its first words are ready; returns at once."""
    note: Callable[[str, str], PersonalNote] = _no_note
    keep_note: Callable[[PersonalNote], None] = lambda _note: None
    stories: Callable[[QuestionKey], Sequence[Story]] = lambda _key: ()
