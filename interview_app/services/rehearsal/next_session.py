"""The next session, planned while it is still being set up, so that its first words are ready."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from interview_app.domain.errors import StorageError, UsageError
from interview_app.domain.guide import Guide
from interview_app.domain.rehearsal.interviewer_lines import InterviewerLines
from interview_app.domain.session import VOICE_OFF, Session
from interview_app.services.ports.clock import Clock
from interview_app.services.ports.voice import Voice
from interview_app.services.rehearsal.planning import SessionPlan, plan_session

QUESTIONS_AHEAD = 3
"""So many are rendered before a session has begun; the others while it runs."""


@dataclass(frozen=True, slots=True)
class _Expected:
    guide: Guide
    plan: SessionPlan
    session: Session
    times: Mapping[str, datetime]


class NextSession:
    """Plans sessions; one that was expected is the one that begins. Safe from any thread.

    ``manners`` are what the interviewer would say in a session, ``last_asked`` tells when each
    question of a guide was asked last, by their ids; both block.
    """

    def __init__(
        self,
        voice: Voice,
        clock: Clock,
        rng: random.Random,
        manners: Callable[[Session], InterviewerLines],
        last_asked: Callable[[str], Mapping[str, datetime]] = lambda _guide_id: {},
    ) -> None:
        self._voice = voice
        self._clock = clock
        self._rng = rng
        self._manners = manners
        self._last_asked = last_asked
        self._known: dict[str, Mapping[str, datetime]] = {}
        """When questions were asked last, by guide, as it was when the guide was chosen."""
        self._lock = threading.Lock()
        self._uid = os.urandom(6).hex()
        self._expected: _Expected | None = None

    def expect(self, guide: Guide, plan: SessionPlan) -> None:
        """Plan the session and have its first words rendered ahead; blocks, and never fails."""
        times = self._times(guide)
        if plan.settings.voice == VOICE_OFF:
            return
        with self._lock:
            old = self._expected
            same = old is not None and (old.guide, old.plan, old.times) == (guide, plan, times)
            if old is not None and same:
                session = old.session  # said otherwise, maybe: a pronunciation may have changed
            else:
                try:
                    session = plan_session(guide, plan, self._clock.now(), self._rng, times)
                except UsageError:
                    return
                # One uid until it begins: the same greeting, whatever is changed before.
                session = replace(session, uid=self._uid)
                self._expected = _Expected(guide, plan, session, times)
        manners = self._manners(session)
        asked = [each.question.prompt for each in session.asked[:QUESTIONS_AHEAD]]
        lines = [manners.opening, *manners.bridges][: len(asked)]
        said = [text for pair in zip_longest(lines, asked) for text in pair if text]
        self._voice.prepare(said, plan.settings.voice, plan.settings.rate_wpm)

    def plan(self, guide: Guide, plan: SessionPlan) -> Session:
        """The session to begin now.

        Raises:
            UsageError: the choice leaves no question.
        """
        now = self._clock.now()
        with self._lock:
            expected, self._expected = self._expected, None
            self._uid = os.urandom(6).hex()
        if expected is not None and (expected.guide, expected.plan) == (guide, plan):
            session = replace(expected.session, started_at=now)
        else:
            session = plan_session(guide, plan, now, self._rng, self._known.get(guide.id))
        # What is asked now is not asked first again, however soon the next session begins.
        asked = {each.question.id: now for each in session.asked}
        self._known[guide.id] = {**self._known.get(guide.id, {}), **asked}
        return session

    def _times(self, guide: Guide) -> Mapping[str, datetime]:
        try:
            times = self._last_asked(guide.id)
        except StorageError:
            times = {}
        self._known[guide.id] = times
        return times
