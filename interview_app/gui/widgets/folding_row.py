"""A row of widgets that stand under one another when there is no room beside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from interview_app.gui.theme import Space

_SIDEWAYS = QBoxLayout.Direction.LeftToRight
_DOWN = QBoxLayout.Direction.TopToBottom


class FoldingRow(QWidget):
    """Widgets as wide as they like to be, side by side while all of them fit."""

    def __init__(self, spacing: int = Space.XS) -> None:
        super().__init__()
        self._layout = QBoxLayout(_SIDEWAYS, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(spacing)
        self._widgets: list[QWidget] = []

    @property
    def is_folded(self) -> bool:
        """Whether they stand under one another."""
        return self._layout.direction() is _DOWN

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget behind the others; one with a stretch takes the room that is left."""
        side = Qt.AlignmentFlag(0) if stretch else Qt.AlignmentFlag.AlignLeft
        self._layout.addWidget(widget, stretch, side)
        self._widgets.append(widget)
        self._arrange()

    def add_stretch(self) -> None:
        """Leave the room that is left behind the widgets."""
        self._layout.addStretch(1)

    def clear(self) -> None:
        """Let go of all widgets."""
        while self._layout.count():
            self._layout.takeAt(0)
        self._widgets.clear()

    def minimumSizeHint(self) -> QSize:
        width = max((w.minimumSizeHint().width() for w in self._shown()), default=0)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a widget was shown, hidden or renamed
            self._arrange()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _arrange(self) -> None:
        shown = self._shown()
        needed = sum(widget.sizeHint().width() for widget in shown)
        needed += max(0, len(shown) - 1) * self._layout.spacing()
        wanted = _SIDEWAYS if self.width() >= needed else _DOWN
        if wanted is not self._layout.direction():
            self._layout.setDirection(wanted)
