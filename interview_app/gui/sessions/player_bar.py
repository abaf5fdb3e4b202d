"""The player of a take: its sound to look at, play, jump, speed, silences and the sentence."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from interview_app.gui.answer.waveform_view import TakeWaveform
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button, ChoiceBox, column, make_label, row
from interview_app.gui.widgets.folding_row import FoldingRow
from interview_app.services.playback.take_player import SPEEDS, PlaybackState

JUMP_S = 5
"""Seconds an arrow key jumps."""


class PlayerBar(QFrame):
    """The sound of a take and what can be done while hearing it.

    Signals:
        toggle_asked: play, or pause.
        jumped(float): so many seconds on, or back.
        moved(float): to this second.
        speed_chosen(float): so many times as fast.
        skipping_chosen(bool): leave silences out.
        looping_chosen(bool): go round in the sentence.
    """

    toggle_asked = Signal()
    jumped = Signal(float)
    moved = Signal(float)
    speed_chosen = Signal(float)
    skipping_chosen = Signal(bool)
    looping_chosen = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_panel(self, "sunken")
        self.wave = TakeWaveform(theme)
        self.slider = self.wave
        self.listen = Button(theme, self.tr("Listen"), "play", Kind.PLAIN, "L")
        self.back = self._icon_button(
            "rewind", self.tr("Back {0} s").format(JUMP_S), self.tr("Left")
        )
        self.on = self._icon_button(
            "fast-forward", self.tr("On {0} s").format(JUMP_S), self.tr("Right")
        )
        self.time = make_label(role=Role.MUTED)
        self.speed = ChoiceBox()
        self.speed.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.speed.setAccessibleName(self.tr("Speed; the pitch stays"))
        set_tool_tip(self.speed, self.tr("Speed; the pitch stays (, and .)"))
        for speed in SPEEDS:
            self.speed.addItem(self._written(speed), speed)
        self.skipping = self._switch("skip-forward", self.tr("Skip silences over 1 s"), "S")
        self.looping = self._switch("repeat-once", self.tr("Repeat the sentence"), "R")
        self.closer = self._icon_button("magnifying-glass-plus", self.tr("Closer"), "+")
        self.farther = self._icon_button("magnifying-glass-minus", self.tr("Farther"), "-")
        self._build()
        self._connect()

    def show_replay(self, replay: PlaybackState) -> None:
        """Show where the sound is and how it is played."""
        self.listen.set_text(self.tr("Pause") if replay.is_playing else self.tr("Listen"))
        self.listen.set_icon("pause" if replay.is_playing else "play")
        self.wave.show_course(replay.loop, skips_silences=replay.skips_silences)
        self.wave.show_position(replay.position_s, replay.duration_s)
        self.time.setText(f"{as_clock(replay.position_s)} / {as_clock(replay.duration_s)}")
        with QSignalBlocker(self.speed):
            self.speed.setCurrentIndex(self.speed.findData(nearest(replay.speed)))
        for switch, is_on in (
            (self.skipping, replay.skips_silences),
            (self.looping, replay.loop is not None),
        ):
            with QSignalBlocker(switch):
                switch.setChecked(is_on)

    def _build(self) -> None:
        play = QWidget()
        left = row(play, spacing=Space.XXS)
        for widget in (self.listen, self.back, self.on, self.time):
            left.addWidget(widget)
        how = QWidget()
        right = row(how, spacing=Space.XXS)
        for other in (self.speed, self.skipping, self.looping, self.farther, self.closer):
            right.addWidget(other)
        buttons = FoldingRow()
        buttons.add(play)
        buttons.add_stretch()
        buttons.add(how)
        layout = column(self, margin=Space.XS, spacing=Space.XXS)
        layout.addWidget(self.wave)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.listen.clicked.connect(self.toggle_asked)
        self.back.clicked.connect(lambda: self.jumped.emit(-JUMP_S))
        self.on.clicked.connect(lambda: self.jumped.emit(JUMP_S))
        self.wave.moved.connect(self.moved)
        self.speed.currentIndexChanged.connect(
            lambda number: self.speed_chosen.emit(self.speed.itemData(number))
        )
        self.skipping.toggled.connect(self.skipping_chosen)
        self.looping.toggled.connect(self.looping_chosen)
        self.closer.clicked.connect(self.wave.zoom_in)
        self.farther.clicked.connect(self.wave.zoom_out)

    def _icon_button(self, icon_name: str, does: str, key: str) -> Button:
        """A button without a text; its key is told with it, not shown on it."""
        button = Button(self._theme, "", icon_name, Kind.QUIET)
        button.setProperty("shape", "icon")
        button.setAccessibleName(does)
        set_tool_tip(button, f"{does} ({key})")
        return button

    def _switch(self, icon_name: str, does: str, key: str) -> Button:
        button = self._icon_button(icon_name, does, key)
        button.setCheckable(True)
        return button

    def _written(self, speed: float) -> str:
        # Translators: a speed of playing, as in "1.25×".
        return self.tr("{0}×").format(f"{speed:g}".replace(".", self.locale().decimalPoint()))


def nearest(speed: float) -> float:
    """The speed offered that is nearest to another."""
    return min(SPEEDS, key=lambda offered: abs(offered - speed))
