"""What a search found, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from interview_app.domain.found_words import found_in, wanted_words
from interview_app.gui.models.roles import RowRole
from interview_app.gui.widgets.durations import as_clock
from interview_app.gui.widgets.plurals import translate
from interview_app.services.ports import SearchHit

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SearchHits(QAbstractListModel):
    """Hits of one search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[SearchHit] = []
        self._wanted: tuple[str, ...] = ()

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        """What was found."""
        return tuple(self._hits)

    def show_hits(self, hits: Sequence[SearchHit], wanted: str) -> None:
        """Show what was found for a text."""
        self.beginResetModel()
        self._hits = list(hits)
        self._wanted = wanted_words(wanted)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        excerpt = " ".join(hit.excerpt.split())
        shown: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                shown = hit.question
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                shown = f"{hit.question} {_place(hit)}. {excerpt}"
            case RowRole.VALUE:
                shown = hit
            case RowRole.FACTS:
                shown = excerpt
            case RowRole.FOUND:
                shown = tuple(found_in(excerpt, self._wanted))
            case RowRole.SIDE:
                shown = _place(hit)
        return shown


def _place(hit: SearchHit) -> str:
    take = translate("sessions", "Take {0}").format(hit.take_number)
    return f"{take} · {as_clock(hit.start_s)}" if hit.start_s > 0 else take
