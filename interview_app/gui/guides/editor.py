"""Writing a question, a section or the head of a guide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.guide import Guide, Question
from interview_app.gui.guides.question_form import GuideForm
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.text.bidi import joined
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import (
    Button,
    column,
    make_label,
    make_line,
    row,
)
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.services.guides import editing as guide_editing

_COLUMN_WIDTH = 340
_WIDEST = 1180
Change = Callable[[Guide], Guide]


class EditView(QWidget):
    """A form that keeps nothing until it is told to.

    Signals:
        kept(str, Change, str): change the guide of that id so, and say this of it.
        left: nothing is to be kept.
    """

    kept = Signal(str, object, str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._guide_id = ""
        self._make: Callable[[], Change] | None = None
        self._told = ""
        self.setAccessibleName(self.tr("Edit"))
        self.heading = make_label(role=Role.TITLE, wraps=True)
        self.notice = Notice(theme)
        self.form = GuideForm(theme, _COLUMN_WIDTH)
        self.save_button = Button(theme, self.tr("Save"), "check", Kind.PRIMARY, "Ctrl+S")
        self.cancel_button = Button(theme, self.tr("Cancel"), "", Kind.PLAIN, "Esc")
        self._build()
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.leave)
        bind_key(self, "Ctrl+S", self.save)
        bind_key(self, "Esc", self.leave)
        self.setFocusProxy(self.form)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the form."""
        return (
            KeyHelp("Ctrl+S", self.tr("Save")),
            KeyHelp("Esc", self.tr("Leave without saving")),
        )

    @property
    def is_changed(self) -> bool:
        """Whether something was written that is not kept."""
        return self._make is not None and self.form.is_changed

    def show_place(self, guide: Guide, place: GuideLocation) -> None:
        """Write what a place of a guide holds."""
        question = guide.question(place.question_id) if place.question_id else None
        if question is not None:
            self._begin(guide, self.tr("Edit the question"), self.tr("The question was changed."))
            self.form.show_question(question)
            self._make = lambda: self._changed_question(question)
        elif 0 <= place.section < len(guide.sections):
            section = guide.sections[place.section]
            self._begin(guide, self.tr("Edit the section"), self.tr("The section was changed."))
            self.form.show_head(section.title, section.introduction)
            self._make = lambda: self._changed_section(place.section, section.introduction)
        else:
            self._begin(guide, self.tr("Edit the guide"), self.tr("The guide was changed."))
            self.form.show_head(guide.title, guide.introduction)
            self._make = lambda: self._changed_guide(guide.introduction)

    def show_new_question(self, guide: Guide, section: int, after: str) -> None:
        """Write a question that is added to a section, behind another one."""
        self._begin(guide, self.tr("A new question"), self.tr("The question was added."))
        empty = Question("", "")
        self.form.show_question(empty)

        def make() -> Change:
            question = self.form.written(empty)
            return lambda now: guide_editing.with_new_question(now, section, question, after)

        self._make = make

    def show_new_section(self, guide: Guide) -> None:
        """Write a section that is added at the end of a guide."""
        self._begin(guide, self.tr("A new section"), self.tr("The section was added."))
        self.form.show_head("", None)

        def make() -> Change:
            title, introduction = self.form.line, self.form.introduction
            return lambda now: guide_editing.with_new_section(now, title, introduction)

        self._make = make

    def save(self) -> None:
        """Keep what is written; the form stays until it is kept."""
        if self._make is None:
            return
        if not self.form.line:
            self.notice.show_message(
                self.tr("Write at least the first line."), icon_name="warning-circle"
            )
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.kept.emit(self._guide_id, self._make(), self._told)

    def leave(self) -> None:
        """Leave the form; where something was written, only once that is confirmed."""
        if self.is_changed:
            self.notice.show_message(
                self.tr("What you wrote here is not saved."),
                icon_name="warning-circle",
                action=self.tr("Discard it"),
                command=self.forget,
            )
            return
        self.forget()

    def forget(self) -> None:
        """Keep nothing of what is written, and leave."""
        self._make = None
        self.left.emit()

    def end(self) -> None:
        """What was written is kept."""
        self._make = None

    def _changed_question(self, question: Question) -> Change:
        written = self.form.written(question)
        return lambda now: guide_editing.with_question(now, written)

    def _changed_section(self, number: int, introduction: str | None) -> Change:
        title, text = self.form.line, self.form.written_introduction(introduction)
        return lambda now: guide_editing.with_section(now, number, title, text)

    def _changed_guide(self, introduction: str | None) -> Change:
        title, text = self.form.line, self.form.written_introduction(introduction)
        return lambda now: replace(now, title=title, introduction=text)

    def _begin(self, guide: Guide, heading: str, told: str) -> None:
        self._guide_id, self._told = guide.id, told
        self.heading.setText(joined(heading, guide.title))
        self.notice.hide()
        self.area.verticalScrollBar().setValue(0)

    def _build(self) -> None:
        self._page = QWidget()
        page = column(self._page, spacing=Space.M)
        page.setContentsMargins(0, 0, Space.S, Space.M)
        page.addWidget(self.form)
        page.addStretch(1)
        self.area = scrolled(self._page)
        foot = row(spacing=Space.S)
        foot.addWidget(self.save_button)
        foot.addWidget(self.cancel_button)
        foot.addStretch(1)
        layout = column(self, margin=Space.L, spacing=Space.S)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        layout.addWidget(self.heading)
        layout.addWidget(self.notice)
        layout.addWidget(self.area, 1)
        layout.addWidget(make_line())
        layout.addLayout(foot)
        self._theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._page.setMaximumWidth(self._theme.px(_WIDEST))
