"""What a search found, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from interview_app.domain.text.folding import found_in, wanted_words
from interview_app.gui.models.roles import RowRole
from interview_app.gui.text.bidi import joined
from interview_app.gui.text.dates import when
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.plurals import translate
from interview_app.gui.text.untrusted import item_text
from interview_app.services.ports.history import SearchHit

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SearchHits(QAbstractListModel):
    """Hits of one search, each in its sentence, with the day and the session."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[SearchHit] = []
        self._wanted: tuple[str, ...] = ()
        self._now = datetime.min.replace(tzinfo=UTC)

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        """What was found."""
        return tuple(self._hits)

    def show_hits(self, hits: Sequence[SearchHit], wanted: str, now: datetime) -> None:
        """Show what was found for a text."""
        self.beginResetModel()
        self._hits = list(hits)
        self._wanted = wanted_words(wanted)
        self._now = now
        self.endResetModel()

    def show_day(self, now: datetime) -> None:
        """Name the days as they are called now."""
        self._now = now
        if self._hits:
            self.dataChanged.emit(self.index(0), self.index(len(self._hits) - 1))

    def append(self, hits: Sequence[SearchHit]) -> None:
        """Further hits of the same search."""
        if hits:
            first = len(self._hits)
            self.beginInsertRows(_ROOT, first, first + len(hits) - 1)
            self._hits.extend(hits)
            self.endInsertRows()

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
                shown = item_text(role, f"{excerpt} {hit.question} {self._place(hit)}")
            case RowRole.VALUE:
                shown = hit
            case RowRole.FACTS:
                shown = excerpt
            case RowRole.FOUND:
                shown = tuple(found_in(excerpt, self._wanted))
            case RowRole.SIDE:
                shown = self._place(hit)
        return shown

    def _place(self, hit: SearchHit) -> str:
        """Session, day, take, and the second, or that a note holds it."""
        parts = [hit.guide_title]
        if hit.started_at is not None:
            parts.append(when(hit.started_at, self._now))
        parts.append(translate("sessions", "Take {0}").format(hit.take_number))
        if hit.is_note:
            parts.append(translate("sessions", "your note"))
        elif hit.start_s > 0:
            parts.append(as_clock(hit.start_s))
        return joined(*parts)
