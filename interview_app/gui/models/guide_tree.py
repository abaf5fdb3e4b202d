"""Guides, their sections and questions as a tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from interview_app.domain.guide import Guide
from interview_app.gui.text.plurals import translate
from interview_app.gui.text.untrusted import item_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SHIFT = 24
"""An index carries its guide and section in one number: guide below this bit, section above."""


@dataclass(frozen=True, slots=True)
class GuideLocation:
    """A guide, a section of it (by number, -1 for none), or a question of that section."""

    guide_id: str
    section: int = -1
    question_id: str = ""


class GuideRole(IntEnum):
    """What a row holds beside its text."""

    PLACE = Qt.ItemDataRole.UserRole + 1


class GuideTree(QAbstractItemModel):
    """The rows are read from the guides when they are shown; nothing is copied.

    Signals:
        corrected(Place, str): the text of a row was changed; whoever owns the guide changes it.
    """

    corrected = Signal(object, str)

    def __init__(self, parent: QObject | None = None, *, is_editable: bool = False) -> None:
        super().__init__(parent)
        self._guides: tuple[Guide, ...] = ()
        self._is_editable = is_editable

    @property
    def guides(self) -> tuple[Guide, ...]:
        """What is shown."""
        return self._guides

    def show_guides(self, guides: Sequence[Guide]) -> None:
        """Show other guides."""
        self.beginResetModel()
        self._guides = tuple(guides)
        self.endResetModel()

    def change_texts(self, guides: Sequence[Guide]) -> None:
        """Show the same rows with other texts, once ``corrected`` told one; all stays unfolded."""
        self._guides = tuple(guides)

    def place(self, index: Index) -> GuideLocation | None:
        """What a row stands for."""
        if not index.isValid():
            return None
        guide, section = self._numbers(index)
        if section is not None and guide is not None:
            found = self._guides[guide]
            question = found.sections[section].questions[index.row()]
            return GuideLocation(found.id, section, question.id)
        if guide is not None:
            return GuideLocation(self._guides[guide].id, index.row())
        return GuideLocation(self._guides[index.row()].id)

    def index_of(self, place: GuideLocation) -> QModelIndex:
        """The row of a place; of what is nearest to it where it is gone."""
        row = next((n for n, g in enumerate(self._guides) if g.id == place.guide_id), None)
        if row is None:
            return QModelIndex()
        guide = self._guides[row]
        if place.question_id:
            for number, section in enumerate(guide.sections):
                for index, question in enumerate(section.questions):
                    if question.id == place.question_id:
                        return self.createIndex(index, 0, _id(row, number))
        if 0 <= place.section < len(guide.sections):
            return self.createIndex(place.section, 0, _id(row))
        return self.createIndex(row, 0, 0)

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0)
        guide, _ = self._numbers(parent)
        if guide is None:
            return self.createIndex(row, column, _id(parent.row()))
        return self.createIndex(row, column, _id(guide, parent.row()))

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        guide, section = self._numbers(index)
        if section is not None:
            return self.createIndex(section, 0, _id(guide or 0))
        return self.createIndex(guide, 0, 0) if guide is not None else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        if not parent.isValid():
            return len(self._guides)
        guide, section = self._numbers(parent)
        if section is not None:
            return 0
        if guide is not None:
            return len(self._guides[guide].sections[parent.row()].questions)
        return len(self._guides[parent.row()].sections)

    def columnCount(self, parent: Index = _ROOT) -> int:
        del parent
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._text(index)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return item_text(role, self._said(index))
            case GuideRole.PLACE:
                return self.place(index)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self._is_editable else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        place, text = self.place(index), " ".join(str(value).split())
        if place is None or role != Qt.ItemDataRole.EditRole or not text:
            return False
        if text != self._text(index):
            self.corrected.emit(place, text)
            here = self.index_of(place)
            self.dataChanged.emit(here, here)
        return True

    def _numbers(self, index: Index) -> tuple[int | None, int | None]:
        """Numbers of the guide and the section that a row lies in; ``None`` where in none."""
        packed = int(index.internalId()) if index.isValid() else 0
        guide, section = packed & ((1 << _SHIFT) - 1), packed >> _SHIFT
        return (guide - 1 if guide else None), (section - 1 if section else None)

    def _text(self, index: Index) -> str:
        guide, section = self._numbers(index)
        if section is not None and guide is not None:
            return self._guides[guide].sections[section].questions[index.row()].prompt
        if guide is not None:
            return self._guides[guide].sections[index.row()].title
        return self._guides[index.row()].title

    def _said(self, index: Index) -> str:
        guide, section = self._numbers(index)
        if section is not None:
            return self._text(index)
        if guide is not None:
            count = len(self._guides[guide].sections[index.row()].questions)
        else:
            count = sum(1 for _ in self._guides[index.row()].questions)
        return translate("guides", "{0}, questions: {1}").format(self._text(index), count)


def _id(guide: int, section: int | None = None) -> int:
    return (guide + 1) | ((0 if section is None else section + 1) << _SHIFT)
