"""Conducts one session: carries out what the state machine asks for, and reports back to it.

Everything here happens on one thread, the one that ``Post`` brings calls back to; slow work goes
through jobs. A view subscribes, shows ``state`` and calls acts; it decides nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from interview_app.domain.rehearsal.effects import (
    DropTake,
    Effect,
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
    Transcribe,
)
from interview_app.domain.rehearsal.events import (
    BestChosen,
    Command,
    Elapsed,
    Event,
    LineEnded,
    ProblemReported,
    QuestionBegan,
    TakeStored,
    TranscriptionRequested,
    TypedAnswer,
    VoiceEnded,
)
from interview_app.domain.rehearsal.interviewer_lines import InterviewerLines
from interview_app.domain.rehearsal.machine import Rehearsal, step
from interview_app.domain.rehearsal.state import Phase
from interview_app.domain.session import Session
from interview_app.services.listeners import Listeners, StateListeners
from interview_app.services.ports.player import PlayerEvent
from interview_app.services.rehearsal.context import SessionChoices, SessionDependencies, SoundEvent
from interview_app.services.rehearsal.live_transcription import LiveTranscriber
from interview_app.services.rehearsal.session_store import SessionSaver, SessionStore
from interview_app.services.rehearsal.speaker import Speaker
from interview_app.services.rehearsal.take_recorder import TakePlayback, TakeRecorder


class SessionRunner:
    """One session being conducted."""

    def __init__(
        self,
        dependencies: SessionDependencies,
        session: Session,
        choices: SessionChoices | None = None,
        manners: InterviewerLines | None = None,
    ) -> None:
        self._dependencies = dependencies
        self._choices = choices or SessionChoices()
        self._state = Rehearsal(session, manners=manners or InterviewerLines())
        self._listeners = StateListeners[Rehearsal]()
        self._sound_listeners = Listeners[SoundEvent]()
        self._waiting: deque[Event] = deque()
        self._is_handling = False
        self._is_planned = False
        self._is_closed = False
        on_sound = self._sound_listeners.notify
        self._speaker = Speaker(
            dependencies.voice,
            dependencies.player,
            dependencies.jobs,
            on_end=self._voice_ended,
            on_sound=on_sound,
            on_question=lambda position: self._handle(QuestionBegan(position)),
        )
        self._live_transcriber = LiveTranscriber(
            dependencies, on_report=self._handle, on_sound=on_sound
        )
        self._recording = TakeRecorder(
            dependencies.recorder,
            dependencies.data_root,
            on_report=self._handle,
            on_sound=on_sound,
        )
        self._playing = TakePlayback(dependencies.player, dependencies.data_root, on_sound=on_sound)
        self._keeping = SessionSaver(
            SessionStore(dependencies.new_unit, session.id),
            dependencies.jobs,
            on_kept=self._kept,
            on_problem=lambda problem: self._handle(ProblemReported(problem)),
        )
        self._leave_player = dependencies.player.subscribe(self._player_said)

    @property
    def state(self) -> Rehearsal:
        """Where the session stands."""
        return self._state

    @property
    def choices(self) -> SessionChoices:
        """Devices and recognizer in use."""
        return self._choices

    @property
    def is_settled(self) -> bool:
        """Whether everything said so far is closed and stored."""
        is_stored = self._recording.is_settled and self._keeping.is_settled
        return is_stored and self._state.open_take is None

    @property
    def is_transcribing(self) -> bool:
        """Whether a transcript of this session is being made."""
        return self._live_transcriber.is_busy

    def subscribe(self, listener: Callable[[Rehearsal], None]) -> Callable[[], None]:
        """Have every new state; the answer ends it."""
        return self._listeners.add(listener)

    def subscribe_sound(self, listener: Callable[[SoundEvent], None]) -> Callable[[], None]:
        """Have levels, spoken words and playback as they happen; the answer ends it."""
        return self._sound_listeners.add(listener)

    def do(self, command: Command) -> None:
        """Do what the person asked for.

        Raises:
            ActNotAllowed: the present state does not offer it.
        """
        if command in (
            Command.START_ANSWER,
            Command.NEXT,
            Command.ANOTHER_TAKE,
            Command.END,
            Command.LEAVE,
        ):
            self.stop_playback()
        if (
            command is Command.STOP_VOICE
            and self._state.allows(command)
            and self._speaker.skip_lead()
        ):
            return
        self._handle(command)

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
        self._handle(TranscriptionRequested(uid))

    def take_over(self, session: Session) -> None:
        """Have the takes as they were stored meanwhile, if that is the same session."""
        if session.uid == self._state.session.uid:
            for take in session.takes:
                self._handle(TakeStored(take))

    def use(self, choices: SessionChoices) -> None:
        """Go on with other devices or another model; a lost microphone is resumed on the new."""
        self._choices = choices
        self._speaker.device = choices.speaker

    def play_take(self, uid: str, start_s: float = 0.0) -> None:
        """Play a take's sound; the voice and any other take fall silent."""
        take = self._state.session.take(uid)
        if take is None or take.sound is None:
            return
        self._speaker.stop()
        self._playing.play(uid, take.sound, self._choices.speaker, start_s)

    def pause_playback(self) -> None:
        """Hold a playing take where it is."""
        self._dependencies.player.pause()

    def resume_playback(self) -> None:
        """Go on with a held take."""
        self._dependencies.player.resume()

    def stop_playback(self) -> None:
        """Silence a playing take."""
        self._playing.stop()

    def fall_silent(self) -> None:
        """Silence the voice and a playing take."""
        self._speaker.stop()
        self.stop_playback()

    def close(self) -> None:
        """Stop listening to devices; jobs under way still store what they find, and tell it.

        May be called twice.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self._speaker.stop()
        self._recording.close()
        leave, self._leave_player = self._leave_player, lambda: None
        leave()
        self._live_transcriber.close()
        self._dependencies.voice.pause_prefetch(is_paused=False)
        self._sound_listeners.clear()

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
        self._state, effects = step(before, event, self._dependencies.clock.now())
        for effect in effects:
            self._carry_out(effect, before)
        if not self._is_closed:  # the voice may be another session's by now
            is_answering = self._state.phase is Phase.ANSWERING
            self._dependencies.voice.pause_prefetch(
                is_paused=is_answering or self._live_transcriber.is_busy
            )
        if self._state is not before and self._state != before:
            self._listeners.notify(self._state)

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
                    self._live_transcriber.transcribe(take, self._choices.model, session.language)
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
        recorder, microphone = self._dependencies.recorder, self._choices.microphone
        match effect:
            case OpenMicrophone():
                recorder.listen(microphone)
            case StartRecording(uid):
                by_itself = before.think_left_s is not None and self._state.think_left_s == 0.0
                self._recording.start(uid, microphone, by_itself=by_itself)
                self._live_transcriber.follow(
                    uid, self._choices.model, self._state.session.language
                )
            case PauseRecording():
                recorder.pause()
            case ResumeRecording():
                recorder.resume(microphone)
            case FinishRecording():
                recorder.finish()
            case ReleaseMicrophone():
                recorder.release()

    def _keep(self, effect: KeepSession | KeepTake | DropTake) -> None:
        if isinstance(effect, DropTake):
            self._recording.forget(effect.uid)
            self._live_transcriber.forget(effect.uid)
        self._keeping.carry_out(effect, self._state.session)

    def _kept(self, session_id: int) -> None:
        if self._state.session.id != session_id:
            self._state = replace(self._state, session=replace(self._state.session, id=session_id))
        self._listeners.notify(self._state)

    def _voice_ended(self, position: int | None, problem: str) -> None:
        line = LineEnded(problem)
        self._handle(line if position is None else VoiceEnded(position, problem))

    def _player_said(self, event: PlayerEvent) -> None:
        if not self._speaker.heard(event):
            self._playing.heard(event)
