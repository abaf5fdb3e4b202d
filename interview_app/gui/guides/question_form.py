"""The fields of a question, of a section or of the head of a guide, to be written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.guide import Question, StarOutline
from interview_app.domain.question_fields import (
    QUESTION_FIELDS,
    STAR_STEPS,
    FieldKind,
    QuestionField,
    ReadingColumn,
    join_terms,
    split_terms,
)
from interview_app.domain.session_choices import DEFAULT_TARGET_S
from interview_app.gui.answer.note_editor import NoteEditor
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import NumberBox, column, make_label, row
from interview_app.gui.widgets.folding import FoldingColumns
from interview_app.gui.widgets.question_texts import fields_of, step_title, title_of

_LONGEST_S, _STEP_S = 900, 15
_ONE_TEXT = tuple(
    field for field in QUESTION_FIELDS if field.kind not in (FieldKind.OUTLINE, FieldKind.SECONDS)
)
"""The fields that are written into one editor each."""
_SIGNS = "#*-–•·0123456789.) "
"""What a line may begin with that is no word of it."""
_LONGEST_TEXT = 20_000
"""Characters of one field that are laid out as they are; more would hold up the window."""


class GuideForm(QWidget):
    """Fields that keep nothing by themselves.

    A text too long to be written here is shown as far as there is room, cannot be changed, and
    stays whole.

    Signals:
        left: the focus went out of a field.
    """

    left = Signal()

    def __init__(self, theme: Theme, column_width: int) -> None:
        """``column_width``: the least width of each of two columns, before the text is scaled."""
        super().__init__()
        self._theme = theme
        self._at_first: dict[str, str] = {}
        self.fields: dict[str, NoteEditor] = {}
        self._blocks: dict[str, QWidget] = {}
        self.target = NumberBox()
        self._prompt_label = make_label(role=Role.BODY)
        self._build(column_width)
        for field in self.fields.values():
            field.left.connect(self.left)
        self.setFocusProxy(self.fields["prompt"])

    @property
    def is_changed(self) -> bool:
        """Whether something was written since it was shown."""
        return self._texts() != self._at_first

    @property
    def line(self) -> str:
        """The prompt or title, in one line."""
        return " ".join(self.fields["prompt"].toPlainText().split())

    @property
    def introduction(self) -> str | None:
        """The introduction of a section or a guide."""
        return self._text("introduction")

    def show_question(self, question: Question) -> None:
        """Write a question."""
        self._show_blocks(is_question=True)
        self._fill("prompt", question.prompt)
        for field in _ONE_TEXT:
            self._fill(field.name, _text_to_edit(field, getattr(question, field.name)))
        star = question.star or StarOutline()
        for step in STAR_STEPS:
            self._fill(step, getattr(star, step) or "")
        self.target.setValue(question.target_s or 0)
        self._blocks["notes"].setVisible(bool(question.notes))
        self._at_first = self._texts()

    def show_head(self, title: str, introduction: str | None) -> None:
        """Write title and introduction of a section or a guide."""
        self._show_blocks(is_question=False)
        self._fill("prompt", title)
        self._fill("introduction", introduction or "")
        self._at_first = self._texts()

    def written(self, question: Question) -> Question:
        """The question with what stands in the fields; what nobody touched stays as it is."""
        changes: dict[str, Any] = {
            field.name: _edited(field, self.fields[field.name].toPlainText())
            for field in _ONE_TEXT
            if self._is_touched(field.name)
        }
        old = question.star or StarOutline()
        steps = {
            step: self._text(step) if self._is_touched(step) else getattr(old, step)
            for step in STAR_STEPS
        }
        star = StarOutline(**steps) if any(steps.values()) else None
        prompt = self.line if self._is_touched("prompt") else question.prompt
        target = self.target.value() or None
        return replace(question, prompt=prompt, star=star, target_s=target, **changes)

    def written_introduction(self, introduction: str | None) -> str | None:
        """The introduction as it is written; one that nobody touched stays as it is."""
        return self.introduction if self._is_touched("introduction") else introduction

    def select_line(self, line: str) -> str:
        """Select what a line of a file became; the name of its field, empty where it is in none.

        The line may begin with a label, a number or the sign of a list.
        """
        begun = " ".join(line.split())
        for wanted in (begun, begun.lstrip(_SIGNS), begun.partition(":")[2].strip(' *“”"')):
            for name, field in self.fields.items():
                at = field.toPlainText().find(wanted) if wanted else -1
                if at >= 0 and self._blocks[name].isVisibleTo(self):
                    cursor = field.textCursor()
                    cursor.setPosition(at)
                    cursor.setPosition(at + len(wanted), cursor.MoveMode.KeepAnchor)
                    field.setTextCursor(cursor)
                    return name
        return ""

    def _fill(self, name: str, text: str) -> None:
        field = self.fields[name]
        is_long = len(text) > _LONGEST_TEXT
        field.setPlainText(f"{text[:_LONGEST_TEXT]}…" if is_long else text)
        field.setReadOnly(is_long)
        tip = self.tr("This text is too long to be changed here; all of it is kept.")
        set_tool_tip(field, tip if is_long else "")

    def _texts(self) -> dict[str, str]:
        texts = {name: field.toPlainText() for name, field in self.fields.items()}
        return {**texts, "target": str(self.target.value())}

    def _text(self, name: str) -> str | None:
        return self.fields[name].toPlainText().strip() or None

    def _is_touched(self, name: str) -> bool:
        return self.fields[name].toPlainText() != self._at_first.get(name, "")

    def _show_blocks(self, *, is_question: bool) -> None:
        for name, block in self._blocks.items():
            block.setVisible(name == "prompt" or (name == "introduction") is not is_question)
        self._prompt_label.setText(self.tr("Question") if is_question else self.tr("Title"))

    def _build(self, column_width: int) -> None:
        columns = FoldingColumns(self._theme, column_width, Space.XL)
        heads = [
            self._make_block("prompt", self.tr("Question")),
            self._make_block("introduction", self.tr("Introduction")),
        ]
        for side in ReadingColumn:
            widget = QWidget()
            layout = column(widget, spacing=Space.M)
            blocks = [block for field in fields_of(side) for block in self._make_blocks(field)]
            for block in (*heads, *blocks) if side is ReadingColumn.ANSWER else blocks:
                layout.addWidget(block)
            layout.addStretch(1)
            columns.add(widget)
        column(self).addWidget(columns)

    def _make_blocks(self, field: QuestionField) -> list[QWidget]:
        if field.kind is FieldKind.OUTLINE:
            return [self._make_block(step, step_title(step)) for step in STAR_STEPS]
        if field.kind is FieldKind.SECONDS:
            return [self._make_target(title_of(field))]
        hint = self.tr("One a line") if field.kind.is_list else ""
        if field.kind is FieldKind.TERMS:
            hint = self.tr("Separated by commas")
        return [self._make_block(field.name, title_of(field), hint)]

    def _make_block(self, name: str, title: str, hint: str = "") -> QWidget:
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

    def _make_target(self, title: str) -> QWidget:
        block = QWidget()
        layout = row(block, spacing=Space.S)
        label = make_label(title, Role.BODY)
        self.target.setRange(0, _LONGEST_S)
        self.target.setSingleStep(_STEP_S)
        self.target.setSuffix(self.tr(" s"))
        self.target.setSpecialValueText(self.tr("As usual, {0} s").format(DEFAULT_TARGET_S))
        self.target.setAccessibleName(title)
        label.setBuddy(self.target)
        layout.addWidget(label)
        layout.addWidget(self.target)
        layout.addStretch(1)
        self._blocks["target"] = block
        return block


def _text_to_edit(field: QuestionField, value: Any) -> str:  # noqa: ANN401 - any field's value
    if field.kind is FieldKind.TERMS:
        return join_terms(value)
    return "\n".join(value) if field.kind.is_list else value or ""


def _edited(field: QuestionField, text: str) -> Any:  # noqa: ANN401 - any field's value
    if field.kind is FieldKind.TERMS:
        return split_terms(text)
    if field.kind.is_list:
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    return text.strip() or None
