"""Settings of the voice that reads questions aloud."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer

from interview_app.domain.session import VOICE_OFF
from interview_app.gui.messages import sentence_of
from interview_app.gui.pages.settings_desk import SettingsDesk
from interview_app.gui.pages.settings_natural import FIRST_NATURAL, NaturalVoices
from interview_app.gui.pages.settings_parts import Section, make_form
from interview_app.gui.theme import Kind, Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import Button, NumberBox, row
from interview_app.gui.widgets.forms import make_choice
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.voice_names import voice_label
from interview_app.services.jobs import JobContext, Lane
from interview_app.services.ports.player import PlaybackEnded, PlaybackFailed, PlayerEvent
from interview_app.services.ports.voice import Speech, VoiceInfo

RATES_WPM = (80, 300)
_TOKEN = "settings:voice"  # noqa: S105 - the name of a sound
_SETTLE_MS = 400
"""The speed is kept when it rests so long."""


class VoiceSection(Section):
    """Voice and speed, and a sentence to hear them."""

    def __init__(self, theme: Theme, desk: SettingsDesk) -> None:
        super().__init__(self.tr("Voice"))
        self._theme = theme
        self._desk = desk
        self._job: JobContext | None = None
        self._is_playing = False
        self._has_asked = False
        self.voice = make_choice()
        self.rate = NumberBox()
        self.hear = Button(theme, self.tr("Hear it"), "speaker-high", Kind.PLAIN)
        self.natural = NaturalVoices(theme, desk)
        self.busy = BusyLine(theme)
        self.notice = Notice(theme)
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
        self.hear.clicked.connect(self._hear)
        self.natural.changed.connect(self._look_again)
        self._unsubscribe = desk.player.subscribe(self._player_said)

    def show_settings(self) -> None:
        """Show what is chosen now."""
        settings = self._desk.preferences.settings
        if self.voice.findData(settings.voice) < 0:
            # Kept until the list of voices is there.
            self.voice.insertItem(1, settings.voice, settings.voice)
        self.voice.setCurrentIndex(self.voice.findData(settings.voice))
        self.rate.blockSignals(True)
        self.rate.setValue(settings.rate_wpm)
        self.rate.blockSignals(False)
        self._show_off()

    def ask_for_voices(self) -> None:
        """Have the voices of this machine listed, once."""
        if not self._has_asked:
            self._has_asked = True
            self.natural.look()
            voice = self._desk.voice
            self._desk.jobs.submit(
                Lane.VOICE, lambda _job: tuple(voice.voices()), self._found, self._no_voice
            )

    def keep_rate(self) -> None:
        """Keep the speed as it stands."""
        self._settle.stop()
        self._desk.preferences.change(rate_wpm=self.rate.value())

    def silence(self) -> None:
        """Be silent."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.busy.stop()
        if self._is_playing:
            self._is_playing = False
            self._desk.player.stop()
        self._show_hear()

    def close_section(self) -> None:
        """Be silent, and stop listening to the player."""
        self.keep_rate()
        self.silence()
        self._unsubscribe()

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
        if came and not self._desk.preferences.settings.voice:
            self._desk.preferences.change(voice=FIRST_NATURAL)
        self.ask_for_voices()

    def _no_voice(self, error: Exception) -> None:
        self._has_asked = False
        self.notice.tell(sentence_of(error), icon_name="speaker-slash")

    def _choose_voice(self) -> None:
        self._desk.preferences.change(voice=self.voice.currentData())
        self._show_off()

    def _show_off(self) -> None:
        is_on = self.voice.currentData() != VOICE_OFF
        self.rate.setEnabled(is_on)
        self.hear.setEnabled(is_on)

    def _hear(self) -> None:
        if self._is_playing or self._job is not None:
            self.silence()
            return
        self.notice.hide()
        self.keep_rate()
        text = self.tr("Tell me about a time you had to choose between speed and quality.")
        settings, voice = self._desk.preferences.settings, self._desk.voice
        self._job = self._desk.jobs.submit(
            Lane.VOICE,
            lambda job: voice.render(text, settings.voice, settings.rate_wpm, job),
            self._rendered,
            self._not_rendered,
        )
        self.busy.start(self.tr("The voice gets ready…"), self.silence)
        self._show_hear()

    def _rendered(self, speech: Speech) -> None:
        self._job = None
        self.busy.stop()
        self._is_playing = True
        if speech.instead:
            self.notice.tell(speech.instead, icon_name="info")
        self._desk.player.play(_TOKEN, speech.sound, self._desk.preferences.choices.speaker)
        self._show_hear()

    def _not_rendered(self, error: Exception) -> None:
        self._job = None
        self.busy.stop()
        self.notice.tell(sentence_of(error), icon_name="speaker-slash")
        self._show_hear()

    def _player_said(self, event: PlayerEvent) -> None:
        if event.token != _TOKEN or not isinstance(event, PlaybackEnded | PlaybackFailed):
            return
        self._is_playing = False
        self._show_hear()
        if isinstance(event, PlaybackFailed):
            self.notice.tell(f"{event.reason} {event.remedy}".strip(), icon_name="speaker-slash")

    def _show_hear(self) -> None:
        is_busy = self._is_playing or self._job is not None
        self.hear.set_text(self.tr("Stop") if is_busy else self.tr("Hear it"))
        self.hear.set_icon("stop" if is_busy else "speaker-high")
