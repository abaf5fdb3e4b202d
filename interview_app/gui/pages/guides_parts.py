"""Parts of the reading side: a text that can be read aloud, and a text of one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.reading_text import ReadingText
from interview_app.services.personal_notes import PersonalNote

SAVE_DELAY_MS = 500
"""What is written is kept when the keys rest so long, and at once when one turns away."""
_LEAST_LINES = 3


class ReadablePart(QWidget):
    """A heading, a button that reads the text aloud, and the text.

    Signals:
        read_asked(str, str): read the text of that name aloud, or stop reading it.
    """

    read_asked = Signal(str, str)

    def __init__(self, theme: Theme, name: str, title: str) -> None:
        super().__init__()
        self.name = name
        self._title = title
        self._text = ""
        self.reading = ReadingText(theme, title)
        self.button = Button(theme, "", "speaker-high", Kind.QUIET)
        self.button.clicked.connect(lambda: self.read_asked.emit(self.name, self._text))
        head = row(spacing=Space.XS)
        head.addWidget(make_label(title, Role.HEADING, wraps=True), 1)
        head.addWidget(self.button)
        layout = column(self, spacing=Space.XXS)
        layout.addLayout(head)
        layout.addWidget(make_line())
        layout.addSpacing(Space.XXS)
        layout.addWidget(self.reading)
        self.show_reading("")

    @property
    def text(self) -> str:
        """The text as the guide has it."""
        return self._text

    def set_text(self, text: str | None) -> None:
        """Show a text; without one the part is hidden."""
        self._text = text or ""
        self.reading.set_text(self._text)
        self.setVisible(bool(text))

    def show_reading(self, name: str) -> None:
        """Show which text is being read aloud."""
        is_read = name == self.name
        self.button.set_icon("stop-fill" if is_read else "speaker-high")
        tip = self.tr("Stop reading") if is_read else self.tr("Read aloud: {0}").format(self._title)
        self.button.setAccessibleName(tip)
        self.button.setToolTip(tip)


class NoteEditor(QTextEdit):
    """Plain text to write, as tall as its words; the page around it scrolls.

    Signals:
        left: the focus went elsewhere.
    """

    left = Signal()

    def __init__(self, theme: Theme, name: str, hint: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._restyle)
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _restyle(self) -> None:
        self.document().setDefaultFont(self._theme.font(Role.READING))
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        frame = max(self.height() - self.viewport().height(), 0)
        height = max(round(self.document().size().height()), _LEAST_LINES * line) + frame
        if height != self.minimumHeight():
            self.setFixedHeight(height)


class MyWords(QWidget):
    """The person's own notes and prepared answer to one question, kept as they are written.

    Signals:
        written(PersonalNote): this is to be kept.
        read_asked(str, str): read the text of that name aloud, or stop reading it.
    """

    written = Signal(object)
    read_asked = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._note: PersonalNote | None = None
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

    def show_note(self, note: PersonalNote | None) -> None:
        """Show what was written to a question; ``None`` while it is being fetched."""
        self.save()
        self._is_showing = True
        self._note = note
        for editor, text in (
            (self.answer, note.answer if note else ""),
            (self.notes, note.notes if note else ""),
        ):
            editor.setPlainText(text)
            editor.setEnabled(note is not None)
        self._is_showing = False
        self.state.setText("")
        self.read_button.setEnabled(bool(note and note.answer.strip()))

    def show_kept(self, note: PersonalNote) -> None:
        """Say that it was kept."""
        if self.note == note:
            self.state.setText(self.tr("Saved"))

    def show_failure(self) -> None:
        """Say that it was not kept; the words stay where they are."""
        self._note = PersonalNote(*self._key) if self._note is not None else None
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
        self.read_button.setToolTip(tip)

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
