"""What the interviewer says besides the questions."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.guide import Question
from interview_app.domain.rehearsal.effects import (
    Effects,
    PauseRecording,
    Prepare,
    PrepareLine,
    ResumeRecording,
    SayLine,
    Speak,
)
from interview_app.domain.rehearsal.events import (
    Command,
    Event,
    LineEnded,
    SilenceNoticed,
    TakeGrew,
    TakeInterrupted,
    TakeSaved,
    VoiceEnded,
)
from interview_app.domain.rehearsal.interviewer_lines import InterviewerLines
from interview_app.domain.rehearsal.machine import Phase, Rehearsal, step
from interview_app.domain.session import AskedQuestion, Mode, Session, SessionSettings
from interview_app.services.rehearsal.phrasebook import LinePicker
from interview_app.support.paths import bundled

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
FOLDER = bundled("resources", "manners")
MANNERS = InterviewerLines(
    opening="Hello.",
    welcome_back="Welcome back.",
    bridges=("Next, please.",),
    closing="Thank you.",
    reassurance="Take your time.",
)
TAKE = "s-q01-t01"


def session(mode: Mode = Mode.PRACTICE, count: int = 2, voice: str = "", uid: str = "s") -> Session:
    sections = ["Common questions"] * (count - count // 2) + ["Technical questions"] * (count // 2)
    return Session(
        uid=uid,
        guide_id="g",
        guide_title="IT Product Manager",
        mode=mode,
        asked=tuple(
            AskedQuestion(Question(f"q{n}", f"Question {n}?"), section)
            for n, section in enumerate(sections)
        ),
        started_at=NOW,
        settings=SessionSettings(voice=voice),
    )


def run(state: Rehearsal, *events: Event) -> tuple[Rehearsal, Effects]:
    effects: Effects = ()
    for event in events:
        state, effects = step(state, event, NOW)
    return state, effects


def answering(mode: Mode = Mode.INTERVIEW, voice: str = "") -> Rehearsal:
    state = Rehearsal(session(mode, voice=voice), manners=MANNERS)
    return run(state, Command.BEGIN, VoiceEnded(0), Command.START_ANSWER, TakeGrew(TAKE, 11.0))[0]


def test_a_session_opens_with_a_greeting_and_has_the_next_line_ready() -> None:
    state, effects = run(Rehearsal(session(), manners=MANNERS), Command.BEGIN)
    assert state.line == "Hello."
    assert Speak(0, "Hello.") in effects
    assert Prepare(1, "Next, please.") in effects


def test_a_continued_session_is_not_introduced_again() -> None:
    left = run(answering(), Command.LEAVE)[0].session
    state, effects = run(Rehearsal(left, manners=MANNERS), Command.BEGIN)
    assert state.line == "Welcome back."
    assert Speak(0, "Welcome back.") in effects


def test_repeat_says_the_question_alone() -> None:
    state, effects = run(Rehearsal(session(), manners=MANNERS), Command.BEGIN, Command.REPEAT)
    assert state.line == ""
    assert Speak(0) in effects


def test_a_bridge_follows_an_answer_but_not_a_question_that_was_skipped() -> None:
    saved = TakeSaved(TAKE, "takes/a.wav", 12.0)
    answered, effects = run(answering(), Command.FINISH, saved)
    assert answered.line == "Next, please."
    assert Speak(1, "Next, please.") in effects
    skipped, effects = run(Rehearsal(session(), manners=MANNERS), Command.BEGIN, Command.SKIP)
    assert skipped.line == ""
    assert Speak(1) in effects


def test_the_last_answer_is_followed_by_a_closing() -> None:
    asked = run(answering(), Command.FINISH, TakeSaved(TAKE, "takes/a.wav", 12.0))[0]
    state, effects = run(
        asked,
        VoiceEnded(1),
        Command.START_ANSWER,
        Command.FINISH,
        TakeSaved("s-q02-t01", "takes/b.wav", 9.0),
    )
    assert state.phase is Phase.ENDED
    assert state.line == "Thank you."
    assert SayLine("Thank you.") in effects


def test_a_session_ended_early_takes_no_leave() -> None:
    state, effects = run(answering(), Command.END)
    assert state.line == ""
    assert not any(isinstance(effect, SayLine) for effect in effects)


def test_a_long_silence_pauses_the_take_while_the_interviewer_says_there_is_time() -> None:
    state, effects = run(answering(), SilenceNoticed(TAKE))
    assert state.line == "Take your time."
    assert effects == (PauseRecording(), SayLine("Take your time."))
    state, effects = run(state, LineEnded())
    assert state.phase is Phase.ANSWERING
    assert effects == (ResumeRecording(),)


def test_a_voice_that_fails_lets_the_answer_go_on_too() -> None:
    state, effects = run(answering(), SilenceNoticed(TAKE), LineEnded("The voice failed."))
    assert state.phase is Phase.ANSWERING
    assert state.voice_problem == "The voice failed."
    assert effects == (ResumeRecording(),)


def test_it_is_said_at_most_once_a_session() -> None:
    once = run(answering(), SilenceNoticed(TAKE), LineEnded())[0]
    again, effects = run(once, SilenceNoticed(TAKE))
    assert again == once
    assert effects == ()


def test_without_a_voice_it_is_shown_and_the_take_goes_on() -> None:
    state, effects = run(answering(voice="off"), SilenceNoticed(TAKE))
    assert state.line == "Take your time."
    assert state.phase is Phase.ANSWERING
    assert effects == ()


def test_in_practice_nobody_minds_a_silence() -> None:
    before = answering(Mode.PRACTICE)
    assert run(before, SilenceNoticed(TAKE)) == (before, ())


def test_a_pause_of_the_persons_own_is_not_ended_by_a_line() -> None:
    state = run(answering(), SilenceNoticed(TAKE), Command.RESUME, Command.PAUSE)[0]
    assert run(state, LineEnded())[0].phase is Phase.PAUSED


def test_a_microphone_lost_meanwhile_is_not_started_by_the_end_of_a_line() -> None:
    lost = TakeInterrupted(TAKE, 11.0, "The microphone is gone.")
    state, effects = run(answering(), SilenceNoticed(TAKE), lost, LineEnded())
    assert state.phase is Phase.PAUSED
    assert effects == ()


def test_the_reassurance_is_rendered_ahead_in_interviews_alone() -> None:
    line = PrepareLine("Take your time.")
    interview = Rehearsal(session(Mode.INTERVIEW), manners=MANNERS)
    assert line in run(interview, Command.BEGIN)[1]
    assert line not in run(Rehearsal(session(), manners=MANNERS), Command.BEGIN)[1]


@given(st.integers(1, 30), st.sampled_from(Mode), st.text("abc", min_size=1, max_size=4))
def test_no_line_is_said_twice_in_a_session(count: int, mode: Mode, uid: str) -> None:
    chosen = LinePicker(FOLDER).manners(session(mode, count, uid=uid))
    said = [line for line in (chosen.opening, *chosen.bridges, chosen.closing) if line]
    assert len(said) == len(set(said))
    assert len(chosen.bridges) == count - 1


def test_the_greeting_gives_name_role_and_number_of_questions() -> None:
    opening = LinePicker(FOLDER).manners(session(count=5), "Clara").opening
    assert "Clara" in opening
    assert "IT Product Manager" in opening
    assert "5 questions" in opening


@pytest.mark.parametrize(
    ("title", "is_spoken"),
    [
        ("IT Product Manager", True),
        ("Digital Product Owner Interview Questions: Prepare to Ace Your Interview", False),
        ("Top 20 questions for analysts", False),
        ("Why this company?", False),
    ],
)
def test_a_headline_is_not_spoken_as_a_role(title: str, is_spoken: bool) -> None:
    asked = replace(session(count=5), guide_title=title)
    opening = LinePicker(FOLDER).manners(asked).opening
    assert (title in opening) is is_spoken
    assert "5 questions" in opening
    assert "{" not in opening


def test_of_one_question_nobody_says_the_first() -> None:
    for uid in "abcdefghij":
        asked = replace(session(count=1), uid=uid)
        assert "first" not in LinePicker(FOLDER).manners(asked).opening


def test_a_section_that_begins_is_named() -> None:
    bridges = LinePicker(FOLDER).manners(session(count=6)).bridges
    assert "Technical questions" in bridges[2]


def test_a_language_without_lines_is_silent() -> None:
    swedish = replace(session(), language="sv")
    assert LinePicker(FOLDER).manners(swedish) == InterviewerLines()


def texts(node: Any) -> list[str]:  # noqa: ANN401 - a tree of TOML
    if isinstance(node, str):
        return [node]
    parts = node.values() if isinstance(node, dict) else node
    return list(chain.from_iterable(texts(part) for part in parts))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_line_of_a_language_stands_there_once_and_is_short(path: Path) -> None:
    lines = texts(tomllib.loads(path.read_text(encoding="utf-8")))
    assert len(lines) == len(set(lines))
    assert all(len(line.split()) <= 30 for line in lines)
