"""Columns that go under one another when there is no room, and parts that fold away."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Space, Theme
from interview_app.gui.widgets.controls import Button, column


class FoldingColumns(QWidget):
    """Widgets side by side while each has its least width, else one under another."""

    def __init__(self, theme: Theme, least_width: int, spacing: int = Space.L) -> None:
        """``least_width`` is that of one column, in pixels before the text is scaled."""
        super().__init__()
        self._theme = theme
        self._least_width = least_width
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(spacing)
        theme.changed.connect(self._arrange)

    @property
    def is_folded(self) -> bool:
        """Whether the columns stand under one another."""
        return self._layout.direction() is QBoxLayout.Direction.TopToBottom

    def add(self, widget: QWidget, stretch: int = 1) -> None:
        """Add a column."""
        # Columns share the width as they are told, whatever their words would like.
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, widget.sizePolicy().verticalPolicy())
        self._layout.addWidget(widget, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        count = self._layout.count()
        needed = count * self._theme.px(self._least_width)
        needed += (count - 1) * self._layout.spacing()
        fits = self.width() >= needed
        wanted = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if wanted is not self._layout.direction():
            self._layout.setDirection(wanted)


class Fold(QWidget):
    """A heading that shows or hides what stands under it."""

    def __init__(self, theme: Theme, title: str, content: QWidget, *, is_open: bool = True) -> None:
        super().__init__()
        self._title = title
        self._content = content
        self._is_open = is_open
        self._button = Button(theme, title, "caret-down", Kind.HEADING)
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(lambda: self._show(not self._is_open))
        layout = column(self, spacing=Space.XXS)
        layout.addWidget(self._button)
        layout.addWidget(content)
        self._show(is_open)

    @property
    def button(self) -> Button:
        """The heading."""
        return self._button

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self._is_open

    def _show(self, is_open: bool) -> None:
        self._is_open = is_open
        self._button.set_icon("caret-down" if is_open else "caret-right")
        self._content.setVisible(is_open)
        set_tool_tip(self._button, self.tr("Hide") if is_open else self.tr("Show"))
        self._button.setAccessibleDescription(
            self.tr("unfolded") if is_open else self.tr("folded away")
        )
