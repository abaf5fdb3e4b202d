"""Guides as a tree whose questions can be chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from interview_app.domain.story import QuestionKey
from interview_app.gui.models.guide_tree import GuideTree

Index = QModelIndex | QPersistentModelIndex


class GuideChoice(GuideTree):
    """A tree of guides with a box before each question.

    Signals:
        toggled(QuestionKey, bool): this question is chosen now, or no more.
    """

    toggled = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: set[QuestionKey] = set()

    @property
    def chosen(self) -> frozenset[QuestionKey]:
        """The questions that are chosen, shown or not."""
        return frozenset(self._chosen)

    def choose(self, chosen: Iterable[QuestionKey]) -> None:
        """Have these questions chosen, and no others."""
        self._chosen = set(chosen)

    def key(self, index: Index) -> QuestionKey | None:
        """The question of a row; ``None`` for a guide or a section."""
        place = self.place(index)
        if place is None or not place.question_id:
            return None
        return QuestionKey(place.guide_id, place.question_id)

    def toggle(self, index: Index) -> None:
        """Choose a question, or choose it no more."""
        key = self.key(index)
        if key is None:
            return
        is_chosen = key not in self._chosen
        (self._chosen.add if is_chosen else self._chosen.discard)(key)
        here = self.index(index.row(), 0, index.parent())
        self.dataChanged.emit(here, here)
        self.toggled.emit(key, is_chosen)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            key = self.key(index)
            if key is None:
                return None
            return Qt.CheckState.Checked if key in self._chosen else Qt.CheckState.Unchecked
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_question = self.key(index) is not None
        return flags | Qt.ItemFlag.ItemIsUserCheckable if is_question else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or self.key(index) is None:
            return super().setData(index, value, role)
        if (Qt.CheckState(value) is Qt.CheckState.Checked) != (self.key(index) in self._chosen):
            self.toggle(index)
        return True
