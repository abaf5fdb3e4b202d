"""One month as weeks of days, with how many sessions began on each."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from interview_app.gui.models.roles import RowRole
from interview_app.gui.text.dates import long_day, month_of, weekday_name
from interview_app.gui.text.locale import first_weekday
from interview_app.gui.text.plurals import settled, translate
from interview_app.gui.text.untrusted import item_text
from interview_app.services.history.queries import DayCounts

WEEKS, WEEK = 6, 7
"""Six weeks hold any month, whatever day it begins on."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Month(QAbstractTableModel):
    """Six weeks from the one a month begins in; a week begins as the person's locale has it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first = date(2000, 1, 1)
        self._today = self._first
        self._counts: DayCounts = {}

    @property
    def first(self) -> date:
        """The first day of the month shown."""
        return self._first

    def show_month(self, day: date, today: date) -> None:
        """Show the month of a day."""
        self.beginResetModel()
        self._first, self._today = day.replace(day=1), today
        self.endResetModel()

    def show_counts(self, counts: DayCounts, today: date) -> None:
        """Have how many sessions began on each day."""
        self._counts, self._today = counts, today
        self.dataChanged.emit(self.index(0, 0), self.index(WEEKS - 1, WEEK - 1))

    def title(self) -> str:
        """The month and its year in words."""
        return month_of(self._first)

    def count(self, day: date) -> int:
        """How many sessions began on a day."""
        return self._counts.get(day, 0)

    def month_count(self) -> int:
        """How many sessions began in the month shown."""
        here = (self._first.year, self._first.month)
        return sum(n for day, n in self._counts.items() if (day.year, day.month) == here)

    def day(self, index: Index) -> date:
        """The day of a cell."""
        return self._top_left() + timedelta(days=index.row() * WEEK + index.column())

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day that is shown."""
        ago = (day - self._top_left()).days
        return self.index(ago // WEEK, ago % WEEK)

    def is_of_month(self, day: date) -> bool:
        """Whether a day belongs to the month shown, not to a neighbour."""
        return (day.year, day.month) == (self._first.year, self._first.month)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else WEEKS

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else WEEK

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        day = self.day(index)
        shown: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                shown = str(day.day)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                shown = item_text(role, self._said(day))
            case RowRole.VALUE:
                shown = day
            case RowRole.FACTS:
                shown = self.count(day)
            case RowRole.IS_FAINT:
                shown = not self.is_of_month(day)
            case RowRole.CHIP:
                shown = day == self._today
        return shown

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        weekday = (first_weekday() - 1 + section) % WEEK + 1
        return weekday_name(weekday)

    def _top_left(self) -> date:
        return self._first - timedelta(days=(self._first.isoweekday() - first_weekday()) % WEEK)

    def _said(self, day: date) -> str:
        count = self.count(day)
        shown = long_day(day)
        if not count:
            return translate("sessions", "{0}, no session").format(shown)
        return f"{shown}, {settled(translate('sessions', '%n session(s)', '', count), count)}"
