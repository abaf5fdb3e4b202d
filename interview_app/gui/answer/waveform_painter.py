"""How the waveform of a take is painted: sound, words, hesitations, pauses, and what repeats."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPixmap, QPolygonF

from interview_app.domain.analysis.landmarks import Landmarks
from interview_app.domain.transcript import Span, Word
from interview_app.gui.theme import Role, Space, Theme
from interview_app.services.playback.waveform import Waveform

BAR_PX = 2
GAP_PX = 1
_LEAST_BAR_PX = 1.5
_MARK_PX = 3.0
"""A hesitation is never drawn narrower."""
_SIGN_PX = 6.0
_WORD_PX = 4.0
_LEAST_LABEL_PX = 14.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a waveform shows of a take; ``loop``: the sentence that is heard round and round."""

    waveform: Waveform | None = None
    words: tuple[Word, ...] = ()
    landmarks: Landmarks = field(default_factory=Landmarks)
    duration_s: float = 0.0
    skips_silences: bool = False
    loop: Span | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of the take in sight, and the room it is drawn in, in logical pixels."""

    start_s: float
    span_s: float
    width: int
    height: int

    def x_of(self, second: float) -> float:
        """Where a second stands."""
        return (second - self.start_s) / max(self.span_s, 1e-6) * self.width

    def second_at(self, x: float) -> float:
        """The second that stands there."""
        return self.start_s + x / max(1, self.width) * self.span_s

    def holds(self, span: Span) -> bool:
        """Whether any of a stretch is in sight."""
        return span.end_s > self.start_s and span.start_s < self.start_s + self.span_s


class WaveformPainter:
    """Paints a take once a window; the place of the sound is drawn over it, by the widget."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    @property
    def lane_px(self) -> int:
        """The height of the words under the sound."""
        return self._theme.text_px(Role.BODY) + Space.XS

    def paint(self, drawn: Drawn, window: Window, ratio: float, *, is_heard: bool) -> QPixmap:
        """The whole picture, its bars in the colour of what was heard, or of what was not."""
        pixmap = QPixmap(round(window.width * ratio), round(window.height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tall = float(window.height - self.lane_px)
        self._paint_loop(painter, drawn, window, tall)
        self._paint_pauses(painter, drawn, window, tall)
        self._paint_hesitations(painter, drawn, window, tall)
        self._paint_sound(painter, drawn, window, tall, "accent" if is_heard else "muted")
        self._paint_words(painter, drawn, window, tall, "accent" if is_heard else "faint")
        painter.end()
        return pixmap

    def _color(self, name: str, opacity: float) -> QColor:
        color = self._theme.color(name)
        color.setAlphaF(opacity)
        return color

    def _paint_loop(self, painter: QPainter, drawn: Drawn, window: Window, tall: float) -> None:
        if drawn.loop is None:
            return
        begin, end = window.x_of(drawn.loop.start_s), window.x_of(drawn.loop.end_s)
        painter.fillRect(QRectF(begin, 0, end - begin, tall), self._color("accent", 0.16))
        for x in (begin, end):
            painter.fillRect(QRectF(x - 1, 0, 2, tall), self._color("accent", 0.8))

    def _paint_pauses(self, painter: QPainter, drawn: Drawn, window: Window, tall: float) -> None:
        for pause in _in_sight(drawn.landmarks.long_pauses, window):
            box = _box(pause, window, tall)
            painter.fillRect(box, self._color("faint", 0.22))
            self._paint_pause_sign(painter, box)
        if drawn.skips_silences:
            hatch = QBrush(self._color("faint", 0.7), Qt.BrushStyle.BDiagPattern)
            for silence in _in_sight(drawn.landmarks.left_out, window):
                painter.fillRect(_box(silence, window, tall), hatch)

    def _paint_pause_sign(self, painter: QPainter, box: QRectF) -> None:
        """Two bars, where there is room: a pause is known without its colour."""
        if box.width() < 2 * _SIGN_PX:
            return
        middle = box.center()
        for side in (-3.0, 1.0):
            bar = QRectF(middle.x() + side, box.top() + Space.XXS, 2.0, _SIGN_PX + 2)
            painter.fillRect(bar, self._color("muted", 1.0))

    def _paint_hesitations(
        self, painter: QPainter, drawn: Drawn, window: Window, tall: float
    ) -> None:
        for hesitation in _in_sight(drawn.landmarks.hesitations, window):
            box = _box(hesitation, window, tall, _MARK_PX)
            painter.fillRect(box, self._color("attention", 0.3))
            tip = QPointF(box.center().x(), box.top() + _SIGN_PX)
            half = _SIGN_PX * 0.65
            painter.setBrush(self._color("attention", 1.0))
            painter.drawPolygon(
                QPolygonF([QPointF(tip.x() - half, 0), QPointF(tip.x() + half, 0), tip])
            )

    def _paint_sound(
        self, painter: QPainter, drawn: Drawn, window: Window, tall: float, color: str
    ) -> None:
        step = BAR_PX + GAP_PX
        count = window.width // step + 1
        middle, room = tall / 2, tall - 2 * _SIGN_PX
        if drawn.waveform is None:
            painter.setPen(self._color("faint", 0.8))
            painter.drawLine(QLineF(0, middle, window.width, middle))
            painter.setPen(Qt.PenStyle.NoPen)
            return
        painter.setBrush(self._theme.color(color))
        per_step_s = window.span_s * step / max(1, window.width)
        for number, level in enumerate(drawn.waveform.columns(window.start_s, per_step_s, count)):
            height = max(_LEAST_BAR_PX, level * level * room)
            painter.drawRect(QRectF(number * step, middle - height / 2, BAR_PX, height))

    def _paint_words(
        self, painter: QPainter, drawn: Drawn, window: Window, tall: float, color: str
    ) -> None:
        """The extent of the words, and the words themselves where there is room for them."""
        words = in_sight(drawn.words, window)
        bar = self._theme.color(color)
        for begin, end in _runs(words, window):
            painter.fillRect(QRectF(begin, tall + 1, end - begin, _WORD_PX), bar)
        if len(words) * _LEAST_LABEL_PX > window.width:
            return
        font = self._theme.font()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for word in words:
            begun = window.x_of(word.start_s)
            room = window.x_of(word.end_s) - begun - GAP_PX
            if room >= _LEAST_LABEL_PX:
                place = QRectF(begun, tall + _WORD_PX, room, self.lane_px - _WORD_PX)
                self._write(painter, metrics, word.text, place)

    def _write(self, painter: QPainter, metrics: QFontMetricsF, text: str, place: QRectF) -> None:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        if len(shown) < min(len(text), 2):
            return
        painter.setPen(self._theme.color("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(Qt.PenStyle.NoPen)


def in_sight(words: Sequence[Word], window: Window) -> Sequence[Word]:
    """The words of a take, which stand in order of time, that are in sight."""
    first = bisect_left(words, window.start_s, key=lambda word: word.end_s)
    last = bisect_left(words, window.start_s + window.span_s, key=lambda word: word.start_s)
    return words[first:last]


def _runs(words: Sequence[Word], window: Window) -> Iterable[tuple[int, int]]:
    """From pixel to pixel, where words stand; a gap narrower than one pixel is none."""
    scale, offset = window.width / max(window.span_s, 1e-6), window.start_s
    begin = end = -1
    for word in words:
        left = int((word.start_s - offset) * scale)
        right = max(left + 1, int((word.end_s - offset) * scale) - 1)
        if left > end:
            if end > begin >= 0:
                yield begin, end
            begin = max(left, 0)
        end = max(end, right)
    if end > begin >= 0:
        yield begin, end


def _in_sight(spans: Iterable[Span], window: Window) -> Iterable[Span]:
    """The stretches in sight, but those that would be drawn on the same pixel as the one before."""
    drawn = -1.0
    for span in spans:
        if window.holds(span) and window.x_of(span.end_s) - drawn >= 1.0:
            drawn = window.x_of(span.end_s)
            yield span


def _box(span: Span, window: Window, tall: float, least: float = 1.0) -> QRectF:
    begin, end = window.x_of(span.start_s), window.x_of(span.end_s)
    return QRectF(begin, 0, max(end - begin, least), tall)
