"""The sign that tells, beyond doubt, whether an answer is being recorded."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from interview_app.gui.icons import paint_glyph
from interview_app.gui.text.durations import as_clock
from interview_app.gui.theme import Role, Space, Theme, set_role
from interview_app.gui.widgets.controls import make_label, row


class RecordingState(Enum):
    """What the sign tells."""

    STARTING = "starting"
    RECORDING = "recording"
    PAUSED = "paused"
    SAVING = "saving"


_GLYPHS = {
    RecordingState.STARTING: "circle",
    RecordingState.RECORDING: "circle-fill",
    RecordingState.PAUSED: "pause-fill",
    RecordingState.SAVING: "check",
}


class RecordingBadge(QWidget):
    """A red dot and the word *Recording*, and how long the answer is against its target."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sign = RecordingState.STARTING
        self._dot = _Glyph(theme)
        self._word = make_label(role=Role.RECORDING)
        self._time = make_label(role=Role.TITLE)
        self._beyond = make_label(role=Role.ATTENTION)
        layout = row(self, spacing=Space.S)
        layout.addStretch(1)
        layout.addWidget(self._dot)
        layout.addWidget(self._word)
        layout.addWidget(self._time)
        layout.addWidget(self._beyond)
        layout.addStretch(1)
        self.show_sign(RecordingState.STARTING)

    @property
    def sign(self) -> RecordingState:
        """What it tells now."""
        return self._sign

    @property
    def words(self) -> str:
        """All it says."""
        parts = (self._word.text(), self._time.text(), self._beyond.text())
        return " ".join(part for part in parts if part)

    def show_sign(self, sign: RecordingState) -> None:
        """Tell something else."""
        self._sign = sign
        self._word.setText(
            {
                RecordingState.STARTING: self.tr("Opening the microphone…"),
                RecordingState.RECORDING: self.tr("Recording"),
                RecordingState.PAUSED: self.tr("Paused"),
                RecordingState.SAVING: self.tr("Keeping your answer…"),
            }[sign]
        )
        is_recording = sign is RecordingState.RECORDING
        set_role(self._word, Role.RECORDING if is_recording else Role.TITLE)
        self._dot.show_glyph(_GLYPHS[sign], "recording" if is_recording else "muted")
        self._name_it()

    def set_time(self, recorded_s: float, target_s: float) -> None:
        """Show how long the answer is, and that it is past its target where it is."""
        shown = f"{as_clock(recorded_s)} / {as_clock(target_s)}"
        over = int(recorded_s) - int(target_s)
        beyond = self.tr("{0} past the target").format(as_clock(over)) if over > 0 else ""
        if (shown, beyond) != (self._time.text(), self._beyond.text()):
            self._time.setText(shown)
            self._beyond.setText(beyond)
            self._name_it()

    def _name_it(self) -> None:
        self.setAccessibleName(self.words)


class _Glyph(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name = ""
        self._color = "muted"
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.updateGeometry)

    def show_glyph(self, name: str, color: str) -> None:
        self._name, self._color = name, color
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.text_px(Role.TITLE)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        side = min(self.width(), self.height())
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_glyph(painter, box, self._name, self._theme.color(self._color))
