"""The question as it is asked, each word highlighted while it is spoken."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from interview_app.gui.theme import Role, Theme
from interview_app.gui.widgets.reading_text import GrowingText

_LINE_HEIGHT_PERCENT = 125
"""Large text needs less room between its lines than reading text."""


class QuestionView(GrowingText):
    """One question in large type, at most 70 characters wide."""

    def __init__(self, theme: Theme, role: Role = Role.QUESTION) -> None:
        super().__init__(theme, role)
        self._prompt = ""
        self._spoken = (0, 0)
        self.setAccessibleName(self.tr("Question"))
        theme.changed.connect(self._write)

    @property
    def spoken_word(self) -> str:
        """The word highlighted now, or nothing."""
        return self._prompt[slice(*self._spoken)]

    def set_prompt(self, prompt: str) -> None:
        """Show a question, with no word highlighted."""
        self._spoken = (0, 0)
        if prompt == self._prompt:
            self._highlight()
            return
        self._prompt = prompt
        self._write()

    def set_spoken(self, start: int, end: int) -> None:
        """Highlight the characters ``start`` to ``end``; none where they are the same."""
        if (start, end) != self._spoken:
            self._spoken = (start, end)
            self._highlight()

    def _write(self) -> None:
        self.document().setDefaultFont(self._theme.font(self._role))
        self.setPlainText(self._prompt)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        block = self.block_format(_LINE_HEIGHT_PERCENT)
        block.setBottomMargin(0)
        cursor.setBlockFormat(block)
        shown = QTextCharFormat()
        shown.setFont(self._theme.font(self._role))
        shown.setForeground(self._theme.color("text"))
        cursor.mergeCharFormat(shown)
        self.setMaximumWidth(self.reading_width())
        self._highlight()
        self.fit()

    def _highlight(self) -> None:
        start, end = self._spoken
        if start >= end:
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        shown = QTextCharFormat()
        shown.setForeground(self._theme.color("on_accent"))
        shown.setBackground(self._theme.color("accent"))
        cursor = QTextCursor(self.document())
        last = max(0, self.document().characterCount() - 1)
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        selection.format = shown
        selection.cursor = cursor
        self.setExtraSelections([selection])
