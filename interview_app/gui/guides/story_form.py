"""The right side of My stories: one story, written in its four steps and kept as it is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.answer.note_editor import SAVE_DELAY_MS, NoteEditor
from interview_app.gui.models.story_list import title_of
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.folding import FoldingColumns
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
