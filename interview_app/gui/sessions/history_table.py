"""The history as a table: rows a person opens, orders, and chooses several of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from interview_app.gui.models.roles import RowRole
from interview_app.gui.models.session_table import SORTS, Column, SessionTable
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.keys import bind_key
from interview_app.gui.widgets.table_rows import show_as_rows
from interview_app.services.history.queries import SessionOrder, SessionSort
from interview_app.services.ports.sessions import SessionSummary

_WIDTHS = {
    Column.DATE: 172,
    Column.QUESTIONS: 84,
    Column.LENGTH: 72,
    Column.MODE: 92,
    Column.RATING: 96,
    Column.TAGS: 112,
}
"""Widths of columns before the text is scaled; the session takes the rest."""
_LEAST_SESSION_WIDTH = 150
_GIVEN_UP = (Column.TAGS, Column.MODE, Column.QUESTIONS, Column.LENGTH, Column.RATING)
"""What makes room first where it is narrow; the session's own page shows it all."""
_RISING = {SessionSort.TITLE, SessionSort.MODE}
"""Ordered by these, A comes first; by all others the newest, longest or best."""

_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class SessionsTable(QTableView):
    """The rows of the history.

    Signals:
        opened: the row in front was asked for.
        order_changed(object): the history is wanted in this order.
    """

    opened = Signal()
    order_changed = Signal(object)

    def __init__(self, theme: Theme, model: SessionTable) -> None:
        super().__init__()
        self._theme = theme
        self._table = model
        self.order = SessionOrder()
        self.setAccessibleName(self.tr("Sessions"))
        self.setModel(model)
        show_as_rows(self, QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.SESSION, QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self.order_by)
        self._show_order()
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        bind_key(self, "S", lambda: self.order_by(max(0, self.currentIndex().column())))
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def session(self) -> SessionSummary | None:
        """The session in front, if its row is held."""
        found: SessionSummary | None = self.currentIndex().data(RowRole.VALUE)
        return found

    @property
    def chosen_rows(self) -> list[tuple[int, int]]:
        """The rows that are selected, as pairs of the first and the last."""
        ranges = self.selectionModel().selection().toList()
        return sorted({(found.top(), found.bottom()) for found in ranges})

    def choose(self, number: int) -> None:
        """Have one row in front and chosen."""
        index = self._table.index(number, max(0, self.currentIndex().column()))
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _CHOOSE)
            self.scrollTo(index)

    def choose_sessions(self, session_ids: Sequence[int]) -> None:
        """Choose the rows of sessions that are held; the first of them comes to the front."""
        rows = [row for one in session_ids if (row := self._table.row_of(one)) is not None]
        if rows:
            self.choose(rows[0])
        more = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in rows[1:]:
            self.selectionModel().select(self._table.index(row, 0), more)

    def order_by(self, section: int) -> None:
        """Order by a column; by the same again, the other way round."""
        sort = SORTS.get(Column(section))
        if sort is None:
            self._show_order()
            return
        is_same = sort is self.order.by
        is_descending = not self.order.is_descending if is_same else sort not in _RISING
        self.order = SessionOrder(sort, is_descending)
        self._show_order()
        self.order_changed.emit(self.order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), self._table.rowCount() - 1
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.opened.emit()
        elif plain and key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.choose(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: looking through every row would read the whole history."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_order(self) -> None:
        column = next(column for column, sort in SORTS.items() if sort is self.order.by)
        kind = Qt.SortOrder
        direction = kind.DescendingOrder if self.order.is_descending else kind.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, direction)

    def _measure(self) -> None:
        line = self._theme.text_px(Role.BODY)
        self.verticalHeader().setDefaultSectionSize(line + Space.L)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, self._theme.px(width))
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - self._theme.px(_LEAST_SESSION_WIDTH)
        room -= sum(self._theme.px(width) for width in _WIDTHS.values())
        for column in _GIVEN_UP:
            is_given_up = room < 0
            self.setColumnHidden(column, is_given_up)
            if is_given_up:
                room += self._theme.px(_WIDTHS[column])
