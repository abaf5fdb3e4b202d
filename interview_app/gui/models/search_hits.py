"""What a search found, as a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from interview_app.gui.models.roles import RowRole
from interview_app.gui.widgets.durations import as_clock
from interview_app.gui.widgets.plurals import translate
from interview_app.services.ports import SearchHit

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WORD = re.compile(r"[^\W_]+")


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
        self._wanted = tuple(_WORD.findall(_folded(wanted)[0]))
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
                shown = found_in(excerpt, self._wanted)
            case RowRole.SIDE:
                shown = _place(hit)
        return shown


def found_in(excerpt: str, wanted: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where words that begin like one of the wanted ones stand in an excerpt."""
    folded, places = _folded(excerpt)
    return tuple(
        (places[word.start()], places[word.end() - 1] + 1)
        for word in _WORD.finditer(folded)
        if any(word[0].startswith(one) for one in wanted)
    )


def _folded(text: str) -> tuple[str, list[int]]:
    """A text without case and accents, and where each of its characters came from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFD", sign.lower()):
            if not unicodedata.combining(part):
                signs.append(part)
                places.append(place)
    return "".join(signs), places


def _place(hit: SearchHit) -> str:
    take = translate("sessions", "Take {0}").format(hit.take_number)
    return f"{take} · {as_clock(hit.start_s)}" if hit.start_s > 0 else take
