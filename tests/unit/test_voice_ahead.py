"""What is rendered before a session begins is what the session then says."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from interview_app.domain.guide import Guide, Question, Section
from interview_app.domain.rehearsal.interviewer_lines import InterviewerLines
from interview_app.domain.session import VOICE_OFF, Session, SessionSettings
from interview_app.domain.session_choices import Order
from interview_app.services.rehearsal.next_session import QUESTIONS_AHEAD, NextSession
from interview_app.services.rehearsal.planning import SessionPlan, plan_session
from interview_app.speech_synthesis.natural_speed import SLOWEST_FACTOR, NaturalSpeed
from tests.fakes import GUIDE, FakeClock, FakeVoice


def manners(session: Session) -> InterviewerLines:
    return InterviewerLines(
        opening=f"Hello from {session.uid}.", bridges=("Next.",) * len(session.asked)
    )


@pytest.fixture
def voice(tmp_path: Path) -> FakeVoice:
    return FakeVoice(tmp_path)


@pytest.fixture
def coming(voice: FakeVoice) -> NextSession:
    return NextSession(voice, FakeClock(), random.Random(3), manners)


def test_the_session_that_begins_says_what_was_rendered_ahead(
    voice: FakeVoice, coming: NextSession
) -> None:
    plan = SessionPlan(order=Order.SHUFFLED)
    coming.expect(GUIDE, plan)
    session = coming.plan(GUIDE, plan)
    prompts = [each.question.prompt for each in session.asked[:QUESTIONS_AHEAD]]
    assert voice.prepared[:2] == [manners(session).opening, prompts[0]]
    assert [text for text in voice.prepared if text in prompts] == prompts


def test_another_choice_is_planned_anew_but_greets_the_same_way(
    voice: FakeVoice, coming: NextSession
) -> None:
    coming.expect(GUIDE, SessionPlan())
    greeting = voice.prepared[0]
    assert voice.prepared.count(greeting) == 1
    coming.expect(GUIDE, SessionPlan(count=1))
    assert voice.prepared.count(greeting) == 2
    assert len(coming.plan(GUIDE, SessionPlan(count=1)).asked) == 1
    assert manners(coming.plan(GUIDE, SessionPlan())).opening != greeting


def test_the_same_choice_is_rendered_again_as_words_may_be_said_otherwise_by_now(
    voice: FakeVoice, coming: NextSession
) -> None:
    plan = SessionPlan(order=Order.SHUFFLED)
    coming.expect(GUIDE, plan)
    first, voice.prepared = voice.prepared, []
    coming.expect(GUIDE, plan)
    assert voice.prepared == first


def test_without_a_voice_nothing_is_rendered(voice: FakeVoice, coming: NextSession) -> None:
    plan = SessionPlan(settings=SessionSettings(voice=VOICE_OFF))
    coming.expect(GUIDE, plan)
    assert voice.prepared == []
    assert coming.plan(GUIDE, plan).asked


def test_a_choice_without_questions_is_met_when_it_begins(
    voice: FakeVoice, coming: NextSession
) -> None:
    coming.expect(GUIDE, SessionPlan(sections=("no such section",)))
    assert voice.prepared == []


def test_a_machine_is_too_slow_only_after_several_renderings_of_the_last_day(
    tmp_path: Path,
) -> None:
    now = [1_000_000.0]
    speed = NaturalSpeed(tmp_path / "speed.json", lambda: now[0])
    for _ in range(2):
        speed.add(SLOWEST_FACTOR * 10 + 1, 10)
    assert not speed.is_too_slow
    speed.add(SLOWEST_FACTOR * 10 + 1, 10)
    assert speed.is_too_slow
    assert NaturalSpeed(tmp_path / "speed.json", lambda: now[0]).is_too_slow
    now[0] += 25 * 3600
    assert not speed.is_too_slow
    (tmp_path / "speed.json").write_text("{")
    assert NaturalSpeed(tmp_path / "speed.json").factor is None


def _guide_of_four() -> Guide:
    questions = tuple(Question(f"q{number}", f"Why {number}?") for number in range(4))
    return Guide("four", "Four", (Section("One", questions),))


def test_a_session_begins_with_what_was_not_asked_yet_then_with_what_was_asked_longest_ago() -> (
    None
):
    guide = _guide_of_four()
    ids = [question.id for question in guide.questions]
    now = FakeClock().now()
    asked = {ids[0]: now - timedelta(days=1), ids[2]: now - timedelta(days=9)}
    plan = SessionPlan(order=Order.LEAST_RECENT)
    session = plan_session(guide, plan, now, random.Random(3), asked)
    untouched = [each for each in ids if each not in asked]
    assert [each.question.id for each in session.asked] == [*untouched, ids[2], ids[0]]
    in_order = plan_session(guide, SessionPlan(), now, random.Random(3), asked)
    assert [each.question.id for each in in_order.asked] == ids


def test_three_sessions_in_a_row_never_begin_with_the_same_question(
    coming: NextSession,
) -> None:
    guide = _guide_of_four()
    plan = SessionPlan(order=Order.LEAST_RECENT, count=1)
    first = [coming.plan(guide, plan).asked[0].question.id for _ in range(3)]
    assert first == [question.id for question in guide.questions][:3]
