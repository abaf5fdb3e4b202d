"""Stories that serve a question: one line each, the story folded away under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.story import Story
from interview_app.gui.models.story_list import title_of
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.plurals import translate
from interview_app.gui.theme import Kind, Space, Theme
from interview_app.gui.widgets.controls import Button, column
from interview_app.gui.widgets.folding import Fold
from interview_app.gui.widgets.reading_text import ReadingText
from interview_app.services.guides.checks import spoken_s

_LONGEST_TITLE = 26
"""Letters of a title that stand beside its length in the narrowest column; all stand below."""


class LinkedStories(QWidget):
    """Titles with their spoken length; each unfolds to the four steps and the notes.

    Signals:
        open_asked(str): the story of that uid is to be written or looked at whole.
    """

    open_asked = Signal(str)

    def __init__(self, theme: Theme, *, can_open: bool) -> None:
        """``can_open``: offer to open a story where it is written."""
        super().__init__()
        self._theme = theme
        self._can_open = can_open
        self._stories: tuple[Story, ...] = ()
        self.folds: list[Fold] = []
        self.readings: list[ReadingText] = []
        self._layout = column(self, spacing=Space.XXS)

    @property
    def stories(self) -> tuple[Story, ...]:
        """What is shown."""
        return self._stories

    def show_stories(self, stories: Sequence[Story]) -> None:
        """Show these; a single one is unfolded."""
        if tuple(stories) == self._stories:
            return
        self._stories = tuple(stories)
        for fold in self.folds:
            self._layout.removeWidget(fold)
            fold.hide()
            fold.deleteLater()
        self.folds, self.readings = [], []
        for story in self._stories:
            fold = self._make_fold(story, is_open=len(self._stories) == 1)
            self._layout.addWidget(fold)
            self.folds.append(fold)

    def _make_fold(self, story: Story, *, is_open: bool) -> Fold:
        title = title_of(story)
        is_cut = len(title) > _LONGEST_TITLE
        shown = f"{title[:_LONGEST_TITLE].rstrip()}…" if is_cut else title
        reading = ReadingText(self._theme, title)
        reading.set_text(("" if not is_cut else f"**{plain(title)}**\n\n") + told(story))
        self.readings.append(reading)
        content = QWidget()
        layout = column(content, spacing=Space.XXS)
        layout.addWidget(reading)
        if self._can_open:
            button = Button(self._theme, self.tr("Open this story"), "pencil-simple", Kind.QUIET)
            button.setAccessibleName(self.tr("Open the story “{0}”").format(title))
            button.clicked.connect(lambda: self.open_asked.emit(story.uid))
            layout.addWidget(button)
        length = as_clock(spoken_s(story.spoken))
        return Fold(self._theme, f"{shown} · {length}", content, is_open=is_open)


def told(story: Story) -> str:
    """A story as Markdown: each step under its name, then the notes."""
    parts = (
        (translate("guides", "Situation"), story.situation),
        (translate("guides", "Task"), story.task),
        (translate("guides", "Action"), story.action),
        (translate("guides", "Result"), story.result),
        (translate("guides", "Notes"), story.notes),
    )
    return "\n\n".join(f"**{name}:** {plain(text)}" for name, text in parts if text.strip())


def plain(text: str) -> str:
    """Plain text with its line ends, as Markdown keeps them."""
    escaped = "".join(f"\\{sign}" if sign in _MARKS else sign for sign in text.strip())
    return escaped.replace("\n", "  \n")


_MARKS = "\\`*_[]#>~|"
"""Signs that Markdown would take for its own in what a person wrote as plain text."""
