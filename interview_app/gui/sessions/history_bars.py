"""Above the history its name, its views and the search; below it what can be done."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from interview_app.gui.text.plurals import settled
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.action_bar import ActionBar
from interview_app.gui.widgets.controls import Button, make_label, make_panel, row
from interview_app.gui.widgets.keys import KeyBook
from interview_app.services.ports.sessions import SessionSummary

_ONE_LINE_WIDTH = 640
"""From this width on, before the text is scaled, the search stands beside the title."""


class HistoryHead(QWidget):
    """Title, count, the ways to look at the history, and the search."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.count = make_label(role=Role.MUTED)
        self.filter_button = Button(theme, self.tr("Filters"), "funnel", Kind.QUIET, "F")
        self.filter_button.setCheckable(True)
        self.calendar_button = Button(theme, self.tr("Calendar"), "calendar-blank", Kind.QUIET, "M")
        self.calendar_button.setCheckable(True)
        self.search = QLineEdit()
        self.search.setAccessibleName(self.tr("Search all sessions"))
        self.search.setPlaceholderText(self.tr("Search all that was asked, said and noted"))
        self.search.setClearButtonEnabled(True)
        set_tool_tip(self.search, self.tr("Search all sessions (Ctrl+F)"))
        self._names = QWidget()
        names = row(self._names, spacing=Space.S)
        names.addWidget(make_label(self.tr("Sessions"), Role.TITLE))
        names.addWidget(self.count)
        names.addStretch(1)
        names.addWidget(self.calendar_button)
        names.addWidget(self.filter_button)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.addWidget(self._names, 0, 0)
        self._grid.setColumnStretch(0, 3)
        self._arrange()

    def show_filters(self, count: int) -> None:
        """Say how many filters narrow the history."""
        text = self.tr("Filters · {0}").format(count) if count else self.tr("Filters")
        self.filter_button.set_text(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= self._theme.px(_ONE_LINE_WIDTH)
        self._grid.addWidget(self.search, 0 if is_wide else 1, 1 if is_wide else 0)
        self._grid.setColumnStretch(1, 2 if is_wide else 0)


class HistoryFoot(QWidget):
    """What can be done with the sessions chosen: add yours to ``commands``."""

    def __init__(self, theme: Theme, keys: KeyBook) -> None:
        super().__init__()
        panel = make_panel("sunken")
        whole = row(self)
        whole.addWidget(panel)
        self.commands = ActionBar(theme, keys)
        self.chosen = make_label(role=Role.MUTED)
        self.front = ActionBar(theme, keys)
        layout = row(panel, margin=Space.S, spacing=Space.S)
        layout.addWidget(self.commands)
        layout.addStretch(1)
        layout.addWidget(self.chosen)
        layout.addWidget(self.front)

    def show_chosen(self, session: SessionSummary | None, count: int, *, is_hit: bool) -> None:
        """Offer what goes with what is chosen."""
        self.commands.setVisible(not is_hit)
        self.commands.setEnabled(session is not None)
        self.front.setEnabled(is_hit or session is not None)
        chosen = settled(self.tr("%n session(s) chosen", "", count), count)
        self.chosen.setText(chosen if count > 1 and not is_hit else "")
