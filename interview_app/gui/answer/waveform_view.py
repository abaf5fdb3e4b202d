"""The sound of a take to look at, to jump in, and to come closer to."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip

from interview_app.domain.analysis.landmarks import Landmarks
from interview_app.domain.transcript import Span, Word
from interview_app.gui.answer.waveform_painter import Drawn, WaveformPainter, Window
from interview_app.gui.text.durations import as_clock
from interview_app.gui.theme import Space, Theme
from interview_app.services.playback.waveform import Waveform

_MS = 1000
_HEIGHT = 82
_FOOT = 5
"""Room under the words for the line that tells which part is in sight."""
_LEAST_SPAN_S = 2.0
_ZOOM = 2.0
_PAGE_LEAD = 0.08
"""Once the sound leaves what is in sight, it goes on so far from the left edge."""
_NUDGE = 0.2
_ANGLE = 120


class TakeWaveform(QSlider):
    """A slider through a take: its value is the place in the sound, in milliseconds.

    What was heard has the accent's colour. Hesitations carry a triangle, long pauses two bars,
    silences that are left out are hatched, a sentence that repeats stands between two lines.

    Signals:
        moved(float): the person chose this second.
    """

    moved = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._painter = WaveformPainter(theme)
        self._drawn = Drawn()
        self._uid = ""
        self._start_s = 0.0
        self._span_s = 0.0
        self._dragged_s: float | None = None
        self._pictures: dict[bool, QPixmap] = {}
        self._painted: tuple[object, ...] = ()
        self.setAccessibleName(self.tr("Place in the answer"))
        self.setTracking(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(lambda at_ms: self.moved.emit(at_ms / _MS))
        theme.changed.connect(self._repaint)

    @property
    def position_s(self) -> float:
        """The place of the sound."""
        return self.value() / _MS

    @property
    def in_sight(self) -> Span:
        """The stretch of the take that is shown."""
        return Span(self._start_s, self._start_s + self._span_s)

    @property
    def drawn(self) -> Drawn:
        """What is shown."""
        return self._drawn

    def show_take(
        self, uid: str, duration_s: float, words: tuple[Word, ...], landmarks: Landmarks
    ) -> None:
        """Show another take whole; its waveform comes when it was read."""
        is_other = (uid, duration_s) != (self._uid, self._drawn.duration_s)
        self._uid = uid
        self._drawn = replace(self._drawn, words=words, landmarks=landmarks, duration_s=duration_s)
        if is_other or not self._span_s:
            self._start_s, self._span_s = 0.0, max(duration_s, _LEAST_SPAN_S)
        self.setSingleStep(5 * _MS)
        self.setPageStep(30 * _MS)
        self._repaint()

    def show_waveform(self, waveform: Waveform | None) -> None:
        """Show the sound; ``None``: it is not known (yet)."""
        self._drawn = replace(self._drawn, waveform=waveform)
        self._repaint()

    def show_course(self, loop: Span | None, *, skips_silences: bool) -> None:
        """Show what repeats and what is left out."""
        changed = replace(self._drawn, loop=loop, skips_silences=skips_silences)
        if changed != self._drawn:
            self._drawn = changed
            self._repaint()

    def show_position(self, position_s: float, duration_s: float) -> None:
        """Show where the sound is, and keep it in sight."""
        self.blockSignals(True)
        self.setRange(0, round(duration_s * _MS))
        self.setValue(round(position_s * _MS))
        self.blockSignals(False)
        if self._dragged_s is None:
            self._keep_in_sight(position_s)
        self.setAccessibleDescription(f"{as_clock(position_s)} / {as_clock(duration_s)}")
        self.update()

    def zoom_in(self) -> None:
        """Show half as much, round the place of the sound."""
        self._zoom(1 / _ZOOM, self.position_s)

    def zoom_out(self) -> None:
        """Show twice as much."""
        self._zoom(_ZOOM, self.position_s)

    def show_whole(self) -> None:
        """Show the whole take."""
        self._zoom(float("inf"), self.position_s)

    def _zoom(self, factor: float, around_s: float) -> None:
        whole = max(self._drawn.duration_s, _LEAST_SPAN_S)
        wanted = min(max(self._span_s * factor, _LEAST_SPAN_S), whole)
        part = (around_s - self._start_s) / self._span_s if self._span_s else 0.0
        self._span_s = wanted
        self._look_from(around_s - min(max(part, 0.0), 1.0) * wanted)

    def _look_from(self, start_s: float) -> None:
        last = max(0.0, max(self._drawn.duration_s, _LEAST_SPAN_S) - self._span_s)
        self._start_s = min(max(0.0, start_s), last)
        self._repaint()

    def _keep_in_sight(self, position_s: float) -> None:
        span = self.in_sight
        if not span.start_s <= position_s <= span.end_s:
            self._look_from(position_s - _PAGE_LEAD * self._span_s)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag_to(event)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_s is not None:
            self._drag_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        chosen, self._dragged_s = self._dragged_s, None
        if chosen is not None:
            self.moved.emit(chosen)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned.y():
            around_s = self._window.second_at(event.position().x())
            self._zoom(_ZOOM ** (-turned.y() / _ANGLE), around_s)
            event.accept()
        elif turned.x() and self._span_s < self._drawn.duration_s:
            self._look_from(self._start_s - turned.x() / _ANGLE * _NUDGE * self._span_s)
            event.accept()
        else:
            event.ignore()  # the page scrolls

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at_s = self._window.second_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self.told_at(at_s), self)
            return True
        return super().event(event)

    def told_at(self, second: float) -> str:
        """What stands at a second, in words."""
        parts = [as_clock(min(max(second, 0.0), self._drawn.duration_s))]
        marks = self._drawn.landmarks
        pause = _at(marks.long_pauses, second)
        if pause is not None:
            length = self.locale().toString(pause.length_s, "f", 1)
            parts.append(self.tr("long pause, {0} s").format(length))
        if _at(marks.hesitations, second) is not None:
            parts.append(self.tr("hesitation"))
        parts.extend(w.text for w in self._drawn.words if w.start_s <= second < w.end_s)
        return " · ".join(parts)

    def _drag_to(self, event: QMouseEvent) -> None:
        at_s = self._window.second_at(event.position().x())
        self._dragged_s = min(max(0.0, at_s), self._drawn.duration_s)
        self.update()

    @property
    def _window(self) -> Window:
        return Window(self._start_s, self._span_s, self.width(), self.height() - _FOOT)

    def sizeHint(self) -> QSize:
        return QSize(Space.XXL * 4, self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(Space.XXL, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        window = self._window
        place_s = self.position_s if self._dragged_s is None else self._dragged_s
        x = min(max(window.x_of(place_s), 0.0), float(self.width()))
        for is_heard, left, right in ((True, 0.0, x), (False, x, float(self.width()))):
            painter.setClipRect(QRectF(left, 0, right - left, self.height()))
            painter.drawPixmap(0, 0, self._picture(window, is_heard))
        painter.setClipping(False)
        if window.start_s <= place_s <= window.start_s + window.span_s:
            painter.fillRect(QRectF(x - 1, 0, 2, window.height), self._theme.color("text"))
        if self.hasFocus():
            painter.setPen(self._theme.color("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._paint_part_in_sight(painter)
        painter.end()  # now: who looks at this frame from another thread must not keep it alive

    def _paint_part_in_sight(self, painter: QPainter) -> None:
        """Under a stretch: where in the whole it stands."""
        whole = self._drawn.duration_s
        if self._span_s >= whole:
            return
        left = self._start_s / whole * self.width()
        width = max(float(Space.XS), self._span_s / whole * self.width())
        bottom = self.height() - 2.0
        painter.fillRect(QRectF(left, bottom, width, 2.0), self._theme.color("faint"))

    def _picture(self, window: Window, is_heard: bool) -> QPixmap:
        ratio = self.devicePixelRatioF()
        wanted = (window, ratio)
        if self._painted != wanted:
            self._pictures.clear()
            self._painted = wanted
        if is_heard not in self._pictures:
            self._pictures[is_heard] = self._painter.paint(
                self._drawn, window, ratio, is_heard=is_heard
            )
        return self._pictures[is_heard]

    def _repaint(self) -> None:
        self._pictures.clear()
        self.updateGeometry()
        self.update()


def _at(spans: tuple[Span, ...], second: float) -> Span | None:
    return next((span for span in spans if span.start_s <= second < span.end_s), None)
