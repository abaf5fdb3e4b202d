"""A text of one's own, to write."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from interview_app.gui.theme import Role, Theme

SAVE_DELAY_MS = 500
"""What is written is kept when the keys rest so long, and at once when one turns away."""
_LEAST_LINES = 3


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
