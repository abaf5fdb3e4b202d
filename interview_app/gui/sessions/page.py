"""The Sessions page: the history, one session of it, and search."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from interview_app.domain.errors import UnknownSession
from interview_app.domain.session import Session
from interview_app.gui.sessions.comparison import TakeComparisonController
from interview_app.gui.sessions.context import OpenedSession, SessionsContext, open_session
from interview_app.gui.sessions.file_actions import SessionFiles
from interview_app.gui.sessions.history_query import HistoryQuery
from interview_app.gui.sessions.history_view import HistoryView
from interview_app.gui.sessions.playback import PlaybackDependencies, SessionPlayback
from interview_app.gui.sessions.retranscription import RetranscribeController
from interview_app.gui.sessions.session_actions import SessionActions
from interview_app.gui.sessions.session_overlay import SessionNavigator
from interview_app.gui.sessions.session_view import SessionView
from interview_app.gui.sessions.take_notes import TakeNotesPanel
from interview_app.gui.sessions.word_corrections import WordCorrectionController
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Theme
from interview_app.gui.widgets.day_watch import DayWatch
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.services.history.best_take import BestTakeService
from interview_app.services.jobs import JobContext, Jobs, Lane
from interview_app.services.playback.take_player import TakePlayer
from interview_app.services.ports.history import SearchHit


class BestTakeMarker(QObject):
    """A button that keeps a take as the best; the best is what a question shows first."""

    def __init__(self, view: SessionView, marking: BestTakeService, jobs: Jobs) -> None:
        super().__init__(view)
        self._view = view
        self._marking = marking
        self._jobs = jobs
        self.button = view.take_view.commands.add(
            self.tr("Keep as best"),
            "star",
            self._mark,
            key="B",
            tip=self.tr("Keep this take as the best of its question, or no longer"),
        )
        view.take_view.take_shown.connect(self._show)

    def _show(self) -> None:
        take, session = self._view.take, self._view.session
        takes = session.takes_of(take.position) if session is not None and take is not None else ()
        is_best = take is not None and take.is_best
        # One take alone needs no mark, unless it carries one.
        self.button.setVisible(len(takes) > 1 or is_best)
        self.button.set_icon("star-fill" if is_best else "star")
        self.button.set_text(self.tr("Best take") if is_best else self.tr("Keep as best"))

    def _mark(self) -> None:
        take, session = self._view.take, self._view.session
        if take is None or session is None or session.id is None:
            return
        number, uid, is_best = session.id, take.uid, not take.is_best
        self._jobs.submit(
            Lane.STORAGE,
            lambda _job: self._marking.mark(number, uid, is_best=is_best),
            self._marked,
            lambda error: self._view.show_message(sentence_of(error)),
        )

    def _marked(self, session: Session) -> None:
        """Take over the marks alone: other changes of these takes may be on their way."""
        for stored in session.takes:
            self._view.mark_take(stored.uid, is_best=stored.is_best)


class SessionsPage(QStackedWidget):
    """Asks the history for what is shown, in jobs, and passes on what the person wants.

    Signals:
        continue_asked(int): go on with an unfinished session.
        rehearse_asked: there is nothing yet; begin a session.
    """

    continue_asked = Signal(int)
    rehearse_asked = Signal()

    def __init__(self, theme: Theme, context: SessionsContext) -> None:
        super().__init__()
        self._context = context
        self._opening: JobContext | None = None
        self.day_watch = DayWatch(context.clock.today, self)
        self.replaying = TakePlayer(context.player, lambda: context.preferences.choices.speaker)
        self.history = HistoryView(theme)
        self.finder = HistoryQuery(context, self.history)
        self.commands = SessionActions(theme, context, self.history, self.finder)
        self.session = SessionView(theme, self.replaying)
        parts = PlaybackDependencies(
            context.jobs, context.player, context.voice, context.waveforms, context.preferences
        )
        self.listening = SessionPlayback(theme, self.session, self.replaying, parts)
        self.take_notes = TakeNotesPanel(theme, self.session, context.take_notes, context.jobs)
        self.best = BestTakeMarker(self.session, context.marking, context.jobs)
        stage = SessionNavigator(self, self.session, self.replaying, self.listening.leave)
        self.words = WordCorrectionController(theme, self.session, context.correcting, context.jobs)
        self.again = RetranscribeController(theme, context, stage)
        self.compared = TakeComparisonController(theme, context, stage)
        views = (self.history, self.session)
        self.files = SessionFiles(theme, context, self, views, self.commands, self._back)
        self.addWidget(self.history)
        self.addWidget(self.session)
        self.setFocusProxy(self.history)
        self._connect()

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of what is shown."""
        if self.currentWidget() is self.history:
            return self.history.keys()
        if self.currentWidget() is self.files.storage and self.files.storage is not None:
            return self.files.storage.keys()
        parts = (self.session, self.again.difference, self.compared.compare)
        shown = next((part for part in parts if part is self.currentWidget()), self.session)
        find = KeyHelp("Ctrl+F", self.tr("Search all that was asked, said and noted"))
        return (*shown.keys(), find)

    def refresh(self) -> None:
        """Ask for the sessions as they are now, and for the one that is open."""
        self.finder.refresh()
        shown = self.session.session
        if self.currentWidget() is not self.history and shown is not None and shown.id is not None:
            self._context.jobs.submit(
                Lane.STORAGE,
                partial(open_session, self._context.history, shown.id),
                self._read_again,
                self._not_read_again,
            )

    def open_session(self, session_id: int, hit: SearchHit | None = None) -> None:
        """Show a session, at a hit of the search if one was chosen."""
        if self._opening is not None:
            self._opening.cancel()
        shown = self.session.session
        is_open = self.currentWidget() is self.session
        if is_open and hit is not None and shown is not None and shown.id == session_id:
            self._show_hit(hit)
            return
        self.history.busy.start(self.tr("Opening the session…"))
        self._opening = self._context.jobs.submit(
            Lane.STORAGE,
            partial(open_session, self._context.history, session_id),
            lambda opened: self._opened(opened, hit),
            self._not_opened,
        )

    def close_page(self) -> None:
        """Be silent and stop listening; the window is about to go."""
        self.listening.close()
        self.take_notes.keep()
        self.finder.close()
        self.files.close()
        self.again.close()
        self.compared.close()
        if self._opening is not None:
            self._opening.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.listening.pause()
        self.take_notes.keep()

    def _begin_day(self) -> None:
        """What was today is yesterday now."""
        now = self._context.clock.local_now()
        self.finder.begin_day(now)
        self.session.show_day(now)
        self.compared.compare.show_day(now)

    def _connect(self) -> None:
        self.day_watch.day_changed.connect(self._begin_day)
        view = self.history
        view.opened.connect(self.open_session)
        view.hit_opened.connect(self._open_hit)
        view.rehearse_asked.connect(self.rehearse_asked)
        self.commands.continue_asked.connect(self.continue_asked)
        self.commands.went.connect(self._back)
        shown = self.session
        shown.back_asked.connect(self._back)
        shown.continue_asked.connect(self.continue_asked)
        shown.delete_asked.connect(lambda session_id: self.commands.delete((session_id,)))
        shown.hit_stepped.connect(self._step_hit)
        bind_key(self, "Ctrl+F", self._begin_search)

    def _begin_search(self) -> None:
        self._back()
        self.history.begin_search()

    def _open_hit(self, number: int) -> None:
        hit = self.history.hit(number)
        if hit is not None:
            self.open_session(hit.session_id, hit)

    def _step_hit(self, step: int) -> None:
        count = self.history.hits.rowCount()
        if count:
            here = self.history.found.currentIndex().row()
            self._open_hit((here + step) % count)

    def _show_hit(self, hit: SearchHit) -> None:
        place = self.tr("“{0}” · {1}").format(
            self.history.search.text().strip(), self.history.count
        )
        self.session.show_hit(hit, place)

    def _opened(self, opened: OpenedSession, hit: SearchHit | None) -> None:
        self._opening = None
        self.history.busy.stop()
        self.history.notice.hide()
        self.listening.leave()
        self.listening.begin()
        self.session.show_session(opened, self._context.clock.local_now())
        self.session.head.title.setText(opened.name)
        if opened.session.id is not None:
            self.take_notes.read(opened.session.id)
        self.setFocusProxy(self.session)
        self.setCurrentWidget(self.session)
        if hit is not None:
            self._show_hit(hit)
        self.session.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_again(self, opened: OpenedSession) -> None:
        """The open session as it is now, unless another was opened meanwhile."""
        shown = self.session.session
        if shown is not None and shown.id == opened.session.id:
            self.session.renew(opened, self._context.clock.local_now())

    def _not_read_again(self, error: Exception) -> None:
        if isinstance(error, UnknownSession):
            self._back()
        else:
            self.finder.trouble(error)

    def _not_opened(self, error: Exception) -> None:
        self._opening = None
        self.finder.trouble(error)

    def _back(self) -> None:
        self.listening.leave()
        self.take_notes.keep()
        if self.currentWidget() is not self.history:
            self.setFocusProxy(self.history)
            self.setCurrentWidget(self.history)
            self.history.take_focus()
