"""The stories of a question beside it, with ways to add one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.answer.linked_stories import LinkedStories
from interview_app.gui.models.story_list import title_of
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line

_MOST_LISTED = 40
"""Stories in the menu; the others are linked from My stories."""


class LinkedStoriesPanel(QWidget):
    """My stories for the question in front.

    Signals:
        add_asked(QuestionKey): write a new story for this question.
        link_asked(Story, QuestionKey, bool): this story serves it now, or no more.
        open_asked(str): the story of that uid is to be written.
    """

    add_asked = Signal(object)
    link_asked = Signal(object, object, bool)
    open_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._key = QuestionKey("", "")
        self.folds = LinkedStories(theme, can_open=True)
        self.menu = QMenu(self)
        self.add_button = Button(
            theme, self.tr("Add a story for this question"), "plus", Kind.PLAIN, "A"
        )
        self.link_button = Button(theme, self.tr("Use one of my stories"), "link", Kind.PLAIN)
        self.link_button.setMenu(self.menu)
        self.link_button.setProperty("menu", "true")
        layout = column(self, spacing=Space.XS)
        layout.addWidget(make_label(self.tr("My stories"), Role.HEADING))
        layout.addWidget(make_line())
        layout.addWidget(self.folds)
        layout.addWidget(self.add_button)
        layout.addWidget(self.link_button)
        self.add_button.clicked.connect(lambda: self.add_asked.emit(self._key))
        self.folds.open_asked.connect(self.open_asked)

    @property
    def key(self) -> QuestionKey:
        """The question this is about."""
        return self._key

    def show_stories(self, key: QuestionKey, stories: Sequence[Story]) -> None:
        """Show which of these stories serve a question, and offer the others."""
        self._key = key
        self.folds.show_stories([story for story in stories if story.is_linked_to(key)])
        self.folds.setVisible(bool(self.folds.stories))
        self.menu.clear()
        for story in stories[:_MOST_LISTED]:
            action = self.menu.addAction(title_of(story).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(story.is_linked_to(key))
            action.toggled.connect(
                lambda is_linked, story=story: self.link_asked.emit(story, key, is_linked)
            )
        self.link_button.setVisible(bool(stories))
