"""What a search of the guides found, as a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from interview_app.gui.models.roles import RowRole
from interview_app.gui.models.search_hits import found_in
from interview_app.services.guide_browsing import GuideHit

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WORD = re.compile(r"[^\W_]+")


class GuideHits(QAbstractListModel):
    """Hits of one search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[GuideHit, ...] = ()
        self._wanted: tuple[str, ...] = ()

    @property
    def hits(self) -> tuple[GuideHit, ...]:
        """What was found."""
        return self._hits

    def show_hits(self, hits: Sequence[GuideHit], wanted: str) -> None:
        """Show what was found for a text."""
        self.beginResetModel()
        self._hits = tuple(hits)
        self._wanted = tuple(_WORD.findall(wanted.casefold()))
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        place = f"{hit.guide_title} · {hit.section}"
        shown: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                shown = hit.prompt
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                shown = f"{hit.prompt} {place}. {hit.excerpt}"
            case RowRole.VALUE:
                shown = hit
            case RowRole.FACTS:
                shown = hit.excerpt
            case RowRole.FOUND:
                shown = found_in(hit.excerpt, self._wanted)
            case RowRole.SIDE:
                shown = place
        return shown
