"""What the person has of their own to a question, beside their take: to read, and to write."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.answer.linked_stories import LinkedStories
from interview_app.gui.answer.notes_panel import NotesPanel
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line
from interview_app.services.guides.notes import PersonalNote


class ReviewNotes(QWidget):
    """Prepared answer, notes and stories; what is written is kept at once.

    Where nothing was written yet there is only a button to begin.

    Signals:
        asked(QuestionKey): what does the person have to this question?
        written(PersonalNote): this is to be kept.
    """

    asked = Signal(object)
    written = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._key = QuestionKey("", "")
        self.words = NotesPanel(theme, can_read=False)
        self.write_button = Button(
            theme, self.tr("Write my notes"), "pencil-simple", Kind.PLAIN, "M"
        )
        self.stories = LinkedStories(theme, can_open=False)
        self._stories_part = QWidget()
        told = column(self._stories_part, spacing=Space.XS)
        told.addWidget(make_label(self.tr("My stories"), Role.HEADING))
        told.addWidget(make_line())
        told.addWidget(self.stories)
        layout = column(self, spacing=Space.M)
        layout.addWidget(self.words)
        layout.addWidget(self.write_button)
        layout.addWidget(self._stories_part)
        self.words.written.connect(self.written)
        self.write_button.clicked.connect(self.write)
        self._show_words(is_written=False)
        self._stories_part.hide()

    def show_question(self, key: QuestionKey) -> None:
        """Be about that question, and ask what the person has to it now."""
        self.words.show_note(None)
        self._key = key
        self._show_words(is_written=False)
        self._show_stories(())
        self.asked.emit(key)

    def show_mine(self, note: PersonalNote, stories: Sequence[Story]) -> None:
        """Show what the person has, if it is to the question this is about."""
        if self._key != QuestionKey(note.guide_id, note.question_id):
            return
        self._show_stories(stories)
        if not self.words.is_changed:
            self.words.show_note(note)
            is_written = not note.is_empty or self.words.is_changed or self.words.is_in_use
            self._show_words(is_written=is_written)

    def write(self) -> None:
        """Put the focus where notes are written."""
        if self.words.note is not None:
            self._show_words(is_written=True)
            self.words.notes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Keep what was written."""
        self.words.save()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._key.question_id:
            self.asked.emit(self._key)  # it may have been written to on another page meanwhile

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.save()

    def _show_words(self, *, is_written: bool) -> None:
        self.words.setVisible(is_written)
        self.write_button.setVisible(not is_written)

    def _show_stories(self, stories: Sequence[Story]) -> None:
        self.stories.show_stories(stories)
        self._stories_part.setVisible(bool(stories))
