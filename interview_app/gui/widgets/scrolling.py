"""A page that scrolls when the window is small or the text large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

if TYPE_CHECKING:
    from interview_app.gui.widgets.compared_text import ComparedText
    from interview_app.gui.widgets.transcript_view import TranscriptView


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


def keep_in_sight(area: QScrollArea, view: TranscriptView | ComparedText) -> None:
    """Scroll the area so that the word a transcript plays, or a person chose, can be seen."""

    def show(height: int) -> None:
        content = area.widget()
        if content is None:
            return
        place = view.mapTo(content, QPoint(0, height))
        area.ensureVisible(0, place.y(), 0, area.viewport().height() // 4)

    view.place_shown.connect(show)
