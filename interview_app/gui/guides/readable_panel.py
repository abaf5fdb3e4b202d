"""A part of the reading side: a text that can be read aloud."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.reading_text import ReadingText


class ReadablePanel(QWidget):
    """A heading, a button that reads the text aloud, and the text.

    Signals:
        read_asked(str, str): read the text of that name aloud, or stop reading it.
    """

    read_asked = Signal(str, str)

    def __init__(self, theme: Theme, name: str, title: str) -> None:
        super().__init__()
        self.name = name
        self._title = title
        self._text = ""
        self.reading = ReadingText(theme, title)
        self.button = Button(theme, "", "speaker-high", Kind.QUIET)
        self.button.clicked.connect(lambda: self.read_asked.emit(self.name, self._text))
        head = row(spacing=Space.XS)
        head.addWidget(make_label(title, Role.HEADING, wraps=True), 1)
        head.addWidget(self.button)
        layout = column(self, spacing=Space.XXS)
        layout.addLayout(head)
        layout.addWidget(make_line())
        layout.addSpacing(Space.XXS)
        layout.addWidget(self.reading)
        self.show_reading("")

    @property
    def text(self) -> str:
        """The text as the guide has it."""
        return self._text

    def set_text(self, text: str | None) -> None:
        """Show a text; without one the part is hidden."""
        self._text = text or ""
        self.reading.set_text(self._text)
        self.setVisible(bool(text))

    def show_reading(self, name: str) -> None:
        """Show which text is being read aloud."""
        is_read = name == self.name
        self.button.set_icon("stop-fill" if is_read else "speaker-high")
        tip = self.tr("Stop reading") if is_read else self.tr("Read aloud: {0}").format(self._title)
        self.button.setAccessibleName(tip)
        set_tool_tip(self.button, tip)
