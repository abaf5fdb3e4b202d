"""One session after another on the screen: room, review and summary, and what passes between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.errors import CommandNotAllowed
from interview_app.domain.rehearsal.events import Command
from interview_app.domain.rehearsal.machine import Phase, Rehearsal
from interview_app.domain.session import Session
from interview_app.domain.story import QuestionKey
from interview_app.gui.rehearse.context import RehearseContext
from interview_app.gui.rehearse.question_view import LiveQuestionView
from interview_app.gui.rehearse.review_view import ReviewView
from interview_app.gui.rehearse.summary_view import SummaryView
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Theme
from interview_app.services.guides.notes import PersonalNote
from interview_app.services.jobs import Lane
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.rehearsal.context import SoundEvent
from interview_app.services.rehearsal.session_runner import SessionRunner

_TICK_MS = 100


class SessionController(QObject):
    """Shows where a session stands, and passes on what the person wants.

    Signals:
        front(QWidget): this view belongs in front now.
        over: the session in front is over.
        stored: something of a session that is out of sight was stored or transcribed.
        told(str): something went wrong that no view can show.
        recording(float | None): so many seconds of an answer are recorded; nothing is recorded.
    """

    front = Signal(object)
    over = Signal()
    stored = Signal()
    told = Signal(str)
    recording = Signal(object)

    def __init__(self, theme: Theme, context: RehearseContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._runner: SessionRunner | None = None
        self._leaving: dict[SessionRunner, Callable[[], None]] = {}
        """Sessions out of sight that still store or transcribe, and how to stop following each."""
        self._unfollow: Callable[[], None] = lambda: None
        self._looked_at: int | None = None
        self._front: QWidget | None = None
        self.room = LiveQuestionView(theme, context.devices)
        self.review = ReviewView(theme)
        self.review.answer.follow(context.preferences)
        self.summary = SummaryView(theme)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._since = QElapsedTimer()
        self._connect()

    @property
    def runner(self) -> SessionRunner | None:
        """The session in front, if there is one."""
        return self._runner

    @property
    def is_answering(self) -> bool:
        """Whether a take is open."""
        return self._runner is not None and self._runner.state.open_take is not None

    @property
    def is_settled(self) -> bool:
        """Whether every take is closed and stored."""
        return all(runner.is_settled for runner in self._all())

    def begin(self, session: Session) -> None:
        """Conduct a session, new or unfinished."""
        self._put_away()
        runner = self._context.conduct(session, self._context.preferences.choices)
        for before in self._leaving:
            runner.take_over(before.state.session)
        self._runner = runner
        leave_states = runner.subscribe(self._show_state)
        leave_sounds = runner.subscribe_sound(self._show_sound)

        def unfollow() -> None:
            leave_states()
            leave_sounds()

        self._unfollow = unfollow
        self._show_state(runner.state)
        runner.do(Command.BEGIN)

    def leave(self) -> None:
        """Leave the session in front, to go on later; what was said is kept."""
        if self._runner is not None and self._runner.state.allows(Command.LEAVE):
            self._runner.do(Command.LEAVE)
        self._ticks.stop()
        self.review.mine.save()

    def close(self) -> None:
        """Stop listening to anything."""
        self._ticks.stop()
        self._unfollow()
        for runner in self._all():
            runner.close()
        for unfollow in self._leaving.values():
            unfollow()
        self._runner = None
        self._leaving.clear()

    def _all(self) -> tuple[SessionRunner, ...]:
        running = (self._runner,) if self._runner is not None else ()
        return (*running, *self._leaving)

    def _do(self, call: Callable[[SessionRunner], None]) -> None:
        """Do it; an act that a moment ago was still offered is no fault of the person."""
        if self._runner is None:
            return
        try:
            call(self._runner)
        except CommandNotAllowed as error:
            self.told.emit(sentence_of(error))

    def _command(self, command: Command) -> None:
        self._do(lambda runner: runner.do(command))

    def _use_microphone(self, microphone: DeviceChoice) -> None:
        if self._runner is not None and microphone.id:
            self._runner.use(replace(self._runner.choices, microphone=microphone))
            self._context.preferences.change(
                microphone_id=microphone.id, microphone_name=microphone.name
            )

    def _tick(self) -> None:
        if self._runner is not None:
            self._runner.tick(self._since.restart() / 1000)

    def _connect(self) -> None:
        self.room.act_asked.connect(self._command)
        self.room.typed.connect(lambda text: self._do(lambda r: r.submit_typed(text)))
        self.room.microphone_chosen.connect(self._use_microphone)
        review = self.review
        review.act_asked.connect(self._command)
        review.play_asked.connect(lambda uid, at: self._do(lambda r: r.play_take(uid, at)))
        review.pause_asked.connect(lambda: self._do(SessionRunner.pause_playback))
        review.go_on_asked.connect(lambda: self._do(SessionRunner.resume_playback))
        review.stop_asked.connect(lambda: self._do(SessionRunner.stop_playback))
        review.best_asked.connect(
            lambda uid, best: self._do(lambda r: r.choose_best(uid, is_best=best))
        )
        review.again_asked.connect(lambda uid: self._do(lambda r: r.transcribe_again(uid)))
        review.question_asked.connect(self._look_at)
        review.back_asked.connect(lambda: self._look_at(None))
        review.mine.asked.connect(self._ask_mine)
        review.mine.written.connect(self._keep_note)
        self.summary.question_asked.connect(self._look_at)
        self.summary.done.connect(self._end)

    def _ask_mine(self, key: QuestionKey) -> None:
        context = self._context
        context.jobs.submit(
            Lane.STORAGE,
            lambda _job: (context.note(key.guide_id, key.question_id), context.stories(key)),
            lambda found: self.review.mine.show_mine(*found),
            lambda error: self.told.emit(sentence_of(error)),
        )

    def _keep_note(self, note: PersonalNote) -> None:
        context, words = self._context, self.review.mine.words

        def failed(error: Exception) -> None:
            words.show_failure(note)
            self.told.emit(sentence_of(error))

        context.jobs.submit(
            Lane.STORAGE,
            lambda _job: context.keep_note(note),
            lambda _none: words.show_kept(note),
            failed,
        )

    def _show_state(self, state: Rehearsal) -> None:
        match state.phase:
            case Phase.REVIEWING:
                self.review.show_state(state, state.position)
                self._bring(self.review)
            case Phase.ENDED:
                self._show_end(state)
            case Phase.LEFT:
                self._end()
            case _:
                self.room.show_state(state)
                self._bring(self.room)
        is_recording = state.phase is Phase.ANSWERING and state.recorded_s > 0
        self.recording.emit(state.recorded_s if is_recording else None)
        is_counting = state.phase is Phase.THINKING and state.think_left_s is not None
        if is_counting and not self._ticks.isActive():
            self._since.start()
            self._ticks.start()
        elif not is_counting:
            self._ticks.stop()

    def _show_end(self, state: Rehearsal) -> None:
        self.room.forget(state.session.uid)
        self.summary.show_state(state)
        if self._looked_at is None:
            self._bring(self.summary)
        else:
            self.review.show_state(state, self._looked_at)
            self._bring(self.review)

    def _look_at(self, position: int | None) -> None:
        self._looked_at = position
        if self._runner is not None:
            self._runner.fall_silent()
            self._show_end(self._runner.state)

    def _show_sound(self, event: SoundEvent) -> None:
        if self._front is self.room:
            self.room.show_sound(event)
        elif self._front is self.review:
            self.review.show_sound(event)

    def _bring(self, view: QWidget) -> None:
        if self._front is not view:
            self._front = view
            self.front.emit(view)

    def _end(self) -> None:
        """The session in front is over: back to the set-up."""
        if self._runner is not None:
            self._put_away()
            self.over.emit()

    def _put_away(self) -> None:
        """Take the session in front out of sight; what it still has to store comes to it there."""
        runner, self._runner = self._runner, None
        self._looked_at = self._front = None
        self._unfollow()
        self._unfollow = lambda: None
        self._ticks.stop()
        self.recording.emit(None)
        if runner is not None:
            if runner.state.allows(Command.LEAVE):
                runner.do(Command.LEAVE)
            runner.fall_silent()
            self._let_go(runner)

    def _let_go(self, runner: SessionRunner) -> None:
        """Follow it to its end: it hears no device once all is stored, and goes once all is heard.

        Where its session goes on in front meanwhile, that one is told what became of each take.
        """

        def look(state: Rehearsal) -> None:
            if runner not in self._leaving:
                return
            if self._runner is not None:
                self._runner.take_over(state.session)
            if runner.is_settled:
                runner.close()
                if not runner.is_transcribing:
                    self._leaving.pop(runner)()
                self.stored.emit()

        self._leaving[runner] = runner.subscribe(look)
        QTimer.singleShot(0, self, lambda: look(runner.state))
