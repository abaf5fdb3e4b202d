"""Writing one word of a transcript anew, in its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from interview_app.gui.theme import Role, Space, Theme

_STEPS = {
    Qt.Key.Key_Return: 0,
    Qt.Key.Key_Enter: 0,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
}
_LETTERS = 7
"""Room for so many letters at least: the words around stay in sight."""


class WordEditor(QLineEdit):
    """A line over the word that is corrected; Enter and Tab keep it, Escape leaves it.

    Signals:
        written(str, int): this stands there now; then go to the word so many places on.
        left: nothing is to be changed.
    """

    written = Signal(str, int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = parent
        self._box = QRect()
        self.setAccessibleName(self.tr("Correct this word"))
        self.setAccessibleDescription(
            self.tr(
                "One word or several; nothing deletes it. Enter keeps, Tab goes on, Esc leaves."
            )
        )
        self.setPlaceholderText(self.tr("Empty: delete"))
        self.textChanged.connect(self._fit)
        self.hide()

    def edit(self, box: QRect, text: str) -> None:
        """Begin with a word that stands at this place of the parent."""
        self._box = box
        self.setFont(self._theme.font(Role.READING))
        self.setText(text)
        self.show()
        self._fit()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        # What is written here is nobody's shortcut; keys with Ctrl stay what they are.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            and event.key() != Qt.Key.Key_F1
        ):
            event.accept()
            return True
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
        ):
            # Qt would go to the next widget before keyPressEvent sees it.
            self._write(_STEPS[Qt.Key(event.key())])
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self._write(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere keeps what was written; another window or a menu does not end it."""
        super().focusOutEvent(event)
        stays = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}
        if self.isVisible() and event.reason() not in stays:
            self._write(0)

    def _write(self, step: int) -> None:
        self.hide()
        self.written.emit(self.text(), step)

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        least = metrics.averageCharWidth() * _LETTERS
        shown = self.text() or self.placeholderText()
        width = max(least, metrics.horizontalAdvance(shown)) + Space.XL
        width = min(width, self._ground.width())
        left = min(self._box.left() - Space.S, self._ground.width() - width)
        height = self.sizeHint().height()
        top = self._box.center().y() - height // 2
        self.setGeometry(max(0, left), max(0, top), width, height)
