"""My stories: the list of a person's own stories beside the one in front."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.guides.story_form import Named, StoryForm
from interview_app.gui.icons import icon
from interview_app.gui.models.roles import RowRole
from interview_app.gui.models.story_list import StoryList
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.empty_state import EmptyState
from interview_app.gui.widgets.keys import KeyBook, KeyHelp
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.row_painting import TwoLineRows
from interview_app.gui.widgets.rows_view import RowsView
from interview_app.gui.widgets.scrolling import scrolled

_LIST_WIDTH = 260
_BESIDE_WIDTH = 720
"""From this width on, before the text is scaled, the list stands beside the story."""


class StoriesView(QWidget):
    """Stories to write, to search and to link; what is written is kept at once.

    Signals:
        shown(Story): this story is in front now, ``None``: none is.
        act_asked(str): ``new``, ``duplicate``, ``delete``, ``undo``, ``read`` or ``link``.
        left: back to the guides.
    """

    shown = Signal(object)
    act_asked = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._named: Named = _unknown
        self._is_writing = False
        self.setAccessibleName(self.tr("My stories"))
        self.stories = StoryList(self)
        self.search = QLineEdit()
        self.list = RowsView(self.tr("My stories"))
        self.form = StoryForm(theme)
        self.notice = Notice(theme)
        self.empty = EmptyState(
            theme,
            "notebook",
            self.tr("No story yet"),
            self.tr(
                "Most questions about your past can be answered with five or six stories. Write "
                "down what happened, what was yours to do, what you did and what came of it; then "
                "link each story to the questions it serves."
            ),
            self.tr("Write the first story"),
        )
        self.none = EmptyState(theme, "magnifying-glass", "", "")
        self._places = QStackedWidget()
        self._book = KeyBook(self)
        self._make_buttons()
        self._build()
        self._connect()
        self._bind()
        theme.changed.connect(self._arrange)
        self._arrange()
        self.setFocusProxy(self.list)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of My stories."""
        return self._book.entries()

    @property
    def story(self) -> Story | None:
        """The story in front."""
        found: Story | None = self.list.currentIndex().data(RowRole.VALUE)
        return found

    def show_stories(self, stories: Sequence[Story], named: Named, uid: str = "") -> None:
        """Show these stories; the one of that uid comes to the front, else it stays as it is."""
        self._named = named
        wanted = uid or (self.story.uid if self.story is not None else "")
        self.stories.show_stories(stories)
        if uid and self.stories.row_of(uid) is None:
            self.search.clear()
        self._choose(wanted)
        self._show_place()

    def show_changed(self, story: Story) -> None:
        """Show a story with other words or links."""
        self.stories.change(story)
        if self.story == story:
            self.form.show_story(story, self._named)

    def write(self) -> None:
        """Bring the story in front to be written."""
        self._is_writing = True
        self._arrange()
        self.form.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_reading(self, *, is_read: bool) -> None:
        """Show whether the story is being read aloud."""
        self.read_button.set_text(self.tr("Stop reading") if is_read else self.tr("Read aloud"))
        self.read_button.set_icon("stop-fill" if is_read else "speaker-high")

    def _make_buttons(self) -> None:
        theme, tr = self._theme, self.tr
        self.new_button = Button(theme, tr("New"), "plus", Kind.PLAIN, "Ctrl+N", tr("A new story"))
        self.back_button = Button(theme, tr("Guides"), "arrow-left", Kind.QUIET, "Esc")
        self.list_button = Button(theme, tr("My stories"), "arrow-left", Kind.QUIET, "Esc")
        self.read_button = Button(theme, tr("Read aloud"), "speaker-high", Kind.PLAIN, "L")
        self.copy_button = Button(theme, tr("Duplicate"), "copy", Kind.PLAIN)
        self.delete_button = Button(theme, tr("Delete"), "trash", Kind.PLAIN)

    def _build(self) -> None:
        self.search.setAccessibleName(self.tr("Search my stories"))
        self.search.setPlaceholderText(self.tr("Search my stories"))
        self.search.setClearButtonEnabled(True)
        glass = icon(self._theme, "magnifying-glass", "muted")
        self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.list.setModel(self.stories)
        self.list.setItemDelegate(TwoLineRows(self._theme))
        self._left, self._right = QWidget(), QWidget()
        left = column(self._left, spacing=Space.S)
        left.addWidget(self.search)
        self._places.addWidget(self.list)
        self._places.addWidget(self.none)
        left.addWidget(self._places, 1)
        page = QWidget()
        inner = column(page, spacing=Space.S)
        inner.setContentsMargins(0, 0, Space.S, Space.M)
        inner.addWidget(self.form)
        inner.addStretch(1)
        self.area = scrolled(page)
        right = column(self._right, spacing=Space.S)
        right.addWidget(self.area, 1)
        right.addWidget(make_line())
        foot = row(spacing=Space.XS)
        foot.addWidget(self.list_button)
        foot.addWidget(self.read_button)
        foot.addStretch(1)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.delete_button)
        right.addLayout(foot)
        self._sides = QWidget()
        sides = row(self._sides, spacing=Space.L)
        sides.addWidget(self._left)
        sides.addWidget(self._right, 1)
        head = row(spacing=Space.S)
        head.addWidget(self.back_button)
        head.addWidget(make_label(self.tr("My stories"), Role.TITLE), 1)
        head.addWidget(self.new_button)
        layout = column(self, margin=Space.L, spacing=Space.S)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addWidget(self._sides, 1)
        layout.addWidget(self.empty, 1)
        self._sides.hide()  # until it is known what there is
        self.empty.hide()

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._front_changed)
        self.list.opened.connect(self.write)
        self.search.textChanged.connect(self._searched)
        self.back_button.clicked.connect(self.left)
        self.list_button.clicked.connect(self._back)
        for button, name in (
            (self.new_button, "new"),
            (self.empty.button, "new"),
            (self.read_button, "read"),
            (self.copy_button, "duplicate"),
            (self.delete_button, "delete"),
            (self.form.link_button, "link"),
        ):
            button.clicked.connect(partial(self.act_asked.emit, name))

    def _bind(self) -> None:
        command, tr = self.act_asked.emit, self.tr
        book = self._book
        book.add("Ctrl+N", tr("A new story"), partial(command, "new"))
        book.describe("Return", tr("Write the story in front"))
        book.add("Ctrl+D", tr("Duplicate"), partial(command, "duplicate"))
        book.add("Ctrl+L", tr("Choose the questions it serves"), partial(command, "link"))
        book.add("L", tr("Read aloud, or stop"), partial(command, "read"))
        book.add("Del", tr("Delete the story; it can be undone"), partial(command, "delete"))
        book.add("Ctrl+Z", tr("Undo"), partial(command, "undo"))
        book.add("Ctrl+F", tr("Search my stories"), self._begin_search)
        book.add("Esc", tr("Leave the search; back to the list, then to the guides"), self._back)

    def _begin_search(self) -> None:
        self._is_writing = False
        self._arrange()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _back(self) -> None:
        """One step back: out of the search, out of the story, out of here."""
        if self.search.text():
            self.search.clear()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._is_writing and self._sides.isVisible():
            self._is_writing = False
            self.form.save()
            self._arrange()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """List and story side by side where there is room, else the one that is wanted."""
        is_beside = self.width() >= self._theme.px(_BESIDE_WIDTH)
        self._left.setVisible(is_beside or not self._is_writing)
        self._right.setVisible(is_beside or self._is_writing)
        self.list_button.setVisible(not is_beside)
        self.back_button.setVisible(is_beside or not self._is_writing)
        self._left.setMaximumWidth(self._theme.px(_LIST_WIDTH) if is_beside else 16_777_215)

    def _choose(self, uid: str) -> None:
        number = self.stories.row_of(uid) if uid else None
        self.list.choose(number or 0)
        self._front_changed()

    def _front_changed(self) -> None:
        story = self.story
        shown = self.form.story
        if story is None or shown is None or shown.uid != story.uid:
            self.area.verticalScrollBar().setValue(0)
        self.form.show_story(story, self._named)
        self._right.setEnabled(story is not None)
        self.shown.emit(story)

    def _searched(self) -> None:
        uid = self.story.uid if self.story is not None else ""
        self.form.save()
        self.stories.search(self.search.text())
        self._choose(uid)
        self._show_place()

    def _show_place(self) -> None:
        is_empty = not self.stories.stories
        self.empty.setVisible(is_empty)
        self._sides.setVisible(not is_empty)
        self.new_button.setVisible(not is_empty)
        if not is_empty and not self.stories.rowCount():
            self.none.say(
                self.tr("Nothing found for “{0}”").format(self.search.text().strip()),
                self.tr("Every word must stand in the story, its title or its notes."),
            )
            self._places.setCurrentWidget(self.none)
        else:
            self._places.setCurrentWidget(self.list)
        target = self.empty.button if is_empty else self.list
        self.setFocusProxy(target)
        if self.isVisible() and not self._has_focus_inside():
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus_inside(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and focus.isVisible() and self.isAncestorOf(focus)


def _unknown(_key: QuestionKey) -> tuple[str, str] | None:
    return None
