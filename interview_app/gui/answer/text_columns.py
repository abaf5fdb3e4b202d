"""What stands beside the person's own answer: sample, tip, why they ask, outline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from interview_app.domain.guide import Question, StarOutline
from interview_app.domain.question_fields import FIELD, STAR_STEPS, ReadingColumn
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, make_line
from interview_app.gui.widgets.folding import Fold, FoldingColumns
from interview_app.gui.widgets.question_texts import fields_of, step_title, text_of, title_of
from interview_app.gui.widgets.reading_text import ReadingText

_STEP_WIDTH = 220


class TextColumn(QWidget):
    """A heading and a text under it; says so where the guide has none."""

    def __init__(self, theme: Theme, title: str, missing: str = "") -> None:
        super().__init__()
        self._missing = missing
        self.reading = ReadingText(theme, title)
        self._none = make_label(missing, Role.MUTED, wraps=True)
        layout = column(self, spacing=Space.XS)
        layout.addWidget(make_label(title, Role.HEADING))
        layout.addWidget(make_line())
        layout.addWidget(self._none)
        layout.addWidget(self.reading)
        layout.addStretch(1)

    def set_text(self, text: str | None) -> None:
        """Show a text, or that there is none; without a word for that the column is hidden."""
        self.reading.set_text(text or "")
        self.reading.setVisible(bool(text))
        self._none.setVisible(not text)
        self.setVisible(bool(text or self._missing))


class OutlinePart(QWidget):
    """The STAR outline, and every list of a question; each folds away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._steps = {step: TextColumn(theme, step_title(step)) for step in STAR_STEPS}
        columns = FoldingColumns(theme, _STEP_WIDTH, Space.M)
        for step in self._steps.values():
            columns.add(step)
        self.star = Fold(theme, title_of(FIELD["star"]), columns)
        self._lists = {
            field.name: ReadingText(theme, title_of(field))
            for field in (*fields_of(ReadingColumn.ANSWER), *fields_of(ReadingColumn.HELP))
            if field.kind.is_items
        }
        self._folds = {
            name: Fold(theme, title_of(FIELD[name]), reading, is_open=name == "approach")
            for name, reading in self._lists.items()
        }
        layout = column(self, spacing=Space.XS)
        for fold in (self.star, *self._folds.values()):
            layout.addWidget(fold)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_question(self, question: Question) -> None:
        """Show what the guide says; a part it leaves out is not there."""
        star = question.star or StarOutline()
        for step, shown in self._steps.items():
            shown.set_text(getattr(star, step))
        self.star.setVisible(star != StarOutline())
        for name, reading in self._lists.items():
            text = text_of(FIELD[name], getattr(question, name))
            reading.set_text(text)
            self._folds[name].setVisible(bool(text))
