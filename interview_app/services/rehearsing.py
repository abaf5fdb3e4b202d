"""Conducts one session: carries out what the state machine asks for, and reports back to it.

Everything here happens on one thread, the one that ``Post`` brings calls back to; slow work goes
through jobs. A view subscribes, shows ``state`` and calls acts; it decides nothing.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from interview_app.domain.errors import InterviewAppError
from interview_app.domain.manners import LONG_SILENCE_S, Manners
from interview_app.domain.rehearsal import Rehearsal, step
from interview_app.domain.rehearsal_events import (
    Act,
    BestChosen,
    DropTake,
    Effect,
    Elapsed,
    Event,
    FinishRecording,
    KeepSession,
    KeepTake,
    LineEnded,
    OpenMicrophone,
    PauseRecording,
    PauseSpeaking,
    Prepare,
    PrepareLine,
    ReleaseMicrophone,
    ResumeRecording,
    ResumeSpeaking,
    SayLine,
    SilenceNoticed,
    Speak,
    StartRecording,
    StopSpeaking,
    TakeGrew,
    TakeInterrupted,
    TakeSaved,
    Transcribe,
    TranscriptionAsked,
    Trouble,
    TypedAnswer,
    VoiceEnded,
)
from interview_app.domain.rehearsal_state import Phase
from interview_app.domain.session import Session
from interview_app.services.conducting import (
    Choices,
    Parts,
    SoundEvent,
    TakePlayed,
)
from interview_app.services.hearing import Hearing
from interview_app.services.jobs import Lane
from interview_app.services.keeping import SessionKeeper
from interview_app.services.ports.player import (
    PlaybackEnded,
    PlaybackFailed,
    PlaybackPosition,
    PlayerEvent,
)
from interview_app.services.ports.recorder import (
    RecorderEvent,
    RecordingInterrupted,
    RecordingLevel,
    RecordingSaved,
    RecordingUnavailable,
)
from interview_app.services.speaking import Speaker

_log = logging.getLogger(__name__)

PRE_ROLL_S = 0.3
"""What was heard just before the countdown ended belongs to the answer; none of the voice does."""

_QUIET_RMS = 0.01
"""Below −40 dB of full scale nobody speaks into the microphone; a louder room only means that the
interviewer never remarks on a silence."""


class Rehearsing:
    """One session being conducted."""

    def __init__(
        self,
        parts: Parts,
        session: Session,
        choices: Choices | None = None,
        manners: Manners | None = None,
    ) -> None:
        self._parts = parts
        self._choices = choices or Choices()
        self._state = Rehearsal(session, manners=manners or Manners())
        self._loud_at_s = 0.0
        self._keeper = SessionKeeper(parts.new_unit, session.id)
        self._listeners: list[Callable[[Rehearsal], None]] = []
        self._sound_listeners: list[Callable[[SoundEvent], None]] = []
        self._waiting: deque[Event] = deque()
        self._is_handling = False
        self._saving: set[str] = set()
        self._keeping = 0
        self._playing = ""
        self._is_planned = False
        self._speaker = Speaker(
            parts.voice, parts.player, parts.jobs, on_end=self._voice_ended, on_sound=self._sound
        )
        self._hearing = Hearing(parts, on_report=self._handle, on_sound=self._sound)
        self._unsubscribe = [
            parts.recorder.subscribe(self._recorder_said),
            parts.player.subscribe(self._player_said),
        ]

    # --- what a view sees ---------------------------------------------------------------------

    @property
    def state(self) -> Rehearsal:
        """Where the session stands."""
        return self._state

    @property
    def choices(self) -> Choices:
        """Devices and recognizer in use."""
        return self._choices

    @property
    def is_settled(self) -> bool:
        """Whether everything said so far is closed and stored."""
        return not self._saving and not self._keeping and self._state.open_take is None

    def subscribe(self, listener: Callable[[Rehearsal], None]) -> Callable[[], None]:
        """Have every new state; the answer ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def subscribe_sound(self, listener: Callable[[SoundEvent], None]) -> Callable[[], None]:
        """Have levels, spoken words and playback as they happen; the answer ends it."""
        self._sound_listeners.append(listener)
        return lambda: self._sound_listeners.remove(listener)

    # --- what a person does -------------------------------------------------------------------

    def do(self, act: Act) -> None:
        """Do what the person asked for.

        Raises:
            ActNotAllowed: the present state does not offer it.
        """
        if act in (Act.START_ANSWER, Act.NEXT, Act.ANOTHER_TAKE, Act.END, Act.LEAVE):
            self.stop_playback()
        if act is Act.STOP_VOICE and self._state.allows(act) and self._speaker.skip_lead():
            return
        self._handle(act)

    def submit_typed(self, text: str) -> None:
        """Keep a typed answer.

        Raises:
            ActNotAllowed: nothing is being typed, or the text is empty.
        """
        self._handle(TypedAnswer(text))

    def tick(self, seconds: float) -> None:
        """Time went by; a view calls this about ten times a second."""
        self._handle(Elapsed(seconds))

    def choose_best(self, uid: str, *, is_best: bool = True) -> None:
        """Mark a take as the best of its question, or take the mark away."""
        self._handle(BestChosen(uid, is_best))

    def transcribe_again(self, uid: str) -> None:
        """Make a take's transcript once more, with the model chosen now."""
        self._handle(TranscriptionAsked(uid))

    def use(self, choices: Choices) -> None:
        """Go on with other devices or another model; a lost microphone is resumed on the new."""
        self._choices = choices
        self._speaker.device = choices.speaker

    def play_take(self, uid: str, start_s: float = 0.0) -> None:
        """Play a take's sound; the voice and any other take fall silent."""
        take = self._state.session.take(uid)
        if take is None or take.sound is None:
            return
        self._speaker.stop()
        self._playing = uid
        sound = self._parts.data_root / take.sound
        self._parts.player.play(f"take:{uid}", sound, self._choices.speaker, start_s=start_s)

    def pause_playback(self) -> None:
        """Hold a playing take where it is."""
        self._parts.player.pause()

    def resume_playback(self) -> None:
        """Go on with a held take."""
        self._parts.player.resume()

    def stop_playback(self) -> None:
        """Silence a playing take."""
        if self._playing:
            self._parts.player.stop()

    def fall_silent(self) -> None:
        """Silence the voice and a playing take."""
        self._speaker.stop()
        self.stop_playback()

    def close(self) -> None:
        """Stop listening to devices; jobs under way still store what they find."""
        self._speaker.stop()
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()
        self._hearing.close()
        self._parts.voice.rest(is_resting=False)
        self._listeners.clear()
        self._sound_listeners.clear()

    # --- the machine --------------------------------------------------------------------------

    def _handle(self, event: Event) -> None:
        """One event after another: an effect may cause the next event while one is handled."""
        if self._is_handling:
            self._waiting.append(event)
            return
        self._is_handling = True
        try:
            self._step(event)
            while self._waiting:
                self._step(self._waiting.popleft())
        finally:
            self._is_handling = False

    def _step(self, event: Event) -> None:
        before = self._state
        self._state, effects = step(before, event, self._parts.clock.now())
        for effect in effects:
            self._carry_out(effect, before)
        is_answering = self._state.phase is Phase.ANSWERING
        self._parts.voice.rest(is_resting=is_answering or self._hearing.is_busy)
        if self._state is not before and self._state != before:
            for listener in tuple(self._listeners):
                listener(self._state)

    def _carry_out(self, effect: Effect, before: Rehearsal) -> None:
        match effect:
            case StopSpeaking():
                self._speaker.stop()
            case PauseSpeaking():
                self._speaker.pause()
            case ResumeSpeaking():
                self._speaker.resume()
            case Speak() | SayLine() | Prepare() | PrepareLine():
                self._carry_out_voice(effect)
            case KeepSession() | KeepTake() | DropTake():
                self._keep(effect)
            case Transcribe(uid):
                session = self._state.session
                if (take := session.take(uid)) is not None:
                    self._hearing.transcribe(take, self._choices.model, session.language)
            case _:
                self._carry_out_recording(effect, before)

    def _carry_out_voice(self, effect: Speak | SayLine | Prepare | PrepareLine) -> None:
        settings = self._state.session.settings
        match effect:
            case Speak(position, lead):
                self.stop_playback()
                self._plan_once(position, has_lead=bool(lead))
                self._speaker.device = self._choices.speaker
                self._speaker.speak(position, self._prompt(position), settings, lead)
            case SayLine(text):
                self._speaker.say(text, settings)
            case Prepare(position, lead):
                self._speaker.prepare(self._prompt(position), settings)
                self._speaker.prepare(lead, settings)  # what was asked for last comes first
            case PrepareLine(text):
                self._speaker.prepare(text, settings)

    def _plan_once(self, position: int, *, has_lead: bool) -> None:
        """At the first question have all that follow rendered ahead, and it, if a line leads to it.

        A question that is said at once is said by whatever voice is ready.
        """
        if not self._is_planned:
            self._is_planned = True
            asked = self._state.session.asked[position if has_lead else position + 1 :]
            prompts = [each.question.prompt for each in asked]
            self._speaker.plan(prompts, self._state.session.settings)

    def _prompt(self, position: int) -> str:
        return self._state.session.asked[position].question.prompt

    def _carry_out_recording(self, effect: Effect, before: Rehearsal) -> None:
        recorder, microphone = self._parts.recorder, self._choices.microphone
        match effect:
            case OpenMicrophone():
                recorder.listen(microphone)
            case StartRecording(uid):
                self._saving.add(uid)
                self._loud_at_s = 0.0
                by_itself = before.think_left_s is not None and self._state.think_left_s == 0.0
                recorder.start(uid, microphone, pre_roll_s=PRE_ROLL_S if by_itself else 0.0)
                language = self._state.session.language
                self._hearing.follow(uid, self._choices.model, language)
            case PauseRecording():
                recorder.pause()
            case ResumeRecording():
                recorder.resume(microphone)
            case FinishRecording():
                recorder.finish()
            case ReleaseMicrophone():
                recorder.release()

    # --- storage ------------------------------------------------------------------------------

    def _keep(self, effect: KeepSession | KeepTake | DropTake) -> None:
        session, keeper = self._state.session, self._keeper
        work: Callable[[], int]
        match effect:
            case KeepSession():
                work = lambda: keeper.keep_session(session)  # noqa: E731
            case KeepTake(uid):
                take = session.take(uid)
                if take is None:
                    return
                work = lambda: keeper.keep_take(session, take)  # noqa: E731
            case DropTake(uid):
                self._saving.discard(uid)
                self._hearing.forget(uid)
                work = lambda: keeper.drop_take(session, uid)  # noqa: E731
        self._keeping += 1
        self._parts.jobs.submit(Lane.STORAGE, lambda _job: work(), self._kept, self._not_kept)

    def _kept(self, session_id: int) -> None:
        self._keeping -= 1
        if self._state.session.id != session_id:
            self._state = replace(self._state, session=replace(self._state.session, id=session_id))
        for listener in tuple(self._listeners):
            listener(self._state)

    def _not_kept(self, error: Exception) -> None:
        self._keeping -= 1
        self._handle(Trouble(_sentence(error, "This could not be stored; the sound is kept.")))

    # --- the voice and the speaker ------------------------------------------------------------

    def _voice_ended(self, position: int | None, problem: str) -> None:
        line = LineEnded(problem)
        self._handle(line if position is None else VoiceEnded(position, problem))

    def _sound(self, event: SoundEvent) -> None:
        for listener in tuple(self._sound_listeners):
            listener(event)

    def _player_said(self, event: PlayerEvent) -> None:
        if self._speaker.heard(event) or not event.token.startswith("take:"):
            return
        uid = event.token.removeprefix("take:")
        match event:
            case PlaybackPosition(_, position_s):
                self._sound(TakePlayed(uid, position_s))
            case PlaybackEnded():
                self._take_over(uid, "")
            case PlaybackFailed(_, reason, remedy):
                self._take_over(uid, f"{reason} {remedy}".strip())

    def _take_over(self, uid: str, problem: str) -> None:
        if self._playing == uid:
            self._playing = ""
        self._sound(TakePlayed(uid, None, problem))

    # --- the recorder -------------------------------------------------------------------------

    def _recorder_said(self, event: RecorderEvent) -> None:
        match event:
            case RecordingLevel(uid, recorded_s):
                if uid:
                    self._handle(TakeGrew(uid, recorded_s))
                    self._notice_silence(event)
                self._sound(event)
            case RecordingInterrupted(uid, recorded_s, reason):
                self._handle(TakeInterrupted(uid, recorded_s, reason))
            case RecordingSaved(uid, path, duration_s):
                self._saving.discard(uid)
                sound = path.relative_to(self._parts.data_root).as_posix()
                self._handle(TakeSaved(uid, sound, duration_s))
            case RecordingUnavailable(uid, reason, remedy):
                problem = f"{reason} {remedy}".strip()
                if uid:
                    self._handle(TakeInterrupted(uid, 0.0, problem))
                else:
                    self._handle(Trouble(problem))

    def _notice_silence(self, level: RecordingLevel) -> None:
        if level.rms > _QUIET_RMS:
            self._loud_at_s = level.recorded_s
        elif level.recorded_s - self._loud_at_s >= LONG_SILENCE_S:
            self._handle(SilenceNoticed(level.uid))


def _sentence(error: Exception, otherwise: str) -> str:
    if isinstance(error, InterviewAppError):
        return str(error)
    _log.error("%s", otherwise, exc_info=error)
    return otherwise
