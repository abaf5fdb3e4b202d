"""The tree of guides, and how rows of hits are painted."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyleOptionViewItem, QTreeView

from interview_app.gui.models.roles import RowRole
from interview_app.gui.theme import FOCUS_WIDTH, RADIUS_CONTROL, Space, Theme
from interview_app.gui.widgets.row_painting import HitRows

Index = QModelIndex | QPersistentModelIndex


class GuideTreeView(QTreeView):
    """A tree of guides that Enter opens.

    Signals:
        opened: the row in front was asked for.
    """

    opened = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setProperty("rows", "true")
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setExpandsOnDoubleClick(True)

    def choose(self, index: QModelIndex) -> None:
        """Have a row in front, with what it lies in unfolded."""
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        is_editing = self.state() is QAbstractItemView.State.EditingState
        if is_enter and self.currentIndex().isValid() and not is_editing:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        # The ground of a chosen row is round and lies under its text alone.
        painter.fillRect(rect, self._theme.color("surface"))
        super().drawBranches(painter, rect, index)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().drawRow(painter, option, index)
        if self.hasFocus() and index == self.currentIndex():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("accent"), FOCUS_WIDTH))
            ring = self.visualRect(self.currentIndex()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, RADIUS_CONTROL, RADIUS_CONTROL)
            painter.restore()


class GuideHitRows(HitRows):
    """A hit: the prompt, the words found, and where it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        line = self._metrics(self._theme.font()).height()
        return QSize(Space.XXL, 3 * line + 2 * Space.XXS + 2 * Space.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        self._ground(painter, option, rect)
        inner = rect.adjusted(Space.S, Space.S, -Space.S, -Space.S)
        body = self._theme.font()
        line = self._metrics(body).height()
        step = line + Space.XXS
        top = QRect(inner.left(), inner.top(), inner.width(), line)
        self._line(painter, top, index.data(), self._bold(), "text", at_end=False)
        place = index.data(RowRole.SIDE)
        low = top.translated(0, 2 * step)
        self._line(painter, low, place, body, "muted", at_end=False)
        self._excerpt(painter, top.translated(0, step), index)
        painter.restore()
