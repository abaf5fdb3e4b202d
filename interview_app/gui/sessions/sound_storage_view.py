"""How much room sound takes, and ways to make it less; nothing goes without being asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from interview_app.gui.text.messages import sentence_of
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import (
    Button,
    column,
    make_label,
    make_line,
    make_panel,
    row,
)
from interview_app.gui.widgets.folding_row import FoldingRow
from interview_app.gui.widgets.forms import make_choice
from interview_app.gui.widgets.keys import KeyBook, KeyHelp
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.gui.widgets.share_bars import ShareBars, size_text
from interview_app.services.jobs import JobContext, Jobs, Lane, Progress
from interview_app.services.upkeep.sound_storage import ShrinkPlan, SmallForm, SoundStorage, Tidied
from interview_app.services.upkeep.sound_usage import AGES_DAYS, Share, Usage

_WIDTH = 720


@dataclass(frozen=True, slots=True)
class StorageContext:
    """What the page works with; ``storage`` is asked for inside a job, where it may be built."""

    jobs: Jobs
    storage: Callable[[], SoundStorage]


class StorageView(QWidget):
    """The room of sound by guide and by age, converting, and deleting sound alone.

    Signals:
        back_asked: back to the sessions.
        changed: takes have another sound now, or none.
    """

    back_asked = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, context: StorageContext) -> None:
        super().__init__()
        self._theme = theme
        self._context = context
        self._job: JobContext | None = None
        self._asking: JobContext | None = None
        self.setAccessibleName(self.tr("Storage"))
        self.key_book = KeyBook(self)
        self.back = Button(theme, self.tr("Sessions"), "arrow-left", Kind.QUIET, "Esc")
        self.total = make_label(role=Role.READING, wraps=True)
        self.busy = BusyLine(theme)
        self.notice = Notice(theme)
        self.by_guide = ShareBars(self.tr("By guide"))
        self.by_age = ShareBars(self.tr("By age"))
        self.form = make_choice()
        self.convert_age = make_choice()
        self.convert_button = Button(theme, self.tr("Make smaller"), "arrows-in-line-vertical")
        self.delete_age = make_choice()
        self.delete_button = Button(theme, self.tr("Delete sound…"), "trash")
        self.question = make_label(role=Role.BODY, wraps=True)
        self.sure_button = Button(theme, self.tr("Delete the sound for good"), "trash")
        self.keep_button = Button(theme, self.tr("Keep it"), kind=Kind.PRIMARY)
        self._fill()
        self._build()
        self._connect()
        self.setFocusProxy(self.back)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of this view."""
        return self.key_book.entries()

    @property
    def is_working(self) -> bool:
        """Whether sound is being converted or deleted."""
        return self._job is not None

    def refresh(self) -> None:
        """Ask how much room sound takes now."""
        storage = self._context.storage
        if self._asking is not None:
            self._asking.cancel()
        if not self.is_working:
            self.busy.start(self.tr("Looking at your takes…"))
        self._asking = self._context.jobs.submit(
            Lane.FILES, lambda job: storage().usage(job), self._show_usage, self._not_told
        )

    def close_view(self) -> None:
        """Stop what is going on; the window is about to go."""
        for job in (self._job, self._asking):
            if job is not None:
                job.cancel()
        self.busy.stop()

    def _fill(self) -> None:
        self.form.addItem(self.tr("Opus: a tenth of the room"), SmallForm.OPUS)
        self.form.addItem(self.tr("FLAC: half of it, exact"), SmallForm.FLAC)
        self.form.setAccessibleName(self.tr("Smaller format"))
        self.convert_age.addItem(self.tr("Takes of any age"), 0)
        self.convert_age.setAccessibleName(self.tr("Age of the takes to make smaller"))
        self.delete_age.addItem(self.tr("Choose an age first"), None)
        self.delete_age.setAccessibleName(self.tr("Age of the takes whose sound to delete"))
        for days in AGES_DAYS:
            text = self.tr("Older than {0}").format(_age(self, days))
            self.convert_age.addItem(text, days)
            self.delete_age.addItem(text, days)

    def _build(self) -> None:
        page = QWidget()
        body = column(page, spacing=Space.M)
        shares = row(spacing=Space.XL)
        for part in (self.by_guide, self.by_age):
            shares.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        body.addLayout(shares)
        body.addWidget(make_line())
        body.addWidget(make_label(self.tr("Make sound smaller"), Role.HEADING))
        body.addWidget(
            make_label(
                self.tr(
                    "Opus sounds as good for speech; FLAC keeps every sample. Each take is "
                    "written anew, read back and compared; only then the original goes."
                ),
                Role.MUTED,
                wraps=True,
            )
        )
        body.addWidget(_line(self.form, self.convert_age, self.convert_button))
        body.addSpacing(Space.S)
        body.addWidget(make_label(self.tr("Delete sound, keep transcripts"), Role.HEADING))
        body.addWidget(
            make_label(
                self.tr(
                    "Transcripts, figures and notes stay; the sound cannot be brought back. "
                    "Takes without a transcript, and sessions that are not over, keep theirs."
                ),
                Role.MUTED,
                wraps=True,
            )
        )
        body.addWidget(_line(self.delete_age, self.delete_button))
        self._sure = make_panel("notice")
        sure = column(self._sure, margin=Space.M, spacing=Space.S)
        sure.addWidget(self.question)
        answers = row(spacing=Space.S)
        answers.addStretch(1)
        answers.addWidget(self.sure_button)
        answers.addWidget(self.keep_button)
        sure.addLayout(answers)
        body.addWidget(self._sure)
        body.addStretch(1)
        self._sure.hide()
        head = row(spacing=Space.S)
        head.addWidget(self.back)
        head.addWidget(make_label(self.tr("Storage"), Role.TITLE))
        head.addStretch(1)
        layout = column(self, margin=Space.L, spacing=Space.S)
        layout.addLayout(head)
        for widget in (self.total, self.busy, self.notice):
            layout.addWidget(widget)
        layout.addWidget(scrolled(page), 1)
        self._middle = page
        self._theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._middle.setMaximumWidth(self._theme.px(_WIDTH))

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.key_book.add("Esc", self.tr("Back to the sessions"), self.back_asked.emit)
        self.convert_button.clicked.connect(self._convert)
        self.delete_age.currentIndexChanged.connect(self._choose_age)
        self.delete_button.clicked.connect(self._plan_deleting)
        self.sure_button.clicked.connect(self._delete)
        self.keep_button.clicked.connect(self._keep)
        self._set_working(is_working=False)

    def _show_usage(self, usage: Usage) -> None:
        self._asking = None
        if not self.is_working:
            self.busy.stop()
        takes = settled(self.tr("%n take(s)", "", usage.count), usage.count)
        text = self.tr("Sound takes {0}, in {1}.").format(size_text(usage.size), takes)
        if usage.missing:
            missing = self.tr(
                "The sound of %n take(s) is not in the data folder.", "", usage.missing
            )
            text = f"{text} {settled(missing, usage.missing)}"
        self.total.setText(text if usage.count or usage.missing else self.tr("No sound is kept."))
        self.by_guide.show_shares([(share.name, share) for share in usage.by_guide])
        self.by_age.show_shares([(self._age_of(share), share) for share in usage.by_age])
        self._has_wav = any(share.name == "wav" for share in usage.by_form)
        self._set_working(is_working=self.is_working)

    def _not_told(self, error: Exception) -> None:
        self._asking = None
        self.busy.stop()
        self.notice.show_message(sentence_of(error), icon_name="warning-circle")

    def _age_of(self, share: Share) -> str:
        least, most = share.days
        if most is None:
            return self.tr("Older than {0}").format(_age(self, least))
        if not least:
            return self.tr("Up to {0}").format(_age(self, most))
        return self.tr("{0} to {1}").format(_age(self, least), _age(self, most))

    def _convert(self) -> None:
        storage = self._context.storage
        form, days = SmallForm(self.form.currentData()), int(self.convert_age.currentData())
        self._begin(
            self.tr("Making sound smaller…"), lambda job: storage().convert(form, days, job)
        )

    def _choose_age(self) -> None:
        self._sure.hide()
        self._set_working(is_working=self.is_working)

    def _plan_deleting(self) -> None:
        storage, days = self._context.storage, int(self.delete_age.currentData())
        self._context.jobs.submit(
            Lane.FILES,
            lambda _job: storage().plan_deleting(days),
            self._ask,
            self._not_told,
        )

    def _ask(self, plan: ShrinkPlan) -> None:
        if not plan.count:
            self.notice.show_message(self.tr("There is no sound that old with a transcript."))
            return
        takes = settled(self.tr("%n take(s)", "", plan.count), plan.count)
        age = _age(self, int(self.delete_age.currentData()))
        text = self.tr(
            "The sound of {0} older than {1} goes for good, {2} together. What was said stays "
            "readable."
        ).format(takes, age, size_text(plan.size))
        if plan.left:
            left = self.tr("%n take(s) without a transcript stay as they are.", "", plan.left)
            text = f"{text} {settled(left, plan.left)}"
        self.question.setText(text)
        self._sure.show()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self._sure.hide()
        self.delete_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self) -> None:
        storage, days = self._context.storage, int(self.delete_age.currentData())
        self._sure.hide()
        self._begin(self.tr("Deleting sound…"), lambda job: storage().delete_sound(days, job))

    def _begin(self, text: str, work: Callable[[JobContext], Tidied]) -> None:
        self.notice.hide()
        self.busy.start(text, self._cancel)
        self._set_working(is_working=True)
        self._job = self._context.jobs.submit(
            Lane.FILES, work, self._done, self._failed, self._progress
        )

    def _progress(self, progress: Progress) -> None:
        if self.is_working:
            self.busy.set_fraction(progress.fraction)

    def _cancel(self) -> None:
        job = self._end()
        if job is not None:
            job.cancel()
        self.notice.show_message(self.tr("Cancelled. What was done until then stays done."))
        self.changed.emit()
        self.refresh()

    def _done(self, done: Tidied) -> None:
        self._end()
        takes = settled(self.tr("%n take(s)", "", done.count), done.count)
        text = self.tr("{0} done, {1} freed.").format(takes, size_text(done.freed))
        if done.remarks:
            count = len(done.remarks)
            left = settled(self.tr("%n take(s) stayed as they were:", "", count), count)
            text = f"{text} {left} {done.remarks[0]}"
        self.notice.show_message(text, icon_name="check-circle")
        self.changed.emit()
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._end()
        self.notice.show_message(sentence_of(error), icon_name="warning-circle")
        self.changed.emit()
        self.refresh()

    def _end(self) -> JobContext | None:
        job, self._job = self._job, None
        self.busy.stop()
        self._set_working(is_working=False)
        return job

    _has_wav = False

    def _set_working(self, *, is_working: bool) -> None:
        self.convert_button.setEnabled(not is_working and self._has_wav)
        self.delete_button.setEnabled(not is_working and self.delete_age.currentData() is not None)


def _line(*widgets: QWidget) -> FoldingRow:
    line = FoldingRow(Space.S)
    for widget in widgets:
        line.add(widget, int(isinstance(widget, QComboBox)))
    return line


def _age(view: QWidget, days: int) -> str:
    years, months = divmod(round(days / 30.4), 12)
    if years and not months:
        return settled(view.tr("%n year(s)", "", years), years)
    months += 12 * years
    return settled(view.tr("%n month(s)", "", months), months)
