"""Settings of the voice that reads questions aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.session import VOICE_OFF
from interview_app.gui.settings import model_texts as texts
from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.listen_button import PreviewVoiceButton
from interview_app.gui.settings.model_rows import InstalledRow, ModelActions
from interview_app.gui.settings.pronunciations import PronunciationEditor
from interview_app.gui.settings.section import SettingsSection, make_form
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.text.voice_names import voice_label
from interview_app.gui.theme import Space, Theme
from interview_app.gui.widgets.controls import NumberBox, column, row
from interview_app.gui.widgets.forms import make_choice
from interview_app.gui.widgets.notice import Notice
from interview_app.services.jobs import Lane
from interview_app.services.ports.voice import VoiceInfo
from interview_app.services.recognition.models import ModelState

FIRST_NATURAL = "kokoro:af_heart"
"""Who reads once the natural voices are here, until somebody chooses."""


class NaturalVoices(QWidget):
    """One row for all of them; nothing where the desk has no keeper of voices.

    Signals:
        changed(bool): they came (true), or went.
    """

    changed = Signal(bool)

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__()
        self._context = context
        self._was_here: bool | None = None
        self.row = InstalledRow(theme, self.tr("Natural voices"))
        column(self, spacing=0).addWidget(self.row)
        self.setVisible(context.voice_manager is not None)
        self._commands: ModelActions | None = None
        if context.voice_manager is not None:
            self._commands = ModelActions(
                replace(context, model_manager=context.voice_manager), self.look
            )
            self._commands.serve(self.row)

    def look(self) -> None:
        """See whether they are here."""
        model_manager = self._context.voice_manager
        if model_manager is not None:
            self._context.jobs.submit(
                Lane.FILES, lambda _job: tuple(model_manager().states()), self._show
            )

    def controls(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        row = self.row
        return [row.download, row.check, row.remove, row.cancel]

    def _show(self, states: Sequence[ModelState]) -> None:
        (state,) = states
        self.row.state = state
        is_here = state.info.is_installed
        self.row.set_facts(self._facts(state))
        if not self.row.is_working:
            if is_here:
                self.row.show_here(self._removal(state) if state.is_removable else "")
            else:
                self.row.show_absent(texts.kept_text(state))
        if self._was_here not in (None, is_here):
            self.changed.emit(is_here)
        self._was_here = is_here

    def _facts(self, state: ModelState) -> str:
        size = texts.size_text(state.info.size_bytes)
        if state.info.is_installed:
            return self.tr("Six interviewers, American and British · {0}").format(size)
        return self.tr(
            "Six interviewers, American and British, who sound like people · {0} · not installed"
        ).format(size)

    def _removal(self, state: ModelState) -> str:
        return self.tr(
            "Remove the natural voices? {0} become free; the system's own voice reads then, and "
            "they can be downloaded again at any time."
        ).format(texts.size_text(state.info.size_bytes))


RATES_WPM = (80, 300)
_SETTLE_MS = 400
"""The speed is kept when it rests so long."""


class VoiceSection(SettingsSection):
    """Voice and speed, and a sentence to hear them."""

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__(self.tr("Voice"))
        self._theme = theme
        self._context = context
        self._has_asked = False
        self.voice = make_choice()
        self.rate = NumberBox()
        self.notice = Notice(theme)
        self._hearing = PreviewVoiceButton(theme, context, "voice", self._sample, self.notice)
        self.hear = self._hearing.button
        self.busy = self._hearing.busy
        self.natural = NaturalVoices(theme, context)
        self.pronunciations = PronunciationEditor(theme, context)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._build()
        self._fill(())
        self.show_settings()
        self.voice.activated.connect(self._choose_voice)
        self.rate.valueChanged.connect(lambda _rate: self._settle.start())
        self._settle.timeout.connect(self.keep_rate)
        self.rate.editingFinished.connect(self.keep_rate)
        self.natural.changed.connect(self._look_again)

    def show_settings(self) -> None:
        """Show what is chosen now."""
        settings = self._context.preferences.settings
        if self.voice.findData(settings.voice) < 0:
            # Kept until the list of voices is there.
            self.voice.insertItem(1, settings.voice, settings.voice)
        self.voice.setCurrentIndex(self.voice.findData(settings.voice))
        self.rate.blockSignals(True)
        self.rate.setValue(settings.rate_wpm)
        self.rate.blockSignals(False)
        self._show_off()

    def ask_for_voices(self) -> None:
        """Have the voices of this machine listed, once, and the pronunciations as they stand."""
        self.pronunciations.look()
        if not self._has_asked:
            self._has_asked = True
            self.natural.look()
            voice = self._context.voice
            self._context.jobs.submit(
                Lane.VOICE, lambda _job: tuple(voice.voices()), self._found, self._no_voice
            )

    def keep_rate(self) -> None:
        """Keep the speed as it stands."""
        self._settle.stop()
        self._context.preferences.change(rate_wpm=self.rate.value())

    def silence(self) -> None:
        """Be silent."""
        self._hearing.silence()
        self.pronunciations.hearing.silence()

    def close_section(self) -> None:
        """Be silent, and stop listening to the player."""
        self.keep_rate()
        self._hearing.close()
        self.pronunciations.hearing.close()

    def _build(self) -> None:
        form = make_form(self._theme)
        form.add(self.tr("Voice"), self.voice, self.tr("Reads the questions aloud"))
        self.rate.setRange(*RATES_WPM)
        self.rate.setSingleStep(5)
        self.rate.setSuffix(self.tr(" words a minute"))
        form.add(self.tr("Speed"), self.rate, self.tr("How fast questions are read"))
        tries = row()
        tries.addWidget(self.hear)
        tries.addStretch(1)
        form.addLayout(tries, form.rowCount(), 1)
        self.body.addLayout(form)
        self.body.addWidget(self.busy)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.natural)
        self.body.addSpacing(Space.S)
        self.body.addWidget(self.pronunciations)

    def _fill(self, voices: Sequence[VoiceInfo]) -> None:
        self.voice.clear()
        self.voice.addItem(self.tr("The system's own"), "")
        for voice in voices:
            self.voice.addItem(voice_label(voice), voice.id)
        self.voice.addItem(self.tr("Off: text only"), VOICE_OFF)

    def _found(self, voices: Sequence[VoiceInfo]) -> None:
        self._fill(voices)
        self.show_settings()

    def _look_again(self, came: bool) -> None:
        """The natural voices came or went: the first of them reads, if nobody chose another."""
        self._has_asked = False
        if came and not self._context.preferences.settings.voice:
            self._context.preferences.change(voice=FIRST_NATURAL)
        self.ask_for_voices()

    def _no_voice(self, error: Exception) -> None:
        self._has_asked = False
        self.notice.show_message(sentence_of(error), icon_name="speaker-slash")

    def _choose_voice(self) -> None:
        self._context.preferences.change(voice=self.voice.currentData())
        self._show_off()

    def _show_off(self) -> None:
        is_on = self.voice.currentData() != VOICE_OFF
        self.rate.setEnabled(is_on)
        self._hearing.allow(is_allowed=is_on)

    def _sample(self) -> str:
        self.keep_rate()
        return self.tr("Tell me about a time you had to choose between speed and quality.")
