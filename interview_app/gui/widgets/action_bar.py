"""A row of buttons with a menu for what is needed less often."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from interview_app.gui.icons import icon
from interview_app.gui.theme import Kind, Space, Theme
from interview_app.gui.widgets.controls import Button, row
from interview_app.gui.widgets.keys import KeyBook


class ActionBar(QWidget):
    """What can be done with the thing it stands beside.

    Each act is added once, with its key if it has one; the menu button shows itself with the first
    act in it. A button may be hidden and shown again by whoever added it.
    """

    def __init__(self, theme: Theme, keys: KeyBook) -> None:
        """``keys`` binds and tells the keys of what is added."""
        super().__init__()
        self._theme = theme
        self._keys = keys
        self.more = Button(theme, self.tr("More"), "dots-three", Kind.QUIET)
        self.menu = QMenu(self)
        self.menu.setAccessibleName(self.tr("More"))
        self.more.setMenu(self.menu)
        self.more.setProperty("menu", "true")
        self.more.hide()
        self._layout = row(self, spacing=Space.XXS)
        self._layout.addWidget(self.more)

    def add(
        self,
        text: str,
        icon_name: str,
        call: Callable[[], None],
        *,
        key: str = "",
        tip: str = "",
        kind: Kind = Kind.QUIET,
    ) -> Button:
        """Add a button, before the menu."""
        button = Button(self._theme, text, icon_name, kind, key, tip)
        button.clicked.connect(lambda _checked=False: call())
        self._layout.insertWidget(self._layout.count() - 1, button)
        if key:
            self._keys.add(key, tip or text, lambda: self._press(button, call))
        return button

    def add_to_menu(
        self, text: str, icon_name: str, call: Callable[[], None], *, key: str = ""
    ) -> QAction:
        """Add an act to the menu; the key works wherever the bar's keys do."""
        shown = f"{text}\t{key}" if key else text
        action = QAction(icon(self._theme, icon_name), shown, self)
        action.triggered.connect(lambda _checked=False: call())
        self.menu.addAction(action)
        self.more.show()
        if key:
            self._keys.add(key, text, lambda: self._trigger(action))
        return action

    def _press(self, button: Button, call: Callable[[], None]) -> None:
        if button.isVisibleTo(self) and button.isEnabled():
            call()

    def _trigger(self, action: QAction) -> None:
        if action.isVisible() and action.isEnabled():
            action.trigger()
