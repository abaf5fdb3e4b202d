"""What the sections of the Settings page share: their frame, and forms that stand in line."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, make_line
from interview_app.gui.widgets.forms import Form

_LABEL_WIDTH = 104


class SettingsSection(QWidget):
    """A heading with a line under it, and what belongs to it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._layout = column(self, spacing=Space.S)
        self._layout.addWidget(make_label(title, Role.HEADING))
        self._layout.addWidget(make_line())

    @property
    def body(self) -> QVBoxLayout:
        """Where the content goes."""
        return self._layout


def make_form(theme: Theme) -> Form:
    """A form whose fields begin at the same place in every section."""
    form = Form()

    def measure() -> None:
        form.setColumnMinimumWidth(0, theme.px(_LABEL_WIDTH))

    theme.changed.connect(measure)
    measure()
    return form
