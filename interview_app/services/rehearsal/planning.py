"""From a guide and a person's choices to a session that can begin."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from interview_app.domain.errors import UnknownQuestion, UsageError
from interview_app.domain.guide import Guide
from interview_app.domain.session import AskedQuestion, Session, SessionSettings
from interview_app.domain.session_choices import Mode, Order

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What a person chose. Empty ``sections`` and ``question_ids`` mean all, ``count`` 0 too."""

    mode: Mode = Mode.PRACTICE
    sections: tuple[str, ...] = ()
    question_ids: tuple[str, ...] = ()
    count: int = 0
    order: Order = Order.GUIDE
    settings: SessionSettings = field(default_factory=SessionSettings)


def plan_session(
    guide: Guide,
    plan: SessionPlan,
    now: datetime,
    rng: random.Random,
    last_asked: Mapping[str, datetime] | None = None,
) -> Session:
    """Return a new session of the chosen questions.

    ``last_asked`` says when questions were asked last, by their id, for the order that begins with
    those not asked yet; where they are equal, the guide's order holds.

    Raises:
        UnknownQuestion: the guide has no question of a named id.
        UsageError: the choice leaves no question.
    """
    asked = _choose(guide, plan)
    if plan.order is Order.SHUFFLED:
        rng.shuffle(asked)
    elif plan.order is Order.LEAST_RECENT and not plan.question_ids:
        times = last_asked or {}
        asked.sort(key=lambda each: times.get(each.question.id, _NEVER))
    if plan.count > 0:
        asked = asked[: plan.count]
    if not asked:
        raise UsageError(
            f"This choice leaves no question of the guide “{guide.title}”.",
            remedy="Choose at least one section with questions.",
        )
    return Session(
        uid=os.urandom(6).hex(),
        guide_id=guide.id,
        guide_title=guide.title,
        mode=plan.mode,
        asked=tuple(asked),
        started_at=now,
        language=guide.language,
        settings=plan.settings,
    )


def _choose(guide: Guide, plan: SessionPlan) -> list[AskedQuestion]:
    if plan.question_ids:
        return [_named(guide, question_id) for question_id in plan.question_ids]
    return [
        AskedQuestion(question, section.title)
        for section in guide.sections
        if not plan.sections or section.title in plan.sections
        for question in section.questions
    ]


def _named(guide: Guide, question_id: str) -> AskedQuestion:
    question = guide.question(question_id)
    section = guide.section_of(question_id)
    if question is None or section is None:
        raise UnknownQuestion(
            f"The guide “{guide.id}” has no question “{question_id}”.",
            remedy=f"It has: {_some_ids([q.id for q in guide.questions])}",
        )
    return AskedQuestion(question, section.title)


def _some_ids(ids: Sequence[str], most: int = 8) -> str:
    more = f" and {len(ids) - most} more" if len(ids) > most else ""
    return ", ".join(ids[:most]) + more + "."
