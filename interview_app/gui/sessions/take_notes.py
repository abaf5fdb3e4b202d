"""Notes on the take in front: read with its session, kept while they are written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from interview_app.gui.answer.note_editor import SAVE_DELAY_MS, NoteEditor
from interview_app.gui.sessions.session_view import SessionView
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, make_line
from interview_app.services.history.take_notes import TakeNotes
from interview_app.services.jobs import Jobs, Lane


class TakeNotesPanel(QObject):
    """Shows the notes of the take in front; what is written is kept when the keys rest.

    Each take has its own text here, so that notes of one never reach another, however quickly
    takes are turned over.
    """

    def __init__(self, theme: Theme, view: SessionView, notes: TakeNotes, jobs: Jobs) -> None:
        super().__init__(view)
        self._view = view
        self._notes = notes
        self._jobs = jobs
        self._session_id: int | None = None
        self._kept: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._uid = ""
        self.editor = NoteEditor(
            theme,
            self.tr("My notes on this take"),
            self.tr("What to do next time"),
        )
        self.state = make_label(role=Role.MUTED, wraps=True)
        self.column = QWidget()
        layout = column(self.column, spacing=Space.XS)
        layout.addWidget(make_label(self.tr("My notes on this take"), Role.HEADING))
        layout.addWidget(make_line())
        layout.addWidget(self.editor)
        layout.addWidget(self.state)
        view.take_view.add_beside(self.column)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_DELAY_MS)
        self._timer.timeout.connect(self.keep)
        self.editor.textChanged.connect(self._change)
        self.editor.left.connect(self.keep)
        view.take_view.take_shown.connect(self._show)
        view.key_book.add("M", self.tr("Write notes on the take"), self._begin)
        self.editor.installEventFilter(self)

    def read(self, session_id: int) -> None:
        """Have the notes of a session's takes; what is still being written is kept before."""
        self.keep()
        self._session_id = session_id
        self._kept = {}
        self._show()
        self._jobs.submit(
            Lane.STORAGE,
            lambda _job: self._notes.of_session(session_id),
            partial(self._found, session_id),
            self._trouble,
        )

    def keep(self) -> None:
        """Keep what was written now."""
        self._timer.stop()
        written, self._written = self._written, {}
        for uid, text in written.items():
            self._jobs.submit(
                Lane.STORAGE,
                partial(self._store, uid, text),
                partial(self._stored, uid),
                self._trouble,
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leaves the text, not the session, which has that key too."""
        is_key = event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() is QEvent.Type.KeyPress:
                self._view.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _store(self, uid: str, text: str, _job: object) -> None:
        self._notes.keep(uid, text)

    def _found(self, session_id: int, notes: dict[str, str]) -> None:
        if session_id == self._session_id:
            self._kept = {**notes, **self._kept, **self._written}
            self._show()

    def _show(self) -> None:
        take = self._view.take
        uid = take.uid if take is not None else ""
        text = self._kept.get(uid, "")
        self.column.setVisible(take is not None)
        if uid != self._uid or text != self.editor.toPlainText():
            self._uid = uid
            with QSignalBlocker(self.editor):
                self.editor.setPlainText(text)
            self.state.clear()
        self.state.setVisible(bool(self.state.text()))

    def _change(self) -> None:
        if self._uid:
            self._kept[self._uid] = self._written[self._uid] = self.editor.toPlainText()
            self.state.hide()
            self._timer.start()

    def _stored(self, uid: str, _done: None) -> None:
        if uid == self._uid and uid not in self._written:
            self._show_message(self.tr("Kept"))

    def _trouble(self, error: Exception) -> None:
        self._show_message(sentence_of(error))

    def _show_message(self, text: str) -> None:
        self.state.setText(text)
        self.state.show()

    def _begin(self) -> None:
        if self.column.isVisibleTo(self._view):
            self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._view.take_view.area.ensureWidgetVisible(self.column)
