"""The words of an answer as they settle: a calm line or two, never in the way."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

from interview_app.gui.theme import Role, set_role

_SHOWN_LETTERS = 130
"""Two lines of reading text: what was just said, not the whole answer."""
FALLING_BEHIND_S = 10.0
"""From here on words visibly lag behind speech, so that the person is told why."""


class LiveWords(QLabel):
    """Shows the end of what was heard so far; gives way where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(self.tr("Words heard so far"))
        set_role(self, Role.READING)
        self.hide()

    def show_words(self, text: str, behind_s: float) -> None:
        """Show the last words of a text; ``behind_s`` of sound are not words yet."""
        if behind_s >= FALLING_BEHIND_S:
            late = self.tr(
                "The words are {0} seconds behind. They will be finished after you stop."
            )
            self.setText(late.format(round(behind_s)))
        else:
            self.setText(_end_of(text))
        self.setVisible(bool(self.text()))

    def clear_words(self) -> None:
        """Show nothing."""
        self.clear()
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """Nothing: the recording sign has the room first."""
        return QSize(0, 0)


def _end_of(text: str) -> str:
    if len(text) <= _SHOWN_LETTERS:
        return text
    return "…" + text[-_SHOWN_LETTERS:].partition(" ")[2]
