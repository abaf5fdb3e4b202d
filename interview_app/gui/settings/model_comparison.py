"""Reading a paragraph aloud once, so that each model is measured on the person's own voice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from interview_app.domain.analysis.model_figures import ModelFigures, recommended
from interview_app.domain.text.reading_passages import PARAGRAPHS
from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.model_texts import figures_text
from interview_app.gui.text.durations import as_clock
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import Button, column, make_label, make_panel
from interview_app.gui.widgets.folding_row import FoldingRow
from interview_app.gui.widgets.forms import make_choice
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.reading_text import ReadingText
from interview_app.services.recognition.benchmark_recording import BenchmarkReading, ReadingPhase

_AT_ONCE_MS = 0
_LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
"""Each in its own words, as people look for their language."""


class ModelComparisonPanel(QWidget):
    """A paragraph to read, the measuring, and which model came out best.

    Signals:
        measured: models have new figures.
        recording(float | None): so many seconds are recorded; nothing is recorded.
        microphone_free: the microphone is not recorded any more.
        use_asked(str): this model is to make transcripts.
    """

    measured = Signal()
    recording = Signal(object)
    microphone_free = Signal()
    use_asked = Signal(str)

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__()
        self._context = context
        self._reading = context.reading
        self._phase = ReadingPhase.IDLE
        self.begin = Button(theme, self.tr("Read a paragraph"), "microphone")
        self.again = Button(theme, self.tr("Measure again"), "arrows-clockwise", Kind.QUIET)
        self.language = make_choice()
        self.panel = make_panel("raised")
        self.text = ReadingText(theme, self.tr("Paragraph to read aloud"))
        self.sign = make_label(role=Role.RECORDING)
        self.finish = Button(theme, self.tr("I have read it"), "stop", Kind.RECORDING)
        self.cancel = Button(theme, self.tr("Cancel"), kind=Kind.QUIET)
        self.busy = BusyLine(theme, _AT_ONCE_MS)
        self.notice = Notice(theme)
        self._build()
        self.begin.clicked.connect(self._begin)
        self.again.clicked.connect(self._measure_again)
        self.finish.clicked.connect(self._reading.finish)
        self.cancel.clicked.connect(self._reading.cancel)
        self._unsubscribe = self._reading.subscribe(self._show)
        self.again.hide()
        self.panel.hide()

    def controls(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [
            self.begin,
            self.language,
            self.again,
            self.text,
            self.finish,
            self.cancel,
            self.busy.cancel_button,
            self.notice.button,
        ]

    def show_kept(self, language: str) -> None:
        """A reading in that language is kept and can be measured again; empty: there is none."""
        self._kept_language = language
        self._show_buttons()

    def close_part(self) -> None:
        """Stop reading and measuring."""
        self._unsubscribe()
        self._reading.close()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._phase is ReadingPhase.RECORDING:
            self._reading.cancel()

    def _build(self) -> None:
        self._kept_language = ""
        for code in PARAGRAPHS:
            self.language.addItem(_LANGUAGES[code], code)
        self.language.setAccessibleName(self.tr("Language of the paragraph"))
        heading = make_label(self.tr("Which model suits you?"), Role.BODY)
        what = make_label(
            self.tr(
                "Read a paragraph aloud once. Every installed model writes it down; you see how "
                "many of your words each got wrong and how fast it is on this machine. The "
                "recording stays here."
            ),
            Role.MUTED,
            wraps=True,
        )
        commands = FoldingRow(Space.S)
        for control in (self.begin, self.language, self.again):
            commands.add(control)
        commands.add_stretch()
        inside = column(self.panel, margin=Space.M, spacing=Space.M)
        inside.addWidget(self.text)
        inside.addWidget(self.sign)
        ends = FoldingRow(Space.S)
        ends.add(self.finish)
        ends.add(self.cancel)
        ends.add_stretch()
        inside.addWidget(ends)
        layout = column(self, spacing=Space.S)
        layout.setContentsMargins(0, Space.S, 0, 0)
        for widget in (heading, what, commands, self.panel, self.busy, self.notice):
            layout.addWidget(widget)

    def _begin(self) -> None:
        if self._phase is not ReadingPhase.IDLE:
            return
        if self._context.is_microphone_taken():
            self.notice.show_message(
                self.tr("The session under Rehearse has the microphone now: end it first."),
                icon_name="microphone-slash",
            )
            return
        self.notice.hide()
        code = self.language.currentData()
        self.text.set_text(PARAGRAPHS[code])
        self._reading.begin(PARAGRAPHS[code], code, self._context.preferences.choices.microphone)

    def _measure_again(self) -> None:
        self.notice.hide()
        self._reading.measure_again(PARAGRAPHS[self._kept_language], self._kept_language)

    def _show(self, reading: BenchmarkReading) -> None:
        before, self._phase = self._phase, reading.phase
        is_recording = reading.phase is ReadingPhase.RECORDING
        self.recording.emit(reading.recorded_s if is_recording else None)
        self.sign.setText(self.tr("● Recording {0}").format(as_clock(reading.recorded_s)))
        if before is ReadingPhase.RECORDING and not is_recording and self.panel.isVisible():
            # What has the focus goes; it would move on to another section.
            self.begin.setFocus()
        self.panel.setVisible(is_recording)
        self.sign.setText(self.tr("● Recording {0}").format(as_clock(reading.recorded_s)))
        if is_recording and before is not ReadingPhase.RECORDING:
            self.finish.setFocus()
        self._show_busy(reading)
        self._show_buttons()
        if before is ReadingPhase.RECORDING and not is_recording:
            self.microphone_free.emit()
        if reading.problem:
            self.notice.show_message(reading.problem, icon_name="warning-circle")
        if reading.phase is ReadingPhase.IDLE and before is not ReadingPhase.IDLE:
            self.measured.emit()
            self._recommend(reading.figures)

    def _show_busy(self, reading: BenchmarkReading) -> None:
        if reading.phase not in (ReadingPhase.SAVING, ReadingPhase.MEASURING):
            self.busy.stop()
            return
        text = (
            self.tr("{0} writes down what you read…").format(reading.model)
            if reading.model
            else self.tr("Getting ready…")
        )
        if text != self.busy.text() or not self.busy.is_busy:
            self.busy.start(text, self._reading.cancel)
        self.busy.set_fraction(reading.fraction or None)

    def _show_buttons(self) -> None:
        self.again.setVisible(bool(self._kept_language) and self._phase is ReadingPhase.IDLE)

    def _recommend(self, figures: tuple[ModelFigures, ...]) -> None:
        best = recommended(figures)
        if best is None:
            return
        suits = self.tr("{0} suits you best on this machine: {1}.").format(
            best.model, figures_text(best)
        )
        if best.model == self._context.preferences.settings.model:
            self.notice.show_message(f"{suits} {self.tr('You use it already.')}", icon_name="check")
            return
        self.notice.show_message(
            suits,
            icon_name="check",
            action=self.tr("Use {0}").format(best.model),
            command=lambda: self.use_asked.emit(best.model),
        )
