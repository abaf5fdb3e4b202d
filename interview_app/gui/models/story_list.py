"""A person's stories as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from interview_app.domain.story import Story
from interview_app.domain.text.folding import found_in, wanted_words
from interview_app.gui.models.roles import RowRole
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.plurals import settled, translate
from interview_app.gui.text.untrusted import item_text
from interview_app.services.guides.checks import spoken_s

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def title_of(story: Story) -> str:
    """What a story is called, also while it has no title."""
    return " ".join(story.title.split()) or translate("guides", "A story without a title")


class StoryList(QAbstractListModel):
    """The stories that hold what is searched for, in the order they were given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Story, ...] = ()
        self._shown: list[Story] = []
        self._wanted: tuple[str, ...] = ()

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story, shown or not."""
        return self._all

    def show_stories(self, stories: Sequence[Story]) -> None:
        """Show other stories."""
        self._all = tuple(stories)
        self._filter()

    def search(self, wanted: str) -> None:
        """Show only what holds every word; everything where no word is wanted."""
        self._wanted = wanted_words(wanted)
        self._filter()

    def change(self, story: Story) -> None:
        """Show a story as it is now, in its place, found or not."""
        self._all = tuple(story if one.uid == story.uid else one for one in self._all)
        row = self.row_of(story.uid)
        if row is not None:
            self._shown[row] = story
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def story(self, uid: str) -> Story | None:
        """The story of that uid."""
        return next((story for story in self._all if story.uid == uid), None)

    def row_of(self, uid: str) -> int | None:
        """The row of a story, ``None`` where it is not shown."""
        return next((row for row, story in enumerate(self._shown) if story.uid == uid), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        story = self._shown[index.row()]
        shown: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                shown = title_of(story)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                shown = item_text(role, f"{title_of(story)}. {_facts(story)}")
            case RowRole.VALUE:
                shown = story
            case RowRole.FACTS:
                shown = _facts(story)
            case RowRole.SIDE | RowRole.CHIP | RowRole.HEADING:
                shown = ""
        return shown

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [story for story in self._all if self._holds(story)]
        self.endResetModel()

    def _holds(self, story: Story) -> bool:
        text = f"{story.title}\n{story.text}"
        return all(next(found_in(text, [word]), None) for word in self._wanted)


def _facts(story: Story) -> str:
    count = len(story.questions)
    questions = settled(translate("guides", "%n question(s)", "", count), count)
    return f"{as_clock(spoken_s(story.spoken))} · {questions}"
