"""The player of a take: play, jump, and where the sound is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSlider

from interview_app.gui.theme import Kind, Role, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button, make_label, row
from interview_app.gui.widgets.durations import as_clock
from interview_app.services.replaying import Replay

JUMP_S = 5
"""Seconds an arrow key jumps."""
_FAR_S = 30
_MS = 1000


class PlayerBar(QFrame):
    """Listen, back, on, and a slider.

    Signals:
        toggle_asked: play, or pause.
        jumped(float): so many seconds on, or back.
        moved(float): to this second.
    """

    toggle_asked = Signal()
    jumped = Signal(float)
    moved = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._duration_s = 0.0
        set_panel(self, "sunken")
        back = self.tr("Back {0} s").format(JUMP_S)
        on = self.tr("On {0} s").format(JUMP_S)
        self.listen = Button(theme, self.tr("Listen"), "play", Kind.PLAIN, "L")
        self.back = Button(theme, "", "rewind", Kind.QUIET, tip=back)
        self.on = Button(theme, "", "fast-forward", Kind.QUIET, tip=on)
        self.back.setAccessibleName(back)
        self.on.setAccessibleName(on)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Place in the answer"))
        self.slider.setTracking(False)
        self.slider.setSingleStep(JUMP_S * _MS)
        self.slider.setPageStep(_FAR_S * _MS)
        self.time = make_label(role=Role.MUTED)
        layout = row(self, margin=Space.XS, spacing=Space.XS)
        layout.addWidget(self.listen)
        layout.addWidget(self.back)
        layout.addWidget(self.on)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.time)
        layout.addSpacing(Space.XXS)
        self.listen.clicked.connect(self.toggle_asked)
        self.back.clicked.connect(lambda: self.jumped.emit(-JUMP_S))
        self.on.clicked.connect(lambda: self.jumped.emit(JUMP_S))
        self.slider.valueChanged.connect(lambda at_ms: self.moved.emit(at_ms / _MS))
        self.slider.sliderMoved.connect(lambda at_ms: self._show_time(at_ms / _MS))

    def show_replay(self, replay: Replay) -> None:
        """Show where the sound is."""
        self.listen.set_text(self.tr("Pause") if replay.is_playing else self.tr("Listen"))
        self.listen.set_icon("pause" if replay.is_playing else "play")
        self._duration_s = replay.duration_s
        if self.slider.isSliderDown():
            return
        self.slider.blockSignals(True)
        self.slider.setRange(0, round(replay.duration_s * _MS))
        self.slider.setValue(round(replay.position_s * _MS))
        self.slider.blockSignals(False)
        self.slider.update()
        self._show_time(replay.position_s)

    def _show_time(self, position_s: float) -> None:
        shown = f"{as_clock(position_s)} / {as_clock(self._duration_s)}"
        self.time.setText(shown)
        self.slider.setAccessibleDescription(shown)
