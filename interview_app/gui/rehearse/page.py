"""The Rehearse page: set-up first, and the views of a session when there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from interview_app.domain.errors import InterviewAppError
from interview_app.domain.session_choices import Mode
from interview_app.gui.rehearse.setup_view import SetupView
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.widgets.day_watch import DayWatch
from interview_app.services.jobs import Lane

if TYPE_CHECKING:
    from interview_app.domain.guide import Guide
    from interview_app.domain.session import Session
    from interview_app.gui.rehearse.context import RehearseContext
    from interview_app.gui.rehearse.question_view import LiveQuestionView
    from interview_app.gui.rehearse.review_view import ReviewView
    from interview_app.gui.rehearse.session_controller import SessionController
    from interview_app.gui.rehearse.summary_view import SummaryView
    from interview_app.gui.theme import Theme
    from interview_app.gui.widgets.keys import KeyHelp
    from interview_app.services.ports.sessions import SessionSummary
    from interview_app.services.ports.voice import VoiceInfo
    from interview_app.services.rehearsal.planning import SessionPlan
    from interview_app.services.rehearsal.session_runner import SessionRunner

_Found = TypeVar("_Found")
_SETTLE_MS = 1500
"""A choice that rests so long is made ready."""


class RehearsePage(QStackedWidget):
    """Set-up, room, review and summary of one session after another.

    Signals:
        told(str): something went wrong that no part of the page can show.
        sound_check_asked: the sound check is wanted.
        recording(float | None): so many seconds of an answer are recorded; nothing is recorded.
        stored: something of a session that is out of sight was stored or transcribed.
    """

    told = Signal(str)
    sound_check_asked = Signal()
    recording = Signal(object)
    stored = Signal()

    def __init__(self, theme: Theme, context: RehearseContext) -> None:
        super().__init__()
        self._theme = theme
        self._context = context
        self._voices: tuple[VoiceInfo, ...] = ()
        self.setup = SetupView(theme)
        self.addWidget(self.setup)
        self.setFocusProxy(self.setup)
        self.setup.begin_asked.connect(self._begin_planned)
        self.setup.continue_asked.connect(self._continue)
        self.setup.sound_check_asked.connect(self.sound_check_asked)
        self.setup.show_settings(context.preferences.settings)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._expect)
        for changed in (
            self.setup.questions.changed,
            self.setup.how.changed,
            self.setup.how.voice_box.currentIndexChanged,
            self.setup.how.rate_box.valueChanged,
        ):
            changed.connect(self._settle_down)
        self.day_watch = DayWatch(context.clock.today, self.setup)
        self.day_watch.day_changed.connect(self._ask_unfinished)
        context.devices.changed.connect(self._show_devices)
        self._show_devices()

    @property
    def room(self) -> LiveQuestionView:
        """Where questions are asked and answered."""
        return self._views.room

    @property
    def review(self) -> ReviewView:
        """Where one answer is looked back on."""
        return self._views.review

    @property
    def summary(self) -> SummaryView:
        """The end of a session."""
        return self._views.summary

    @property
    def runner(self) -> SessionRunner | None:
        """The session in front, if there is one."""
        return self._views.runner if self._has_views else None

    @property
    def is_settled(self) -> bool:
        """Whether every take of this page's sessions is closed and stored."""
        return not self._has_views or self._views.is_settled

    def prepare(self) -> None:
        """Build the views of a session ahead of the first one; takes about a tenth of a second."""
        _ = self._views

    def refresh(self) -> None:
        """Look again for guides, then for unfinished sessions, and for voices until there are.

        The page cannot do without guides. At the start each of the three imports for a tenth of a
        second or more, and all together would keep the guides, and every key, waiting.
        """
        preferences = self._context.preferences
        self._ask(
            Lane.FILES,
            self._context.guides,
            lambda guides: self.setup.show_guides(guides, preferences.settings.last_guide),
            self._ask_the_rest,
        )

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of what is in front."""
        view = self.currentWidget()
        if not self._has_views or view is self.setup:
            return self.setup.keys()
        known = (self.room, self.review, self.summary)
        return next((one.keys() for one in known if one is view), ())

    def before_closing(self) -> str:
        """What would be interrupted if the window closed now; nothing where nothing is."""
        if not self._has_views or not self._views.is_answering:
            return ""
        return self.tr(
            "An answer is being recorded. Close now, and it is kept as far as you have spoken; "
            "you can go on with the session later."
        )

    def begin(self, session: Session) -> None:
        """Conduct a session, new or unfinished."""
        self._name_voices()
        self._views.begin(session)

    def _name_voices(self) -> None:
        names = {voice.id: self._name(voice) for voice in self._voices}
        self._views.room.stage.interviewer.name_voices(names)

    def _name(self, voice: VoiceInfo) -> tuple[str, str]:
        """Who asks, and in which voice; only natural voices have a person's name."""
        who = self.tr("Interviewer") if voice.engine == "system" else voice.name
        return who, voice.name if voice.engine == "system" else voice.manner

    def begin_first_question(self) -> None:
        """Practise one question of the guide in front, to see how it goes."""
        if self.setup.guide is not None:
            plan = replace(self.setup.plan(), count=1, mode=Mode.PRACTICE)
            self._begin_planned(self.setup.guide, plan)

    def leave(self) -> None:
        """Leave the session in front, to go on later; what was said is kept."""
        if self._has_views:
            self._views.leave()

    def close_sessions(self) -> None:
        """Stop listening to anything; for the end of the window, once all is settled."""
        self._settle.stop()
        if self._has_views:
            self._views.close()

    @property
    def _has_views(self) -> bool:
        return "_views" in self.__dict__

    @cached_property
    def _views(self) -> SessionController:
        """Built at first need: the window opens sooner without them."""
        from interview_app.gui.rehearse.session_controller import SessionController

        views = SessionController(self._theme, self._context, self)
        for view in (views.room, views.review, views.summary):
            self.addWidget(view)
        views.front.connect(self._bring)
        views.over.connect(self._end)
        views.stored.connect(self._ask_unfinished)
        views.stored.connect(self.stored)
        views.told.connect(self.told)
        views.recording.connect(self.recording)
        return views

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle_down()

    def _settle_down(self, *_: object) -> None:
        if self.isVisible() and self.currentWidget() is self.setup:
            self._settle.start()

    def _expect(self) -> None:
        """A choice that rests will probably begin: its first words are made ready."""
        guide = self.setup.guide
        if guide is not None and self.currentWidget() is self.setup and self.isVisible():
            self._context.expect(guide, self.setup.plan())

    def _begin_planned(self, guide: Guide, plan: SessionPlan) -> None:
        self._context.preferences.change(**self.setup.choices())
        try:
            session = self._context.plan(guide, plan)
        except InterviewAppError as error:
            self.told.emit(sentence_of(error))
            return
        self.begin(session)

    def _continue(self, session_id: int) -> None:
        self._ask(Lane.STORAGE, lambda: self._context.load(session_id), self.begin)

    def _bring(self, view: QWidget) -> None:
        if self.currentWidget() is view:
            return
        self._settle.stop()
        self.setCurrentWidget(view)
        self.setFocusProxy(view)
        if view is self.setup or view is self.room:
            view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif view is self.review:
            self.review.take_focus()
        else:
            self.summary.take_focus()

    def _end(self) -> None:
        self._bring(self.setup)
        self.refresh()

    def _show_devices(self) -> None:
        self.setup.show_microphone(self._context.devices.has_no_microphone)

    def _voices_found(self, voices: Sequence[VoiceInfo]) -> None:
        self._voices = tuple(voices)
        if self._has_views:
            self._name_voices()
        self.setup.show_voices(voices)

    def _ask_unfinished(self) -> None:
        def show(sessions: Sequence[SessionSummary]) -> None:
            self.setup.show_unfinished(sessions, self._context.clock.local_now())

        self._ask(Lane.STORAGE, self._context.unfinished, show)

    def _ask_the_rest(self) -> None:
        self._ask_unfinished()
        if not self._voices:
            self._context.jobs.submit(
                Lane.VOICE,
                lambda _job: self._context.voices(),
                self._voices_found,
                lambda error: self.setup.show_voices((), sentence_of(error)),
            )

    def _ask(
        self,
        lane: Lane,
        ask: Callable[[], _Found],
        show: Callable[[_Found], None],
        then: Callable[[], None] = lambda: None,
    ) -> None:
        def shown(found: _Found) -> None:
            show(found)
            then()

        def failed(error: Exception) -> None:
            self.told.emit(sentence_of(error))
            then()

        self._context.jobs.submit(lane, lambda _job: ask(), shown, failed)
