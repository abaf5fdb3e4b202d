"""A page that scrolls when the window is small or the text large."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(content: QWidget) -> QScrollArea:
    """The content in a frame that scrolls up and down, never sideways."""
    content.setProperty("ground", "none")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def keep_in_sight(area: QScrollArea, view: QWidget, place_shown: SignalInstance) -> None:
    """Scroll the area to each height (pixels, in the view) that the signal tells."""

    def show(height: int) -> None:
        content = area.widget()
        if content is None:
            return
        place = view.mapTo(content, QPoint(0, height))
        area.ensureVisible(0, place.y(), 0, area.viewport().height() // 4)

    place_shown.connect(show)
