"""The state machine of a session, by example and as properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from interview_app.domain.analysis.measures import Measures
from interview_app.domain.errors import CommandNotAllowed
from interview_app.domain.guide import Question
from interview_app.domain.rehearsal.effects import (
    DropTake,
    Effects,
    FinishRecording,
    KeepTake,
    OpenMicrophone,
    PauseSpeaking,
    Prepare,
    Speak,
    StartRecording,
    StopSpeaking,
    Transcribe,
)
from interview_app.domain.rehearsal.events import (
    BestChosen,
    Command,
    Elapsed,
    Event,
    LineEnded,
    ProblemReported,
    ProblemSolved,
    SilenceNoticed,
    TakeGrew,
    TakeInterrupted,
    TakeNotTranscribed,
    TakeSaved,
    TakeTranscribed,
    TranscriptionRequested,
    TypedAnswer,
    VoiceEnded,
)
from interview_app.domain.rehearsal.interviewer_lines import InterviewerLines
from interview_app.domain.rehearsal.machine import Phase, Rehearsal, step
from interview_app.domain.session import (
    AskedQuestion,
    Mode,
    Session,
    SessionSettings,
    TranscriptionStatus,
)
from interview_app.domain.transcript import Segment, Span, Transcript, Word

ENDING = (Command.END, Command.LEAVE)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HEARD = Transcript("en", "whisper", "base", (Segment((Word("Yes.", 0.2, 0.6),)),))


def rehearsal(
    mode: Mode = Mode.PRACTICE,
    count: int = 2,
    think_s: float | None = None,
    hard_limit_s: float | None = None,
) -> Rehearsal:
    asked = tuple(AskedQuestion(Question(f"q{n}", f"Question {n}?")) for n in range(count))
    return Rehearsal(
        Session(
            uid="s",
            guide_id="g",
            guide_title="G",
            mode=mode,
            asked=asked,
            started_at=NOW,
            settings=SessionSettings(think_s=think_s, hard_limit_s=hard_limit_s),
        )
    )


def after(state: Rehearsal, *events: Event) -> Rehearsal:
    for event in events:
        state, _ = step(state, event, NOW)
    return state


def effects_of(state: Rehearsal, event: Event) -> Effects:
    return step(state, event, NOW)[1]


def answering(mode: Mode = Mode.PRACTICE, hard_limit_s: float | None = None) -> Rehearsal:
    return after(
        rehearsal(mode, hard_limit_s=hard_limit_s),
        Command.BEGIN,
        VoiceEnded(0),
        Command.START_ANSWER,
    )


def test_beginning_reads_the_first_question_and_renders_the_second_ahead() -> None:
    effects = effects_of(rehearsal(), Command.BEGIN)
    assert Speak(0) in effects
    assert Prepare(1) in effects


def test_when_the_voice_is_through_the_microphone_opens_but_nothing_is_recorded() -> None:
    state, effects = step(after(rehearsal(), Command.BEGIN), VoiceEnded(0), NOW)
    assert state.phase is Phase.THINKING
    assert effects == (OpenMicrophone(),)


def test_a_voice_that_fails_leaves_the_question_standing_and_says_so() -> None:
    state = after(rehearsal(), Command.BEGIN, VoiceEnded(0, "No voice was found."))
    assert state.phase is Phase.THINKING
    assert state.voice_problem == "No voice was found."


def test_answering_over_the_voice_silences_it_before_recording_starts() -> None:
    effects = effects_of(after(rehearsal(), Command.BEGIN), Command.START_ANSWER)
    kinds = [type(effect) for effect in effects]
    assert kinds.index(StopSpeaking) < kinds.index(StartRecording)


def test_a_late_word_of_the_voice_about_another_question_changes_nothing() -> None:
    state = after(rehearsal(), Command.BEGIN, Command.SKIP)
    assert after(state, VoiceEnded(0)).phase is Phase.ASKING


def test_the_voice_can_be_paused_and_goes_on() -> None:
    state = after(rehearsal(), Command.BEGIN)
    paused, effects = step(state, Command.PAUSE, NOW)
    assert effects == (PauseSpeaking(),)
    assert paused.allows(Command.RESUME)
    assert not paused.allows(Command.PAUSE)
    assert not after(paused, Command.RESUME).is_voice_paused


def test_practice_shows_the_review_as_soon_as_the_take_is_saved() -> None:
    state = after(answering(), Command.FINISH, TakeSaved("s-q01-t01", "takes/a.wav", 3.0))
    assert state.phase is Phase.REVIEWING
    assert state.shown_take == "s-q01-t01"


def test_an_interview_asks_the_next_question_as_soon_as_the_take_is_saved() -> None:
    state = after(
        answering(Mode.INTERVIEW), Command.FINISH, TakeSaved("s-q01-t01", "takes/a.wav", 3.0)
    )
    assert (state.phase, state.position) == (Phase.ASKING, 1)


def test_a_saved_take_is_kept_before_it_is_transcribed() -> None:
    effects = effects_of(after(answering(), Command.FINISH), TakeSaved("s-q01-t01", "a.wav", 3.0))
    assert effects[:2] == (KeepTake("s-q01-t01"), Transcribe("s-q01-t01"))


def test_the_countdown_of_an_interview_starts_the_recording_by_itself() -> None:
    thinking = after(rehearsal(Mode.INTERVIEW, think_s=30), Command.BEGIN, VoiceEnded(0))
    assert after(thinking, Elapsed(29.9)).phase is Phase.THINKING
    assert after(thinking, Elapsed(29.9), Elapsed(0.2)).phase is Phase.ANSWERING


def test_practice_thinks_as_long_as_the_person_likes() -> None:
    thinking = after(rehearsal(Mode.PRACTICE, think_s=30), Command.BEGIN, VoiceEnded(0))
    assert after(thinking, Elapsed(3600)).phase is Phase.THINKING


def test_silence_or_length_never_ends_an_answer_without_a_limit_that_was_chosen() -> None:
    state = after(answering(Mode.INTERVIEW), Elapsed(7200), TakeGrew("s-q01-t01", 7200))
    assert state.phase is Phase.ANSWERING


def test_the_limit_a_person_chose_ends_the_answer_in_an_interview() -> None:
    state = after(answering(Mode.INTERVIEW, hard_limit_s=60), TakeGrew("s-q01-t01", 60.0))
    assert state.phase is Phase.SAVING


def test_a_lost_microphone_pauses_the_take_and_keeps_what_was_said() -> None:
    state = after(answering(), TakeInterrupted("s-q01-t01", 12.5, "The microphone is gone."))
    assert state.phase is Phase.PAUSED
    assert state.recorded_s == 12.5
    assert state.notice == "The microphone is gone."
    assert after(state, Command.RESUME).open_take == "s-q01-t01"


def test_a_microphone_that_never_opened_leaves_no_empty_take_behind() -> None:
    state, effects = step(answering(), TakeInterrupted("s-q01-t01", 0.0, "No microphone."), NOW)
    assert state.phase is Phase.THINKING
    assert state.session.takes == ()
    assert effects == (DropTake("s-q01-t01"),)


def test_a_microphone_that_never_opens_does_not_start_the_countdown_again() -> None:
    state = after(
        rehearsal(Mode.INTERVIEW, think_s=1),
        Command.BEGIN,
        VoiceEnded(0),
        Elapsed(1),
        TakeInterrupted("s-q01-t01", 0.0, "No microphone."),
    )
    assert after(state, Elapsed(60)).phase is Phase.THINKING


def test_a_trouble_that_is_over_is_said_no_longer_but_another_one_is() -> None:
    lost = after(answering(), TakeInterrupted("s-q01-t01", 0.0, "The microphone is busy."))
    assert lost.notice == "The microphone is busy."
    assert after(lost, ProblemSolved("The microphone is busy.")).notice == ""
    full = after(
        lost, ProblemReported("The disk is full."), ProblemSolved("The microphone is busy.")
    )
    assert full.notice == "The disk is full."


def test_a_take_that_could_not_be_closed_can_be_finished_again() -> None:
    state = after(
        answering(), Command.FINISH, TakeInterrupted("s-q01-t01", 5.0, "The disk is full.")
    )
    assert state.phase is Phase.PAUSED
    assert state.allows(Command.FINISH)


def test_typing_in_mid_answer_closes_the_take_and_keeps_both() -> None:
    state, effects = step(answering(), Command.BEGIN_TYPING, NOW)
    assert FinishRecording() in effects
    state = after(state, TakeSaved("s-q01-t01", "a.wav", 4.0), TypedAnswer("I wrote it down."))
    assert [take.uid for take in state.session.takes] == ["s-q01-t01", "s-q01-t02"]
    assert state.shown_take == "s-q01-t02"
    assert state.session.takes[1].transcript is not None
    assert state.session.takes[1].transcript.text == "I wrote it down."


def test_an_empty_typed_answer_is_refused() -> None:
    state = after(rehearsal(), Command.BEGIN, Command.BEGIN_TYPING)
    with pytest.raises(CommandNotAllowed, match="write your answer"):
        step(state, TypedAnswer(" \n "), NOW)


def test_an_answer_that_is_being_recorded_is_not_skipped() -> None:
    assert not answering().allows(Command.SKIP)
    assert not step(answering(), Command.PAUSE, NOW)[0].allows(Command.SKIP)


def test_another_take_is_counted_on() -> None:
    state = after(
        answering(),
        Command.FINISH,
        TakeSaved("s-q01-t01", "a.wav", 4.0),
        Command.ANOTHER_TAKE,
        Command.START_ANSWER,
    )
    assert state.open_take == "s-q01-t02"


def test_silence_is_said_to_be_silence() -> None:
    empty = Transcript("en", "whisper", "base")
    state = after(
        answering(),
        Command.FINISH,
        TakeSaved("s-q01-t01", "a.wav", 4.0),
        TakeTranscribed("s-q01-t01", empty, (), Measures()),
    )
    assert state.session.takes[0].transcription is TranscriptionStatus.NOTHING_HEARD


def test_a_failed_second_transcription_leaves_the_first() -> None:
    state = after(
        answering(),
        Command.FINISH,
        TakeSaved("s-q01-t01", "a.wav", 4.0),
        TakeTranscribed("s-q01-t01", HEARD, (Span(0.2, 0.6),), Measures(words=1)),
        TranscriptionRequested("s-q01-t01"),
        TakeNotTranscribed("s-q01-t01", "The recognizer stopped."),
    )
    take = state.session.takes[0]
    assert take.transcript == HEARD
    assert take.failure == "The recognizer stopped."


def test_only_one_take_of_a_question_is_the_best() -> None:
    one = (Command.START_ANSWER, Command.FINISH)
    state = after(
        answering(), Command.FINISH, TakeSaved("s-q01-t01", "a.wav", 4.0), Command.ANOTHER_TAKE
    )
    state = after(state, *one, TakeSaved("s-q01-t02", "b.wav", 4.0))
    state = after(state, BestChosen("s-q01-t01"), BestChosen("s-q01-t02"))
    assert [take.is_best for take in state.session.takes] == [False, True]


def test_the_end_after_the_last_question_is_dated() -> None:
    state = after(rehearsal(count=1), Command.BEGIN, Command.SKIP)
    assert state.phase is Phase.ENDED
    assert state.session.ended_at == NOW


def test_leaving_keeps_the_place_to_continue_from() -> None:
    left = after(rehearsal(), Command.BEGIN, Command.SKIP, Command.LEAVE)
    assert left.session.ended_at is None
    again = after(Rehearsal(left.session), Command.BEGIN)
    assert again.position == 1


@given(command=st.sampled_from(Command))
def test_nothing_can_be_done_in_a_session_that_is_over(command: Command) -> None:
    over = after(rehearsal(), Command.BEGIN, Command.END)
    with pytest.raises(CommandNotAllowed):
        step(over, command, NOW)


class AnySession(RuleBasedStateMachine):
    """Any sequence of acts and failures, with a recorder that answers when it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.state = rehearsal(count=3)
        self.on_disk: dict[str, float] = {}
        self.closed: set[str] = set()
        self.closing: set[str] = set()

    def do(self, event: Event) -> None:
        self.state, effects = step(self.state, event, NOW)
        for effect in effects:
            if isinstance(effect, FinishRecording) and self.capturing:
                self.closing.add(self.capturing)
                self.capturing = ""
            if isinstance(effect, StartRecording):
                self.capturing = effect.uid
            if isinstance(effect, DropTake):
                assert self.on_disk.get(effect.uid, 0.0) == 0.0

    capturing = ""

    @rule(
        mode=st.sampled_from(Mode),
        think_s=st.sampled_from([None, 1.0]),
        manners=st.sampled_from(
            [InterviewerLines(), InterviewerLines("Hello.", "Again.", ("Next.",), "Bye.", "So.")]
        ),
    )
    @precondition(lambda self: self.state.phase is Phase.READY)
    def choose(self, mode: Mode, think_s: float | None, manners: InterviewerLines) -> None:
        session = self.state.session
        chosen = replace(session.settings, think_s=think_s)
        self.state = Rehearsal(replace(session, mode=mode, settings=chosen), manners=manners)

    @rule(data=st.data())
    @precondition(lambda self: not self.state.is_over)
    def command(self, data: st.DataObject) -> None:
        possible = [
            command for command in Command if self.state.allows(command) and command not in ENDING
        ]
        if possible:
            self.do(data.draw(st.sampled_from(possible)))

    @rule(command=st.sampled_from(Command))
    def forbidden_act(self, command: Command) -> None:
        if not self.state.allows(command):
            with pytest.raises(CommandNotAllowed):
                step(self.state, command, NOW)

    @rule(command=st.sampled_from([Command.END, Command.LEAVE]))
    @precondition(lambda self: not self.state.is_over and len(self.state.session.takes) > 2)
    def end(self, command: Command) -> None:
        self.do(command)

    @rule(seconds=st.floats(0, 5))
    def time_goes_by(self, seconds: float) -> None:
        self.do(Elapsed(seconds))

    @rule(problem=st.sampled_from(["", "The voice failed."]), position=st.integers(0, 2))
    def voice_ends(self, problem: str, position: int) -> None:
        self.do(VoiceEnded(position, problem))

    @rule(problem=st.sampled_from(["", "The voice failed."]))
    def line_ends(self, problem: str) -> None:
        self.do(LineEnded(problem))

    @rule()
    @precondition(lambda self: self.capturing)
    def nobody_speaks(self) -> None:
        self.do(SilenceNoticed(self.capturing))

    @rule(text=st.text(max_size=5))
    @precondition(lambda self: self.state.phase is Phase.TYPING)
    def type_answer(self, text: str) -> None:
        if text.split():
            self.do(TypedAnswer(text))

    @rule(seconds=st.floats(0.1, 30))
    @precondition(lambda self: self.capturing)
    def sound_arrives(self, seconds: float) -> None:
        uid = self.capturing
        self.on_disk[uid] = self.on_disk.get(uid, 0.0) + seconds
        self.do(TakeGrew(uid, self.on_disk[uid]))

    @rule()
    @precondition(lambda self: self.state.open_take or self.closing)
    def sound_fails(self) -> None:
        uid = self.capturing or self.state.open_take or sorted(self.closing)[0]
        if not self.on_disk.get(uid):
            self.closing.discard(uid)
            self.capturing = ""
        self.do(TakeInterrupted(uid, self.on_disk.get(uid, 0.0), "The microphone is gone."))

    @rule()
    @precondition(lambda self: self.closing)
    def take_is_saved(self) -> None:
        uid = sorted(self.closing)[0]
        self.closing.discard(uid)
        self.closed.add(uid)
        self.do(TakeSaved(uid, f"takes/{uid}.wav", self.on_disk.get(uid, 0.1)))

    @rule(works=st.booleans())
    @precondition(lambda self: self.closed)
    def recognizer_answers(self, works: bool) -> None:
        uid = sorted(self.closed)[0]
        if works:
            self.do(TakeTranscribed(uid, HEARD, (), Measures()))
        else:
            self.do(TakeNotTranscribed(uid, "The recognizer stopped."))

    @invariant()
    def no_take_with_sound_is_lost(self) -> None:
        kept = {take.uid for take in self.state.session.takes}
        assert {uid for uid, seconds in self.on_disk.items() if seconds > 0} <= kept

    @invariant()
    def the_state_is_legal(self) -> None:
        state = self.state
        assert 0 <= state.position < len(state.session.asked)
        needs_take = state.phase in (Phase.ANSWERING, Phase.PAUSED, Phase.SAVING)
        assert needs_take is (state.open_take is not None)
        assert (state.shown_take is not None) is (state.phase is Phase.REVIEWING)
        assert (state.session.ended_at is not None) is (state.phase is Phase.ENDED)
        uids = [take.uid for take in state.session.takes]
        assert len(uids) == len(set(uids))

    @invariant()
    def there_is_always_a_way_on(self) -> None:
        if not self.state.is_over:
            assert self.state.allows(Command.END)


TestAnySession = AnySession.TestCase
TestAnySession.settings = settings(stateful_step_count=40)
