"""The person's own pronunciations in Settings: listed, heard, added, changed and removed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from interview_app.domain.session import VOICE_OFF
from interview_app.gui.models.pronunciation_table import PronunciationTable
from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.listen_button import PreviewVoiceButton
from interview_app.gui.settings.section import make_form
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.keys import bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.table_rows import show_as_rows
from interview_app.services.jobs import Lane
from interview_app.services.ports.pronunciations import LONGEST

_MOST_ROWS = 6
"""A longer list scrolls."""


class _Table(QTableView):
    """As high as its rows, up to a few."""

    def __init__(self, theme: Theme, model: PronunciationTable) -> None:
        super().__init__()
        self._theme = theme
        self.setModel(model)
        show_as_rows(self, QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height of the rows there are."""
        height = self._theme.text_px(Role.BODY) + Space.L
        self.verticalHeader().setDefaultSectionSize(height)
        rows = min(self.model().rowCount(), _MOST_ROWS)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * height)

    def choose(self, number: int) -> None:
        """Have a row in front and chosen, or the last where there are fewer."""
        number = min(max(number, 0), self.model().rowCount() - 1)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(
            self.model().index(number, 0), flags.ClearAndSelect | flags.Rows
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.choose(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.doubleClicked.emit(self.currentIndex())
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.choose(0 if key == Qt.Key.Key_Home else self.model().rowCount() - 1)
        else:
            super().keyPressEvent(event)


class PronunciationEditor(QWidget):
    """A line to write a word and how it is said, above the list of them."""

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__()
        self._context = context
        self._edited: str | None = None
        """The word of the list that is being changed; ``None``: a new one is written."""
        self.setAccessibleName(self.tr("Pronunciations"))
        self.word = QLineEdit()
        self.said = QLineEdit()
        self.notice = Notice(theme)
        self.hearing = PreviewVoiceButton(
            theme, context, "pronunciation", self._heard_text, self.notice, self.tr("pronunciation")
        )
        self.keep = Button(theme, self.tr("Add"), "plus", Kind.PLAIN)
        self.cancel = Button(theme, self.tr("Cancel"), kind=Kind.QUIET)
        self.empty = make_label(
            self.tr("None yet. Words in your list are said your way by every voice."),
            Role.MUTED,
            wraps=True,
        )
        self._model = PronunciationTable(self)
        self.table = _Table(theme, self._model)
        self.table.setAccessibleName(self.tr("Your words"))
        self.table.setAccessibleDescription(self.tr("Enter changes a word, Del removes it"))
        self.edit = Button(theme, self.tr("Edit"), "pencil-simple", Kind.PLAIN)
        self.remove = Button(theme, self.tr("Remove"), "trash", Kind.PLAIN)
        self.edit.setAccessibleName(self.tr("Edit the pronunciation"))
        self.remove.setAccessibleName(self.tr("Remove the pronunciation"))
        self._build(theme)
        self._connect()
        self._show_entries({})
        self.end_edit()

    def look(self) -> None:
        """Have the list read; a command line may have changed it."""
        own = self._context.pronunciations
        self._context.jobs.submit(
            Lane.FILES, lambda _job: own.all(), self._show_entries, self._failed
        )

    def controls(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        fields = [self.word, self.said, self.hearing.button, self.keep, self.cancel]
        return [*fields, self.table, self.edit, self.remove, self.notice.button]

    def end_edit(self) -> None:
        """Empty the line: the next word is a new one."""
        self._edited = None
        self.word.clear()
        self.said.clear()
        self._show_line()

    def _build(self, theme: Theme) -> None:
        for field, example in (
            (self.word, self.tr("Kubernetes")),
            (self.said, self.tr("koo-ber-netties")),
        ):
            field.setMaxLength(LONGEST)
            field.setPlaceholderText(example)
        about = make_label(
            self.tr(
                "For names and abbreviations the voice gets wrong: write the word, and spell out "
                "how it should sound."
            ),
            Role.MUTED,
            wraps=True,
        )
        form = make_form(theme)
        form.add(self.tr("Word"), self.word, self.tr("As it stands in the question"))
        form.add(self.tr("Said as"), self.said, self.tr("Written as it sounds"))
        commands = row()
        for button in (self.hearing.button, self.keep, self.cancel):
            commands.addWidget(button)
        commands.addStretch(1)
        form.addLayout(commands, form.rowCount(), 1)
        form.addWidget(self.hearing.busy, form.rowCount(), 1)
        words = QWidget()
        own = column(words, spacing=0)
        own.addWidget(self.empty)
        own.addWidget(self.table)
        form.add(self.tr("Your words"), words)
        label = form.itemAtPosition(form.rowCount() - 1, 0)
        if label is not None:
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        changes = row()
        changes.addWidget(self.edit)
        changes.addWidget(self.remove)
        changes.addStretch(1)
        form.addLayout(changes, form.rowCount(), 1)
        layout = column(self, spacing=Space.S)
        layout.addWidget(make_label(self.tr("Pronunciations"), Role.HEADING))
        layout.addWidget(about)
        layout.addLayout(form)
        layout.addWidget(self.notice)

    def _connect(self) -> None:
        self.word.textChanged.connect(self._show_line)
        self.said.textChanged.connect(self._show_line)
        for field in (self.word, self.said):
            field.returnPressed.connect(self._keep)
            bind_key(field, "Esc", self.end_edit, Qt.ShortcutContext.WidgetShortcut)
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self._cancel)
        self.edit.clicked.connect(self._edit)
        self.remove.clicked.connect(self._remove)
        self.table.doubleClicked.connect(self._edit)
        self.table.selectionModel().selectionChanged.connect(self._show_line)
        bind_key(self.table, "Del", self._remove, Qt.ShortcutContext.WidgetShortcut)
        bind_key(self.table, "Ctrl+Z", self._undo_last, Qt.ShortcutContext.WidgetShortcut)
        self._context.preferences.changed.connect(self._show_line)

    def _heard_text(self) -> str:
        """How the word is to be said, or is said so far; that of the list where none is written."""
        entry = self._chosen()
        return self.said.text().strip() or self.word.text().strip() or (entry[1] if entry else "")

    def _keep(self) -> None:
        word, said, edited = self.word.text().strip(), self.said.text().strip(), self._edited
        wanted: dict[str, str | None] = {word: said}
        if edited is not None and edited != word:
            wanted = {edited: None, word: said}
        told = self.tr("“{0}” is said as “{1}” from now on.").format(word, said)
        self._change(wanted, told, word)

    def _remove(self) -> None:
        entry = self._chosen()
        if entry is not None:
            told = self.tr("“{0}” is said as it is written again.").format(entry[0])
            self._change({entry[0]: None}, told)

    def _change(
        self, wanted: Mapping[str, str | None], told: str = "", shown: str | None = None
    ) -> None:
        """Have the list changed; ``shown`` is the word that was written, now in the list."""
        own = self._context.pronunciations

        def changed(found: tuple[dict[str, str | None], dict[str, str]]) -> None:
            before, entries = found
            at = self.table.currentIndex().row()
            self._show_entries(entries)
            self.table.choose(at if shown is None else self._model.row_of(shown))
            if shown is not None:
                self.end_edit()
                self.word.setFocus()
            elif self._edited is not None and self._edited not in entries:
                self.end_edit()
            if told:
                undo = lambda: self._change(before)  # noqa: E731
                self.notice.show_message(told, action=self.tr("Undo"), command=undo)

        self._context.jobs.submit(
            Lane.FILES, lambda _job: (own.change(wanted), own.all()), changed, self._failed
        )

    def _undo_last(self) -> None:
        if self.notice.isVisible() and self.notice.button.isVisible():
            self.notice.button.click()

    def _edit(self) -> None:
        entry = self._chosen()
        if entry is not None:
            self._edited = entry[0]
            self.word.setText(entry[0])
            self.said.setText(entry[1])
            self.said.setFocus()
            self.said.selectAll()
            self._show_line()

    def _cancel(self) -> None:
        self.end_edit()
        self.word.setFocus()

    def _chosen(self) -> tuple[str, str] | None:
        rows = self.table.selectionModel().selectedRows()
        return self._model.entries[rows[0].row()] if rows else None

    def _show_entries(self, entries: Mapping[str, str]) -> None:
        chosen = self._chosen()
        self._model.show_entries(entries)
        if chosen is not None and chosen[0] in entries:
            self.table.choose(self._model.row_of(chosen[0]))
        for widget in (self.table, self.edit, self.remove):
            widget.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        self._show_line()

    def _show_line(self) -> None:
        word, said = self.word.text().strip(), self.said.text().strip()
        is_editing = self._edited is not None
        self.keep.set_text(self.tr("Keep") if is_editing else self.tr("Add"))
        self.keep.setAccessibleName(
            self.tr("Keep the pronunciation") if is_editing else self.tr("Add the pronunciation")
        )
        self.keep.set_icon("check" if is_editing else "plus")
        self.keep.setEnabled(bool(word and said))
        self.cancel.setVisible(is_editing)
        is_on = self._context.preferences.settings.voice != VOICE_OFF
        self.hearing.allow(is_allowed=is_on and bool(self._heard_text()))
        has_chosen = self._chosen() is not None
        self.edit.setEnabled(has_chosen)
        self.remove.setEnabled(has_chosen)

    def _failed(self, error: Exception) -> None:
        self.notice.show_message(sentence_of(error), icon_name="warning-circle")
