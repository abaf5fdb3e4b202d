"""Keys of a page: bound once, and told once for the list that F1 shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """A key as Qt writes it (``Space``, ``Ctrl+F``), and what it does, translated."""

    key: str
    does: str


def bind_key(
    widget: QWidget,
    key: str,
    call: Callable[[], None],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> QShortcut:
    """Have a key call something while the widget, or a child of it, has the focus.

    A text field keeps its letters: it takes them before any shortcut does.
    """
    shortcut = QShortcut(QKeySequence(key), widget)
    shortcut.setContext(context)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(call)
    return shortcut


class KeyBook:
    """The keys of one widget and its children: bound, and told in the order they were added."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._told: list[KeyHelp] = []

    def add(self, key: str, does: str, call: Callable[[], None], *, repeats: bool = False) -> None:
        """Bind a key; ``does`` says what it does, ``repeats``: holding it down calls again."""
        bind_key(self._widget, key, call).setAutoRepeat(repeats)
        self.describe(key, does)

    def describe(self, key: str, does: str) -> None:
        """Have a key in the list that something else takes by itself."""
        self._told.append(KeyHelp(key, does))

    def entries(self) -> tuple[KeyHelp, ...]:
        """What the list of keys says of them."""
        return tuple(self._told)
