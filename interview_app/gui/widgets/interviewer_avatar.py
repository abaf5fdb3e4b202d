"""The interviewer on the screen: a calm drawn shape that moves with the voice, and a name."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from interview_app.domain.rehearsal.machine import Phase, Rehearsal
from interview_app.domain.session import VOICE_OFF
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, row

_SIDE = 88
_RINGS = 3
_LINE_CHARACTERS = 70
_SMOOTHING = 0.45
"""How much of the way to a new level is gone at once; speech jumps, a calm shape does not."""


class InterviewerAvatar(QWidget):
    """Rings round a disc: wider the louder the voice is; still where motion is not wanted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._level = 0.0
        self._is_speaking = False
        self.is_still = False
        theme.changed.connect(self.updateGeometry)
        self._name_it()

    @property
    def is_speaking(self) -> bool:
        """Whether the voice is being heard."""
        return self._is_speaking

    @property
    def reach(self) -> float:
        """How far the rings reach now, 0 to 1."""
        return self._level

    def set_level(self, level: float) -> None:
        """Move to a level of the voice, 0 to 1; 0 is silence and comes at once."""
        wanted = 0.0 if self.is_still else level
        moved = self._level + _SMOOTHING * (wanted - self._level) if level else 0.0
        is_speaking = level > 0
        if (moved, is_speaking) != (self._level, self._is_speaking):
            has_turned = is_speaking is not self._is_speaking
            self._level, self._is_speaking = moved, is_speaking
            if has_turned:
                self._name_it()
            self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(_SIDE)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        whole = min(self.width(), self.height()) / 2 - 1
        disc = whole * 0.42
        color = self._theme.color("accent" if self._is_speaking else "faint")
        for ring in range(_RINGS, 0, -1):
            radius = disc + (whole - disc) * self._level * ring / _RINGS
            if self._level > 0:
                color.setAlphaF(0.55 / ring)
                painter.setPen(QPen(color, 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(middle, radius, radius)
        color.setAlphaF(1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(middle, disc, disc)

    def _name_it(self) -> None:
        self.setAccessibleName(
            self.tr("The interviewer is speaking")
            if self._is_speaking
            else self.tr("The interviewer is silent")
        )


class InterviewerView(QWidget):
    """Who asks: the presence, the name, and what is said besides the question."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._names: Mapping[str, tuple[str, str]] = {}
        self._session = self._voice = self._stand_in = ""
        self.avatar = InterviewerAvatar(theme)
        self.name = make_label(role=Role.MUTED)
        self.line = make_label(role=Role.READING, wraps=True)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.name.setAlignment(middle)
        self.line.setAlignment(middle)
        layout = column(self, spacing=Space.XS)
        layout.addWidget(self.avatar, alignment=middle)
        layout.addWidget(self.name)
        lines = row(spacing=0)
        lines.addStretch(1)
        lines.addWidget(self.line, 1000)
        lines.addStretch(1)
        layout.addLayout(lines)
        self._theme = theme
        theme.changed.connect(self._measure)
        self._measure()

    def show_state(self, state: Rehearsal) -> None:
        """Show who asks while the question is asked or thought about, and what is said besides."""
        if state.session.uid != self._session:
            self._session, self._stand_in = state.session.uid, ""
        self._voice = state.session.settings.voice
        is_asking = state.phase in (Phase.ASKING, Phase.THINKING)
        has_voice = is_asking and state.session.settings.voice != VOICE_OFF
        self.avatar.is_still = not wants_motion()
        self.avatar.setVisible(has_voice)
        self._show_name()
        self.name.setVisible(has_voice)
        self.show_line(state.line if state.phase is not Phase.THINKING else "")
        self.setVisible(has_voice or not self.line.isHidden())

    def name_voices(self, names: Mapping[str, tuple[str, str]]) -> None:
        """Know the voices by their ids: who asks, and how that voice speaks."""
        self._names = names
        self._show_name()

    def show_stand_in(self, why: str) -> None:
        """Say beside the name that the system's voice stands in for the one chosen, and why.

        Nothing where it does not.
        """
        self._stand_in = why
        self._show_name()

    def _show_name(self) -> None:
        who, how = self._names.get(self._voice, (self.tr("Interviewer"), ""))
        if self._stand_in:
            how = self.tr("the system's voice for now")
        self.name.setText(f"{who} · {how}" if how else who)
        set_tool_tip(self.name, self._stand_in)
        self.name.setAccessibleDescription(self._stand_in)

    def _measure(self) -> None:
        letters = QFontMetrics(self._theme.font(Role.READING))
        self.line.setMaximumWidth(letters.averageCharWidth() * _LINE_CHARACTERS)

    def show_line(self, line: str) -> None:
        """Show what the interviewer says besides the question, or nothing."""
        self.line.setText(line)
        self.line.setVisible(bool(line))


def wants_motion() -> bool:
    """Whether the system leaves moving pictures on; Qt tells it as the length of its own."""
    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
