"""A session being conducted: real database and jobs, devices that do what the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from interview_app.domain.errors import StorageError, VoiceUnavailable
from interview_app.domain.guide import Question
from interview_app.domain.rehearsal.events import Command
from interview_app.domain.rehearsal.machine import Phase
from interview_app.domain.session import (
    AskedQuestion,
    Mode,
    Session,
    SessionSettings,
    TakeStatus,
    TranscriptionStatus,
)
from interview_app.services.event_loop import EventLoop
from interview_app.services.jobs import JobRunner
from interview_app.services.ports.sessions import UnitOfWork
from interview_app.services.rehearsal.context import SessionDependencies, SoundEvent
from interview_app.services.rehearsal.session_runner import SessionRunner
from interview_app.services.rehearsal.speaker import WordSpoken
from interview_app.storage.database import Database
from interview_app.support.paths import AppPaths
from tests.fakes import FakeClock, FakePlayer, FakeRecorder, FakeTranscriber, FakeVoice
from tests.stored import open_at_once

PROMPTS = ("What went wrong?", "What did you change?")


@dataclass
class World:
    """A session and everything round it."""

    loop: EventLoop
    recorder: FakeRecorder
    player: FakePlayer
    voice: FakeVoice
    transcriber: FakeTranscriber
    database: Database
    runner: SessionRunner
    sounds: list[SoundEvent]
    storage_problems: list[Exception]

    def until(self, fact: Callable[[], object]) -> None:
        assert self.loop.run_until(lambda: bool(fact()), limit_s=60), self.runner.state

    def stored(self) -> Session:
        with self.database.new_unit() as unit:
            (summary,) = unit.sessions.summaries()
            return unit.sessions.get(summary.id)

    def has_stored_a_take(self) -> bool:
        with self.database.new_unit() as unit:
            return any(unit.sessions.get(each.id).takes for each in unit.sessions.summaries())

    @property
    def phase(self) -> Phase:
        return self.runner.state.phase


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    paths = AppPaths(tmp_path)
    database = open_at_once(paths)
    problems: list[Exception] = []

    def new_unit() -> UnitOfWork:
        if problems:
            raise problems.pop()
        return database.new_unit()

    loop = EventLoop()
    recorder = FakeRecorder(loop.post, paths.takes)
    player = FakePlayer(loop.post)
    voice = FakeVoice(tmp_path / "voice")
    transcriber = FakeTranscriber()
    jobs = JobRunner(loop.post)
    clock = FakeClock()
    session = Session(
        uid="abc",
        guide_id="g",
        guide_title="G",
        mode=Mode.PRACTICE,
        asked=tuple(AskedQuestion(Question(f"q{n}", text)) for n, text in enumerate(PROMPTS)),
        started_at=clock.now(),
        settings=SessionSettings(),
    )
    parts = SessionDependencies(
        voice, recorder, player, transcriber, new_unit, jobs, clock, tmp_path
    )
    runner = SessionRunner(parts, session)
    sounds: list[SoundEvent] = []
    runner.subscribe_sound(sounds.append)
    yield World(loop, recorder, player, voice, transcriber, database, runner, sounds, problems)
    runner.close()
    jobs.close()
    database.close()


def begin(world: World) -> None:
    world.runner.do(Command.BEGIN)
    world.until(lambda: world.player.token)


def answer(world: World, seconds: float = 3.0) -> None:
    world.runner.do(Command.START_ANSWER)
    world.recorder.hear(seconds)
    world.runner.do(Command.FINISH)
    world.until(lambda: world.phase is Phase.REVIEWING)


def test_the_next_question_is_rendered_while_the_first_is_asked(world: World) -> None:
    begin(world)
    world.until(lambda: world.voice.said == list(PROMPTS))


def test_the_voice_is_silent_before_the_microphone_records(world: World) -> None:
    begin(world)
    voice_token = world.player.token
    world.runner.do(Command.START_ANSWER)
    assert world.player.token != voice_token
    assert world.recorder.is_recording


def test_each_word_is_shown_as_it_is_spoken(world: World) -> None:
    begin(world)
    world.player.go_to(0.9)
    world.until(lambda: any(isinstance(event, WordSpoken) for event in world.sounds))
    (spoken,) = [event for event in world.sounds if isinstance(event, WordSpoken)]
    assert PROMPTS[0][spoken.start : spoken.end] == "wrong?"


def test_a_voice_paused_before_it_sounds_begins_only_when_it_goes_on(world: World) -> None:
    world.runner.do(Command.BEGIN)
    world.runner.do(Command.PAUSE)
    world.until(lambda: len(world.voice.said) == 2)
    assert world.player.token == ""
    world.runner.do(Command.RESUME)
    world.until(lambda: world.player.token)


def test_a_missing_voice_costs_nothing_but_the_sound(world: World) -> None:
    world.voice.problem = VoiceUnavailable("No voice.", remedy="Install espeak-ng.")
    world.runner.do(Command.BEGIN)
    world.until(lambda: world.phase is Phase.THINKING)
    assert world.runner.state.voice_problem == "No voice. Install espeak-ng."
    answer(world)


def test_an_answer_is_stored_with_its_transcript_and_the_question_as_it_was(world: World) -> None:
    begin(world)
    answer(world)
    world.until(lambda: world.runner.is_settled)
    world.until(lambda: world.stored().takes[0].transcript)
    (take,) = world.stored().takes
    assert take.status is TakeStatus.KEPT
    assert take.transcription is TranscriptionStatus.DONE
    assert (take.duration_s, take.sound) == (3.0, "takes/abc-q01-t01.wav")
    assert world.stored().asked[0].question.prompt == PROMPTS[0]


def test_a_take_is_in_the_database_while_it_is_still_being_recorded(world: World) -> None:
    begin(world)
    world.runner.do(Command.START_ANSWER)
    world.until(world.has_stored_a_take)
    assert world.stored().takes[0].status is TakeStatus.RECORDING


def test_when_storing_fails_it_is_said_and_the_next_change_stores_everything(world: World) -> None:
    world.storage_problems.append(StorageError("The disk is full.", remedy="Free space."))
    world.runner.do(Command.BEGIN)
    world.until(lambda: world.runner.state.notice == "The disk is full. Free space.")
    answer(world)
    world.until(lambda: world.runner.is_settled)
    assert world.stored().takes[0].status is TakeStatus.KEPT


def test_leaving_in_mid_answer_keeps_the_take_and_the_place(world: World) -> None:
    begin(world)
    world.runner.do(Command.START_ANSWER)
    world.recorder.hear(4.0)
    world.runner.do(Command.LEAVE)
    assert not world.runner.is_settled
    world.until(lambda: world.runner.is_settled)
    world.until(lambda: world.stored().takes[0].status is TakeStatus.KEPT)
    session = world.stored()
    assert session.takes[0].duration_s == 4.0
    assert (session.ended_at, session.position) == (None, 0)


def test_a_microphone_that_is_lost_is_resumed_on_the_one_chosen_then(world: World) -> None:
    begin(world)
    world.runner.do(Command.START_ANSWER)
    world.recorder.hear(2.0)
    world.recorder.lose("The microphone is gone.")
    world.until(lambda: world.phase is Phase.PAUSED)
    assert world.runner.state.notice == "The microphone is gone."
    world.runner.do(Command.RESUME)
    world.recorder.hear(2.0)
    world.runner.do(Command.FINISH)
    world.until(lambda: world.phase is Phase.REVIEWING)
    assert world.runner.state.session.takes[0].duration_s == 4.0


def test_a_failed_transcript_is_made_again_on_request(world: World) -> None:
    world.transcriber.problem = "The recognizer stopped."
    begin(world)
    answer(world)
    world.until(lambda: world.runner.state.session.takes[0].failure)
    world.transcriber.problem = ""
    world.runner.transcribe_again("abc-q01-t01")
    world.until(lambda: world.runner.state.session.takes[0].transcript)
    assert world.runner.state.session.takes[0].failure is None


def test_the_questions_to_come_are_rendered_ahead_in_their_order(world: World) -> None:
    begin(world)
    assert world.voice.prepared[0] == PROMPTS[1]
    assert PROMPTS[0] not in world.voice.prepared  # it is being said already


def test_nothing_is_rendered_ahead_while_an_answer_is_recorded_or_transcribed(
    world: World,
) -> None:
    begin(world)
    assert not world.voice.is_paused
    world.transcriber.gate.clear()
    world.runner.do(Command.START_ANSWER)
    world.recorder.hear(2.0)
    assert world.voice.is_paused
    world.runner.do(Command.FINISH)
    world.until(lambda: world.phase is Phase.REVIEWING)
    assert world.voice.is_paused
    world.transcriber.gate.set()
    world.until(lambda: not world.voice.is_paused)
