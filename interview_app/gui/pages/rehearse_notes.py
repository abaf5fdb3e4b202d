"""What the person wrote to a question for themselves, beside their take."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from interview_app.gui.theme import Space, Theme
from interview_app.gui.widgets.controls import column
from interview_app.gui.widgets.text_columns import TextColumn
from interview_app.services.personal_notes import PersonalNote


class NotesPart(QWidget):
    """Prepared answer and notes; not there where nothing was written.

    Signals:
        asked(str, str): what was written to this question (guide id, question id)?
    """

    asked = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._key = ("", "")
        self.answer = TextColumn(theme, self.tr("My prepared answer"))
        self.notes = TextColumn(theme, self.tr("My notes"))
        layout = column(self, spacing=Space.M)
        layout.addWidget(self.answer)
        layout.addWidget(self.notes)
        self.show_note(PersonalNote("", ""))

    def show_question(self, guide_id: str, question_id: str) -> None:
        """Be about that question, and ask what is written to it now."""
        self._key = (guide_id, question_id)
        self.show_note(PersonalNote(guide_id, question_id))
        self.asked.emit(guide_id, question_id)

    def show_note(self, note: PersonalNote) -> None:
        """Show what was written, if it was to the question this is about."""
        if self._key == (note.guide_id, note.question_id):
            self.answer.set_text(_as_written(note.answer))
            self.notes.set_text(_as_written(note.notes))
            self.setVisible(not note.is_empty)


def _as_written(text: str) -> str:
    """Plain text with its line ends, as Markdown keeps them."""
    return text.strip().replace("\n", "  \n")
