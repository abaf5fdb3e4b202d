"""The history as a calendar: a month, its days with sessions marked, and the sessions of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from interview_app.gui.models.month import WEEKS, Month
from interview_app.gui.models.roles import RowRole
from interview_app.gui.models.session_list import SessionList
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import FOCUS_WIDTH, RADIUS_CONTROL, Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.keys import bind_key
from interview_app.gui.widgets.row_painting import TwoLineRows
from interview_app.gui.widgets.rows_view import RowsView
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.services.history.queries import DayCounts
from interview_app.services.ports.sessions import SessionSummary

Index = QModelIndex | QPersistentModelIndex
_BESIDE_WIDTH = 720
"""From this width on, before the text is scaled, the day stands beside the month."""
_MOST_DOTS = 4
_DOT_PX = 6


class CalendarView(QWidget):
    """A month to walk through by arrow keys, Page Up and Page Down, and what a day holds.

    Signals:
        day_chosen(object): the sessions of that day are wanted.
        opened: the session in front was asked for.
    """

    day_chosen = Signal(object)
    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._today = date(2000, 1, 1)
        self.month = Month(self)
        self.sessions = SessionList(self)
        self.days = _Days(self.month, theme, self.tr("Calendar of sessions"))
        self.list = RowsView(self.tr("Sessions of the day"))
        self.title = make_label(role=Role.HEADING)
        self.count = make_label(role=Role.MUTED)
        self.day_title = make_label(role=Role.HEADING)
        self.nothing = make_label(role=Role.MUTED, wraps=True)
        quiet = Kind.QUIET
        self.before = Button(theme, "", "caret-left", quiet, tip=self.tr("Month before (Page Up)"))
        self.after = Button(theme, "", "caret-right", quiet, tip=self.tr("Next month (Page Down)"))
        self.before.setAccessibleName(self.tr("Month before"))
        self.after.setAccessibleName(self.tr("Next month"))
        self.today = Button(theme, self.tr("Today"), "", quiet)
        self._build()
        self._connect()
        self.setFocusProxy(self.days)

    @property
    def day(self) -> date:
        """The day in front."""
        return self.month.day(self.days.currentIndex())

    def show_counts(self, counts: DayCounts, now: datetime) -> None:
        """Mark the days; first of all stands at the newest day with a session."""
        is_first = self._today.year == 2000
        self._today = now.date()
        self.month.show_counts(counts, self._today)
        if is_first:
            self.show_day(max(counts, default=self._today))
        else:
            self._show_month()
            self.day_chosen.emit(self.day)

    def show_day(self, day: date) -> None:
        """Have a day in front, and its month shown."""
        if not self.month.is_of_month(day) or self.title.text() == "":
            self.month.show_month(day, self._today)
            self._show_month()
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.days.selectionModel().setCurrentIndex(self.month.index_of(day), flag)

    def show_sessions(self, day: date, sessions: Sequence[SessionSummary], now: datetime) -> None:
        """Show what a day holds, unless another is in front by now."""
        if day != self.day:
            return
        self.sessions.show_sessions(sessions, now)
        self.day_title.setText(self.month.index_of(day).data(Qt.ItemDataRole.ToolTipRole))
        self.list.setVisible(bool(sessions))
        self.nothing.setVisible(not sessions)
        if sessions and not self.list.currentIndex().isValid():
            self.list.choose(0)

    def _build(self) -> None:
        self.list.setModel(self.sessions)
        self.list.setItemDelegate(TwoLineRows(self._theme))
        self.nothing.setText(self.tr("Nothing was rehearsed on that day."))
        head = row(spacing=Space.XXS)
        head.addWidget(self.before)
        head.addWidget(self.after)
        head.addSpacing(Space.XS)
        head.addWidget(self.title)
        head.addSpacing(Space.XS)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.today)
        month = QWidget()
        left = column(month, spacing=Space.XS)
        left.addLayout(head)
        left.addWidget(self.days, 1)
        self._day = QWidget()
        right = column(self._day, spacing=Space.XS)
        right.addWidget(self.day_title)
        right.addWidget(self.nothing)
        right.addWidget(self.list, 1)
        right.addStretch(0)
        inner = QWidget()
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Space.L)
        self._layout.addWidget(month, 3)
        self._layout.addWidget(self._day, 2)
        # With large letters in a low window the month keeps its height, and is scrolled.
        column(self).addWidget(scrolled(inner))
        self.list.hide()
        self.nothing.hide()
        self._theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.days.setMinimumHeight((WEEKS + 1) * (self._theme.text_px(Role.BODY) + Space.M))

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self._step_month(-1))
        self.after.clicked.connect(lambda: self._step_month(1))
        self.today.clicked.connect(lambda: self.show_day(self._today))
        self.days.selectionModel().currentChanged.connect(self._chosen)
        self.days.left_month.connect(self.show_day)
        self.days.entered.connect(self._enter_day)
        self.list.opened.connect(self.opened)
        bind_key(self, "PgUp", lambda: self._step_month(-1)).setAutoRepeat(True)
        bind_key(self, "PgDown", lambda: self._step_month(1)).setAutoRepeat(True)
        bind_key(self, "Home", lambda: self.show_day(self._today))
        bind_key(self.list, "Left", self.days.setFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_beside = self.width() >= self._theme.px(_BESIDE_WIDTH)
        kind = QBoxLayout.Direction
        self._layout.setDirection(kind.LeftToRight if is_beside else kind.TopToBottom)

    def _step_month(self, step: int) -> None:
        first = self.month.first
        number = first.year * 12 + first.month - 1 + step
        target = date(number // 12, number % 12 + 1, 1)
        last = (target.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        self.show_day(target.replace(day=min(self.day.day, last.day)))

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        day = self.month.day(index)
        if not self.month.is_of_month(day):
            self.show_day(day)
            return
        self.list.selectionModel().clear()
        self.day_chosen.emit(day)

    def _enter_day(self) -> None:
        if self.sessions.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.choose(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_month(self) -> None:
        self.title.setText(self.month.title())
        count = self.month.month_count()
        self.count.setText(settled(self.tr("%n session(s)", "", count), count))


class _Days(QTableView):
    """The cells of the month.

    Signals:
        left_month(object): an arrow key went over the edge, to that day.
        entered: Enter was pressed on a day.
    """

    left_month = Signal(object)
    entered = Signal()

    def __init__(self, month: Month, theme: Theme, name: str) -> None:
        super().__init__()
        self._month = month
        self.setAccessibleName(name)
        self.setProperty("rows", "true")
        self.setModel(month)
        self.setItemDelegate(_DayCells(theme))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(Space.L)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(lambda _index: self.entered.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }.get(Qt.Key(event.key()))
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif step is not None:
            self.left_month.emit(self._month.day(self.currentIndex()) + timedelta(days=step))
        else:
            super().keyPressEvent(event)


class _DayCells(QStyledItemDelegate):
    """A day: its number, a ring round today's, and a dot a session, the fifth a plus."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(2, 2, -2, -2)
        count, is_faint = index.data(RowRole.FACTS), index.data(RowRole.IS_FAINT)
        self._ground(painter, option, box, has_sessions=bool(count) and not is_faint)
        font = self._theme.font()
        if index.data(RowRole.CHIP):
            font.setBold(True)
            font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(self._theme.color("faint" if is_faint else "text"))
        height = painter.fontMetrics().height()
        top = box.center().y() - (height + _DOT_PX) // 2
        place = QRect(box.left(), top, box.width(), height)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, index.data())
        if count:
            below = QRect(box.left(), top + height + 1, box.width(), _DOT_PX)
            self._dots(painter, below, count, "faint" if is_faint else "accent")
        painter.restore()

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, *, has_sessions: bool
    ) -> None:
        state = option.state
        ground = ""
        if state & QStyle.StateFlag.State_Selected:
            ground = "accent_soft"
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = "hover"
        elif has_sessions:
            ground = "sunken"
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(self._theme.color(ground))
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("accent"), FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)

    def _dots(self, painter: QPainter, box: QRect, count: int, color: str) -> None:
        shown = min(count, _MOST_DOTS)
        step = _DOT_PX + 3
        left = box.center().x() - (shown * step - 3) // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(color))
        for number in range(shown):
            is_plus = number == _MOST_DOTS - 1 and count > _MOST_DOTS
            dot = QRect(left + number * step, box.top(), _DOT_PX, _DOT_PX)
            if is_plus:
                painter.drawRect(dot.adjusted(0, 2, 0, -2))
                painter.drawRect(dot.adjusted(2, 0, -2, 0))
            else:
                painter.drawEllipse(dot.adjusted(0, 0, -1, -1))
