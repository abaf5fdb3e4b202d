"""Which controls have no name a screen reader could say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QScrollBar, QWidget

_INSIDE = ("qt_", "ScrollBar")


def nameless(root: QWidget) -> list[str]:
    """Controls in sight that take the focus and have neither a text nor an accessible name."""
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root) and _is_control(widget) and not _name(widget)
    ]


def _is_control(widget: QWidget) -> bool:
    inside = widget.objectName().startswith(_INSIDE) or isinstance(widget, QScrollBar)
    is_part = isinstance(widget.parentWidget(), QAbstractItemView)
    takes_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_focus and not inside and not is_part


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    said = text() if callable(text) and not widget.accessibleName() else ""
    return widget.accessibleName() or str(said)
