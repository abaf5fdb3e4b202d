"""What an import understood, to be corrected before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QRadioButton, QWidget

from interview_app.domain.guide import Guide, Question, StarOutline
from interview_app.gui.models.guide_tree import GuideTree, Place
from interview_app.gui.pages.guides_rows import GuideTreeView
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, make_panel, row
from interview_app.gui.widgets.folding import Fold, FoldingColumns
from interview_app.gui.widgets.keys import bind_key
from interview_app.gui.widgets.plurals import settled
from interview_app.gui.widgets.reading_text import ReadingText
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.services import guide_editing
from interview_app.services.guide_merging import Clash
from interview_app.services.guide_source import Imported

_COLUMN_WIDTH = 300
_LEAST_HEIGHT, _REMARKS_HEIGHT = 180, 108
_SHOWN_OF_LINE = 120


class Preview(QWidget):
    """Left the guide as a tree, right its remarks and the texts of what is in front."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._guide: Guide | None = None
        self.facts = make_label(role=Role.MUTED, wraps=True)
        self.guides = GuideTree(self, is_editable=True)
        self.tree = GuideTreeView(theme, self.tr("What was understood"))
        self.remarks = QListView()
        self.left_out = QListView()
        self.reading = ReadingText(theme, self.tr("Texts of what is in front"))
        self.choices = {
            Clash.KEEP_BOTH: QRadioButton(self.tr("Keep both")),
            Clash.REPLACE: QRadioButton(self.tr("Replace the old one")),
            Clash.MERGE: QRadioButton(self.tr("Merge into the old one")),
        }
        self._remarks = QStringListModel(self)
        self._left_out = QStringListModel(self)
        self._build()
        self.guides.corrected.connect(self._correct)
        self.tree.selectionModel().currentChanged.connect(self._show_texts)
        self.tree.opened.connect(self._edit)
        bind_key(self.tree, "F2", self._edit)

    @property
    def guide(self) -> Guide | None:
        """The guide as it is understood and corrected."""
        return self._guide

    @property
    def clash(self) -> Clash:
        """What is to be done with the guide of the same id."""
        return next(clash for clash, choice in self.choices.items() if choice.isChecked())

    def show_imported(self, imported: Imported, lines: Sequence[str], *, is_known: bool) -> None:
        """Show what was understood; ``is_known``: there is a guide of that id already."""
        self._guide = guide = imported.guide
        self.guides.show_guides([guide])
        top = self.guides.index(0, 0)
        self.tree.expand(top)
        if sum(1 for _ in guide.questions) <= 200:
            self.tree.expandAll()
        self.tree.choose(top)
        count, warnings = sum(1 for _ in guide.questions), len(imported.warnings)
        parts = (
            settled(self.tr("%n question(s)", "", count), count),
            settled(self.tr("%n section(s)", "", len(guide.sections)), len(guide.sections)),
            settled(self.tr("%n remark(s)", "", warnings), warnings),
        )
        self.facts.setText(" · ".join(parts))
        self._remarks.setStringList(
            [_at_line(w.line, w.message, lines, self.tr("Line {0}")) for w in imported.warnings]
        )
        self._left_out.setStringList(
            [
                f"{self.tr('Line {0}').format(one.line)} · {one.reason}: {_cut(one.text)}"
                for one in imported.left_out
            ]
        )
        self._remarks_part.setVisible(bool(imported.warnings))
        self._left_fold.setVisible(bool(imported.left_out))
        self._clash_panel.setVisible(is_known)
        self.choices[Clash.KEEP_BOTH].setChecked(True)

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.tree.setModel(self.guides)
        self._clash_panel = make_panel("notice")
        clash = column(self._clash_panel, margin=Space.S, spacing=Space.XXS)
        question = self.tr("You have a guide of this name already. What shall become of it?")
        clash.addWidget(make_label(question, Role.BODY, wraps=True))
        choices = row(spacing=Space.M)
        for choice in self.choices.values():
            choices.addWidget(choice)
        choices.addStretch(1)
        clash.addLayout(choices)
        left = QWidget()
        tree = column(left, spacing=Space.XS)
        tree.addWidget(
            make_label(self.tr("Correct titles and questions with F2."), Role.MUTED, wraps=True)
        )
        tree.addWidget(self.tree, 1)
        inner = QWidget()
        aside = column(inner, spacing=Space.S)
        self._remarks_part = self._make_list(self.tr("Worth a look"), self.remarks, self._remarks)
        self._left_part = self._make_list("", self.left_out, self._left_out)
        self._left_fold = Fold(self._theme, self.tr("Left out"), self._left_part, is_open=False)
        aside.addWidget(self._remarks_part)
        aside.addWidget(self._left_fold)
        aside.addWidget(self.reading)
        aside.addStretch(1)
        self._right = scrolled(inner)
        columns = FoldingColumns(self._theme, _COLUMN_WIDTH, Space.L)
        columns.add(left)
        columns.add(self._right)
        layout = column(self, spacing=Space.S)
        layout.addWidget(self.facts)
        layout.addWidget(self._clash_panel)
        layout.addWidget(scrolled(columns), 1)
        self._theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        least = self._theme.px(_LEAST_HEIGHT)
        self.tree.setMinimumHeight(least)
        self._right.setMinimumHeight(least)
        for view in (self.remarks, self.left_out):
            view.setFixedHeight(self._theme.px(_REMARKS_HEIGHT))

    def _make_list(self, title: str, view: QListView, model: QStringListModel) -> QWidget:
        part = QWidget()
        layout = column(part, spacing=Space.XXS)
        if title:
            layout.addWidget(make_label(title, Role.HEADING))
        view.setAccessibleName(title or self.tr("Left out"))
        view.setModel(model)
        view.setWordWrap(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setLayoutMode(QListView.LayoutMode.Batched)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        layout.addWidget(view, 1)
        return part

    # --- acts ---------------------------------------------------------------------------------

    def _edit(self) -> None:
        index = self.tree.currentIndex()
        if index.isValid():
            self.tree.edit(index)

    def _correct(self, place: Place, text: str) -> None:
        guide = self._guide
        if guide is None:
            return
        question = guide.question(place.question_id) if place.question_id else None
        if question is not None:
            self._guide = guide_editing.with_question(guide, replace(question, prompt=text))
        elif place.section >= 0:
            introduction = guide.sections[place.section].introduction
            self._guide = guide_editing.with_section(guide, place.section, text, introduction)
        else:
            self._guide = replace(guide, title=text)
        self.guides.change_texts([self._guide])

    def _show_texts(self, index: QModelIndex) -> None:
        place, guide = self.guides.place(index), self._guide
        if place is None or guide is None:
            self.reading.set_text("")
            return
        question = guide.question(place.question_id) if place.question_id else None
        if question is not None:
            self.reading.set_text(self._texts(question))
        elif place.section >= 0:
            self.reading.set_text(guide.sections[place.section].introduction or "")
        else:
            self.reading.set_text(guide.introduction or "")

    def _texts(self, question: Question) -> str:
        star = question.star or StarOutline()
        lists = (
            "\n".join(f"- {item}" for item in items)
            for items in (question.approach, question.key_points, question.follow_ups)
        )
        approach, points, follow_ups = lists
        parts = (
            (self.tr("Why they ask"), question.why_they_ask),
            (self.tr("Sample answer"), question.sample_answer),
            (self.tr("Situation"), star.situation),
            (self.tr("Task"), star.task),
            (self.tr("Action"), star.action),
            (self.tr("Result"), star.result),
            (self.tr("How to think it through"), approach),
            (self.tr("Personalization tip"), question.tip),
            (self.tr("Key points"), points),
            (self.tr("What they may ask next"), follow_ups),
            (self.tr("Also in this guide"), question.notes),
        )
        shown = [f"**{title}**\n\n{text}" for title, text in parts if text]
        return "\n\n".join((f"**{question.prompt}**", *shown))


def _at_line(line: int, message: str, lines: Sequence[str], label: str) -> str:
    """A remark with its line number, and the line itself under it where it is known."""
    said = f"{label.format(line)} · {message}"
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return f"{said}\n{_cut(text)}" if text else said


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_OF_LINE else f"{line[:_SHOWN_OF_LINE].rstrip()}…"
