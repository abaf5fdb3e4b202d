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
