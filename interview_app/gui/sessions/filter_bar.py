"""What narrows the history: guide, section, period, rating, mode, tag, archive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout

from interview_app.domain.session import Mode
from interview_app.domain.session_labels import HIGHEST_RATING
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button
from interview_app.gui.widgets.forms import make_choice
from interview_app.services.history.queries import Archive, FilterChoices, SessionFilter

_COLUMN_WIDTH = 168
"""A list is at least so wide, before the text is scaled."""


class Period(StrEnum):
    """Stretches of time people look back on."""

    ANY = ""
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    THIS_YEAR = "this year"
    LAST_YEAR = "last year"


_DAYS = {Period.WEEK: 7, Period.MONTH: 30, Period.QUARTER: 91}


def bounds_of(period: Period, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The moments a period begins and ends, the second not included; ``None`` where it is open.

    ``now`` is in the zone that days are counted in.
    """
    today, zone = now.date(), now.tzinfo
    if period in _DAYS:
        return start_of(today - timedelta(days=_DAYS[period] - 1), zone), None
    if period is Period.THIS_YEAR:
        return start_of(date(today.year, 1, 1), zone), None
    if period is Period.LAST_YEAR:
        return start_of(date(today.year - 1, 1, 1), zone), start_of(date(today.year, 1, 1), zone)
    return None, None


def start_of(day: date, zone: tzinfo | None) -> datetime:
    """The moment a day begins in a zone."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


class FilterBar(QFrame):
    """Lists to choose from; the first entry of each narrows nothing.

    Signals:
        changed: another choice was made.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._columns = 0
        set_panel(self, "sunken")
        self.setAccessibleName(self.tr("Filters"))
        self.guide = self._choice(self.tr("Guide"), [(self.tr("Any guide"), "")])
        self.section = self._choice(self.tr("Section"), [(self.tr("Any section"), "")])
        self.period = self._choice(self.tr("Period"), self._periods())
        self.rating = self._choice(self.tr("Your rating"), self._ratings())
        self.mode = self._choice(
            self.tr("Mode"),
            [
                (self.tr("Any mode"), ""),
                (self.tr("Practice"), Mode.PRACTICE.value),
                (self.tr("Interview"), Mode.INTERVIEW.value),
            ],
        )
        self.tag = self._choice(self.tr("Tag"), [(self.tr("Any tag"), "")])
        self.archive = self._choice(
            self.tr("Archive"),
            [
                (self.tr("Not archived"), Archive.AT_HAND.value),
                (self.tr("Archived"), Archive.PUT_AWAY.value),
                (self.tr("Archived or not"), Archive.BOTH.value),
            ],
        )
        self.boxes = (
            self.guide,
            self.section,
            self.period,
            self.rating,
            self.mode,
            self.tag,
            self.archive,
        )
        self.clear_button = Button(theme, self.tr("Clear filters"), "x", Kind.QUIET)
        self.clear_button.clicked.connect(self.clear)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        self._grid.setSpacing(Space.XS)
        self._arrange()

    @property
    def count(self) -> int:
        """How many of the lists narrow the history."""
        return sum(box.currentIndex() > 0 for box in self.boxes)

    def wanted(self, now: datetime) -> SessionFilter:
        """The filter as it is chosen."""
        since, until = bounds_of(Period(self.period.currentData() or ""), now)
        return SessionFilter(
            guide_id=self.guide.currentData() or "",
            section=self.section.currentData() or "",
            since=since,
            until=until,
            rating=self.rating.currentData(),
            mode=self.mode.currentData() or "",
            tag=self.tag.currentData() or "",
            archive=Archive(self.archive.currentData()),
        )

    def show_choices(self, choices: FilterChoices) -> None:
        """Offer the guides, sections and tags there are; what is chosen stays chosen."""
        for box, entries in (
            (self.guide, [(title, guide_id) for guide_id, title in choices.guides.items()]),
            (self.section, [(section, section) for section in choices.sections]),
            (self.tag, [(tag, tag) for tag in choices.tags]),
        ):
            chosen = box.currentText(), box.currentData()
            if box.currentIndex() > 0 and chosen not in entries:
                entries.append(chosen)
            box.blockSignals(True)
            while box.count() > 1:
                box.removeItem(box.count() - 1)
            _fill(box, entries)
            box.setCurrentIndex(max(0, box.findData(chosen[1])))
            box.blockSignals(False)

    def clear(self) -> None:
        """Narrow nothing."""
        had = self.count
        for box in self.boxes:
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        if had:
            self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """As many lists in a row as there is room for, four at most."""
        room = max(1, self.width() - 2 * Space.S)
        columns = min(4, max(1, room // self._theme.px(_COLUMN_WIDTH)))
        if columns == self._columns:
            return
        self._columns = columns
        for number, widget in enumerate((*self.boxes, self.clear_button)):
            self._grid.addWidget(widget, number // columns, number % columns)
        for number in range(4):
            self._grid.setColumnStretch(number, int(number < columns))

    def _choice(self, name: str, entries: Iterable[tuple[str, object]]) -> QComboBox:
        box = make_choice()
        box.setMinimumContentsLength(6)
        box.setAccessibleName(name)
        set_tool_tip(box, name)
        _fill(box, entries)
        box.currentIndexChanged.connect(self.changed)
        return box

    def _periods(self) -> list[tuple[str, object]]:
        return [
            (self.tr("Any time"), Period.ANY.value),
            (self.tr("Last 7 days"), Period.WEEK.value),
            (self.tr("Last 30 days"), Period.MONTH.value),
            (self.tr("Last 3 months"), Period.QUARTER.value),
            (self.tr("This year"), Period.THIS_YEAR.value),
            (self.tr("Last year"), Period.LAST_YEAR.value),
        ]

    def _ratings(self) -> list[tuple[str, object]]:
        rated = [
            (self.tr("Rated {0} or more").format(number), number)
            for number in range(1, HIGHEST_RATING)
        ]
        best = (self.tr("Rated {0}").format(HIGHEST_RATING), HIGHEST_RATING)
        return [(self.tr("Any rating"), None), *rated, best, (self.tr("Not rated"), 0)]


def _fill(box: QComboBox, entries: Iterable[tuple[str, object]]) -> None:
    for text, value in entries:
        box.addItem(text, value)
