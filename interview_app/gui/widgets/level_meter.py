"""What the microphone hears, as a bar and as a running wave."""

from __future__ import annotations

import math
from collections import deque

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from interview_app.gui.theme import Space, Theme

_FLOOR_DB = -60.0
_CLIPPING = 0.98
_KEPT_BARS = 600


def loudness(amplitude: float) -> float:
    """An amplitude (0 to 1 of full scale) on a scale of 0 to 1 as ears hear it, from −60 dB."""
    if amplitude <= 0:
        return 0.0
    return min(max(1 - 20 * math.log10(min(amplitude, 1.0)) / _FLOOR_DB, 0.0), 1.0)


class LevelMeter(QWidget):
    """A bar that shows how loud the microphone is; it paints only when told a new level."""

    def __init__(self, theme: Theme, orientation: Qt.Orientation = Qt.Orientation.Vertical) -> None:
        super().__init__()
        self._theme = theme
        self._orientation = orientation
        self._level = 0.0
        self._is_clipping = False
        self.setAccessibleName(self.tr("Microphone level"))
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        is_upright = orientation is Qt.Orientation.Vertical
        self.setSizePolicy(fixed if is_upright else free, free if is_upright else fixed)
        theme.changed.connect(self.update)

    @property
    def level(self) -> float:
        """What is shown: 0 to 1."""
        return self._level

    def set_level(self, peak: float, rms: float) -> None:
        """Show a level; both are 0 to 1 of full scale."""
        heard = loudness(max(rms, peak / 2))
        # Falls slower than it rises, so that the eye can follow.
        self._level = max(heard, self._level * 0.8)
        self._is_clipping = peak >= _CLIPPING
        self.setAccessibleDescription(
            self.tr("Too loud") if self._is_clipping else f"{round(self._level * 100)} %"
        )
        self.update()

    def clear(self) -> None:
        """Show silence."""
        self._level, self._is_clipping = 0.0, False
        self.update()

    def sizeHint(self) -> QSize:
        size = QSize(Space.XS, self._theme.px(Space.XXL))
        return size if self._orientation is Qt.Orientation.Vertical else size.transposed()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QRectF(self.rect())
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(ground, Space.XXS, Space.XXS)
        filled = QRectF(ground)
        if self._orientation is Qt.Orientation.Vertical:
            filled.setTop(ground.bottom() - ground.height() * self._level)
        else:
            filled.setWidth(ground.width() * self._level)
        painter.setBrush(self._theme.color("attention" if self._is_clipping else "good"))
        painter.drawRoundedRect(filled, Space.XXS, Space.XXS)


class RunningWave(QWidget):
    """The last seconds of sound, running from right to left; one step a level, no timer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: deque[float] = deque(maxlen=_KEPT_BARS)
        self._is_recorded = False
        self.setAccessibleName(self.tr("Waveform of what the microphone hears"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def bars(self) -> tuple[float, ...]:
        """The levels shown, oldest first, each 0 to 1."""
        return tuple(self._bars)

    def set_recorded(self, is_recorded: bool) -> None:
        """Whether what is shown is being recorded now, which alone makes it red."""
        if is_recorded is not self._is_recorded:
            self._is_recorded = is_recorded
            self.update()

    def add(self, peak: float) -> None:
        """One more block of sound: its peak, 0 to 1 of full scale."""
        self._bars.append(loudness(peak))
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._bars.clear()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(Space.XXL * 4, self._theme.px(Space.XXL + Space.XS))

    def minimumSizeHint(self) -> QSize:
        return QSize(Space.XXL, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("recording" if self._is_recorded else "faint"))
        width, step = Space.XXS - Space.HAIR, Space.XXS + Space.HAIR
        middle, height = self.height() / 2, self.height() - 2
        shown = min(len(self._bars), self.width() // step)
        for place in range(shown):
            tall = max(2.0, self._bars[-1 - place] * height)
            left = self.width() - (place + 1) * step
            painter.drawRoundedRect(QRectF(left, middle - tall / 2, width, tall), 1.5, 1.5)
