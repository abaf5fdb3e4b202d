"""What follows from each act of the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from interview_app.domain.errors import CommandNotAllowed
from interview_app.domain.rehearsal.effects import (
    Effects,
    FinishRecording,
    KeepSession,
    KeepTake,
    OpenMicrophone,
    PauseRecording,
    PauseSpeaking,
    Prepare,
    PrepareLine,
    ReleaseMicrophone,
    ResumeRecording,
    ResumeSpeaking,
    SayLine,
    Speak,
    StartRecording,
    StopSpeaking,
)
from interview_app.domain.rehearsal.events import Command
from interview_app.domain.rehearsal.state import Phase, Rehearsal, Step
from interview_app.domain.session import VOICE_OFF, Mode, Session, Take


def _begin(rehearsal: Rehearsal, _now: datetime) -> Step:
    manners = rehearsal.manners
    is_new = rehearsal.position == 0 and not rehearsal.session.takes
    lead = manners.opening if is_new else manners.welcome_back
    state, effects = _ask(rehearsal, rehearsal.position, lead)
    is_interview = rehearsal.session.mode is Mode.INTERVIEW
    ahead = _ahead(manners.reassurance) if is_interview else ()
    return state, (KeepSession(), *effects, *ahead)


def _ahead(line: str) -> Effects:
    return (PrepareLine(line),) if line else ()


def _ask(rehearsal: Rehearsal, position: int, lead: str = "") -> Step:
    session = replace(rehearsal.session, position=position)
    state = replace(
        rehearsal,
        session=session,
        phase=Phase.ASKING,
        open_take=None,
        shown_take=None,
        recorded_s=0.0,
        think_left_s=_think_time(session),
        notice="",
        is_voice_paused=False,
        line=lead,
        is_reassuring=False,
    )
    if state.is_last:
        return state, (Speak(position, lead), *_ahead(state.manners.closing))
    bridge = state.manners.bridge_to(position + 1)
    return state, (Speak(position, lead), Prepare(position + 1, bridge))


def _think_time(session: Session) -> float | None:
    return session.settings.think_s if session.mode is Mode.INTERVIEW else None


def _repeat(rehearsal: Rehearsal, _now: datetime) -> Step:
    return (
        replace(rehearsal, phase=Phase.ASKING, is_voice_paused=False, line=""),
        (StopSpeaking(), Speak(rehearsal.position)),
    )


def _stop_voice(rehearsal: Rehearsal, _now: datetime) -> Step:
    state, effects = think(rehearsal)
    return state, (StopSpeaking(), *effects)


def think(rehearsal: Rehearsal) -> Step:
    """The voice is silent and the person thinks, with the microphone open but not recorded."""
    state = replace(rehearsal, phase=Phase.THINKING, is_voice_paused=False)
    return state, (OpenMicrophone(),)


def start_answer(rehearsal: Rehearsal, now: datetime) -> Step:
    """A new take is opened; the voice is silenced before the microphone is recorded."""
    session = rehearsal.session
    number = session.next_take_number(session.position)
    take = Take(session.take_uid(session.position, number), session.position, number, now)
    state = replace(
        rehearsal,
        session=session.with_take(take),
        phase=Phase.ANSWERING,
        open_take=take.uid,
        recorded_s=0.0,
        notice="",
        line="",
    )
    return state, (StopSpeaking(), KeepTake(take.uid), StartRecording(take.uid))


def _pause(rehearsal: Rehearsal, _now: datetime) -> Step:
    if rehearsal.phase is Phase.ASKING:
        return replace(rehearsal, is_voice_paused=True), (PauseSpeaking(),)
    return replace(rehearsal, phase=Phase.PAUSED), (PauseRecording(),)


def _resume(rehearsal: Rehearsal, _now: datetime) -> Step:
    if rehearsal.phase is Phase.ASKING:
        return replace(rehearsal, is_voice_paused=False), (ResumeSpeaking(),)
    return resume_answer(rehearsal), (StopSpeaking(), ResumeRecording())


def resume_answer(rehearsal: Rehearsal) -> Rehearsal:
    """The open take goes on."""
    return replace(rehearsal, phase=Phase.ANSWERING, notice="", is_reassuring=False)


def reassure(rehearsal: Rehearsal) -> Step:
    """Say that there is time, once; the take waits while the voice speaks."""
    line = rehearsal.manners.reassurance
    state = replace(rehearsal, line=line, was_reassured=True)
    if rehearsal.session.settings.voice == VOICE_OFF:
        return state, ()
    state = replace(state, phase=Phase.PAUSED, is_reassuring=True)
    return state, (PauseRecording(), SayLine(line))


def finish(rehearsal: Rehearsal, _now: datetime) -> Step:
    """The open take is being closed."""
    return replace(rehearsal, phase=Phase.SAVING, is_reassuring=False), (FinishRecording(),)


def _release_take(rehearsal: Rehearsal) -> Step:
    """Let go of an open take: it is closed and kept, and arrives later as ``TakeSaved``."""
    if rehearsal.open_take is None:
        return rehearsal, ()
    closing = () if rehearsal.phase is Phase.SAVING else (FinishRecording(),)
    return replace(rehearsal, open_take=None), closing


def _skip(rehearsal: Rehearsal, now: datetime) -> Step:
    released, closing = _release_take(rehearsal)
    if rehearsal.is_last:
        state, effects = _close(released, Phase.ENDED, now)
    else:
        # Nothing was answered: there is nothing to thank for.
        state, asking = _ask(released, rehearsal.position + 1)
        effects = (KeepSession(), *asking)
    return state, (StopSpeaking(), *closing, *effects)


def advance(rehearsal: Rehearsal, now: datetime) -> Step:
    """The next question is asked, or the session ends after the last."""
    manners = rehearsal.manners
    if rehearsal.is_last:
        state, effects = _close(rehearsal, Phase.ENDED, now)
        farewell = (SayLine(manners.closing),) if manners.closing else ()
        return replace(state, line=manners.closing), (*effects, *farewell)
    following = rehearsal.position + 1
    state, effects = _ask(rehearsal, following, manners.bridge_to(following))
    return state, (KeepSession(), *effects)


def _close(rehearsal: Rehearsal, phase: Phase, now: datetime) -> Step:
    session = rehearsal.session
    if phase is Phase.ENDED:
        session = replace(session, ended_at=now)
    state = replace(
        rehearsal,
        session=session,
        phase=phase,
        think_left_s=None,
        shown_take=None,
        line="",
        is_reassuring=False,
    )
    return state, (ReleaseMicrophone(), KeepSession())


def _begin_typing(rehearsal: Rehearsal, _now: datetime) -> Step:
    state, closing = _release_take(rehearsal)
    state = replace(state, phase=Phase.TYPING, line="", is_reassuring=False)
    return state, (StopSpeaking(), *closing)


def _cancel_typing(rehearsal: Rehearsal, _now: datetime) -> Step:
    return think(rehearsal)


def _another_take(rehearsal: Rehearsal, _now: datetime) -> Step:
    return think(replace(rehearsal, shown_take=None, recorded_s=0.0, notice=""))


def _next(rehearsal: Rehearsal, now: datetime) -> Step:
    return advance(rehearsal, now)


def after_answer(rehearsal: Rehearsal, uid: str, now: datetime) -> Step:
    """Practice reviews the take just given; an interview goes on."""
    if rehearsal.session.mode is Mode.INTERVIEW:
        return advance(replace(rehearsal, open_take=None), now)
    state = replace(rehearsal, phase=Phase.REVIEWING, open_take=None, shown_take=uid, notice="")
    return state, (ReleaseMicrophone(),)


def _end(rehearsal: Rehearsal, now: datetime) -> Step:
    return _stop(rehearsal, Phase.ENDED, now)


def _leave(rehearsal: Rehearsal, now: datetime) -> Step:
    return _stop(rehearsal, Phase.LEFT, now)


def _stop(rehearsal: Rehearsal, phase: Phase, now: datetime) -> Step:
    released, closing = _release_take(rehearsal)
    state, effects = _close(released, phase, now)
    return state, (StopSpeaking(), *closing, *effects)


_ACTS: dict[Command, Callable[[Rehearsal, datetime], Step]] = {
    Command.BEGIN: _begin,
    Command.REPEAT: _repeat,
    Command.STOP_VOICE: _stop_voice,
    Command.SKIP: _skip,
    Command.START_ANSWER: start_answer,
    Command.PAUSE: _pause,
    Command.RESUME: _resume,
    Command.FINISH: finish,
    Command.BEGIN_TYPING: _begin_typing,
    Command.CANCEL_TYPING: _cancel_typing,
    Command.ANOTHER_TAKE: _another_take,
    Command.NEXT: _next,
    Command.END: _end,
    Command.LEAVE: _leave,
}


def handle_command(rehearsal: Rehearsal, command: Command, now: datetime) -> Step:
    """The next state after an act.

    Raises:
        ActNotAllowed: the present state does not offer it.
    """
    if not rehearsal.allows(command):
        raise CommandNotAllowed(f"“{command}” is not possible while {rehearsal.phase}.")
    return _ACTS[command](rehearsal, now)
