"""The list of keys that F1 shows: what the window and each page say of their own keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from interview_app.gui.text.locale import key_name
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.keys import KeyHelp
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.gui.window.main_window import MainWindow

_WIDTH, _HEIGHT = 560, 560


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that work in one place."""

    title: str
    keys: tuple[KeyHelp, ...]


def groups_of(window: MainWindow, everywhere: str) -> tuple[KeyGroup, ...]:
    """The keys of the page in front, those that work everywhere, then the other pages'."""
    front = window.page
    others = [page for page in window.pages if page is not front]
    groups = [
        KeyGroup(front.title, tuple(front.keys())),
        KeyGroup(everywhere, tuple(window.keys())),
        *(KeyGroup(page.title, tuple(page.keys())) for page in others),
    ]
    return tuple(group for group in groups if group.keys)


class KeyListDialog(QDialog):
    """Keys in groups, the page in front first."""

    def __init__(
        self, theme: Theme, groups: Sequence[KeyGroup], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.groups = tuple(groups)
        self.setWindowTitle(self.tr("Keys"))
        self.setModal(True)
        page = QWidget()
        body = column(page, spacing=Space.L)
        for group in self.groups:
            body.addLayout(self._make_group(group))
        body.addStretch(1)
        self.area = scrolled(page)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(self.tr("Keys"))
        self.close_button = Button(theme, self.tr("Close"), kind=Kind.PRIMARY, key="Esc")
        self.close_button.clicked.connect(self.accept)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = column(self, margin=Space.L, spacing=Space.M)
        layout.addWidget(make_label(self.tr("Keys"), Role.TITLE))
        layout.addWidget(self.area, 1)
        layout.addLayout(foot)
        self.close_button.setFocus()
        screen = self.screen().availableGeometry()
        self.resize(
            min(theme.px(_WIDTH), screen.width() - Space.XXL),
            min(theme.px(_HEIGHT), screen.height() - Space.XXL),
        )

    def text(self) -> str:
        """Everything it lists, a line a key."""
        return "\n".join(
            f"{key_name(key.key)}\t{key.does}" for group in self.groups for key in group.keys
        )

    def _make_group(self, group: KeyGroup) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(1, 1)
        grid.addWidget(make_label(group.title, Role.HEADING), 0, 0, 1, 2)
        grid.addWidget(make_line(), 1, 0, 1, 2)
        for number, key in enumerate(_merged(group.keys), start=2):
            keys = make_label(key.key, Role.BODY)
            keys.setMinimumWidth(self._theme.px(Space.XXL * 3))
            does = make_label(key.does, Role.MUTED, wraps=True)
            does.setAccessibleName(f"{key.key}: {key.does}")
            grid.addWidget(keys, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(does, number, 1)
        return grid


def _merged(keys: Sequence[KeyHelp]) -> list[KeyHelp]:
    """One line for keys that do the same."""
    lines: dict[str, list[str]] = {}
    for key in keys:
        lines.setdefault(key.does, []).append(key_name(key.key))
    return [KeyHelp(" / ".join(names), does) for does, names in lines.items()]
