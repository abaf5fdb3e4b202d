"""Bringing in a guide: paste, drop or choose; look at what was understood; keep it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QStackedWidget, QWidget

from interview_app.domain.guide import Guide
from interview_app.gui.guides.context import GuidesContext
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.services.guides.merging import Clash
from interview_app.services.guides.source import Understood
from interview_app.services.jobs import JobContext, Lane

LONGEST_SHOWN = 200_000
"""Characters of a pasted text that are shown; laying out more would hold up the window."""

if TYPE_CHECKING:
    from interview_app.gui.guides.import_preview import ImportPreview


class PasteBox(QPlainTextEdit):
    """Takes a pasted text, and passes on one that is too long to be laid out.

    Signals:
        long_pasted(str): this was pasted; it is not shown.
    """

    long_pasted = Signal(str)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if len(text) > LONGEST_SHOWN:
            self.long_pasted.emit(text)
        else:
            super().insertFromMimeData(source)


class ImportView(QWidget):
    """Two steps: where the questions come from, and what was understood of them.

    Signals:
        kept(Guide, Clash): keep this guide; ``None`` where no other has its id.
        left: nothing is to be kept.
    """

    kept = Signal(object, object)
    left = Signal()

    def __init__(self, theme: Theme, context: GuidesContext) -> None:
        super().__init__()
        self._theme = theme
        self._context = context
        self._known: frozenset[str] = frozenset()
        self._job: JobContext | None = None
        self.setAccessibleName(self.tr("Import a guide"))
        self.title = make_label(self.tr("Import a guide"), Role.TITLE)
        self.notice = Notice(theme)
        self.busy = BusyLine(theme)
        self.pasted = PasteBox()
        self._steps = QStackedWidget()
        self._make_buttons()
        self._build()
        self._connect()
        self.setFocusProxy(self.pasted)

    @cached_property
    def preview(self) -> ImportPreview:
        """What was understood."""
        from interview_app.gui.guides.import_preview import ImportPreview

        preview = ImportPreview(self._theme)
        preview.told.connect(self._show_message)
        preview.taken_back.connect(self.notice.hide)
        self._steps.addWidget(preview)
        return preview

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the import."""
        return (
            KeyHelp("Ctrl+O", self.tr("Choose a file")),
            KeyHelp("Ctrl+Return", self.tr("Look at what was pasted; keep what was understood")),
            KeyHelp("Esc", self.tr("Back; nothing is kept")),
            *(self.preview.keys() if self.is_previewing else ()),
        )

    @property
    def is_corrected(self) -> bool:
        """Whether corrections would be lost if the window closed now."""
        return self.is_previewing and self.preview.is_corrected

    @property
    def is_previewing(self) -> bool:
        """Whether what was understood is shown."""
        return "preview" in self.__dict__ and self._steps.currentWidget() is self.preview

    def know(self, known: frozenset[str]) -> None:
        """These ids are taken; a file may be brought in before the guides were read."""
        self._known = known

    def begin(self, known: frozenset[str]) -> None:
        """Ask for a guide; ``known`` are the ids that are taken."""
        self.know(known)
        self.notice.hide()
        if not self.is_previewing:
            self._show_step(self._source)

    def read(self, source: Path | str) -> None:
        """Understand a file or a pasted text, in a job; nothing is kept."""
        self.cancel()
        self.notice.hide()
        name = source.name if isinstance(source, Path) else self.tr("what you pasted")
        self.busy.start(self.tr("Reading {0}…").format(name), self.cancel)
        self._set_waiting(is_waiting=True)
        QTimer.singleShot(0, self, self._prepare_preview)
        read, busy = self._context.read, self.busy
        self._job = self._context.jobs.submit(
            Lane.IMPORT,
            lambda job: read(source, job),
            self._understood,
            self._failed,
            lambda progress: busy.set_fraction(progress.fraction),
        )

    def _prepare_preview(self) -> None:
        """Build the preview while the text is read, in two turns: at once it would be felt."""
        preview = self.preview
        QTimer.singleShot(0, preview, preview.prepare)

    def cancel(self) -> None:
        """Stop reading; what was pasted stays."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.busy.stop()
        self._set_waiting(is_waiting=False)

    def show_failure(self, text: str) -> None:
        """Say why the guide was not kept; what was understood stays."""
        self.notice.show_message(text, icon_name="warning-circle")
        self.keep_button.setEnabled(True)

    def end(self) -> None:
        """The guide is kept; the next import begins anew."""
        self.pasted.clear()
        self._show_step(self._source)

    def _make_buttons(self) -> None:
        theme = self._theme
        self.choose_button = Button(
            theme, self.tr("Choose a file"), "file-text", Kind.PLAIN, "Ctrl+O"
        )
        self.read_button = Button(
            theme, self.tr("Look at it"), "arrow-right", Kind.PRIMARY, "Ctrl+Return"
        )
        self.keep_button = Button(
            theme, self.tr("Keep this guide"), "check", Kind.PRIMARY, "Ctrl+Return"
        )
        self.back_button = Button(theme, self.tr("Cancel"), "", Kind.PLAIN, "Esc")
        self.read_button.setEnabled(False)

    def _build(self) -> None:
        self.pasted.setAccessibleName(self.tr("Pasted text"))
        self.pasted.setPlaceholderText(self.tr("Paste the text of a page with questions here."))
        self.pasted.setTabChangesFocus(True)
        self._source = QWidget()
        source = column(self._source, spacing=Space.S)
        help_text = make_label(
            self.tr(
                "Paste a page with interview questions, or choose or drop a file: text, a saved "
                "web page, Markdown, Word, CSV or JSON. You see what was understood before "
                "anything is kept."
            ),
            Role.MUTED,
            wraps=True,
        )
        source.addWidget(help_text)
        source.addWidget(self.pasted, 1)
        self._steps.addWidget(self._source)
        foot = row(spacing=Space.S)
        for button in (self.keep_button, self.read_button, self.choose_button, self.back_button):
            foot.addWidget(button)
        foot.addStretch(1)
        layout = column(self, margin=Space.L, spacing=Space.S)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        layout.addWidget(self.title)
        layout.addWidget(self.notice)
        layout.addWidget(self.busy)
        layout.addWidget(self._steps, 1)
        layout.addWidget(make_line())
        layout.addLayout(foot)
        self._show_step(self._source)

    def _connect(self) -> None:
        self.pasted.textChanged.connect(self._typed)
        self.pasted.long_pasted.connect(self.read)
        self.read_button.clicked.connect(self._read_pasted)
        self.keep_button.clicked.connect(self._keep)
        self.choose_button.clicked.connect(self._choose)
        self.back_button.clicked.connect(self._back)
        bind_key(self, "Ctrl+O", self._choose)
        bind_key(self, "Ctrl+Return", self._go_on)
        bind_key(self, "Esc", self._back)

    def _typed(self) -> None:
        self.read_button.setEnabled(not self.pasted.document().isEmpty() and self._job is None)

    def _go_on(self) -> None:
        if self.is_previewing:
            self._keep()
        else:
            self._read_pasted()

    def _read_pasted(self) -> None:
        if self.read_button.isEnabled():
            self.read(self.pasted.toPlainText())

    def _choose(self) -> None:
        if self.is_previewing or self._job is not None:
            return
        kinds = self.tr("Pages and documents ({0});;Every file (*)").format(
            "*.md *.markdown *.txt *.html *.htm *.docx *.csv *.tsv *.json"
        )
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), "", kinds)
        if name:
            self.read(Path(name))

    def _keep(self) -> None:
        guide = self.preview.guide
        if guide is not None and self.keep_button.isEnabled():
            self.keep_button.setEnabled(False)
            self.kept.emit(guide, self._clash(guide))

    def _clash(self, guide: Guide) -> Clash | None:
        return self.preview.clash if guide.id in self._known else None

    def _back(self) -> None:
        if self._job is not None:
            self.cancel()
        elif self.is_previewing:
            self._show_step(self._source)
        else:
            self.left.emit()

    def _show_message(self, text: str) -> None:
        self.notice.show_message(text, action=self.tr("Undo"), command=self.preview.undo)

    def _understood(self, found: Understood) -> None:
        self.cancel()
        self.preview.show_understood(found, is_known=found.imported.guide.id in self._known)
        self._show_step(self.preview)

    def _failed(self, error: Exception) -> None:
        self.cancel()
        self.notice.show_message(sentence_of(error), icon_name="warning-circle")

    def _set_waiting(self, *, is_waiting: bool) -> None:
        self.choose_button.setEnabled(not is_waiting)
        self.pasted.setReadOnly(is_waiting)
        self._typed()

    def _show_step(self, step: QWidget) -> None:
        self._steps.setCurrentWidget(step)
        self.notice.hide()  # it was about the other step
        is_preview = step is not self._source
        self.title.setText(
            self.tr("What was understood") if is_preview else self.tr("Import a guide")
        )
        self.keep_button.setVisible(is_preview)
        self.keep_button.setEnabled(is_preview)
        self.read_button.setVisible(not is_preview)
        self.choose_button.setVisible(not is_preview)
        self.back_button.set_text(self.tr("Back") if is_preview else self.tr("Cancel"))
        self.setFocusProxy(self.preview.tree if is_preview else self.pasted)
        if self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
