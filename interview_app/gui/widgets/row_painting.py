"""How rows of lists are painted: two lines, a hit of a search, a question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from interview_app.gui.models.roles import RowRole
from interview_app.gui.theme import FOCUS_WIDTH, RADIUS_CONTROL, Role, Space, Theme

Index = QModelIndex | QPersistentModelIndex
_PROMPT_LINES = 2


class _Rows(QStyledItemDelegate):
    """Rows with a ground of their own, and lines of text on it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._line_height = 0
        self._measure()
        theme.changed.connect(self._measure)

    def _measure(self) -> None:
        """Kept, because a list asks for the height of thousands of rows at once."""
        self._line_height = QFontMetrics(self._theme.font()).height()

    def _metrics(self, font: QFont) -> QFontMetrics:
        return QFontMetrics(font)

    def _bold(self) -> QFont:
        font = self._theme.font()
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        state = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_under = bool(state & QStyle.StateFlag.State_MouseOver)
        if is_selected or is_under:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft" if is_selected else "hover"))
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        if state & QStyle.StateFlag.State_HasFocus:
            # The row that keys act on carries the ring, not the whole list.
            painter.setPen(QPen(self._theme.color("accent"), FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = box.adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, RADIUS_CONTROL, RADIUS_CONTROL)

    def _line(
        self, painter: QPainter, box: QRect, text: str, font: QFont, color: str, *, at_end: bool
    ) -> int:
        """Paint one line, cut with an ellipsis where it is too long; its width."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        side = Qt.AlignmentFlag.AlignTrailing if at_end else Qt.AlignmentFlag.AlignLeading
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)


class TwoLineRows(_Rows):
    """A title and a short text above, facts and a mark below; a heading where a stretch begins."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        line = self._line_height
        height = 2 * line + Space.XXS + 2 * Space.S
        if index.data(RowRole.HEADING):
            height += line + Space.M + Space.XS
        return QSize(Space.XXL, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        line = self._line_height
        heading = index.data(RowRole.HEADING)
        if heading:
            place = QRect(rect.left() + Space.S, rect.top() + Space.M, rect.width(), line)
            self._line(painter, place, heading, self._bold(), "muted", at_end=False)
            rect = rect.adjusted(0, line + Space.M + Space.XS, 0, 0)
        self._ground(painter, option, rect)
        inner = rect.adjusted(Space.S, Space.S, -Space.S, -Space.S)
        top = QRect(inner.left(), inner.top(), inner.width(), line)
        low = QRect(inner.left(), inner.top() + line + Space.XXS, inner.width(), line)
        body = self._theme.font()
        day = index.data(RowRole.SIDE)
        taken = self._line(painter, top, day, body, "muted", at_end=True)
        title = top.adjusted(0, 0, -taken - Space.M, 0)
        self._line(painter, title, index.data(), self._bold(), "text", at_end=False)
        chip = index.data(RowRole.CHIP)
        if chip:
            low = low.adjusted(0, 0, -self._chip(painter, low, chip) - Space.S, 0)
        self._line(painter, low, index.data(RowRole.FACTS), body, "muted", at_end=False)
        painter.restore()

    def _chip(self, painter: QPainter, line: QRect, text: str) -> int:
        """A mark in a frame; its width."""
        font = self._theme.font()
        font.setPixelSize(max(1, self._theme.text_px(Role.BODY) - 1))
        width = QFontMetrics(font).horizontalAdvance(text) + 2 * Space.XS
        box = QRect(0, 0, width, line.height() + Space.XXS)
        box.moveCenter(line.center())
        box.moveRight(line.right())
        painter.setPen(self._theme.color("accent"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return width


class HitRows(_Rows):
    """A hit: the question and the take above, the words found below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        line = self._line_height
        return QSize(Space.XXL, 2 * line + Space.XXS + 2 * Space.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        self._ground(painter, option, rect)
        inner = rect.adjusted(Space.S, Space.S, -Space.S, -Space.S)
        body = self._theme.font()
        line = self._line_height
        top = QRect(inner.left(), inner.top(), inner.width(), line)
        place = index.data(RowRole.SIDE)
        taken = self._line(painter, top, place, body, "muted", at_end=True)
        prompt = top.adjusted(0, 0, -taken - Space.M, 0)
        self._line(painter, prompt, index.data(), body, "muted", at_end=False)
        low = QRect(inner.left(), inner.top() + line + Space.XXS, inner.width(), line)
        self._excerpt(painter, low, index)
        painter.restore()

    def _excerpt(self, painter: QPainter, box: QRect, index: Index) -> None:
        text, places = self._fitted(index.data(RowRole.FACTS), index.data(RowRole.FOUND), box)
        layout = QTextLayout(text, self._theme.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        found = []
        for start, end in places:
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = start, end - start
            shown = QTextCharFormat()
            shown.setFontWeight(QFont.Weight.DemiBold)
            shown.setForeground(self._theme.color("accent"))
            mark.format = shown
            found.append(mark)
        layout.setFormats(found)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(box.width())
        layout.endLayout()
        painter.setPen(self._theme.color("text"))
        painter.setClipRect(box)
        layout.draw(painter, box.topLeft())

    def _fitted(
        self, text: str, found: Sequence[tuple[int, int]], box: QRect
    ) -> tuple[str, list[tuple[int, int]]]:
        """As much of an excerpt as there is room for, with the first word found in it."""
        metrics = self._metrics(self._bold())
        cut = 0
        if found:
            while metrics.horizontalAdvance("…" + text[cut : found[0][1]]) > box.width() // 2:
                following = text.find(" ", cut + 1)
                if not 0 < following < found[0][0]:
                    break
                cut = following
        begun = "…" + text[cut:].lstrip(" …") if cut else text
        shift = len(begun) - len(text)
        shown = metrics.elidedText(begun, Qt.TextElideMode.ElideRight, box.width())
        places = [(start + shift, min(end + shift, len(shown))) for start, end in found]
        return shown, [(start, end) for start, end in places if 0 <= start < end]


class QuestionRows(_Rows):
    """A question: its prompt in two lines at most, facts below, a heading above its section."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        body = self._theme.font()
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else Space.XXL
        lines = len(self._prompt(index.data(), body, width - 2 * Space.S))
        line = self._line_height
        facts = line + Space.XXS if index.data(RowRole.FACTS) else 0
        heading = line + Space.M + Space.XS if index.data(RowRole.HEADING) else 0
        return QSize(Space.XXL, lines * line + facts + heading + 2 * Space.XS)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = self._theme.font()
        line = self._line_height
        rect: QRect = option.rect
        heading = index.data(RowRole.HEADING)
        if heading:
            place = QRect(
                rect.left() + Space.S, rect.top() + Space.M, rect.width() - 2 * Space.S, line
            )
            self._line(painter, place, heading, self._bold(), "muted", at_end=False)
            rect = rect.adjusted(0, line + Space.M + Space.XS, 0, 0)
        self._ground(painter, option, rect)
        inner = rect.adjusted(Space.S, Space.XS, -Space.S, -Space.XS)
        color = "muted" if index.data(RowRole.IS_FAINT) else "text"
        lines = self._prompt(index.data(), body, inner.width())
        for number, text in enumerate(lines):
            place = QRect(inner.left(), inner.top() + number * line, inner.width(), line)
            self._line(painter, place, text, body, color, at_end=False)
        facts = index.data(RowRole.FACTS)
        if facts:
            below = inner.top() + len(lines) * line + Space.XXS
            place = QRect(inner.left(), below, inner.width(), line)
            self._line(painter, place, facts, body, "muted", at_end=False)
        painter.restore()

    def _prompt(self, text: str, font: QFont, width: int) -> list[str]:
        layout = QTextLayout(text, font)
        layout.beginLayout()
        lines: list[str] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(text[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        if len(lines) > _PROMPT_LINES:
            return [*lines[: _PROMPT_LINES - 1], "".join(lines[_PROMPT_LINES - 1 :])]
        return lines
