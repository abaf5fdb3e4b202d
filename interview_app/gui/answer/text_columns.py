"""What stands beside the person's own answer: sample, tip, why they ask, outline."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from interview_app.domain.guide import Question, StarOutline
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, make_line
from interview_app.gui.widgets.folding import Fold, FoldingColumns
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
    """The STAR outline, the approach, key points and follow-up questions; each folds away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._star_titles = (
            self.tr("Situation"),
            self.tr("Task"),
            self.tr("Action"),
            self.tr("Result"),
        )
        self._steps = [TextColumn(theme, title) for title in self._star_titles]
        columns = FoldingColumns(theme, _STEP_WIDTH, Space.M)
        for step in self._steps:
            columns.add(step)
        self.star = Fold(theme, self.tr("STAR outline"), columns)
        self._approach = ReadingText(theme, self.tr("How to think it through"))
        self.approach = Fold(theme, self.tr("How to think it through"), self._approach)
        self._points = ReadingText(theme, self.tr("Key points"))
        self.points = Fold(theme, self.tr("Key points"), self._points, is_open=False)
        self._follow_ups = ReadingText(theme, self.tr("What they may ask next"))
        self.follow_ups = Fold(
            theme, self.tr("What they may ask next"), self._follow_ups, is_open=False
        )
        layout = column(self, spacing=Space.XS)
        for fold in (self.star, self.approach, self.points, self.follow_ups):
            layout.addWidget(fold)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_question(self, question: Question) -> None:
        """Show what the guide says; a part it leaves out is not there."""
        star = question.star or StarOutline()
        texts = (star.situation, star.task, star.action, star.result)
        for step, text in zip(self._steps, texts, strict=True):
            step.set_text(text)
        self.star.setVisible(any(texts))
        for fold, reading, items, sign in (
            (self.approach, self._approach, question.approach, "1."),
            (self.points, self._points, question.key_points, "-"),
            (self.follow_ups, self._follow_ups, question.follow_ups, "-"),
        ):
            reading.set_text(_list(items, sign))
            fold.setVisible(bool(items))


def _list(items: Iterable[str], sign: str) -> str:
    return "\n".join(f"{sign} {item}" for item in items)
