"""Writing a question, a section or the head of a guide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.guide import DEFAULT_TARGET_S, Guide, Question, StarOutline
from interview_app.gui.models.guide_tree import Place
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import (
    Button,
    NumberBox,
    column,
    make_label,
    make_line,
    row,
)
from interview_app.gui.widgets.folding import FoldingColumns
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.note_editor import NoteEditor
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.services import guide_editing

_COLUMN_WIDTH = 340
_WIDEST = 1180
_LONGEST_S, _STEP_S = 900, 15
_STAR = ("situation", "task", "action", "result")
_LISTS = ("approach", "key_points", "follow_ups")
_TEXTS = ("sample_answer", "tip", "why_they_ask", "notes")
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
        self._question: Question | None = None
        self._make: Callable[[], Change] | None = None
        self._told = ""
        self._at_first: dict[str, str] = {}
        self.setAccessibleName(self.tr("Edit"))
        self.heading = make_label(role=Role.TITLE, wraps=True)
        self.notice = Notice(theme)
        self.fields: dict[str, NoteEditor] = {}
        self._blocks: dict[str, QWidget] = {}
        self.target = NumberBox()
        self.save_button = Button(theme, self.tr("Save"), "check", Kind.PRIMARY, "Ctrl+S")
        self.cancel_button = Button(theme, self.tr("Cancel"), "", Kind.PLAIN, "Esc")
        self._build()
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.leave)
        bind_key(self, "Ctrl+S", self.save)
        bind_key(self, "Esc", self.leave)
        self.setFocusProxy(self.fields["prompt"])

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the form."""
        return (
            KeyHelp("Ctrl+S", self.tr("Save")),
            KeyHelp("Esc", self.tr("Leave without saving")),
        )

    @property
    def is_changed(self) -> bool:
        """Whether something was written that is not kept."""
        return self._make is not None and self._texts() != self._at_first

    def show_place(self, guide: Guide, place: Place) -> None:
        """Write what a place of a guide holds."""
        question = guide.question(place.question_id) if place.question_id else None
        if question is not None:
            self._begin(guide, self.tr("Edit the question"), self.tr("The question was changed."))
            self._show_question(question)
            self._make = lambda: self._changed_question(question)
        elif 0 <= place.section < len(guide.sections):
            section = guide.sections[place.section]
            self._begin(guide, self.tr("Edit the section"), self.tr("The section was changed."))
            self._show_head(section.title, section.introduction)
            self._make = lambda: self._changed_section(place.section)
        else:
            self._begin(guide, self.tr("Edit the guide"), self.tr("The guide was changed."))
            self._show_head(guide.title, guide.introduction)
            self._make = self._changed_guide
        self._at_first = self._texts()

    def show_new_question(self, guide: Guide, section: int, after: str) -> None:
        """Write a question that is added to a section, behind another one."""
        self._begin(guide, self.tr("A new question"), self.tr("The question was added."))
        empty = Question("", "")
        self._show_question(empty)
        self._at_first = self._texts()

        def make() -> Change:
            question = self._written(empty)
            return lambda now: guide_editing.with_new_question(now, section, question, after)

        self._make = make

    def show_new_section(self, guide: Guide) -> None:
        """Write a section that is added at the end of a guide."""
        self._begin(guide, self.tr("A new section"), self.tr("The section was added."))
        self._show_head("", None)
        self._at_first = self._texts()

        def make() -> Change:
            title, introduction = self._line("prompt"), self._text("introduction")
            return lambda now: guide_editing.with_new_section(now, title, introduction)

        self._make = make

    def save(self) -> None:
        """Keep what is written; the form stays until it is kept."""
        if self._make is None:
            return
        if not self._line("prompt"):
            self.notice.tell(self.tr("Write at least the first line."), icon_name="warning-circle")
            self.fields["prompt"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.kept.emit(self._guide_id, self._make(), self._told)

    def leave(self) -> None:
        """Leave the form; where something was written, only once that is confirmed."""
        if self.is_changed:
            self.notice.tell(
                self.tr("What you wrote here is not saved."),
                icon_name="warning-circle",
                action=self.tr("Discard it"),
                act=self.forget,
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

    # --- what is written ----------------------------------------------------------------------

    def _texts(self) -> dict[str, str]:
        texts = {name: field.toPlainText() for name, field in self.fields.items()}
        return {**texts, "target": str(self.target.value())}

    def _text(self, name: str) -> str | None:
        return self.fields[name].toPlainText().strip() or None

    def _line(self, name: str) -> str:
        return " ".join(self.fields[name].toPlainText().split())

    def _changed_question(self, question: Question) -> Change:
        written = self._written(question)
        return lambda now: guide_editing.with_question(now, written)

    def _changed_section(self, number: int) -> Change:
        title, introduction = self._line("prompt"), self._text("introduction")
        return lambda now: guide_editing.with_section(now, number, title, introduction)

    def _changed_guide(self) -> Change:
        title, introduction = self._line("prompt"), self._text("introduction")
        return lambda now: replace(now, title=title, introduction=introduction)

    def _written(self, question: Question) -> Question:
        """The question with what stands in the fields; what nobody touched stays as it is."""
        changes: dict[str, object] = {}
        for name in (*_TEXTS, *_LISTS):
            if self.fields[name].toPlainText() == self._at_first[name]:
                continue
            if name in _LISTS:
                lines = self.fields[name].toPlainText().splitlines()
                changes[name] = tuple(line.strip() for line in lines if line.strip())
            else:
                changes[name] = self._text(name)
        steps = {name: self._text(name) for name in _STAR}
        star = StarOutline(**steps) if any(steps.values()) else None
        target = self.target.value() or None
        prompt = self._line("prompt")
        return replace(question, prompt=prompt, star=star, target_s=target, **changes)  # type: ignore[arg-type]

    # --- showing ------------------------------------------------------------------------------

    def _begin(self, guide: Guide, heading: str, told: str) -> None:
        self._guide_id, self._told = guide.id, told
        self.heading.setText(f"{heading} · {guide.title}")
        self.notice.hide()
        self.area.verticalScrollBar().setValue(0)

    def _show_question(self, question: Question) -> None:
        self._show_blocks(is_question=True)
        self.fields["prompt"].setPlainText(question.prompt)
        for name in _TEXTS:
            self.fields[name].setPlainText(getattr(question, name) or "")
        for name in _LISTS:
            self.fields[name].setPlainText("\n".join(getattr(question, name)))
        star = question.star or StarOutline()
        for name in _STAR:
            self.fields[name].setPlainText(getattr(star, name) or "")
        self.target.setValue(question.target_s or 0)
        self._blocks["notes"].setVisible(bool(question.notes))

    def _show_head(self, title: str, introduction: str | None) -> None:
        self._show_blocks(is_question=False)
        self.fields["prompt"].setPlainText(title)
        self.fields["introduction"].setPlainText(introduction or "")

    def _show_blocks(self, *, is_question: bool) -> None:
        for name, block in self._blocks.items():
            block.setVisible(name == "prompt" or (name == "introduction") is not is_question)
        self._prompt_label.setText(self.tr("Question") if is_question else self.tr("Title"))

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self._prompt_label = make_label(role=Role.BODY)
        left, right = QWidget(), QWidget()
        one_a_line = self.tr("One a line")
        for side, fields in (
            (
                left,
                (
                    ("prompt", self.tr("Question"), ""),
                    ("introduction", self.tr("Introduction"), ""),
                    ("sample_answer", self.tr("Sample answer"), ""),
                    ("situation", self.tr("Situation"), ""),
                    ("task", self.tr("Task"), ""),
                    ("action", self.tr("Action"), ""),
                    ("result", self.tr("Result"), ""),
                ),
            ),
            (
                right,
                (
                    ("tip", self.tr("Personalization tip"), ""),
                    ("why_they_ask", self.tr("Why they ask"), ""),
                    ("approach", self.tr("How to think it through"), one_a_line),
                    ("key_points", self.tr("Key points"), one_a_line),
                    ("follow_ups", self.tr("What they may ask next"), one_a_line),
                    ("notes", self.tr("Also in this guide"), ""),
                ),
            ),
        ):
            layout = column(side, spacing=Space.M)
            for name, title, hint in fields:
                layout.addWidget(self._make_block(name, title, hint))
            if side is right:
                layout.addWidget(self._make_target())
            layout.addStretch(1)
        columns = FoldingColumns(self._theme, _COLUMN_WIDTH, Space.XL)
        columns.add(left)
        columns.add(right)
        self._page = QWidget()
        page = column(self._page, spacing=Space.M)
        page.setContentsMargins(0, 0, Space.S, Space.M)
        page.addWidget(columns)
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

    def _make_block(self, name: str, title: str, hint: str) -> QWidget:
        block = QWidget()
        layout = column(block, spacing=Space.XXS)
        label = self._prompt_label if name == "prompt" else make_label(title, Role.BODY)
        field = NoteEditor(self._theme, title, hint)
        label.setBuddy(field)
        layout.addWidget(label)
        layout.addWidget(field)
        self.fields[name] = field
        self._blocks[name] = block
        return block

    def _make_target(self) -> QWidget:
        block = QWidget()
        layout = row(block, spacing=Space.S)
        label = make_label(self.tr("Length of the answer"), Role.BODY)
        self.target.setRange(0, _LONGEST_S)
        self.target.setSingleStep(_STEP_S)
        self.target.setSuffix(self.tr(" s"))
        self.target.setSpecialValueText(self.tr("As usual, {0} s").format(DEFAULT_TARGET_S))
        self.target.setAccessibleName(self.tr("Length of the answer"))
        label.setBuddy(self.target)
        layout.addWidget(label)
        layout.addWidget(self.target)
        layout.addStretch(1)
        self._blocks["target"] = block
        return block

    def _measure(self) -> None:
        self._page.setMaximumWidth(self._theme.px(_WIDEST))
