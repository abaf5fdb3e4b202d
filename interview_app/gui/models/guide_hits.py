"""What a search of the guides found, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from interview_app.domain.text.folding import found_in, wanted_words
from interview_app.gui.models.roles import RowRole
from interview_app.gui.text.bidi import joined
from interview_app.gui.text.plurals import translate
from interview_app.gui.text.untrusted import item_text
from interview_app.services.guides.browsing import GuideHit

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


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
        self._wanted = wanted_words(wanted)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        place, title = _place(hit), _title(hit)
        shown: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                shown = title
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                shown = item_text(role, f"{title} {place}. {hit.excerpt}")
            case RowRole.VALUE:
                shown = hit
            case RowRole.FACTS:
                shown = hit.excerpt
            case RowRole.FOUND:
                shown = tuple(found_in(hit.excerpt, self._wanted))
            case RowRole.SIDE:
                shown = place
        return shown


def _title(hit: GuideHit) -> str:
    return hit.prompt or translate("guides", "A story without a title")


def _place(hit: GuideHit) -> str:
    if hit.story is not None:
        return translate("guides", "My stories")
    return joined(hit.guide_title, hit.section)
