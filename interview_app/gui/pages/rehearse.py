"""The Rehearse page: set-up, room, review and summary of one session after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from interview_app.domain.errors import ActNotAllowed, InterviewAppError
from interview_app.domain.guide import Guide
from interview_app.domain.rehearsal import Phase, Rehearsal
from interview_app.domain.rehearsal_events import Act
from interview_app.domain.session import Session
from interview_app.gui.messages import sentence_of
from interview_app.gui.pages.rehearse_desk import RehearseDesk
from interview_app.gui.pages.rehearse_review import ReviewView
from interview_app.gui.pages.rehearse_room import RoomView
from interview_app.gui.pages.rehearse_setup import SetupView
from interview_app.gui.pages.rehearse_summary import SummaryView
from interview_app.gui.theme import Theme
from interview_app.gui.widgets.keys import KeyHelp
from interview_app.services.conducting import SoundEvent
from interview_app.services.jobs import Lane
from interview_app.services.planning import Plan
from interview_app.services.ports import DeviceChoice, VoiceInfo
from interview_app.services.rehearsing import Rehearsing

_TICK_MS = 100
_Found = TypeVar("_Found")


class RehearsePage(QStackedWidget):
    """Shows where the session stands, and passes on what the person wants.

    Signals:
        told(str): something went wrong that no part of the page can show.
        sound_check_asked: the sound check is wanted.
        session_over(int): a session has ended or was left; its number, 0 if it has none yet.
    """

    told = Signal(str)
    sound_check_asked = Signal()
    session_over = Signal(int)

    def __init__(self, theme: Theme, desk: RehearseDesk) -> None:
        super().__init__()
        self._desk = desk
        self._rehearsing: Rehearsing | None = None
        self._leaving: list[Rehearsing] = []
        self._looked_at: int | None = None
        self._has_voices = False
        self.setup = SetupView(theme)
        self.room = RoomView(theme, desk.devices)
        self.review = ReviewView(theme)
        self.summary = SummaryView(theme)
        for view in (self.setup, self.room, self.review, self.summary):
            self.addWidget(view)
        self.setFocusProxy(self.setup)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._since = QElapsedTimer()
        self._connect()
        self.setup.show_settings(desk.preferences.settings)
        self._show_devices()

    @property
    def rehearsing(self) -> Rehearsing | None:
        """The session in front, if there is one."""
        return self._rehearsing

    @property
    def is_settled(self) -> bool:
        """Whether every take of this page's sessions is closed and stored."""
        running = [self._rehearsing] if self._rehearsing is not None else []
        return all(rehearsing.is_settled for rehearsing in (*running, *self._leaving))

    def refresh(self) -> None:
        """Look again for guides and unfinished sessions, and once for the voices."""
        preferences = self._desk.preferences
        self._ask(
            Lane.FILES,
            self._desk.guides,
            lambda guides: self.setup.show_guides(guides, preferences.settings.last_guide),
        )
        self._ask(Lane.STORAGE, self._desk.unfinished, self.setup.show_unfinished)
        if not self._has_voices:
            self._desk.jobs.submit(
                Lane.VOICE,
                lambda _job: self._desk.voices(),
                self._voices_found,
                lambda error: self.setup.show_voices((), sentence_of(error)),
            )

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of what is in front."""
        view = self.currentWidget()
        for known in (self.setup, self.room, self.review, self.summary):
            if view is known:
                return known.keys()
        return ()

    def before_closing(self) -> str:
        """What would be interrupted if the window closed now; nothing where nothing is."""
        if self._rehearsing is None or self._rehearsing.state.open_take is None:
            return ""
        return self.tr(
            "An answer is being recorded. Close now, and it is kept as far as you have spoken; "
            "you can go on with the session later."
        )

    def leave(self) -> None:
        """Leave the session in front, to go on later; what was said is kept."""
        if self._rehearsing is not None and self._rehearsing.state.allows(Act.LEAVE):
            self._rehearsing.do(Act.LEAVE)
        self._ticks.stop()

    def close_sessions(self) -> None:
        """Stop listening to anything; for the end of the window, once all is settled."""
        self._ticks.stop()
        running = [self._rehearsing] if self._rehearsing is not None else []
        for rehearsing in (*running, *self._leaving):
            rehearsing.close()
        self._rehearsing = None
        self._leaving.clear()

    # --- beginning ----------------------------------------------------------------------------

    def begin(self, session: Session) -> None:
        """Conduct a session, new or unfinished."""
        self._looked_at = None
        rehearsing = self._desk.conduct(session, self._desk.preferences.choices)
        self._rehearsing = rehearsing
        rehearsing.subscribe(self._show_state)
        rehearsing.subscribe_sound(self._show_sound)
        self._show_state(rehearsing.state)
        rehearsing.do(Act.BEGIN)

    def _begin_planned(self, guide: Guide, plan: Plan) -> None:
        self._desk.preferences.change(**self.setup.choices())
        try:
            session = self._desk.plan(guide, plan)
        except InterviewAppError as error:
            self.told.emit(sentence_of(error))
            return
        self.begin(session)

    def _continue(self, session_id: int) -> None:
        self._ask(Lane.STORAGE, lambda: self._desk.load(session_id), self.begin)

    # --- passing on ---------------------------------------------------------------------------

    def _do(self, act: Act) -> None:
        if self._rehearsing is not None:
            self._allowed(lambda rehearsing: rehearsing.do(act))

    def _allowed(self, call: Callable[[Rehearsing], None]) -> None:
        """Do it; an act that a moment ago was still offered is no fault of the person."""
        if self._rehearsing is None:
            return
        try:
            call(self._rehearsing)
        except ActNotAllowed as error:
            self.told.emit(sentence_of(error))

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
        self.setup.begin_asked.connect(self._begin_planned)
        self.setup.continue_asked.connect(self._continue)
        self.setup.sound_check_asked.connect(self.sound_check_asked)
        self.room.act_asked.connect(self._do)
        self.room.typed.connect(lambda text: self._allowed(lambda r: r.submit_typed(text)))
        self.room.microphone_chosen.connect(self._use_microphone)
        review = self.review
        review.act_asked.connect(self._do)
        review.play_asked.connect(lambda uid, at: self._allowed(lambda r: r.play_take(uid, at)))
        review.pause_asked.connect(lambda: self._allowed(Rehearsing.pause_playback))
        review.go_on_asked.connect(lambda: self._allowed(Rehearsing.resume_playback))
        review.best_asked.connect(
            lambda uid, best: self._allowed(lambda r: r.choose_best(uid, is_best=best))
        )
        review.again_asked.connect(lambda uid: self._allowed(lambda r: r.transcribe_again(uid)))
        review.question_asked.connect(self._look_at)
        review.back_asked.connect(self._look_away)
        self.summary.question_asked.connect(self._look_at)
        self.summary.done.connect(self._end)
        self._desk.devices.changed.connect(self._show_devices)

    # --- showing ------------------------------------------------------------------------------

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
        is_counting = state.phase is Phase.THINKING and state.think_left_s is not None
        if is_counting and not self._ticks.isActive():
            self._since.start()
            self._ticks.start()
        elif not is_counting:
            self._ticks.stop()

    def _show_end(self, state: Rehearsal) -> None:
        self.summary.show_state(state)
        if self._looked_at is None:
            self._bring(self.summary)
        else:
            self.review.show_state(state, self._looked_at)
            self._bring(self.review)

    def _look_at(self, position: int) -> None:
        self._looked_at = position
        if self._rehearsing is not None:
            self._rehearsing.stop_playback()
            self._show_end(self._rehearsing.state)

    def _look_away(self) -> None:
        self._looked_at = None
        if self._rehearsing is not None:
            self._rehearsing.stop_playback()
            self._show_end(self._rehearsing.state)

    def _show_sound(self, event: SoundEvent) -> None:
        view = self.currentWidget()
        if view is self.room:
            self.room.show_sound(event)
        elif view is self.review:
            self.review.show_sound(event)

    def _bring(self, view: QWidget) -> None:
        if self.currentWidget() is view:
            return
        self.setCurrentWidget(view)
        self.setFocusProxy(view)
        if view is self.review:
            self.review.take_focus()
        elif view is self.summary:
            self.summary.take_focus()
        else:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        """The session in front is over: show the set-up, and let go of it once all is stored."""
        rehearsing, self._rehearsing = self._rehearsing, None
        self._looked_at = None
        if rehearsing is not None:
            rehearsing.stop_playback()
            self._let_go(rehearsing)
            self.session_over.emit(rehearsing.state.session.id or 0)
        self._bring(self.setup)
        self.refresh()

    def _let_go(self, rehearsing: Rehearsing) -> None:
        self._leaving.append(rehearsing)

        def look(_state: Rehearsal) -> None:
            if rehearsing.is_settled and rehearsing in self._leaving:
                self._leaving.remove(rehearsing)
                rehearsing.close()
                self._ask(Lane.STORAGE, self._desk.unfinished, self.setup.show_unfinished)

        rehearsing.subscribe(look)
        QTimer.singleShot(0, self, lambda: look(rehearsing.state))

    def _show_devices(self) -> None:
        self.setup.show_microphone(self._desk.devices.has_no_microphone)

    def _voices_found(self, voices: Sequence[VoiceInfo]) -> None:
        self._has_voices = True
        self.setup.show_voices(voices)

    def _ask(self, lane: Lane, ask: Callable[[], _Found], show: Callable[[_Found], None]) -> None:
        self._desk.jobs.submit(
            lane, lambda _job: ask(), show, lambda error: self.told.emit(sentence_of(error))
        )
