"""A session is heard like a recording: questions and takes in order, what is gone passed over."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from interview_app.domain.errors import VoiceUnavailable
from interview_app.domain.session import (
    VOICE_OFF,
    AskedQuestion,
    Mode,
    Session,
    SessionSettings,
    Take,
    TakeStatus,
)
from interview_app.domain.transcript import Transcript
from interview_app.services.jobs import JobContext, Lane, Progress
from interview_app.services.playback.session_parts import SessionPart, SessionPlay, Skipped
from interview_app.services.playback.session_player import SessionPlayer
from interview_app.services.playback.take_player import TakePlayer
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.voice import Speech
from tests.fakes import GUIDE, FakePlayer, FakeVoice

BEGAN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
T = TypeVar("T")


class JobsAtHand:
    """Runs each job when the test says so."""

    def __init__(self) -> None:
        self.waiting: deque[Callable[[], None]] = deque()

    def submit(
        self,
        lane: Lane,
        work: Callable[[JobContext], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> JobContext:
        job = JobContext()

        def run() -> None:
            if job.is_cancelled:
                return
            try:
                result = work(job)
            except VoiceUnavailable as error:
                if on_error is not None:
                    on_error(error)
                return
            if on_done is not None and not job.is_cancelled:
                on_done(result)

        self.waiting.append(run)
        return job

    def close(self) -> None:
        self.waiting.clear()

    def run(self) -> None:
        while self.waiting:
            self.waiting.popleft()()


def session_of(*takes: int, voice: str = "", first: Take | None = None) -> Session:
    """A session whose questions have so many takes of 20 s each."""
    asked = tuple(AskedQuestion(q, s.title) for s in GUIDE.sections for q in s.questions)
    session = Session(
        "s1",
        GUIDE.id,
        GUIDE.title,
        Mode.PRACTICE,
        asked,
        BEGAN,
        settings=SessionSettings(voice=voice),
    )
    for position, count in enumerate(takes):
        for number in range(1, count + 1):
            uid = session.take_uid(position, number)
            session = session.with_take(
                Take(uid, position, number, BEGAN, TakeStatus.KEPT, 20.0, f"takes/{uid}.wav")
            )
    return session


class Hall:
    """A session being replayed, and what was brought to the front."""

    def __init__(self, folder: Path) -> None:
        self.player = FakePlayer(lambda call: call())
        self.voice = FakeVoice(folder)
        self.jobs = JobsAtHand()
        self.replaying = TakePlayer(self.player, DeviceChoice)
        self.replay = SessionPlayer(
            self.replaying, self.voice, self.player, self.jobs, DeviceChoice
        )
        self.replay.show = self._show
        self.shown: list[str] = []
        self.states: list[SessionPlay] = []
        self.replay.subscribe(self.states.append)
        self.sounds: dict[str, Path | None] = {}

    def _show(self, part: SessionPart) -> None:
        name = f"q{part.position + 1}"
        if part.take is not None:
            self.replaying.open(part.take.uid, self.sounds[part.take.uid], part.take.duration_s)
            name += f"t{part.take.number}"
        self.shown.append(name)

    def play(self, session: Session, *gone: str, position: int = 0) -> None:
        self.sounds = {
            take.uid: None if take.uid in gone else Path(f"{take.uid}.wav")
            for take in session.takes
        }
        self.replay.play(session, self.sounds, position)
        self.jobs.run()

    def hear_out(self) -> None:
        """What is playing comes to its end."""
        self.player.end()
        self.jobs.run()

    @property
    def why(self) -> list[Skipped]:
        return [omission.why for omission in self.replay.state.omissions]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    yield hall
    hall.replay.close()
    hall.replaying.close()
    assert hall.player.token == ""


def test_questions_and_takes_are_heard_in_order_and_brought_to_the_front(hall: Hall) -> None:
    hall.play(session_of(2, 0, 1))
    for _ in range(5):
        assert hall.replay.state.is_playing
        hall.hear_out()
    assert hall.shown == ["q1", "q1t1", "q1t2", "q3", "q3t1"]
    said = [GUIDE.sections[0].questions[0].prompt, GUIDE.sections[1].questions[0].prompt]
    assert list(dict.fromkeys(hall.voice.said)) == said
    assert hall.replay.state.is_over
    assert not hall.replay.is_on
    assert hall.replay.state.heard_s == hall.replay.state.whole_s == 60.0


def test_the_words_of_the_question_are_told_as_they_are_spoken(hall: Hall) -> None:
    hall.play(session_of(1))
    hall.player.go_to(0.5)
    assert hall.replay.state.word == (4, 6)
    hall.hear_out()
    assert hall.replay.state.word == (0, 0)


def test_the_next_question_is_rendered_while_the_answer_plays(hall: Hall) -> None:
    hall.play(session_of(1, 1))
    hall.hear_out()
    assert hall.shown[-1] == "q1t1"
    assert len(hall.voice.said) == 2


def test_questions_can_be_left_out_even_while_one_is_asked(hall: Hall) -> None:
    hall.play(session_of(1, 1))
    hall.replay.ask(False)
    assert hall.shown == ["q1", "q1t1"]
    hall.hear_out()
    assert hall.shown[-1] == "q2t1"
    hall.hear_out()
    assert hall.replay.state.is_over


def test_a_session_that_was_silent_is_replayed_without_its_questions(hall: Hall) -> None:
    hall.play(session_of(1, 1, voice=VOICE_OFF))
    assert hall.shown == ["q1t1"]
    assert hall.voice.said == []


def test_typed_missing_and_damaged_takes_are_passed_over_and_named(hall: Hall) -> None:
    session = session_of(2, 2)
    takes = list(session.takes)
    takes[0] = replace(takes[0], transcript=Transcript.typed("In writing.", "en"), sound=None)
    hall.player.damaged = {f"{takes[2].uid}.wav"}
    hall.replay.ask(False)
    hall.play(replace(session, takes=tuple(takes)), takes[1].uid)
    assert hall.shown == ["q2t1", "q2t2"]
    assert hall.why == [Skipped.TYPED, Skipped.GONE, Skipped.DAMAGED]
    assert "cannot be played" in hall.replay.state.omissions[-1].reason
    hall.hear_out()
    assert hall.replay.state.is_over
    assert hall.why == [Skipped.TYPED, Skipped.GONE, Skipped.DAMAGED]


def test_a_take_that_was_never_closed_is_passed_over(hall: Hall) -> None:
    session = session_of(1)
    hall.replay.ask(False)
    hall.play(session.with_take(replace(session.takes[0], status=TakeStatus.RECORDING)))
    assert hall.shown == []
    assert hall.why == [Skipped.OPEN]
    assert hall.replay.state.is_over


def test_a_speaker_that_is_gone_stops_the_replay_instead_of_racing_through(hall: Hall) -> None:
    hall.replay.ask(False)
    hall.player.problem = "No speaker was found."
    hall.play(session_of(1, 1))
    assert hall.shown == ["q1t1"]
    assert not hall.replay.state.is_playing
    assert hall.replay.state.problem == "No speaker was found."
    hall.player.problem = ""
    hall.replay.toggle()
    assert hall.replay.state.is_playing
    assert hall.replay.state.problem == ""


def test_a_voice_that_fails_is_named_and_the_answer_follows(hall: Hall) -> None:
    hall.voice.problem = VoiceUnavailable("No voice is installed.", remedy="Install espeak-ng.")
    hall.play(session_of(1))
    assert hall.shown == ["q1", "q1t1"]
    assert hall.why == [Skipped.VOICE]
    assert "Install espeak-ng" in hall.replay.state.omissions[0].reason


def test_a_voice_that_is_gone_is_replaced_by_the_systems_own(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[str] = []
    render = hall.voice.render

    def only_the_systems(text: str, voice: str, rate_wpm: int, job: JobContext) -> Speech:
        used.append(voice)
        if voice:
            raise VoiceUnavailable("That voice is gone.")
        return render(text, voice, rate_wpm, job)

    monkeypatch.setattr(hall.voice, "render", only_the_systems)
    hall.play(session_of(1, voice="mary"))
    assert used[:2] == ["mary", ""]
    assert hall.player.token.startswith("asked-again:")
    assert hall.why == []


def test_it_pauses_and_goes_on_in_questions_and_in_takes(hall: Hall) -> None:
    hall.play(session_of(1))
    hall.replay.toggle()
    assert hall.player.is_paused
    assert not hall.replay.state.is_playing
    hall.replay.toggle()
    assert not hall.player.is_paused
    hall.hear_out()
    hall.replay.toggle()
    assert hall.player.is_paused
    assert not hall.replay.state.is_playing
    hall.replay.toggle()
    assert hall.replay.state.is_playing


def test_a_pause_while_the_voice_is_rendered_holds(hall: Hall) -> None:
    session = session_of(1)
    hall.sounds = {session.takes[0].uid: Path("a.wav")}
    hall.replay.play(session, hall.sounds)
    hall.replay.toggle()
    hall.jobs.run()
    assert hall.player.token == ""
    hall.replay.toggle()
    assert hall.player.token.startswith("asked-again:")


def test_steps_lead_to_the_next_part_and_back_over_what_cannot_be_heard(hall: Hall) -> None:
    session = session_of(1, 1, 1)
    hall.play(session, session.takes[1].uid)
    hall.replay.step(1)
    hall.replay.step(1)
    hall.jobs.run()
    hall.replay.step(1)
    assert hall.shown == ["q1", "q1t1", "q2", "q3"]
    hall.replay.step(-1)
    assert hall.shown[-1] == "q2"
    hall.replay.step(-1)
    hall.replay.step(-1)
    hall.replay.step(-1)
    assert hall.shown[-1] == "q1"


def test_who_opens_another_question_hears_on_there(hall: Hall) -> None:
    session = session_of(1, 2)
    hall.play(session)
    hall.replay.follow_question(1)
    assert hall.shown[-1] == "q2"
    hall.jobs.run()
    hall.replay.follow_take(session.takes[2].uid)
    assert hall.shown[-1] == "q2t2"
    hall.replay.follow_question(2)
    assert not hall.replay.is_on, "a question without an answer ends the replay"
    assert hall.player.is_paused


def test_a_jump_within_the_take_in_front_goes_on_with_the_session(hall: Hall) -> None:
    hall.replay.ask(False)
    hall.play(session_of(1, 1))
    hall.replaying.play_from(12.0)
    assert hall.replay.state.is_playing
    hall.hear_out()
    assert hall.shown[-1] == "q2t1"


def test_another_part_that_takes_the_speaker_pauses_the_replay(hall: Hall) -> None:
    hall.play(session_of(1))
    hall.player.play("voice:1", Path("q.wav"), DeviceChoice())
    assert not hall.replay.state.is_playing
    assert hall.shown == ["q1"]
    hall.player.stop()
    hall.replay.toggle()
    hall.jobs.run()
    assert hall.player.token.startswith("asked-again:"), "the question is asked anew"


def test_a_word_of_the_answer_chosen_while_it_is_asked_goes_on_from_that_word(hall: Hall) -> None:
    session = session_of(1, 1)
    hall.play(session)
    hall.replaying.open(session.takes[0].uid, Path("a.wav"), 20.0)
    hall.replaying.play_from(7.0)
    assert hall.replay.state.is_playing
    assert hall.replay.state.part == SessionPart(0, session.takes[0])
    hall.replay.toggle()
    assert hall.player.is_paused
    hall.replay.toggle()
    hall.hear_out()
    assert hall.shown[-1] == "q2"


def test_questions_go_as_fast_as_answers(hall: Hall) -> None:
    hall.replaying.set_speed(1.5)
    hall.play(session_of(1))
    assert hall.player.playback_options.speed == 1.5
    hall.replay.set_speed(2.0)
    assert hall.player.playback_options.speed == 2.0


def test_it_begins_at_the_question_in_front(hall: Hall) -> None:
    hall.play(session_of(1, 1, 1), position=2)
    assert hall.shown == ["q3"]
    assert hall.replay.state.heard_s == 40.0


def test_a_session_without_answers_is_over_at_once(hall: Hall) -> None:
    hall.play(session_of())
    assert hall.replay.state.is_over
    assert hall.shown == []
