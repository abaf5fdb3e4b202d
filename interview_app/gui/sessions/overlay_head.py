"""The head of what stands in front of an open session: the way back, a title, one button."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import Button, make_label

_WIDE = 620
"""From this width on, before the text is scaled, the title stands between the buttons."""


class OverlayHead(QWidget):
    """Back, the title, and a button; where it is narrow the title has a line of its own."""

    def __init__(self, theme: Theme, back: Button, button: Button) -> None:
        super().__init__()
        self._theme = theme
        self.title = make_label(role=Role.TITLE, wraps=True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(back, 0, 0)
        self._grid.addWidget(button, 0, 2)
        self._arrange()
        theme.changed.connect(self._arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= self._theme.px(_WIDE)
        self._grid.addWidget(self.title, *((0, 1, 1, 1) if is_wide else (1, 0, 1, 3)))
