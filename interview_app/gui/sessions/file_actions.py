"""What leaves the sessions as files, and the room their sound takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from interview_app.gui.sessions.context import SessionsContext
from interview_app.gui.sessions.export_dialog import ExportChoice, ExportContext, ExportDialog
from interview_app.gui.sessions.history_view import HistoryView
from interview_app.gui.sessions.session_actions import SessionActions
from interview_app.gui.sessions.session_view import SessionView
from interview_app.gui.sessions.sound_storage_view import StorageContext, StorageView
from interview_app.gui.text.bidi import isolated
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Theme
from interview_app.services.jobs import Lane
from interview_app.services.ports.sessions import SessionSummary


class SessionFiles(QObject):
    """Opens the export dialog and the storage view, where the desk offers them."""

    def __init__(
        self,
        theme: Theme,
        context: SessionsContext,
        stack: QStackedWidget,
        views: tuple[HistoryView, SessionView],
        commands: SessionActions,
        back: Callable[[], None],
    ) -> None:
        super().__init__(stack)
        self._theme = theme
        self._context = context
        self._stack = stack
        self._history, self._session = views
        self._back = back
        self._folder: Path | None = None
        self.storage: StorageView | None = None
        session_acts = self._session.head.commands
        if context.export is not None:
            commands.export_asked.connect(self._export_sessions)
            session_acts.add_to_menu(
                self.tr("Export…"), "export", self._export_open_session, key="Ctrl+E"
            )
        session_acts.add_to_menu(
            self.tr("Title, your rating and tags…"),
            "tag",
            lambda: self._of_open_session(lambda number: commands.show_details((number,))),
            key="F2",
        )
        commands.labelled.connect(self._rename)
        if context.storage is not None:
            self._history.foot.commands.add_to_menu(
                self.tr("Room that sound takes…"), "hard-drives", self.show_storage, key="R"
            )

    def show_storage(self) -> None:
        """Have the storage view in front."""
        if self.storage is None and self._context.storage is not None:
            view = StorageView(
                self._theme, StorageContext(self._context.jobs, self._context.storage)
            )
            view.back_asked.connect(self._back)
            self._stack.addWidget(view)
            self.storage = view
        if self.storage is not None:
            self._stack.setCurrentWidget(self.storage)
            self._stack.setFocusProxy(self.storage)
            self.storage.setFocus()
            self.storage.refresh()

    def close(self) -> None:
        """Stop what is going on; the window is about to go."""
        if self.storage is not None:
            self.storage.close_view()

    def _of_open_session(self, call: Callable[[int], None]) -> None:
        session = self._session.session
        if session is not None and session.id is not None:
            call(session.id)

    def _rename(self, lines: Sequence[SessionSummary]) -> None:
        session = self._session.session
        for line in lines:
            if session is not None and line.id == session.id:
                self._session.head.title.setText(line.name)

    def _export_sessions(self, ids: Sequence[int]) -> None:
        history = self._context.history

        def ask(lines: Sequence[SessionSummary]) -> None:
            count = len(lines)
            name = settled(self.tr("%n session(s)", "", count), count)
            if count == 1:
                name = f"{self._day(lines[0].started_at)} {lines[0].name}"
            takes = sum(line.take_count for line in lines)
            self._open(ExportChoice(tuple(line.id for line in lines), name, takes))

        def read(_job: object) -> Sequence[SessionSummary]:
            return history.lines(ids)

        def trouble(error: Exception) -> None:
            self._history.notice.show_message(sentence_of(error), icon_name="warning-circle")

        self._context.jobs.submit(Lane.STORAGE, read, ask, trouble)

    def _export_open_session(self) -> None:
        session, take = self._session.session, self._session.take
        if session is None or session.id is None:
            return
        name = f"{self._day(session.started_at)} {self._session.head.title.text()}"
        uid = take_name = ""
        if take is not None and len(session.takes) > 1:
            uid = take.uid
            prompt = session.asked[take.position].question.prompt
            take_name = self.tr("Only take {0} of: {1}").format(take.number, isolated(prompt))
        self._open(ExportChoice((session.id,), name, len(session.takes), uid, take_name))

    def _open(self, chosen: ExportChoice) -> None:
        if self._context.export is None or not chosen.session_ids:
            return
        context = ExportContext(self._context.jobs, self._context.export, self._context.open_folder)
        dialog = ExportDialog(self._theme, context, chosen, self._folder, self._stack.window())
        dialog.written.connect(self._remember)
        dialog.open()

    def _day(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._context.clock.zone):%Y-%m-%d}"

    def _remember(self, folder: Path) -> None:
        self._folder = folder
