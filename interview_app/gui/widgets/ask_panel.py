"""A question asked in its place on the page: a sentence, and a button for each answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from interview_app.gui.theme import Kind, Role, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button, column, make_label
from interview_app.gui.widgets.folding_row import FoldingRow
from interview_app.gui.widgets.notice import announce

Answer = tuple[str, Callable[[], None]]


class AskPanel(QFrame):
    """Asks before something is done; Escape and the last button leave it undone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._before: QWidget | None = None
        set_panel(self, "sunken")
        self._text = make_label(role=Role.BODY, wraps=True)
        self._extra = column(spacing=Space.XS)
        self._buttons = FoldingRow()
        layout = column(self, margin=Space.S, spacing=Space.S)
        layout.addWidget(self._text)
        layout.addLayout(self._extra)
        layout.addWidget(self._buttons)
        self.buttons: list[Button] = []
        self.hide()

    def text(self) -> str:
        """What it asks."""
        return self._text.text()

    def add_field(self, field: QWidget) -> None:
        """Put something to fill in between the sentence and the buttons."""
        self._extra.addWidget(field)

    def ask(self, text: str, *answers: Answer, refuse: str, is_grave: bool = False) -> None:
        """Ask; the first answer is the likely one, ``refuse`` is the text of the way out.

        ``is_grave``: the way out is the obvious one, and what a key pressed twice chooses.
        """
        focused = self.window().focusWidget()
        if not self.isVisible():
            self._before = focused
        self._text.setText(text)
        self._clear()
        for number, (words, command) in enumerate(answers):
            is_likely = number == 0 and not is_grave
            self._add(words, Kind.PRIMARY if is_likely else Kind.PLAIN, partial(self._do, command))
        self._add(refuse, Kind.PRIMARY if is_grave else Kind.QUIET, self.put_away)
        self._buttons.add_stretch()
        self.show()
        self.buttons[-1 if is_grave else 0].setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, text)

    def put_away(self) -> None:
        """Ask no more; the focus goes back to where it was."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        # Escape answers the question, whatever the page around it binds Escape to.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    def _add(self, text: str, kind: Kind, call: Callable[[], None]) -> None:
        button = Button(self._theme, text, kind=kind)
        button.clicked.connect(lambda _checked=False: call())
        self._buttons.add(button)
        self.buttons.append(button)

    def _do(self, command: Callable[[], None]) -> None:
        self.put_away()
        command()

    def _clear(self) -> None:
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        self._buttons.clear()
