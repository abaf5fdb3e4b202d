"""What follows from each report of the outside world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from interview_app.domain.analysis.measures import Measures
from interview_app.domain.errors import CommandNotAllowed
from interview_app.domain.rehearsal.actions import (
    after_answer,
    finish,
    reassure,
    resume_answer,
    start_answer,
    think,
)
from interview_app.domain.rehearsal.effects import (
    DropTake,
    Effects,
    KeepTake,
    ResumeRecording,
    Transcribe,
)
from interview_app.domain.rehearsal.events import (
    BestChosen,
    Elapsed,
    LineEnded,
    ProblemReported,
    ProblemSolved,
    QuestionBegan,
    Report,
    SilenceNoticed,
    TakeGrew,
    TakeInterrupted,
    TakeNotTranscribed,
    TakeSaved,
    TakeStored,
    TakeTranscribed,
    TranscriptionRequested,
    TypedAnswer,
    VoiceEnded,
)
from interview_app.domain.rehearsal.state import OPEN, Phase, Rehearsal, Step
from interview_app.domain.session import (
    Mode,
    Take,
    TakeStatus,
    TranscriptionStatus,
)
from interview_app.domain.transcript import Transcript


def _typed(rehearsal: Rehearsal, event: TypedAnswer, now: datetime) -> Step:
    if rehearsal.phase is not Phase.TYPING:
        raise CommandNotAllowed(f"An answer cannot be typed while {rehearsal.phase}.")
    session = rehearsal.session
    transcript = Transcript.typed(event.text, session.language)
    if not transcript.segments:
        raise CommandNotAllowed("There is nothing to keep yet: write your answer first.")
    number = session.next_take_number(session.position)
    take = Take(
        session.take_uid(session.position, number),
        session.position,
        number,
        now,
        status=TakeStatus.KEPT,
        transcription=TranscriptionStatus.DONE,
        transcript=transcript,
        measures=Measures(words=len(transcript.words)),
    )
    state = replace(rehearsal, session=session.with_take(take))
    state, effects = after_answer(state, take.uid, now)
    return state, (KeepTake(take.uid), *effects)


def _elapsed(rehearsal: Rehearsal, event: Elapsed, now: datetime) -> Step:
    if rehearsal.phase is Phase.THINKING and rehearsal.think_left_s is not None:
        left = max(0.0, rehearsal.think_left_s - event.seconds)
        state = replace(rehearsal, think_left_s=left)
        return start_answer(state, now) if left == 0.0 else (state, ())
    return rehearsal, ()


def _voice_ended(rehearsal: Rehearsal, event: VoiceEnded, _now: datetime) -> Step:
    state = replace(rehearsal, voice_problem=event.problem)
    if rehearsal.phase is Phase.ASKING and event.position == rehearsal.position:
        return think(state)
    return state, ()


def _question_began(rehearsal: Rehearsal, event: QuestionBegan, _now: datetime) -> Step:
    if rehearsal.is_led_to and event.position == rehearsal.position:
        return replace(rehearsal, line="", is_voice_paused=False), ()
    return rehearsal, ()


def _line_ended(rehearsal: Rehearsal, event: LineEnded, _now: datetime) -> Step:
    state = replace(rehearsal, voice_problem=event.problem)
    if state.is_reassuring and state.phase is Phase.PAUSED:
        return resume_answer(state), (ResumeRecording(),)
    return state, ()


def _silence_noticed(rehearsal: Rehearsal, event: SilenceNoticed, _now: datetime) -> Step:
    is_wanted = (
        rehearsal.phase is Phase.ANSWERING
        and event.uid == rehearsal.open_take
        and rehearsal.session.mode is Mode.INTERVIEW
        and bool(rehearsal.manners.reassurance)
        and not rehearsal.was_reassured
    )
    return reassure(rehearsal) if is_wanted else (rehearsal, ())


def _take_grew(rehearsal: Rehearsal, event: TakeGrew, now: datetime) -> Step:
    if event.uid != rehearsal.open_take:
        return rehearsal, ()
    state = replace(rehearsal, recorded_s=event.recorded_s)
    limit = rehearsal.session.settings.hard_limit_s
    is_over = limit is not None and event.recorded_s >= limit
    if is_over and rehearsal.phase in OPEN and rehearsal.session.mode is Mode.INTERVIEW:
        return finish(state, now)
    return state, ()


def _take_interrupted(rehearsal: Rehearsal, event: TakeInterrupted, _now: datetime) -> Step:
    take = rehearsal.session.take(event.uid)
    if take is None or take.status is not TakeStatus.RECORDING:
        return rehearsal, ()
    if event.recorded_s <= 0:
        return _withdraw(rehearsal, event)
    if event.uid != rehearsal.open_take:
        return rehearsal, ()
    # From SAVING, too: closing failed, and Finish can be tried again.
    state = replace(
        rehearsal,
        phase=Phase.PAUSED,
        recorded_s=event.recorded_s,
        notice=event.problem,
        is_reassuring=False,
    )
    return state, ()


def _withdraw(rehearsal: Rehearsal, event: TakeInterrupted) -> Step:
    state = replace(
        rehearsal, session=rehearsal.session.without_take(event.uid), notice=event.problem
    )
    if event.uid == rehearsal.open_take:
        # The countdown stays off: it would only start the same failing microphone again.
        state = replace(
            state,
            phase=Phase.THINKING,
            open_take=None,
            think_left_s=None,
            is_reassuring=False,
        )
    return state, (DropTake(event.uid),)


def _take_saved(rehearsal: Rehearsal, event: TakeSaved, now: datetime) -> Step:
    take = rehearsal.session.take(event.uid)
    if take is None or take.status is not TakeStatus.RECORDING:
        return rehearsal, ()
    take = replace(take, status=TakeStatus.KEPT, sound=event.sound, duration_s=event.duration_s)
    state = replace(rehearsal, session=rehearsal.session.with_take(take))
    work: Effects = (KeepTake(event.uid), Transcribe(event.uid))
    if event.uid != rehearsal.open_take:
        return state, work
    state = replace(state, recorded_s=event.duration_s)
    state, effects = after_answer(state, event.uid, now)
    return state, (*work, *effects)


def _take_transcribed(rehearsal: Rehearsal, event: TakeTranscribed, _now: datetime) -> Step:
    heard = bool(event.transcript.segments)
    status = TranscriptionStatus.DONE if heard else TranscriptionStatus.NOTHING_HEARD
    return _with_take(
        rehearsal,
        event.uid,
        transcription=status,
        transcript=event.transcript,
        speech=event.speech,
        measures=event.measures,
        failure=None,
    )


def _take_not_transcribed(rehearsal: Rehearsal, event: TakeNotTranscribed, _now: datetime) -> Step:
    take = rehearsal.session.take(event.uid)
    if take is not None and take.transcript is not None:
        # A failed second try leaves the transcript that is already there.
        return _with_take(
            rehearsal, event.uid, transcription=TranscriptionStatus.DONE, failure=event.problem
        )
    return _with_take(
        rehearsal, event.uid, transcription=TranscriptionStatus.FAILED, failure=event.problem
    )


def _take_stored(rehearsal: Rehearsal, event: TakeStored, _now: datetime) -> Step:
    own = rehearsal.session.take(event.take.uid)
    is_waiting = own is not None and own.transcription is TranscriptionStatus.PENDING
    if own is None or not is_waiting or own.uid == rehearsal.open_take:
        return rehearsal, ()
    take = replace(event.take, is_best=own.is_best)
    return replace(rehearsal, session=rehearsal.session.with_take(take)), ()


def _transcription_asked(
    rehearsal: Rehearsal, event: TranscriptionRequested, _now: datetime
) -> Step:
    take = rehearsal.session.take(event.uid)
    if take is None or take.sound is None:
        return rehearsal, ()
    state, effects = _with_take(
        rehearsal, event.uid, transcription=TranscriptionStatus.PENDING, failure=None
    )
    return state, (*effects, Transcribe(event.uid))


def _best_chosen(rehearsal: Rehearsal, event: BestChosen, _now: datetime) -> Step:
    chosen = rehearsal.session.take(event.uid)
    if chosen is None:
        return rehearsal, ()
    state: Rehearsal = rehearsal
    effects: Effects = ()
    for take in rehearsal.session.takes_of(chosen.position):
        is_best = event.is_best and take.uid == event.uid
        if take.is_best != is_best:
            state, more = _with_take(state, take.uid, is_best=is_best)
            effects = (*effects, *more)
    return state, effects


def _trouble(rehearsal: Rehearsal, event: ProblemReported, _now: datetime) -> Step:
    return replace(rehearsal, notice=event.problem), ()


def _trouble_over(rehearsal: Rehearsal, event: ProblemSolved, _now: datetime) -> Step:
    is_told = rehearsal.notice == event.problem
    return (replace(rehearsal, notice="") if is_told else rehearsal), ()


def _with_take(rehearsal: Rehearsal, uid: str, **changes: object) -> Step:
    take = rehearsal.session.take(uid)
    if take is None:
        return rehearsal, ()
    changed = replace(take, **changes)  # type: ignore[arg-type]
    return replace(rehearsal, session=rehearsal.session.with_take(changed)), (KeepTake(uid),)


_REPORTS: dict[type, Callable[[Rehearsal, Any, datetime], Step]] = {
    TypedAnswer: _typed,
    Elapsed: _elapsed,
    VoiceEnded: _voice_ended,
    QuestionBegan: _question_began,
    LineEnded: _line_ended,
    SilenceNoticed: _silence_noticed,
    TakeGrew: _take_grew,
    TakeInterrupted: _take_interrupted,
    TakeSaved: _take_saved,
    TakeTranscribed: _take_transcribed,
    TakeNotTranscribed: _take_not_transcribed,
    TakeStored: _take_stored,
    TranscriptionRequested: _transcription_asked,
    BestChosen: _best_chosen,
    ProblemReported: _trouble,
    ProblemSolved: _trouble_over,
}


def handle_report(rehearsal: Rehearsal, event: Report, now: datetime) -> Step:
    """The next state after a report; only a typed answer can be refused."""
    return _REPORTS[type(event)](rehearsal, event, now)
