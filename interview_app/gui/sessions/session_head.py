"""Above an open session: its name, what can be done with it, and the hit of a search."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from interview_app.domain.session import Mode, Session
from interview_app.gui.text.dates import when
from interview_app.gui.text.durations import as_clock
from interview_app.gui.theme import Kind, Role, Space, Theme, set_panel
from interview_app.gui.widgets.action_bar import ActionBar
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.keys import KeyBook


class SessionHead(QWidget):
    """The way back, the name of the session, and its acts: add yours to ``commands``."""

    back_asked = Signal()

    def __init__(self, theme: Theme, keys: KeyBook) -> None:
        super().__init__()
        self.back = Button(theme, self.tr("Sessions"), "arrow-left", Kind.QUIET, "Esc")
        self.title = make_label(role=Role.HEADING, wraps=True)
        self.facts = make_label(role=Role.MUTED, wraps=True)
        self.commands = ActionBar(theme, keys)
        self._names = QWidget()
        names = column(self._names, spacing=0)
        names.addWidget(self.title)
        names.addWidget(self.facts)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.back, 0, 0)
        grid.addWidget(self.commands, 0, 2)
        self.set_wide(is_wide=True)
        self.back.clicked.connect(self.back_asked)
        keys.add("Esc", self.tr("Back to the sessions"), self.back_asked.emit)

    def set_wide(self, *, is_wide: bool) -> None:
        """Have the name between the buttons, or on a line of its own."""
        place = (0, 1, 1, 1) if is_wide else (1, 0, 1, 3)
        self._grid.addWidget(self._names, *place)

    def show_session(self, session: Session, now: datetime) -> None:
        """Show whose name and facts these are."""
        self.title.setText(session.guide_title)
        self.show_facts(session, now)

    def show_facts(self, session: Session, now: datetime) -> None:
        """Show the facts alone; the name stays."""
        self.facts.setText(self._facts_of(session, now))

    def _facts_of(self, session: Session, now: datetime) -> str:
        is_interview = session.mode is Mode.INTERVIEW
        answered = sum(bool(session.takes_of(number)) for number in range(len(session.asked)))
        spoken_s = sum(take.duration_s for take in session.takes)
        parts = [
            when(session.started_at, now),
            self.tr("Interview") if is_interview else self.tr("Practice"),
            self.tr("{0} of {1} answered").format(answered, len(session.asked)),
        ]
        if spoken_s > 0:
            parts.append(self.tr("{0} of answers").format(as_clock(spoken_s)))
        return " · ".join(parts)


class HitBar(QFrame):
    """Which hit of a search was opened, and the way to the others.

    Signals:
        stepped(int): the next hit, or the one before.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, keys: KeyBook) -> None:
        super().__init__()
        set_panel(self, "sunken")
        self.text = make_label(role=Role.BODY)
        self.before = Button(theme, self.tr("Before"), "caret-up", Kind.QUIET, "Shift+F3")
        self.next = Button(theme, self.tr("Next"), "caret-down", Kind.QUIET, "F3")
        layout = row(self, margin=Space.XXS, spacing=Space.XS)
        layout.setContentsMargins(Space.M, Space.XXS, Space.XXS, Space.XXS)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.before)
        layout.addWidget(self.next)
        self.before.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        keys.add("F3", self.tr("Next hit"), lambda: self._step(1))
        keys.add("Shift+F3", self.tr("Hit before"), lambda: self._step(-1))

    def show_place(self, place: str) -> None:
        """Say which hit this is; nothing hides the bar."""
        self.text.setText(place)
        self.setVisible(bool(place))

    def _step(self, step: int) -> None:
        if not self.isHidden():
            self.stepped.emit(step)
