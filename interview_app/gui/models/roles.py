"""What rows of every list hold beside their text."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt


class RowRole(IntEnum):
    """Parts of a row; what a list has no use for is ``None`` or empty."""

    VALUE = Qt.ItemDataRole.UserRole + 1
    """What the row stands for."""
    SIDE = Qt.ItemDataRole.UserRole + 2
    """A short text at the end of the first line."""
    FACTS = Qt.ItemDataRole.UserRole + 3
    """The second line."""
    HEADING = Qt.ItemDataRole.UserRole + 4
    """The heading above the row; empty where the row before has the same."""
    CHIP = Qt.ItemDataRole.UserRole + 5
    """A mark at the end of the second line."""
    FOUND = Qt.ItemDataRole.UserRole + 6
    """Places of found words in the second line, as pairs of start and end."""
    IS_FAINT = Qt.ItemDataRole.UserRole + 7
    """Whether there is little behind the row."""
