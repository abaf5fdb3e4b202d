"""A dialog that writes takes or sessions to files: as what, with what in it, and where to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QLineEdit, QWidget

from interview_app.domain.errors import TargetExists
from interview_app.domain.text.file_names import file_name
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.forms import Form as Fields
from interview_app.gui.widgets.forms import make_choice
from interview_app.gui.widgets.notice import Notice
from interview_app.services.export.content import Contents
from interview_app.services.export.ports import Exported, ExportRequest, SessionFormat
from interview_app.services.jobs import JobContext, Jobs, Lane, Progress

_WIDTH = 560
_MOST_REMARKS = 4
_WITH_HELPS = {
    SessionFormat.HTML,
    SessionFormat.PDF,
    SessionFormat.DOCX,
    SessionFormat.MARKDOWN,
    SessionFormat.JSON,
}
"""Forms that hold sample answers and notes; figures, subtitles and sound do not."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What may be exported: sessions with so many takes together; ``take_uid`` is one of them.

    ``name`` goes into the name of the file, ``take_name`` says which take that is.
    """

    session_ids: tuple[int, ...]
    name: str
    take_count: int
    take_uid: str = ""
    take_name: str = ""


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What the dialog works with; ``export`` blocks and is made inside a job."""

    jobs: Jobs
    export: Callable[[ExportRequest, JobContext], Exported]
    open_folder: Callable[[Path], bool]


class ExportDialog(QDialog):
    """Asks, writes, and shows where it went.

    Signals:
        written(object): files lie in that folder now.
    """

    written = Signal(object)

    def __init__(
        self,
        theme: Theme,
        context: ExportContext,
        chosen: ExportChoice,
        folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(self.tr("Export"))
        self._theme = theme
        self._context = context
        self._chosen = chosen
        self._folder = folder or documents_folder()
        self._job: JobContext | None = None
        self._is_named = False
        self.scope = make_choice()
        self.form = make_choice()
        self.samples = QCheckBox(self.tr("Sample answers, outlines and tips"))
        self.notes = QCheckBox(self.tr("Notes"))
        self.sound = QCheckBox(self.tr("Sound, to be played in the page"))
        self._inside = QWidget()
        self.target = QLineEdit()
        self.busy = BusyLine(theme, patience_ms=0)
        self.notice = Notice(theme, can_close=False)
        self.remarks = make_label(role=Role.MUTED, wraps=True)
        self.browse = Button(theme, self.tr("Browse…"), "folder-open")
        self.close_button = Button(theme, self.tr("Close"), key="Esc")
        self.export_button = Button(theme, self.tr("Export"), "export", Kind.PRIMARY, "Return")
        self._fill()
        self._build()
        self._connect()
        self._change_form()
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen_form(self) -> SessionFormat:
        """What is to be written."""
        return SessionFormat(self.form.currentData())

    def request(self, *, overwrite: bool = False) -> ExportRequest:
        """What is asked for."""
        uid: str = self.scope.currentData()
        return ExportRequest(
            self._chosen.session_ids,
            self.chosen_form,
            Path(self.target.text().strip()).expanduser(),
            Contents(self.samples.isChecked(), self.notes.isChecked(), self.sound.isChecked()),
            frozenset({uid}) if uid else None,
            overwrite,
        )

    def reject(self) -> None:
        """Close; what is being written is given up, and leaves no half file."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _fill(self) -> None:
        count = len(self._chosen.session_ids)
        whole = settled(self.tr("%n whole session(s)", "", count), count)
        self.scope.addItem(self.tr("The whole session") if count == 1 else whole, "")
        if self._chosen.take_uid:
            self.scope.addItem(self._chosen.take_name, self._chosen.take_uid)
        for form, text in (
            (SessionFormat.HTML, self.tr("Web page that plays the sound (HTML)")),
            (SessionFormat.PDF, self.tr("Document to print (PDF)")),
            (SessionFormat.DOCX, self.tr("Word document (DOCX)")),
            (SessionFormat.MARKDOWN, self.tr("Plain text with headings (Markdown)")),
            (SessionFormat.MP3, self.tr("Sound, small (MP3)")),
            (SessionFormat.FLAC, self.tr("Sound, exact (FLAC)")),
            (SessionFormat.WAV, self.tr("Sound, exact and large (WAV)")),
            (SessionFormat.SRT, self.tr("Subtitles (SRT)")),
            (SessionFormat.VTT, self.tr("Subtitles for the web (WebVTT)")),
            (SessionFormat.CSV, self.tr("Figures as a table (CSV)")),
            (SessionFormat.JSON, self.tr("Everything, for programs (JSON)")),
        ):
            self.form.addItem(text, form.value)
        for box in (self.samples, self.notes, self.sound):
            box.setChecked(True)

    def _build(self) -> None:
        fields = Fields()
        fields.add(self.tr("What"), self.scope)
        fields.set_shown(self.scope, self.scope.count() > 1 or len(self._chosen.session_ids) > 1)
        fields.add(self.tr("As"), self.form)
        boxes = column(self._inside, spacing=Space.XXS)
        for box in (self.samples, self.notes, self.sound):
            boxes.addWidget(box)
        fields.add(self.tr("With"), self._inside)
        where = QWidget()
        places = row(where, spacing=Space.XS)
        places.addWidget(self.target, 1)
        places.addWidget(self.browse)
        fields.add(self.tr("Where to"), where)
        self.target.setAccessibleName(self.tr("Where to"))
        self.target.setMinimumWidth(self._theme.px(200))
        foot = row(spacing=Space.S)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.export_button)
        layout = column(self, margin=Space.L, spacing=Space.M)
        layout.addWidget(make_label(self.tr("Export"), Role.TITLE))
        layout.addWidget(make_label(self._chosen.name, Role.MUTED, wraps=True))
        layout.addLayout(fields)
        for widget in (self.busy, self.notice, self.remarks):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(foot)
        self.remarks.hide()
        self.export_button.setDefault(True)
        self.resize(self._theme.px(_WIDTH), self.sizeHint().height())

    def _connect(self) -> None:
        self.form.currentIndexChanged.connect(self._change_form)
        self.scope.currentIndexChanged.connect(self._change_form)
        self.target.textEdited.connect(self._name_target)
        self.browse.clicked.connect(self._browse)
        self.close_button.clicked.connect(self.reject)
        self.export_button.clicked.connect(lambda: self._export(overwrite=False))

    def _change_form(self) -> None:
        form = self.chosen_form
        self.samples.setVisible(form in _WITH_HELPS)
        self.notes.setVisible(form in _WITH_HELPS)
        self.sound.setVisible(form is SessionFormat.HTML)
        self._inside.setEnabled(form in _WITH_HELPS)
        current = self.target.text().strip()
        if self._is_named and current:
            path = Path(current)
            self.target.setText(str(path.parent / self._named(path.stem)))
        else:
            self.target.setText(str(self._folder / self._named(file_name(self._chosen.name))))
        self.notice.hide()
        self.remarks.hide()

    @property
    def _is_folder(self) -> bool:
        """Whether the form makes a file for each of several takes."""
        return (
            self.chosen_form.is_per_take
            and not self.scope.currentData()
            and self._chosen.take_count != 1
        )

    def _named(self, stem: str) -> str:
        return file_name(stem, "" if self._is_folder else self.chosen_form.ending)

    def _name_target(self) -> None:
        self._is_named = True
        self.notice.hide()

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Where to export to"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # asked when it comes to it
        path = Path(self.target.text().strip() or str(self._folder))
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        if self._is_folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_target)
        dialog.open()

    def _take_target(self, path: str) -> None:
        self.target.setText(path)
        self._name_target()

    def _export(self, *, overwrite: bool) -> None:
        if not self.target.text().strip():
            self.notice.show_message(
                self.tr("Say where to write it to."), icon_name="warning-circle"
            )
            self.target.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        request, export = self.request(overwrite=overwrite), self._context.export
        make_folder = self._is_folder

        def write(job: JobContext) -> Exported:
            if make_folder:
                request.target.parent.mkdir(parents=True, exist_ok=True)
            return export(request, job)

        self.notice.hide()
        self.remarks.hide()
        self._set_writing(is_writing=True)
        self._job = self._context.jobs.submit(
            Lane.FILES, write, self._done, self._failed, self._progress
        )

    def _set_writing(self, *, is_writing: bool) -> None:
        for widget in (self.scope, self.form, self.target, self.browse, self.export_button):
            widget.setEnabled(not is_writing)
        self._inside.setEnabled(not is_writing and self.chosen_form in _WITH_HELPS)
        if is_writing:
            self.busy.start(self.tr("Writing…"), self._cancel)
        else:
            self.busy.stop()

    def _progress(self, progress: Progress) -> None:
        if self._job is not None:
            self.busy.set_fraction(progress.fraction)

    def _cancel(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self._set_writing(is_writing=False)
        self.notice.show_message(self.tr("Cancelled. No file was left."))
        self.export_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, exported: Exported) -> None:
        self._job = None
        self._set_writing(is_writing=False)
        first = exported.files[0]
        count = len(exported.files)
        folder = first.parent
        text = self.tr("Written: {0}").format(first)
        if count > 1:
            text = settled(self.tr("%n file(s) written to {0}", "", count), count).format(folder)
        self.notice.show_message(
            text,
            icon_name="check-circle",
            action=self.tr("Open folder"),
            command=lambda: self._open(folder),
        )
        self._show_remarks(exported.remarks)
        self.notice.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.written.emit(folder)

    def _show_remarks(self, remarks: tuple[str, ...]) -> None:
        more = len(remarks) - _MOST_REMARKS
        lines = list(remarks[:_MOST_REMARKS])
        if more > 0:
            lines.append(settled(self.tr("and %n more remark(s)", "", more), more))
        self.remarks.setText("\n".join(lines))
        self.remarks.setVisible(bool(lines))

    def _open(self, folder: Path) -> None:
        if not self._context.open_folder(folder):
            self.notice.show_message(
                self.tr("The folder could not be opened here. It is {0}.").format(folder),
                icon_name="folder-open",
            )

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._set_writing(is_writing=False)
        if isinstance(error, TargetExists):
            self.notice.show_message(
                self.tr("{0} Replace it?").format(error.message),
                icon_name="warning-circle",
                action=self.tr("Replace"),
                command=lambda: self._export(overwrite=True),
            )
            self.target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.notice.show_message(sentence_of(error), icon_name="warning-circle")


def documents_folder() -> Path:
    """Where people look for what they wrote."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(place))
    return found if found.is_dir() else Path.home()
