"""My stories: the list of a person's own stories beside the one in front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.answer.note_editor import SAVE_DELAY_MS, NoteEditor
from interview_app.gui.icons import icon
from interview_app.gui.models.roles import RowRole
from interview_app.gui.models.story_list import StoryList, title_of
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.empty_state import EmptyState
from interview_app.gui.widgets.folding import FoldingColumns
from interview_app.gui.widgets.keys import KeyBook, KeyHelp
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.row_painting import TwoLineRows
from interview_app.gui.widgets.rows_view import RowsView
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.services.guides.checks import SAMPLE_BAND_S, SPOKEN_WPM, spoken_s

_COLUMN_WIDTH = 300
_WIDEST = 1180
Named = Callable[[QuestionKey], tuple[str, str] | None]
"""Guide title and prompt of a question; ``None`` where it is among the guides no more."""


class StoryForm(QWidget):
    """Title, steps, notes, and the questions the story serves.

    Signals:
        written(Story): this is to be kept.
        link_asked: choose the questions it serves.
        unlink_asked(QuestionKey): it serves that question no more.
        question_asked(QuestionKey): show that question in its guide.
    """

    written = Signal(object)
    link_asked = Signal()
    unlink_asked = Signal(object)
    question_asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._story: Story | None = None
        self._is_showing = False
        self.title = QLineEdit()
        self.fields: dict[str, NoteEditor] = {}
        self.length = make_label(role=Role.MUTED, wraps=True)
        self.state = make_label(role=Role.MUTED)
        self.link_button = Button(theme, self.tr("Choose questions"), "link", Kind.PLAIN)
        self.served: list[QWidget] = []
        self._none = make_label(
            self.tr("None yet. One story can answer several questions."), Role.MUTED, wraps=True
        )
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SAVE_DELAY_MS)
        self._delay.timeout.connect(self.save)
        self._build()
        self._connect()
        self.setFocusProxy(self.title)

    @property
    def story(self) -> Story | None:
        """The story as it is written now."""
        if self._story is None:
            return None
        texts = {name: field.toPlainText() for name, field in self.fields.items()}
        story = self._story
        return Story(story.uid, self.title.text(), **texts, questions=story.questions)

    def show_story(self, story: Story | None, named: Named) -> None:
        """Show another story, or the same one with other links; what was written is kept first."""
        self.save()
        self._is_showing = True
        is_same = self._story is not None and story is not None and self._story.uid == story.uid
        self._story = story
        if not is_same:
            self._fill(story)
            self.state.setText("")
        self._is_showing = False
        self._show_questions(story, named)
        self._show_length()

    def show_kept(self, story: Story) -> None:
        """Say that it was kept."""
        if self.story == story:
            self.state.setText(self.tr("Saved"))

    def show_failure(self, story: Story) -> None:
        """Say that it was not kept; the words stay where they are, and are kept with the next."""
        if self._story is not None and self._story.uid == story.uid:
            self._story = Story(story.uid, questions=story.questions)
            self.state.setText(self.tr("Not saved"))

    def save(self) -> None:
        """Keep what was written, if it differs from what is kept."""
        self._delay.stop()
        story = self.story
        if story is not None and story != self._story:
            self._story = story
            self.written.emit(story)

    def _build(self) -> None:
        self.title.setAccessibleName(self.tr("Title of the story"))
        self.title.setPlaceholderText(self.tr("A name you will know it by"))
        head = row(spacing=Space.S)
        name = make_label(self.tr("Title"), Role.HEADING)
        name.setBuddy(self.title)
        head.addWidget(name, 1)
        head.addWidget(self.state)
        layout = column(self, spacing=Space.S)
        layout.addLayout(head)
        layout.addWidget(self.title)
        layout.addWidget(self.length)
        columns = FoldingColumns(self._theme, _COLUMN_WIDTH, Space.XL)
        columns.add(self._make_steps())
        columns.add(self._make_aside())
        layout.addWidget(columns)
        layout.addStretch(1)
        self._theme.changed.connect(self._measure)
        self._measure()

    def _make_steps(self) -> QWidget:
        side = QWidget()
        layout = column(side, spacing=Space.XS)
        for name, title, hint in (
            ("situation", self.tr("Situation"), self.tr("Where was it, and what was at stake?")),
            ("task", self.tr("Task"), self.tr("What was yours to do?")),
            ("action", self.tr("Action"), self.tr("What did you do, step by step? Say “I”.")),
            ("result", self.tr("Result"), self.tr("What came of it, in figures? What remained?")),
        ):
            self._add_field(layout, name, title, hint)
        layout.addStretch(1)
        return side

    def _make_aside(self) -> QWidget:
        side = QWidget()
        layout = column(side, spacing=Space.XS)
        head = row(spacing=Space.S)
        head.addWidget(make_label(self.tr("Questions it serves"), Role.HEADING, wraps=True), 1)
        head.addWidget(self.link_button)
        layout.addLayout(head)
        layout.addWidget(make_line())
        layout.addWidget(self._none)
        self._served = column(spacing=Space.XXS)
        layout.addLayout(self._served)
        layout.addSpacing(Space.S)
        hint = self.tr("Names, dates, what to leave out: only for you.")
        self._add_field(layout, "notes", self.tr("Notes"), hint)
        layout.addStretch(1)
        return side

    def _add_field(self, layout: QVBoxLayout, name: str, title: str, hint: str) -> None:
        field = NoteEditor(self._theme, title, hint)
        label = make_label(title, Role.HEADING)
        label.setBuddy(field)
        layout.addWidget(label)
        layout.addWidget(field)
        self.fields[name] = field

    def _connect(self) -> None:
        self.title.textChanged.connect(self._typed)
        self.title.editingFinished.connect(self.save)
        for field in self.fields.values():
            field.textChanged.connect(self._typed)
            field.left.connect(self.save)
        self.link_button.clicked.connect(self.link_asked)

    def _fill(self, story: Story | None) -> None:
        self.title.setText(story.title if story else "")
        for name, field in self.fields.items():
            field.setPlainText(getattr(story, name) if story else "")

    def _show_questions(self, story: Story | None, named: Named) -> None:
        for old in self.served:
            self._served.removeWidget(old)
            old.hide()
            old.deleteLater()
        keys = story.questions if story is not None else ()
        self.served = [self._make_served(key, named(key)) for key in keys]
        for one in self.served:
            self._served.addWidget(one)
        self._none.setVisible(not keys)

    def _make_served(self, key: QuestionKey, name: tuple[str, str] | None) -> QWidget:
        line = QWidget()
        layout = row(line, spacing=Space.XXS)
        prompt = name[1] if name else self.tr("A question that is among your guides no more")
        layout.addWidget(make_label(prompt, Role.BODY, wraps=True), 1)
        show = Button(self._theme, "", "arrow-square-out", Kind.QUIET)
        show.setAccessibleName(self.tr("Show in its guide: {0}").format(prompt))
        set_tool_tip(show, self.tr("Show in its guide, {0}").format(name[0]) if name else "")
        show.clicked.connect(lambda: self.question_asked.emit(key))
        away = Button(self._theme, "", "x", Kind.QUIET)
        away.setAccessibleName(self.tr("Unlink: {0}").format(prompt))
        set_tool_tip(away, self.tr("Unlink this question"))
        away.clicked.connect(lambda: self.unlink_asked.emit(key))
        layout.addWidget(show)
        layout.addWidget(away)
        # Not before it is in the layout: a widget without a parent would flash up as a window.
        show.setVisible(name is not None)
        return line

    def _typed(self) -> None:
        if self._is_showing or self._story is None:
            return
        self.state.setText("")
        self._show_length()
        self._delay.start()

    def _show_length(self) -> None:
        story = self.story
        seconds = spoken_s(story.spoken) if story is not None else 0.0
        least, most = (as_clock(bound) for bound in SAMPLE_BAND_S)
        said = self.tr("{0} spoken at {1} words a minute").format(as_clock(seconds), SPOKEN_WPM)
        self.length.setText(f"{said} · {self.tr('{0} to {1} is good').format(least, most)}")
        if story is not None:
            self.length.setAccessibleName(f"{title_of(story)}: {said}")

    def _measure(self) -> None:
        self.setMaximumWidth(self._theme.px(_WIDEST))


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
