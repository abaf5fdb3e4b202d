"""How a whole is shared: a line and a bar for each part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

from interview_app.gui.text.locale import window_locale
from interview_app.gui.theme import Role, Space
from interview_app.gui.widgets.controls import clear, column, make_label
from interview_app.services.upkeep.sound_usage import Share

_MOST_ROWS = 8
_STEPS = 1000


class ShareBars(QWidget):
    """A heading, and a line for each part: its name, its room, and a bar of it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        layout = column(self, spacing=Space.XS)
        layout.addWidget(make_label(title, Role.HEADING))
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(Space.XXS)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setColumnStretch(0, 1)
        layout.addLayout(self._grid)

    def text(self) -> str:
        """What it says, line by line."""
        labels = [label.text() for label in self.findChildren(QLabel)]
        return "\n".join(labels)

    def show_shares(self, shares: Sequence[tuple[str, Share]]) -> None:
        """Show these instead; of many, the largest."""
        clear(self._grid)
        largest = max((share.size for _, share in shares), default=0) or 1
        for number, (name, share) in enumerate(shares[:_MOST_ROWS]):
            label = make_label(name, wraps=True)
            size = make_label(size_text(share.size), Role.MUTED)
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, _STEPS)
            bar.setValue(max(1, round(share.size / largest * _STEPS)))
            bar.setAccessibleName(f"{name}: {size_text(share.size)}")
            self._grid.addWidget(label, 2 * number, 0)
            self._grid.addWidget(size, 2 * number, 1, Qt.AlignmentFlag.AlignTrailing)
            self._grid.addWidget(bar, 2 * number + 1, 0, 1, 2)


def size_text(count: int) -> str:
    """How much room so many bytes are."""
    return window_locale().formattedDataSize(
        count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat
    )
