"""While a whole session is heard: where it is, pause, next, and what had to be skipped."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.folding_row import FoldingRow
from interview_app.services.playback.session_parts import Omission, SessionPlay, Skipped


class SessionPlayBar(QFrame):
    """Shown from the first sound of a session to the last, and until it is closed.

    Signals:
        toggle_asked: pause, or go on.
        step_asked(int): the next part, or the one before.
        stop_asked: no more of the session.
        asking_chosen(bool): hear the questions too.
    """

    toggle_asked = Signal()
    step_asked = Signal(int)
    stop_asked = Signal()
    asking_chosen = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_panel(self, "sunken")
        self.toggle = Button(theme, self.tr("Pause"), "pause", Kind.QUIET)
        self.before = self._button(theme, "skip-back", self.tr("Part before"))
        self.next = self._button(theme, "skip-forward", self.tr("Next part"))
        self.stop = self._button(theme, "x", self.tr("Stop hearing the session"))
        self.place = make_label(role=Role.BODY, wraps=True)
        self.asking = QCheckBox(self.tr("With the questions"))
        set_tool_tip(self.asking, self.tr("Hear each question in the voice it was asked in (Q)"))
        self.skipped = make_label(role=Role.MUTED, wraps=True)
        line = FoldingRow(Space.XXS)
        for widget in (self.toggle, self.before, self.next):
            line.add(widget)
        line.add(self.place, 1)
        line.add(self.asking)
        line.add(self.stop)
        layout = column(self, margin=Space.XXS, spacing=Space.XXS)
        layout.addWidget(line)
        told = row()
        told.setContentsMargins(Space.S, 0, Space.S, Space.XXS)
        told.addWidget(self.skipped, 1)
        layout.addLayout(told)
        self.toggle.clicked.connect(self.toggle_asked)
        self.before.clicked.connect(lambda: self.step_asked.emit(-1))
        self.next.clicked.connect(lambda: self.step_asked.emit(1))
        self.stop.clicked.connect(self.stop_asked)
        self.asking.toggled.connect(self.asking_chosen)
        self.hide()

    def show_asking(self, *, asks: bool) -> None:
        """Show whether questions are heard."""
        with QSignalBlocker(self.asking):
            self.asking.setChecked(asks)

    def show_play(self, play: SessionPlay, position_s: float) -> None:
        """Show where the session is, ``position_s`` into the take in front."""
        self.setVisible(play.part is not None or play.is_over)
        for button in (self.toggle, self.before, self.next):
            button.setVisible(play.part is not None)
        self.toggle.set_text(self.tr("Pause") if play.is_playing else self.tr("Go on"))
        self.toggle.set_icon("pause" if play.is_playing else "play")
        self.place.setText(self._place(play, position_s))
        lines = [self.told(omission) for omission in play.omissions]
        if play.problem:
            lines.append(play.problem)
        self.skipped.setText("\n".join(lines))
        self.skipped.setVisible(bool(lines))

    def told(self, omission: Omission) -> str:
        """Why a part was skipped, in a sentence that names it."""
        part = omission.part
        number = part.position + 1
        if part.take is None:
            line = self.tr("Question {0} is not heard: {1}")
            return line.format(number, omission.reason)
        why = {
            Skipped.TYPED: self.tr("it was typed, so there is nothing to hear."),
            Skipped.OPEN: self.tr("it was never closed."),
            Skipped.GONE: self.tr("its recording is gone; what was written down is kept."),
            Skipped.DAMAGED: self.tr("its recording is damaged; what was written down is kept."),
        }
        line = self.tr("Question {0}, take {1} was skipped: {2}")
        return line.format(number, part.take.number, why[omission.why])

    def _place(self, play: SessionPlay, position_s: float) -> str:
        if play.part is None:
            return self.tr("That was the whole session.")
        number = play.part.position + 1
        if play.part.take is None:
            part = self.tr("Question {0}").format(number)
            heard_s = play.heard_s
        else:
            part = self.tr("Answer to question {0}").format(number)
            heard_s = play.heard_s + position_s
        return f"{part} · {as_clock(heard_s)} / {as_clock(play.whole_s)}"

    def _button(self, theme: Theme, icon_name: str, does: str) -> Button:
        button = Button(theme, "", icon_name, Kind.QUIET, tip=does)
        button.setProperty("shape", "icon")
        button.setAccessibleName(does)
        return button
