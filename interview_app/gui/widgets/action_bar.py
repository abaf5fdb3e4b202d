"""A row of buttons with a menu for what is needed less often."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QAction, QPainter, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStyleOptionButton, QWidget

from interview_app.gui.icons import icon
from interview_app.gui.theme import Kind, Space, Theme
from interview_app.gui.widgets.controls import Button, row
from interview_app.gui.widgets.keys import KeyBook


class ActionButton(Button):
    """A button that shows its icon alone where there is no room; name and tip stay."""

    _is_compact = False

    @property
    def is_compact(self) -> bool:
        """Whether it shows its icon alone."""
        return self._is_compact

    def set_compact(self, *, is_compact: bool) -> None:
        """Show the icon alone, or text and key too."""
        if is_compact is not self._is_compact:
            self._is_compact = is_compact
            self.updateGeometry()
            self.update()

    def full_width(self) -> int:
        """The width it would like, in pixels."""
        return QPushButton.sizeHint(self).width() + super()._cap_width()

    def compact_width(self) -> int:
        """The width of the icon alone."""
        return self.iconSize().width() + Space.L + Space.XXS

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(self.compact_width(), size.height()) if self._is_compact else size

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        if self._is_compact:
            option.text = ""

    def _cap_width(self) -> int:
        return 0 if self._is_compact else super()._cap_width()

    def _paint_cap(self, painter: QPainter, whole: QRect) -> None:
        if not self._is_compact:
            super()._paint_cap(painter, whole)


class ActionBar(QWidget):
    """What can be done with the thing it stands beside.

    Each act is added once, with its key if it has one; the menu button shows itself with the first
    act in it. A button may be hidden and shown again by whoever added it. Where there is no room,
    buttons show their icons alone.
    """

    def __init__(self, theme: Theme, keys: KeyBook) -> None:
        """``keys`` binds and tells the keys of what is added."""
        super().__init__()
        self._theme = theme
        self._keys = keys
        self._buttons: list[ActionButton] = []
        self.more = Button(theme, self.tr("More"), "dots-three", Kind.QUIET)
        self.menu = QMenu(self)
        self.menu.setAccessibleName(self.tr("More"))
        self.more.setMenu(self.menu)
        self.more.setProperty("menu", "true")
        self.more.hide()
        self._layout = row(self, spacing=Space.XXS)
        self._layout.addStretch(1)
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
        button = ActionButton(self._theme, text, icon_name, kind, key, tip)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._buttons.append(button)
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

    def sizeHint(self) -> QSize:
        return QSize(self._width(ActionButton.full_width), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(ActionButton.compact_width), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """Take the texts away, from the last button on, until the rest has room."""
        missing = self._width(ActionButton.full_width) - self.width()
        for button in reversed(self._buttons):
            button.set_compact(is_compact=missing > 0 and not button.isHidden())
            if button.is_compact:
                missing -= button.full_width() - button.compact_width()

    def _width(self, of: Callable[[ActionButton], int]) -> int:
        widths = [of(button) for button in self._buttons if not button.isHidden()]
        if not self.more.isHidden():
            widths.append(self.more.sizeHint().width())
        return sum(widths) + max(0, len(widths) - 1) * self._layout.spacing()

    def _press(self, button: Button, call: Callable[[], None]) -> None:
        if button.isVisibleTo(self) and button.isEnabled():
            call()

    def _trigger(self, action: QAction) -> None:
        if action.isVisible() and action.isEnabled():
            action.trigger()
