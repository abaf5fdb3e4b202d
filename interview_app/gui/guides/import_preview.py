"""What an import understood, to be corrected before it is kept."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QRadioButton, QWidget

from interview_app.domain.guide import Guide
from interview_app.gui.guides.guide_rows import GuideTreeView
from interview_app.gui.guides.question_form import GuideForm
from interview_app.gui.models.guide_tree import GuideLocation, GuideTree
from interview_app.gui.models.remark_list import RemarkList
from interview_app.gui.models.roles import RowRole
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_panel, row
from interview_app.gui.widgets.folding import Fold, FoldingColumns
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.services.guides import editing as guide_editing
from interview_app.services.guides.merging import Clash
from interview_app.services.guides.source import GuideWarning, Imported, Understood

_MOST_UNDONE = 50


class ImportCorrections:
    """The guide as it is now, how it was before each correction, and where its lines stand."""

    def __init__(self) -> None:
        self._guide: Guide | None = None
        self._at_first: Guide | None = None
        self._before: list[tuple[Guide, GuideLocation]] = []
        self._lines: list[tuple[int, str]] = []
        self.count = 0

    @property
    def guide(self) -> Guide | None:
        """The guide as it is corrected; ``None`` before one was understood."""
        return self._guide

    @property
    def is_changed(self) -> bool:
        """Whether anything was corrected."""
        return self._guide != self._at_first

    @property
    def can_undo(self) -> bool:
        """Whether there is a correction to take back."""
        return bool(self._before)

    def begin(self, imported: Imported) -> None:
        """Correct what was understood."""
        self._guide = self._at_first = imported.guide
        self._before.clear()
        self._lines = sorted((line, name) for name, line in imported.question_lines.items())
        self._count()

    def place_at(self, line: int) -> GuideLocation:
        """The question that a line of the file belongs to; the guide before the first one."""
        guide_id = self._guide.id if self._guide is not None else ""
        number = bisect.bisect_right(self._lines, line, key=lambda one: one[0]) - 1
        return (
            GuideLocation(guide_id, question_id=self._lines[number][1])
            if number >= 0
            else GuideLocation(guide_id)
        )

    def rename(self, place: GuideLocation, text: str) -> None:
        """Give a question, a section or the guide other words."""
        guide = self._guide
        if guide is None:
            return
        question = guide.question(place.question_id) if place.question_id else None
        if question is not None:
            changed = guide_editing.with_question(guide, replace(question, prompt=text))
        elif place.section >= 0:
            introduction = guide.sections[place.section].introduction
            changed = guide_editing.with_section(guide, place.section, text, introduction)
        else:
            changed = replace(guide, title=text)
        self._take(changed, place)

    def write(self, place: GuideLocation, form: GuideForm) -> None:
        """Take over what stands in the fields."""
        guide = self._guide
        if guide is None:
            return
        question = guide.question(place.question_id) if place.question_id else None
        if question is not None:
            changed = guide_editing.with_question(guide, form.written(question))
        elif 0 <= place.section < len(guide.sections):
            text = form.written_introduction(guide.sections[place.section].introduction)
            changed = guide_editing.with_section(guide, place.section, form.line, text)
        else:
            text = form.written_introduction(guide.introduction)
            changed = replace(guide, title=form.line, introduction=text)
        self._take(changed, place)

    def move(self, place: GuideLocation, step: int) -> GuideLocation:
        """Move a question or a section one place up (-1) or down (1); where it is then."""
        guide = self._guide
        if guide is None:
            return place
        if place.question_id:
            self._take(guide_editing.with_question_moved(guide, place.question_id, step), place)
            return GuideLocation(guide.id, question_id=place.question_id)
        target = place.section + step
        if place.section < 0 or not 0 <= target < len(guide.sections):
            return place
        self._take(guide_editing.with_section_moved(guide, place.section, step), place)
        return GuideLocation(guide.id, target)

    def move_to(self, place: GuideLocation, number: int) -> GuideLocation:
        """Move a question to the end of a section; where it is then."""
        guide = self._guide
        if guide is None or not place.question_id:
            return place
        moved = guide_editing.with_question_in_section(guide, place.question_id, number)
        self._take(moved, place)
        return GuideLocation(guide.id, question_id=place.question_id)

    def drop(self, place: GuideLocation) -> GuideLocation:
        """Take a question or a section out; what is in front then."""
        guide = self._guide
        if guide is None:
            return place
        if not place.question_id:
            self._take(guide_editing.without_section(guide, place.section), place)
            return GuideLocation(guide.id)
        ids = [question.id for question in guide.questions]
        number = ids.index(place.question_id)
        nearby = (ids[number + 1 :] + ids[:number][::-1])[:1]
        self._take(guide_editing.without_question(guide, place.question_id), place)
        return GuideLocation(guide.id, question_id=nearby[0]) if nearby else GuideLocation(guide.id)

    def undo(self) -> GuideLocation | None:
        """Take the newest correction back; where it was made, ``None`` where there was none."""
        if not self._before:
            return None
        self._guide, place = self._before.pop()
        self._count()
        return place

    def _take(self, changed: Guide, place: GuideLocation) -> None:
        if self._guide is None or changed == self._guide:
            return
        self._before.append((self._guide, place))
        del self._before[:-_MOST_UNDONE]
        self._guide = changed
        self._count()

    def _count(self) -> None:
        sections = self._guide.sections if self._guide is not None else ()
        self.count = sum(len(section.questions) for section in sections)


_COLUMN_WIDTH = 300
_LEAST_HEIGHT, _REMARKS_HEIGHT = 180, 108
_MOST_UNFOLDED = 200
"""Questions of a guide that is shown unfolded; laying out more would hold up the window."""
_MOST_LISTED = 60
"""Sections in the menu of places to move to."""


class ImportPreview(QWidget):
    """Left the guide as a tree, right its remarks and the fields of what is in front.

    Signals:
        told(str): something was done that can be taken back.
        taken_back: it was; nothing more is to be said of it.
    """

    told = Signal(str)
    taken_back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._place: GuideLocation | None = None
        self.correcting = ImportCorrections()
        self.facts = make_label(role=Role.MUTED, wraps=True)
        self.guides = GuideTree(self, is_editable=True)
        self.tree = GuideTreeView(theme, self.tr("What was understood"))
        self.remarks = QListView()
        self.left_out = QListView()
        self.choices = {
            Clash.KEEP_BOTH: QRadioButton(self.tr("Keep both")),
            Clash.REPLACE: QRadioButton(self.tr("Replace the old one")),
            Clash.MERGE: QRadioButton(self.tr("Merge into the old one")),
        }
        self._remarks = RemarkList(self)
        self._left_out = RemarkList(self)
        self._make_buttons()
        self._build()
        self._connect()

    @cached_property
    def form(self) -> GuideForm:
        """The fields of what is in front."""
        form = GuideForm(self._theme, _COLUMN_WIDTH)
        form.left.connect(self._take_over)
        self._fields.insertWidget(0, form)
        return form

    def prepare(self) -> None:
        """Build what is not built yet."""
        _ = self.form

    def keys(self) -> tuple[KeyHelp, ...]:
        """The keys of the preview."""
        return (
            KeyHelp("F2", self.tr("Correct the title or question in front")),
            KeyHelp("Alt+Up", self.tr("Move up")),
            KeyHelp("Alt+Down", self.tr("Move down, into the next section at the end")),
            KeyHelp("Del", self.tr("Drop the question or section; it can be undone")),
            KeyHelp("Ctrl+Z", self.tr("Undo")),
            KeyHelp("Return", self.tr("Show what a remark is about")),
        )

    @property
    def guide(self) -> Guide | None:
        """The guide as it is understood and corrected."""
        self._take_over()
        return self.correcting.guide

    @property
    def is_corrected(self) -> bool:
        """Whether anything was corrected."""
        return self.correcting.is_changed or self.form.is_changed

    @property
    def clash(self) -> Clash:
        """What is to be done with the guide of the same id."""
        return next(clash for clash, choice in self.choices.items() if choice.isChecked())

    def show_understood(self, understood: Understood, *, is_known: bool) -> None:
        """Show what was understood; ``is_known``: there is a guide of that id already."""
        imported = understood.imported
        self._place = None
        self.correcting.begin(imported)
        self._show_tree(GuideLocation(imported.guide.id))
        self._show_facts(len(imported.warnings))
        self._remarks.show_remarks(imported.warnings, understood.lines)
        self._left_out.show_remarks(imported.left_out, {})
        self._remarks_part.setVisible(bool(imported.warnings))
        self._left_fold.setVisible(bool(imported.left_out))
        self._clash_panel.setVisible(is_known)
        self.choices[Clash.KEEP_BOTH].setChecked(True)

    def _make_buttons(self) -> None:
        theme, tr = self._theme, self.tr
        self.move_button = Button(theme, tr("Move to"), "arrow-right", Kind.PLAIN)
        self.move_menu = QMenu(self)
        self.move_button.setMenu(self.move_menu)
        self.move_button.setProperty("menu", "true")
        self.drop_button = Button(theme, tr("Drop"), "trash", Kind.PLAIN, tip=tr("Drop this"))
        self.undo_button = Button(theme, tr("Undo"), "arrow-counter-clockwise", Kind.PLAIN)

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
        tree.addWidget(self.tree, 1)
        commands = row(spacing=Space.XS)
        for button in (self.move_button, self.drop_button, self.undo_button):
            commands.addWidget(button)
        commands.addStretch(1)
        tree.addLayout(commands)
        inner = QWidget()
        self._fields = fields = column(inner, spacing=Space.S)
        fields.setContentsMargins(0, 0, Space.S, 0)
        self._left_part = self._make_list("", self.left_out, self._left_out)
        self._left_fold = Fold(self._theme, self.tr("Left out"), self._left_part, is_open=False)
        fields.addWidget(self._left_fold)
        fields.addStretch(1)
        self.area = scrolled(inner)
        self._right = QWidget()
        aside = column(self._right, spacing=Space.S)
        self._remarks_part = self._make_list(self.tr("Worth a look"), self.remarks, self._remarks)
        aside.addWidget(self._remarks_part)
        aside.addWidget(self.area, 1)
        columns = FoldingColumns(self._theme, _COLUMN_WIDTH, Space.L)
        columns.add(left, 2)
        columns.add(self._right, 3)
        layout = column(self, spacing=Space.S)
        layout.addWidget(self.facts)
        layout.addWidget(self._clash_panel)
        self._whole = scrolled(columns)
        layout.addWidget(self._whole, 1)
        self._theme.changed.connect(self._measure)
        self._measure()

    def _connect(self) -> None:
        self.guides.corrected.connect(self._correct)
        self.tree.selectionModel().currentChanged.connect(self._front_changed)
        self.tree.opened.connect(self._edit)
        self.remarks.clicked.connect(self._show_remark)
        self.move_menu.aboutToShow.connect(self._fill_menu)
        self.drop_button.clicked.connect(self._drop)
        self.undo_button.clicked.connect(self.undo)
        for view, key, call in (
            (self.tree, "F2", self._edit),
            (self.tree, "Alt+Up", partial(self._move, -1)),
            (self.tree, "Alt+Down", partial(self._move, 1)),
            (self.tree, "Del", self._drop),
            (self, "Ctrl+Z", self.undo),
            (self.remarks, "Return", self._show_remark),
        ):
            bind_key(view, key, call)

    def _measure(self) -> None:
        least = self._theme.px(_LEAST_HEIGHT)
        self.tree.setMinimumHeight(least)
        self.area.setMinimumHeight(least)
        for view in (self.remarks, self.left_out):
            view.setFixedHeight(self._theme.px(_REMARKS_HEIGHT))

    def _make_list(self, title: str, view: QListView, model: RemarkList) -> QWidget:
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

    def undo(self) -> None:
        """Take the newest correction back."""
        self._take_over()
        place = self.correcting.undo()
        if place is not None:
            self._place = None
            self._show_tree(place)
            self.taken_back.emit()

    def _edit(self) -> None:
        index = self.tree.currentIndex()
        if index.isValid():
            self.tree.edit(index)

    def _correct(self, place: GuideLocation, text: str) -> None:
        """The text of a row was written in the tree."""
        self._take_over()
        self.correcting.rename(place, text)
        self._refresh_texts()
        self._fill_form()

    def _take_over(self) -> None:
        """Have what is written in the fields in the guide."""
        if self._place is not None and self.form.is_changed:
            if self.form.line:
                self.correcting.write(self._place, self.form)
            self._refresh_texts()
            self._fill_form()

    def _move(self, step: int) -> None:
        self._change(lambda place: self.correcting.move(place, step))

    def _move_to(self, number: int) -> None:
        self._change(lambda place: self.correcting.move_to(place, number))

    def _drop(self) -> None:
        place = self._place
        if place is not None and (place.question_id or place.section >= 0):
            self._change(self.correcting.drop)
            self.told.emit(
                self.tr("The question was dropped.")
                if place.question_id
                else self.tr("The section was dropped, with its questions.")
            )

    def _change(self, change: Callable[[GuideLocation], GuideLocation]) -> None:
        self._take_over()
        place = self._place
        if place is not None:
            self._place = None
            self._show_tree(change(place))

    def _show_remark(self) -> None:
        """Show the question a remark is about, with the words of its line selected."""
        remark = self.remarks.currentIndex().data(RowRole.VALUE)
        if not isinstance(remark, GuideWarning):
            return
        self.tree.choose(self.guides.index_of(self.correcting.place_at(remark.line)))
        name = self.form.select_line(self._remarks.words_at(remark.line))
        field = self.form.fields[name or "prompt"]
        for area in (self._whole, self.area):  # folded, the fields lie below the tree
            area.ensureWidgetVisible(field)

    def _fill_menu(self) -> None:
        self.move_menu.clear()
        guide = self.correcting.guide
        for number, section in enumerate(guide.sections[:_MOST_LISTED] if guide else ()):
            action = self.move_menu.addAction(section.title.replace("&", "&&"))
            action.triggered.connect(partial(self._move_to, number))

    def _show_tree(self, place: GuideLocation) -> None:
        guide = self.correcting.guide
        if guide is None:
            return
        self.guides.show_guides([guide])
        if self.correcting.count <= _MOST_UNFOLDED:
            self.tree.expandAll()
        else:
            self.tree.expand(self.guides.index(0, 0))
        self.tree.choose(self.guides.index_of(place))
        self._front_changed(self.tree.currentIndex())

    def _show_facts(self, warnings: int) -> None:
        guide, count = self.correcting.guide, self.correcting.count
        sections = len(guide.sections) if guide is not None else 0
        parts = (
            settled(self.tr("%n question(s)", "", count), count),
            settled(self.tr("%n section(s)", "", sections), sections),
            settled(self.tr("%n remark(s)", "", warnings), warnings),
        )
        self.facts.setText(" · ".join(parts))

    def _refresh_texts(self) -> None:
        guide = self.correcting.guide
        if guide is not None:
            self.guides.change_texts([guide])
            self.tree.viewport().update()

    def _front_changed(self, index: QModelIndex) -> None:
        self._take_over()
        self._place = self.guides.place(index)
        self._fill_form()
        self._show_facts(self._remarks.rowCount())
        self.area.verticalScrollBar().setValue(0)

    def _fill_form(self) -> None:
        place, guide = self._place, self.correcting.guide
        is_part = place is not None and bool(place.question_id or place.section >= 0)
        self.drop_button.setEnabled(is_part)
        self.move_button.setEnabled(place is not None and bool(place.question_id))
        self.undo_button.setEnabled(self.correcting.can_undo)
        if place is None or guide is None:
            return
        question = guide.question(place.question_id) if place.question_id else None
        if question is not None:
            self.form.show_question(question)
        elif place.section >= 0:
            section = guide.sections[place.section]
            self.form.show_head(section.title, section.introduction)
        else:
            self.form.show_head(guide.title, guide.introduction)
