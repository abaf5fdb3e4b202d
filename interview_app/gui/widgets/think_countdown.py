"""How much time to think is left, without hurry."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Role, Space, Theme

_FULL_TURN = 360 * 16
_TOP = 90 * 16


class ThinkCountdown(QWidget):
    """A ring that empties, with the seconds left inside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._left_s = 0.0
        self._total_s = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def seconds(self) -> int:
        """The whole seconds shown."""
        return math.ceil(self._left_s)

    def set_left(self, left_s: float, total_s: float) -> None:
        """Show the seconds left of a total."""
        before = self.seconds
        self._left_s, self._total_s = max(left_s, 0.0), max(total_s, 1.0)
        if self.seconds != before:
            text = self.tr("%n second(s) to think", "", self.seconds)
            self.setAccessibleName(settled(text, self.seconds))
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(Space.XXL * 2)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self._theme.px(Space.XXS)
        ring = QRectF(self.rect()).adjusted(wide, wide, -wide, -wide)
        pen = QPen(self._theme.color("line"), wide)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(ring)
        pen.setColor(self._theme.color("accent"))
        painter.setPen(pen)
        painter.drawArc(ring, _TOP, round(_FULL_TURN * min(self._left_s / self._total_s, 1.0)))
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._theme.font(Role.QUESTION))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.seconds))
