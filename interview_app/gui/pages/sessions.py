"""The Sessions page: the history, one session of it, and search."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from interview_app.domain.session import Take
from interview_app.gui.messages import sentence_of
from interview_app.gui.models.session_list import PAGE
from interview_app.gui.pages.sessions_desk import OpenedSession, SessionsDesk, open_session
from interview_app.gui.pages.sessions_list import MOST_HITS, HistoryView
from interview_app.gui.pages.sessions_session import SessionView
from interview_app.gui.theme import Theme
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.services.history import TRASH_DAYS
from interview_app.services.jobs import JobContext, Lane, Progress
from interview_app.services.ports import SearchHit, SessionSummary
from interview_app.services.replaying import Replaying


class SessionsPage(QStackedWidget):
    """Asks the history for what is shown, in jobs, and passes on what the person wants.

    Signals:
        continue_asked(int): go on with an unfinished session.
        rehearse_asked: there is nothing yet; begin a session.
    """

    continue_asked = Signal(int)
    rehearse_asked = Signal()

    def __init__(self, theme: Theme, desk: SessionsDesk) -> None:
        super().__init__()
        self._desk = desk
        self._search: JobContext | None = None
        self._opening: JobContext | None = None
        self._again: dict[str, JobContext] = {}
        self.replaying = Replaying(desk.player, lambda: desk.preferences.choices.speaker)
        self.history = HistoryView(theme)
        self.session = SessionView(theme, self.replaying)
        self.addWidget(self.history)
        self.addWidget(self.session)
        self.setFocusProxy(self.history)
        self._connect()

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of what is shown."""
        if self.currentWidget() is self.session:
            find = KeyHelp("Ctrl+F", self.tr("Search all that was asked and said"))
            return (*self.session.keys(), find)
        return self.history.keys()

    def refresh(self) -> None:
        """Ask for the newest sessions."""
        wanted = max(PAGE, self.history.sessions.rowCount())
        self.history.busy.start(self.tr("Reading your sessions…"))
        history = self._desk.history
        self._desk.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.sessions(wanted, 0),
            lambda found: self._found(found, wanted),
            self._not_found,
        )

    def open_session(self, session_id: int, hit: SearchHit | None = None) -> None:
        """Show a session, at a hit of the search if one was chosen."""
        if self._opening is not None:
            self._opening.cancel()
        shown = self.session.session
        if hit is not None and shown is not None and shown.id == session_id:
            self._show_hit(hit)
            return
        self.history.busy.start(self.tr("Opening the session…"))
        self._opening = self._desk.jobs.submit(
            Lane.STORAGE,
            partial(open_session, self._desk.history, session_id),
            lambda opened: self._opened(opened, hit),
            self._not_opened,
        )

    def close_page(self) -> None:
        """Be silent and stop listening; the window is about to go."""
        self.replaying.close()
        for job in (*self._again.values(), self._search, self._opening):
            if job is not None:
                job.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.replaying.state.is_playing:
            self.replaying.toggle()

    def _connect(self) -> None:
        view = self.history
        view.sessions.more_wanted.connect(self._load_more)
        view.opened.connect(self.open_session)
        view.hit_opened.connect(self._open_hit)
        view.continue_asked.connect(self.continue_asked)
        view.rehearse_asked.connect(self.rehearse_asked)
        view.delete_asked.connect(self._delete)
        view.search_asked.connect(self._search_for)
        view.retry_asked.connect(self.refresh)
        shown = self.session
        shown.back_asked.connect(self._back)
        shown.continue_asked.connect(self.continue_asked)
        shown.delete_asked.connect(self._delete)
        shown.again_asked.connect(self._transcribe_again)
        shown.hit_stepped.connect(self._step_hit)
        bind_key(self, "Ctrl+F", self._begin_search)

    @property
    def _is_front(self) -> bool:
        return self.isVisible() and self.currentWidget() is self.history

    # --- the list -----------------------------------------------------------------------------

    def _found(self, sessions: Sequence[SessionSummary], wanted: int) -> None:
        self.history.busy.stop()
        is_complete = len(sessions) < wanted
        now = self._desk.clock.now()
        had_nothing = not self.history.sessions.rowCount()
        self.history.show_sessions(sessions, now, is_complete=is_complete)
        if had_nothing and self._is_front and not self.history.search.hasFocus():
            self.history.take_focus()

    def _not_found(self, error: Exception) -> None:
        self.history.busy.stop()
        self.history.show_failure(sentence_of(error))

    def _load_more(self, offset: int) -> None:
        history, model = self._desk.history, self.history.sessions

        def more(sessions: Sequence[SessionSummary]) -> None:
            if model.rowCount() == offset:
                model.append(sessions, is_complete=len(sessions) < PAGE)

        self._desk.jobs.submit(
            Lane.STORAGE, lambda _job: history.sessions(PAGE, offset), more, self._trouble
        )

    def _delete(self, session_id: int) -> None:
        if self._desk.is_open(session_id):
            self.history.notice.tell(
                self.tr("This session is open under Rehearse. End or leave it there first."),
                icon_name="info",
            )
            self._back()
            return
        history = self._desk.history
        self._desk.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.move_to_trash(session_id),
            lambda _done: self._deleted(session_id),
            self._trouble,
        )

    def _deleted(self, session_id: int) -> None:
        self._back()
        removed = self.history.remove(session_id)
        if removed is None:
            return
        self.history.take_focus()
        self.history.notice.tell(
            self.tr("“{0}” was deleted. It can be brought back for {1} days.").format(
                removed.guide_title, TRASH_DAYS
            ),
            icon_name="trash",
            action=self.tr("Undo"),
            act=lambda: self._restore(removed),
        )

    def _restore(self, session: SessionSummary) -> None:
        history = self._desk.history
        self._desk.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.restore(session.id),
            lambda _done: self._restored(session),
            self._trouble,
        )

    def _restored(self, session: SessionSummary) -> None:
        self.history.put_back(session)
        self.history.take_focus()

    def _trouble(self, error: Exception) -> None:
        self.history.busy.stop()
        self.history.notice.tell(sentence_of(error), icon_name="warning-circle")

    # --- search -------------------------------------------------------------------------------

    def _begin_search(self) -> None:
        self._back()
        self.history.begin_search()

    def _search_for(self, text: str) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None
        if not text:
            return
        history = self._desk.history
        self._search = self._desk.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.search(text, MOST_HITS),
            lambda hits: self.history.show_hits(hits, text),
            self._trouble,
        )

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
            self.history.search.text().strip(), self.history.count.text()
        )
        self.session.show_hit(hit, place)

    # --- one session --------------------------------------------------------------------------

    def _opened(self, opened: OpenedSession, hit: SearchHit | None) -> None:
        self._opening = None
        self.history.busy.stop()
        self.history.notice.hide()
        self.session.show_session(opened, self._desk.clock.now())
        self.setFocusProxy(self.session)
        self.setCurrentWidget(self.session)
        if hit is not None:
            self._show_hit(hit)
        self.session.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_opened(self, error: Exception) -> None:
        self._opening = None
        self._trouble(error)

    def _back(self) -> None:
        self.replaying.stop()
        if self.currentWidget() is self.session:
            self.setFocusProxy(self.history)
            self.setCurrentWidget(self.history)
            self.history.take_focus()

    def _transcribe_again(self, uid: str) -> None:
        session = self.session.session
        take = session.take(uid) if session is not None else None
        if session is None or take is None or uid in self._again:
            return
        model, again = self._desk.preferences.choices.model, self._desk.again
        job = self._desk.jobs.submit(
            Lane.RECOGNITION,
            lambda job: again.transcribe(session, take, model, job),
            self._transcribed,
            partial(self._not_transcribed, uid),
            partial(self._progress, uid),
        )
        self._again[uid] = job
        self.session.show_transcribing(uid, partial(self._cancel_again, uid))

    def _progress(self, uid: str, progress: Progress) -> None:
        self.session.show_progress(uid, progress.fraction)

    def _transcribed(self, take: Take) -> None:
        self._again.pop(take.uid, None)
        self.session.stop_transcribing(take.uid)
        self.session.change_take(take)

    def _not_transcribed(self, uid: str, error: Exception) -> None:
        self._again.pop(uid, None)
        self.session.stop_transcribing(uid)
        self.session.tell(sentence_of(error))

    def _cancel_again(self, uid: str) -> None:
        job = self._again.pop(uid, None)
        if job is not None:
            job.cancel()
        self.session.stop_transcribing(uid)
