"""The right side of the Guides page: a guide, a section, or a question with everything on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from interview_app.domain.guide import Guide, Question, Section
from interview_app.domain.question_fields import FieldKind, ReadingColumn
from interview_app.domain.session_choices import DEFAULT_TARGET_S
from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.answer.linked_stories import LinkedStories, told
from interview_app.gui.answer.notes_panel import NotesPanel
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.models.story_list import title_of as title_of_story
from interview_app.gui.text.bidi import joined
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.plurals import settled
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.folding import FoldingColumns
from interview_app.gui.widgets.question_texts import fields_of, listed, text_of, title_of
from interview_app.gui.widgets.question_view import QuestionView
from interview_app.gui.widgets.reading_text import ReadingText
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.services.guides.checks import spoken_s


class ReadablePanel(QWidget):
    """A heading, a button that reads the text aloud, and the text.

    Signals:
        read_asked(str, str): read the text of that name aloud, or stop reading it.
    """

    read_asked = Signal(str, str)

    def __init__(self, theme: Theme, name: str, title: str) -> None:
        super().__init__()
        self.name = name
        self._title = title
        self._text = ""
        self.reading = ReadingText(theme, title)
        self.button = Button(theme, "", "speaker-high", Kind.QUIET)
        self.button.clicked.connect(lambda: self.read_asked.emit(self.name, self._text))
        head = row(spacing=Space.XS)
        head.addWidget(make_label(title, Role.HEADING, wraps=True), 1)
        head.addWidget(self.button)
        layout = column(self, spacing=Space.XXS)
        layout.addLayout(head)
        layout.addWidget(make_line())
        layout.addSpacing(Space.XXS)
        layout.addWidget(self.reading)
        self.show_reading("")

    @property
    def text(self) -> str:
        """The text as the guide has it."""
        return self._text

    def set_text(self, text: str | None) -> None:
        """Show a text; without one the part is hidden."""
        self._text = text or ""
        self.reading.set_text(self._text)
        self.setVisible(bool(text))

    def show_reading(self, name: str) -> None:
        """Show which text is being read aloud."""
        is_read = name == self.name
        self.button.set_icon("stop-fill" if is_read else "speaker-high")
        tip = self.tr("Stop reading") if is_read else self.tr("Read aloud: {0}").format(self._title)
        self.button.setAccessibleName(tip)
        set_tool_tip(self.button, tip)


_MOST_STORIES_LISTED = 40
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
        for story in stories[:_MOST_STORIES_LISTED]:
            action = self.menu.addAction(title_of_story(story).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(story.is_linked_to(key))
            action.toggled.connect(
                lambda is_linked, story=story: self.link_asked.emit(story, key, is_linked)
            )
        self.link_button.setVisible(bool(stories))


_COLUMN_WIDTH = 340
_WIDEST = 1180
_MOST_LISTED = 60
"""Prompts in the overview of a guide or a section: more would stall the window."""
_READ = tuple(
    field
    for field in (*fields_of(ReadingColumn.ANSWER), *fields_of(ReadingColumn.HELP))
    if field.kind is not FieldKind.SECONDS
)
"""The fields of a question that are texts to read."""


class GuideReadingView(QWidget):
    """What is in front, to read and to hear.

    Signals:
        read_asked(str, str): read the text of that name aloud, or stop reading it.
        rehearse_asked: rehearse what is in front.
        edit_asked: change what is in front.
        back_asked: back to the list, where the window has room for one side only.
    """

    read_asked = Signal(str, str)
    rehearse_asked = Signal()
    edit_asked = Signal()
    back_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._spoken = ""
        self.setAccessibleName(self.tr("Guide"))
        self.where = make_label(role=Role.MUTED, wraps=True)
        self.title = QuestionView(theme, Role.TITLE)
        self.facts = make_label(role=Role.MUTED, wraps=True)
        self.mine = NotesPanel(theme)
        self.served = LinkedStoriesPanel(theme)
        self.menu = QMenu(self)
        self._parts = {
            name: ReadablePanel(theme, name, title)
            for name, title in (
                ("text", self.tr("Introduction")),
                ("contents", self.tr("Questions")),
                *((field.name, title_of(field)) for field in _READ),
            )
        }
        self._make_buttons()
        self._build()
        self._connect()

    def part(self, name: str) -> ReadablePanel:
        """The part of that name: a field of a question, ``text`` or ``contents``."""
        return self._parts[name]

    @property
    def spoken(self) -> str:
        """What is read aloud first of what is in front: the prompt, or the introduction."""
        return self._spoken

    def show_nothing(self) -> None:
        """There is nothing in front."""
        self._page.hide()
        self._bar.hide()

    def show_place(self, guide: Guide, place: GuideLocation) -> None:
        """Show a guide, a section or a question."""
        question = guide.question(place.question_id) if place.question_id else None
        self._clear(is_story=False)
        self.mine.setVisible(question is not None)
        self.served.setVisible(question is not None)
        if question is not None:
            self._show_question(guide, question)
        elif 0 <= place.section < len(guide.sections):
            self._show_section(guide, place.section)
        else:
            self._show_guide(guide)
        self.area.verticalScrollBar().setValue(0)

    def show_story(self, story: Story) -> None:
        """Show a story of the person's own; it is written in My stories."""
        self._clear(is_story=True)
        self.where.setText(self.tr("My stories"))
        self.title.set_prompt(title_of_story(story))
        self._spoken = story.spoken or title_of_story(story)
        length = as_clock(spoken_s(story.spoken))
        self.facts.setText(self.tr("{0} when told").format(length))
        self._parts["text"].set_text(told(story))
        self.area.verticalScrollBar().setValue(0)

    def show_reading(self, name: str) -> None:
        """Show which text is being read aloud."""
        for part in self._parts.values():
            part.show_reading(name)
        self.mine.show_reading(name)
        is_read = name == "title"
        self.listen.set_text(self.tr("Stop reading") if is_read else self.tr("Read aloud"))
        self.listen.set_icon("stop-fill" if is_read else "speaker-high")

    def write(self) -> None:
        """Put the focus on the person's own words."""
        if self.mine.isVisibleTo(self):
            self.area.ensureWidgetVisible(self.mine, 0, self.area.viewport().height() // 3)
            self.mine.answer.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add_story(self) -> None:
        """Have a story written for the question in front."""
        if self.served.isVisibleTo(self):
            self.served.add_button.click()

    def set_alone(self, *, is_alone: bool) -> None:
        """Whether the list is hidden, so that there is a way back to it."""
        self.back.setVisible(is_alone)

    def _clear(self, *, is_story: bool) -> None:
        self._page.show()
        self._bar.show()
        for part in self._parts.values():
            part.set_text(None)
        for widget in (self.mine, self.served):
            widget.setVisible(False)
        for button in (self.rehearse, self.more):
            button.setVisible(not is_story)

    def _show_question(self, guide: Guide, question: Question) -> None:
        section = guide.section_of(question.id)
        self.where.setText(joined(guide.title, section.title) if section else guide.title)
        self._name(question.prompt, question.prompt, self.tr("Rehearse this question"))
        target = as_clock(question.target_s or DEFAULT_TARGET_S)
        self.facts.setText(self.tr("Answer in about {0}").format(target))
        for field in _READ:
            self._parts[field.name].set_text(text_of(field, getattr(question, field.name)))

    def _show_section(self, guide: Guide, number: int) -> None:
        section = guide.sections[number]
        self.where.setText(guide.title)
        self._name(
            section.title, section.introduction or section.title, self.tr("Rehearse this section")
        )
        self._count(len(section.questions))
        self._parts["text"].set_text(section.introduction)
        self._parts["contents"].set_text(listed(_prompts(section, _MOST_LISTED), "1."))

    def _show_guide(self, guide: Guide) -> None:
        self.where.setText(self.tr("Guide"))
        self._name(guide.title, guide.introduction or guide.title, self.tr("Rehearse this guide"))
        self._count(sum(1 for _ in guide.questions))
        self._parts["text"].set_text(guide.introduction)
        most = _MOST_LISTED // max(len(guide.sections), 1)
        parts = (
            f"**{section.title}**\n\n{listed(_prompts(section, most), '-')}"
            for section in guide.sections[:_MOST_LISTED]
        )
        self._parts["contents"].set_text("\n\n".join(parts))

    def _name(self, title: str, spoken: str, rehearse: str) -> None:
        self.title.set_prompt(title)
        self._spoken = spoken
        set_tool_tip(self.rehearse, rehearse)
        self.rehearse.setAccessibleName(rehearse)

    def _count(self, count: int) -> None:
        self.facts.setText(settled(self.tr("%n question(s)", "", count), count))
        self.rehearse.setEnabled(count > 0)

    def _make_buttons(self) -> None:
        theme = self._theme
        self.back = Button(theme, self.tr("Guides"), "arrow-left", Kind.QUIET, "Esc")
        self.rehearse = Button(theme, self.tr("Rehearse"), "microphone", Kind.PRIMARY, "B")
        self.listen = Button(theme, self.tr("Read aloud"), "speaker-high", Kind.PLAIN, "L")
        self.edit = Button(theme, self.tr("Edit"), "pencil-simple", Kind.PLAIN, "E")
        self.more = Button(theme, "", "dots-three", Kind.PLAIN, tip=self.tr("More to do with this"))
        self.more.setAccessibleName(self.tr("More to do with this"))
        set_tool_tip(self.more, self.tr("More to do with this"))
        self.more.setMenu(self.menu)
        self.more.setProperty("menu", "true")

    def _build(self) -> None:
        left, right = QWidget(), QWidget()
        for side, names in (
            (left, ("text", "contents", *_names(ReadingColumn.ANSWER))),
            (right, _names(ReadingColumn.HELP)),
        ):
            layout = column(side, spacing=Space.L)
            if side is right:
                layout.addWidget(self.mine)
                layout.addWidget(self.served)
            for name in names:
                layout.addWidget(self._parts[name])
            layout.addStretch(1)
        self._columns = FoldingColumns(self._theme, _COLUMN_WIDTH, Space.XL)
        self._columns.add(left)
        self._columns.add(right)
        self._page = QWidget()
        page = column(self._page, spacing=Space.XS)
        page.setContentsMargins(0, 0, Space.S, Space.M)
        head = row()
        head.addWidget(self.back)
        head.addWidget(self.where, 1)
        page.addLayout(head)
        page.addWidget(self.title)
        page.addWidget(self.facts)
        page.addSpacing(Space.S)
        page.addWidget(self._columns)
        page.addStretch(1)
        self.area = scrolled(self._page)
        self._bar = QWidget()
        bar = column(self._bar, spacing=Space.S)
        bar.addWidget(make_line())
        buttons = row(spacing=Space.XS)
        for button in (self.rehearse, self.listen):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.edit, self.more):
            buttons.addWidget(button)
        bar.addLayout(buttons)
        layout = column(self, spacing=Space.S)
        layout.addWidget(self.area, 1)
        layout.addWidget(self._bar)
        self._theme.changed.connect(self._measure)
        self._measure()

    def _connect(self) -> None:
        for part in self._parts.values():
            part.read_asked.connect(self.read_asked)
        self.mine.read_asked.connect(self.read_asked)
        self.listen.clicked.connect(lambda: self.read_asked.emit("title", self._spoken))
        self.rehearse.clicked.connect(self.rehearse_asked)
        self.edit.clicked.connect(self.edit_asked)
        self.back.clicked.connect(self.back_asked)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _measure(self) -> None:
        self._page.setMaximumWidth(self._theme.px(_WIDEST))


def _prompts(section: Section, most: int) -> list[str]:
    """The first prompts of a section, and a sign that there are more; the tree has them all."""
    prompts = [question.prompt for question in section.questions[:most]]
    return [*prompts, "…"] if len(section.questions) > most else prompts


def _names(side: ReadingColumn) -> list[str]:
    return [field.name for field in _READ if field.side is side]
