"""Fields of a form: labelled, with the choices people make."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Role, Space
from interview_app.gui.widgets.controls import ChoiceBox, make_label

THINK_TIMES_S = (0, 15, 30, 60, 120, 180)
TARGETS_S = (0, 60, 90, 120, 180, 300)
LIMITS_S = (0, 120, 180, 300, 480)


class Form(QGridLayout):
    """Labels left, fields right."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(Space.M)
        self.setVerticalSpacing(Space.S)
        self.setColumnStretch(1, 1)
        self._labels: dict[QWidget, QLabel] = {}

    def add(self, text: str, field: QWidget, tip: str = "") -> None:
        """Add a field with its label, which is also its accessible name."""
        label = make_label(text, Role.BODY)
        label.setBuddy(field)
        field.setAccessibleName(text)
        set_tool_tip(field, tip)
        field.setAccessibleDescription(tip)
        number = self.rowCount()
        self.addWidget(label, number, 0, Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(field, number, 1)
        self._labels[field] = label

    def set_shown(self, field: QWidget, is_shown: bool) -> None:
        """Show or hide a field with its label."""
        field.setVisible(is_shown)
        self._labels[field].setVisible(is_shown)


def make_choice() -> QComboBox:
    """A list to choose from that may be narrower than its longest entry."""
    box = ChoiceBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box


def fill_times(box: QComboBox, seconds: Sequence[int], zero: str, chosen: int) -> None:
    """Offer times; 0 is shown as ``zero``, and a chosen time that is not among them is added."""
    box.clear()
    for time in sorted({*seconds, chosen}):
        box.addItem(as_clock(time) if time else zero, time)
    box.setCurrentIndex(box.findData(chosen))
