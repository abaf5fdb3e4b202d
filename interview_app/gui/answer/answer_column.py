"""The person's own answer: what was heard, or why there is nothing yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.session import Take, TakeStatus, TranscriptionStatus
from interview_app.gui.answer.transcript_view import TranscriptView
from interview_app.gui.icons import icon
from interview_app.gui.preferences import Preferences
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import Button, ChoiceBox, column, make_label, make_line, row
from interview_app.support.settings import Settings

_AT_ONCE_MS = 0
MARKS_KEY = "U"
"""The key that hides and shows marks, for the page that owns the column to bind."""


class AnswerColumn(QWidget):
    """One of the takes of a question, with its transcript.

    Signals:
        take_chosen(str): show the take of that uid.
        again_asked(str): make the transcript of that take again.
        word_activated(float): play from this second.
    """

    take_chosen = Signal(str)
    again_asked = Signal(str)
    word_activated = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._uid = ""
        self._shown: Take | None = None
        self.box = ChoiceBox()
        self.box.setAccessibleName(self.tr("Take"))
        set_tool_tip(self.box, self.tr("Which take is shown"))
        self.box.activated.connect(self._choose)
        self.transcript = TranscriptView(theme)
        self.transcript.word_activated.connect(self.word_activated)
        self.busy = BusyLine(theme, _AT_ONCE_MS)
        self.message = make_label(role=Role.READING, wraps=True)
        self.again = Button(theme, self.tr("Transcribe again"), "arrows-clockwise", Kind.PLAIN)
        self.again.clicked.connect(lambda: self.again_asked.emit(self._uid))
        self._preferences: Preferences | None = None
        self._shows_marks = True
        tip = self.tr("Hesitations and long pauses among your words")
        self.marks = Button(theme, "", "eye-slash", Kind.QUIET, MARKS_KEY, tip)
        self.marks.clicked.connect(self.toggle_marks)
        head = row(spacing=Space.S)
        head.addWidget(make_label(self.tr("Your answer"), Role.HEADING), 1)
        head.addWidget(self.box)
        self._layout = layout = column(self, spacing=Space.XS)
        layout.addLayout(head)
        layout.addWidget(make_line())
        for widget in (self.busy, self.message, self.transcript):
            layout.addWidget(widget)
        foot = row()
        foot.addWidget(self.again)
        foot.addWidget(self.marks)
        foot.addStretch(1)
        layout.addLayout(foot)
        layout.addStretch(1)
        self._show_marks()

    def follow(self, preferences: Preferences) -> None:
        """Show or hide marks as was chosen last, wherever that was."""
        self._preferences = preferences
        preferences.changed.connect(self._take_settings)
        self._take_settings(preferences.settings)

    def toggle_marks(self) -> None:
        """Hide hesitations and long pauses, or show them again."""
        if self.transcript.has_marks:
            self._shows_marks = not self._shows_marks
            self._show_marks()
            if self._preferences is not None:
                self._preferences.change(shows_marks=self._shows_marks)

    def add_below(self, widget: QWidget) -> None:
        """Have something stand right under the transcript."""
        self._layout.insertWidget(self._layout.indexOf(self.transcript) + 1, widget)

    def show_takes(self, takes: tuple[Take, ...], shown: Take | None) -> None:
        """Show one of these takes."""
        self._fill_box(takes, shown)
        if shown == self._shown and shown is not None:
            return
        self._shown = shown
        self._uid = shown.uid if shown is not None else ""
        if shown is None:
            self._show_message(self.tr("This question was not answered."))
            return
        self._show_take(shown)

    def set_progress(self, fraction: float | None) -> None:
        """How far the transcript of the shown take is."""
        self.busy.set_fraction(fraction)

    def _show_take(self, take: Take) -> None:
        status = take.transcription
        is_pending = status is TranscriptionStatus.PENDING
        can_try = take.sound is not None and status in (
            TranscriptionStatus.FAILED,
            TranscriptionStatus.NOTHING_HEARD,
        )
        self.again.setVisible(can_try)
        if is_pending:
            if not self.busy.is_busy:
                self.busy.start(self.tr("Writing down what you said…"))
        else:
            self.busy.stop()
        has_words = take.transcript is not None and bool(take.transcript.segments)
        self.transcript.setVisible(has_words)
        if take.transcript is not None and has_words:
            self.transcript.show_transcript(take.transcript, take.measures)
        else:
            self.transcript.clear_transcript()
        self._show_marks()
        self.message.setText(self._explain(take))
        self.message.setVisible(bool(self.message.text()))

    def _take_settings(self, settings: Settings) -> None:
        if settings.shows_marks != self._shows_marks:
            self._shows_marks = settings.shows_marks
            self._show_marks()

    def _show_marks(self) -> None:
        shown = self._shows_marks
        self.transcript.show_marks(shown=shown)
        self.marks.set_text(self.tr("Hide marks") if shown else self.tr("Show marks"))
        self.marks.set_icon("eye-slash" if shown else "eye")
        self.marks.setVisible(self.transcript.has_marks)

    def _explain(self, take: Take) -> str:
        match take.transcription:
            case TranscriptionStatus.NOTHING_HEARD:
                return self.tr(
                    "Nothing was heard in this recording. It is kept. If you did speak, the "
                    "microphone may be muted or the wrong one: see Settings, Sound check."
                )
            case TranscriptionStatus.FAILED if take.transcript is None:
                reason = take.failure or ""
                text = self.tr("Not transcribed yet; your recording is kept.")
                return f"{text} {reason}".strip()
            case TranscriptionStatus.DONE if take.failure:
                return take.failure
            case _ if take.status is TakeStatus.RECOVERED:
                return self.tr("This take was recovered after the application ended unexpectedly.")
            case _:
                return ""

    def _show_message(self, text: str) -> None:
        self.busy.stop()
        self.again.hide()
        self.transcript.clear_transcript()
        self.transcript.hide()
        self._show_marks()
        self.message.setText(text)
        self.message.show()

    def _fill_box(self, takes: tuple[Take, ...], shown: Take | None) -> None:
        self.box.blockSignals(True)
        self.box.clear()
        for take in takes:
            label = self.tr("Take {0}").format(take.number)
            if take.is_best:
                best = self.tr("{0}, the best").format(label)
                self.box.addItem(icon(self._theme, "star-fill"), best, take.uid)
            else:
                self.box.addItem(label, take.uid)
        if shown is not None:
            self.box.setCurrentIndex(self.box.findData(shown.uid))
        self.box.setVisible(len(takes) > 1)
        self.box.blockSignals(False)

    def _choose(self, number: int) -> None:
        self.take_chosen.emit(self.box.itemData(number))
