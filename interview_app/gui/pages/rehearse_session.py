"""One session after another on the screen: room, review and summary, and what passes between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.errors import ActNotAllowed
from interview_app.domain.rehearsal import Phase, Rehearsal
from interview_app.domain.rehearsal_events import Act
from interview_app.domain.session import Session
from interview_app.domain.story import QuestionKey
from interview_app.gui.messages import sentence_of
from interview_app.gui.pages.rehearse_desk import RehearseDesk
from interview_app.gui.pages.rehearse_review import ReviewView
from interview_app.gui.pages.rehearse_room import RoomView
from interview_app.gui.pages.rehearse_summary import SummaryView
from interview_app.gui.theme import Theme
from interview_app.services.conducting import SoundEvent
from interview_app.services.jobs import Lane
from interview_app.services.personal_notes import PersonalNote
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.rehearsing import Rehearsing

_TICK_MS = 100


class SessionViews(QObject):
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

    def __init__(self, theme: Theme, desk: RehearseDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rehearsing: Rehearsing | None = None
        self._leaving: dict[Rehearsing, Callable[[], None]] = {}
        """Sessions out of sight that still store or transcribe, and how to stop following each."""
        self._unfollow: Callable[[], None] = lambda: None
        self._looked_at: int | None = None
        self._front: QWidget | None = None
        self.room = RoomView(theme, desk.devices)
        self.review = ReviewView(theme)
        self.review.answer.follow(desk.preferences)
        self.summary = SummaryView(theme)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._since = QElapsedTimer()
        self._connect()

    @property
    def rehearsing(self) -> Rehearsing | None:
        """The session in front, if there is one."""
        return self._rehearsing

    @property
    def is_answering(self) -> bool:
        """Whether a take is open."""
        return self._rehearsing is not None and self._rehearsing.state.open_take is not None

    @property
    def is_settled(self) -> bool:
        """Whether every take is closed and stored."""
        return all(rehearsing.is_settled for rehearsing in self._all())

    def begin(self, session: Session) -> None:
        """Conduct a session, new or unfinished."""
        self._put_away()
        rehearsing = self._desk.conduct(session, self._desk.preferences.choices)
        for before in self._leaving:
            rehearsing.take_over(before.state.session)
        self._rehearsing = rehearsing
        leave_states = rehearsing.subscribe(self._show_state)
        leave_sounds = rehearsing.subscribe_sound(self._show_sound)

        def unfollow() -> None:
            leave_states()
            leave_sounds()

        self._unfollow = unfollow
        self._show_state(rehearsing.state)
        rehearsing.do(Act.BEGIN)

    def leave(self) -> None:
        """Leave the session in front, to go on later; what was said is kept."""
        if self._rehearsing is not None and self._rehearsing.state.allows(Act.LEAVE):
            self._rehearsing.do(Act.LEAVE)
        self._ticks.stop()
        self.review.mine.save()

    def close(self) -> None:
        """Stop listening to anything."""
        self._ticks.stop()
        self._unfollow()
        for rehearsing in self._all():
            rehearsing.close()
        for unfollow in self._leaving.values():
            unfollow()
        self._rehearsing = None
        self._leaving.clear()

    def _all(self) -> tuple[Rehearsing, ...]:
        running = (self._rehearsing,) if self._rehearsing is not None else ()
        return (*running, *self._leaving)

    def _do(self, call: Callable[[Rehearsing], None]) -> None:
        """Do it; an act that a moment ago was still offered is no fault of the person."""
        if self._rehearsing is None:
            return
        try:
            call(self._rehearsing)
        except ActNotAllowed as error:
            self.told.emit(sentence_of(error))

    def _act(self, act: Act) -> None:
        self._do(lambda rehearsing: rehearsing.do(act))

    def _use_microphone(self, microphone: DeviceChoice) -> None:
        if self._rehearsing is not None and microphone.id:
            self._rehearsing.use(replace(self._rehearsing.choices, microphone=microphone))
            self._desk.preferences.change(
                microphone_id=microphone.id, microphone_name=microphone.name
            )

    def _tick(self) -> None:
        if self._rehearsing is not None:
            self._rehearsing.tick(self._since.restart() / 1000)

    def _connect(self) -> None:
        self.room.act_asked.connect(self._act)
        self.room.typed.connect(lambda text: self._do(lambda r: r.submit_typed(text)))
        self.room.microphone_chosen.connect(self._use_microphone)
        review = self.review
        review.act_asked.connect(self._act)
        review.play_asked.connect(lambda uid, at: self._do(lambda r: r.play_take(uid, at)))
        review.pause_asked.connect(lambda: self._do(Rehearsing.pause_playback))
        review.go_on_asked.connect(lambda: self._do(Rehearsing.resume_playback))
        review.stop_asked.connect(lambda: self._do(Rehearsing.stop_playback))
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
        desk = self._desk
        desk.jobs.submit(
            Lane.STORAGE,
            lambda _job: (desk.note(key.guide_id, key.question_id), desk.stories(key)),
            lambda found: self.review.mine.show_mine(*found),
            lambda error: self.told.emit(sentence_of(error)),
        )

    def _keep_note(self, note: PersonalNote) -> None:
        desk, words = self._desk, self.review.mine.words

        def failed(error: Exception) -> None:
            words.show_failure(note)
            self.told.emit(sentence_of(error))

        desk.jobs.submit(
            Lane.STORAGE,
            lambda _job: desk.keep_note(note),
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
        if self._rehearsing is not None:
            self._rehearsing.fall_silent()
            self._show_end(self._rehearsing.state)

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
        if self._rehearsing is not None:
            self._put_away()
            self.over.emit()

    def _put_away(self) -> None:
        """Take the session in front out of sight; what it still has to store comes to it there."""
        rehearsing, self._rehearsing = self._rehearsing, None
        self._looked_at = self._front = None
        self._unfollow()
        self._unfollow = lambda: None
        self._ticks.stop()
        self.recording.emit(None)
        if rehearsing is not None:
            if rehearsing.state.allows(Act.LEAVE):
                rehearsing.do(Act.LEAVE)
            rehearsing.fall_silent()
            self._let_go(rehearsing)

    def _let_go(self, rehearsing: Rehearsing) -> None:
        """Follow it to its end: it hears no device once all is stored, and goes once all is heard.

        Where its session goes on in front meanwhile, that one is told what became of each take.
        """

        def look(state: Rehearsal) -> None:
            if rehearsing not in self._leaving:
                return
            if self._rehearsing is not None:
                self._rehearsing.take_over(state.session)
            if rehearsing.is_settled:
                rehearsing.close()
                if not rehearsing.is_transcribing:
                    self._leaving.pop(rehearsing)()
                self.stored.emit()

        self._leaving[rehearsing] = rehearsing.subscribe(look)
        QTimer.singleShot(0, self, lambda: look(rehearsing.state))
