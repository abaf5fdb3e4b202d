"""The person's own notes and prepared answer to a question, kept as they are written."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from interview_app.gui.answer.note_editor import SAVE_DELAY_MS, NoteEditor
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.services.guides.notes import PersonalNote


class NotesPanel(QWidget):
    """The person's own notes and prepared answer to one question, kept as they are written.

    Signals:
        written(PersonalNote): this is to be kept.
        read_asked(str, str): read the text of that name aloud, or stop reading it.
    """

    written = Signal(object)
    read_asked = Signal(str, str)

    def __init__(self, theme: Theme, *, can_read: bool = True) -> None:
        """``can_read``: offer to have the prepared answer read aloud."""
        super().__init__()
        self._note: PersonalNote | None = None
        self._unkept: dict[tuple[str, str], PersonalNote] = {}
        """What could not be kept of questions that are not shown any more, by their ids."""
        self._is_showing = False
        self.answer = NoteEditor(
            theme,
            self.tr("My prepared answer"),
            self.tr("Your own story for this question. It stands beside your takes later."),
        )
        self.notes = NoteEditor(
            theme, self.tr("My notes"), self.tr("Figures, names, reminders: only for you.")
        )
        self.state = make_label(role=Role.MUTED)
        self.read_button = Button(theme, "", "speaker-high", Kind.QUIET)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SAVE_DELAY_MS)
        self._delay.timeout.connect(self.save)
        self._build()
        for editor in (self.answer, self.notes):
            editor.textChanged.connect(self._typed)
            editor.left.connect(self.save)
        self.read_button.clicked.connect(
            lambda: self.read_asked.emit("my-answer", self.answer.toPlainText())
        )
        self.read_button.setVisible(can_read)
        self.show_reading("")
        self.show_note(None)

    @property
    def note(self) -> PersonalNote | None:
        """What is written now; ``None`` while it is not known."""
        if self._note is None:
            return None
        return PersonalNote(
            self._note.guide_id,
            self._note.question_id,
            self.notes.toPlainText(),
            self.answer.toPlainText(),
        )

    @property
    def is_changed(self) -> bool:
        """Whether something is written that nobody was told to keep."""
        return self._note is not None and self.note != self._note

    @property
    def is_in_use(self) -> bool:
        """Whether the person is writing here."""
        return self.answer.hasFocus() or self.notes.hasFocus()

    def show_note(self, note: PersonalNote | None) -> None:
        """Show what was written to a question; ``None`` while it is being fetched."""
        self.save()
        is_same = note is not None and note == self.note
        self._note = note
        if is_same:
            return  # the cursor stays where it is
        unkept = self._unkept.pop(self._key, None)
        written = unkept or note
        self._is_showing = True
        for editor, text in (
            (self.answer, written.answer if written else ""),
            (self.notes, written.notes if written else ""),
        ):
            editor.setPlainText(text)
            editor.setEnabled(note is not None)
        self._is_showing = False
        self.state.setText(self.tr("Not saved") if unkept else "")
        self.read_button.setEnabled(bool(written and written.answer.strip()))

    def show_kept(self, note: PersonalNote) -> None:
        """Say that it was kept."""
        if self.note == note:
            self.state.setText(self.tr("Saved"))

    def show_failure(self, note: PersonalNote) -> None:
        """Say that it was not kept; the words stay where they are, or come back with them."""
        key = (note.guide_id, note.question_id)
        if self._note is None or key != self._key:
            self._unkept[key] = note
            return
        self._note = PersonalNote(*key)
        self.state.setText(self.tr("Not saved"))

    def save(self) -> None:
        """Keep what was written, if it differs from what is kept."""
        self._delay.stop()
        note = self.note
        if note is not None and note != self._note:
            self._note = note
            self.written.emit(note)

    def show_reading(self, name: str) -> None:
        """Show whether the prepared answer is being read aloud."""
        is_read = name == "my-answer"
        self.read_button.set_icon("stop-fill" if is_read else "speaker-high")
        tip = (
            self.tr("Stop reading")
            if is_read
            else self.tr("Read aloud: {0}").format(self.tr("My prepared answer"))
        )
        self.read_button.setAccessibleName(tip)
        set_tool_tip(self.read_button, tip)

    @property
    def _key(self) -> tuple[str, str]:
        return (self._note.guide_id, self._note.question_id) if self._note else ("", "")

    def _build(self) -> None:
        head = row(spacing=Space.XS)
        head.addWidget(make_label(self.tr("My prepared answer"), Role.HEADING, wraps=True), 1)
        head.addWidget(self.state)
        head.addWidget(self.read_button)
        layout = column(self, spacing=Space.XS)
        layout.addLayout(head)
        layout.addWidget(self.answer)
        layout.addSpacing(Space.XS)
        layout.addWidget(make_label(self.tr("My notes"), Role.HEADING))
        layout.addWidget(self.notes)

    def _typed(self) -> None:
        if self._is_showing or self._note is None:
            return
        self.state.setText("")
        self.read_button.setEnabled(bool(self.answer.toPlainText().strip()))
        self._delay.start()
