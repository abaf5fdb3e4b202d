"""The person's own pronunciations as a table: how a word is written, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from interview_app.gui.text.untrusted import item_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class PronunciationTable(QAbstractTableModel):
    """One word a row, in the order of the alphabet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[tuple[str, str]] = []

    @property
    def entries(self) -> tuple[tuple[str, str], ...]:
        """Every word with how it is said, as they stand."""
        return tuple(self._entries)

    def show_entries(self, entries: Mapping[str, str]) -> None:
        """Show this list; nothing moves if it is the same."""
        wanted = sorted(entries.items(), key=lambda entry: (entry[0].casefold(), entry[0]))
        if wanted != self._entries:
            self.beginResetModel()
            self._entries = wanted
            self.endResetModel()

    def row_of(self, word: str) -> int:
        """Where a word stands; -1 if it does not."""
        return next((row for row, entry in enumerate(self._entries) if entry[0] == word), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return item_text(role, entry[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{0}, said as {1}").format(*entry)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Written"), self.tr("Said as"))[section]
        return None
