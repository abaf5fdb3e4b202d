"""What a place says when there is nothing in it: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from interview_app.gui.icons import icon
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label

_ICON_PX = 40


class EmptyState(QWidget):
    """An icon, a title, a sentence, and at most one thing to do."""

    def __init__(
        self, theme: Theme, icon_name: str, title: str, text: str, action: str = ""
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon_name
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = make_label(title, Role.TITLE, wraps=True)
        self._text = make_label(text, Role.READING, wraps=True)
        self.button = Button(theme, action, kind=Kind.PRIMARY)
        layout = column(self, margin=Space.XL, spacing=Space.S)
        layout.addStretch(1)
        for widget in (self._icon, self._title, self._text):
            layout.addWidget(widget)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(Space.S)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.button.setVisible(bool(action))
        theme.changed.connect(self._paint_icon)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not before it is seen: the first icon of all loads their font.
        self._paint_icon()

    def text(self) -> str:
        """What it says."""
        return f"{self._title.text()} {self._text.text()}"

    def say(self, title: str, text: str, action: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self.button.set_text(action)
        self.button.setVisible(bool(action))

    def _paint_icon(self) -> None:
        if self.isHidden():
            return
        side = self._theme.px(_ICON_PX)
        picture = icon(self._theme, self._icon_name, "muted")
        self._icon.setPixmap(picture.pixmap(side, side))
