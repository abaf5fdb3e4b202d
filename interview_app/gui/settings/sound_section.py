"""Settings of microphone and speaker, with the level and a sound to try them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.section import SettingsSection, make_form
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.device_choice import fill_devices
from interview_app.gui.widgets.forms import make_choice
from interview_app.gui.widgets.level_meter import LevelMeter
from interview_app.gui.widgets.notice import Notice
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import PlaybackEnded, PlaybackFailed, PlayerEvent
from interview_app.services.ports.recorder import (
    RecorderEvent,
    RecordingLevel,
    RecordingUnavailable,
)
from interview_app.services.sound_check.causes import CLIPPING_PEAK, TOO_QUIET_PEAK

_TOKEN = "settings:tone"  # noqa: S105 - the name of a sound


class SoundSection(SettingsSection):
    """Microphone and speaker.

    Signals:
        check_asked: the whole sound check is wanted.
    """

    check_asked = Signal()

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__(self.tr("Sound"))
        self._theme = theme
        self._context = context
        self._is_listening = False
        self._has_heard = False
        self.microphone = make_choice()
        self.meter = LevelMeter(theme, Qt.Orientation.Horizontal)
        self.level_text = make_label(role=Role.MUTED, wraps=True)
        self.speaker = make_choice()
        self.tone = Button(theme, self.tr("Play a sound"), "speaker-high")
        self.check = Button(theme, self.tr("Sound check"), "microphone", Kind.PLAIN)
        self.notice = Notice(theme)
        self._build()
        self.microphone.activated.connect(self._choose_microphone)
        self.speaker.activated.connect(self._choose_speaker)
        self.tone.clicked.connect(self._play_tone)
        self.check.clicked.connect(self.check_asked)
        context.devices.changed.connect(self.show_devices)
        self._unsubscribe = [
            context.recorder.subscribe(self._recorder_said),
            context.player.subscribe(self._player_said),
        ]
        self.show_devices()

    def show_devices(self) -> None:
        """Offer the devices that are there now."""
        choices = self._context.preferences.choices
        system, missing = self.tr("The system's own"), self.tr("not connected")
        devices = self._context.devices
        fill_devices(self.microphone, devices.microphones, choices.microphone, system, missing)
        fill_devices(self.speaker, devices.speakers, choices.speaker, system, missing)
        if devices.has_no_microphone:
            self.meter.clear()
            self.level_text.setText(
                self.tr("No microphone was found. Plug one in; answers can be typed meanwhile.")
            )

    def begin_listening(self) -> None:
        """Show the level from now on, unless a session has the microphone."""
        self._has_heard = False
        if self._context.is_microphone_taken():
            self.level_text.setText(self.tr("The session under Rehearse has the microphone now."))
            return
        self._is_listening = True
        self.level_text.setText(self.tr("Say something: the bar should move."))
        self._context.recorder.listen(self._context.preferences.choices.microphone)

    def end_listening(self) -> None:
        """Let go of the microphone."""
        self.meter.clear()
        if self._is_listening:
            self._is_listening = False
            self._context.recorder.release()

    def close_section(self) -> None:
        """Stop listening to devices."""
        self.end_listening()
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()

    def _build(self) -> None:
        form = make_form(self._theme)
        form.add(self.tr("Microphone"), self.microphone)
        level = column(spacing=Space.XXS)
        level.addWidget(self.meter)
        level.addWidget(self.level_text)
        form.addLayout(level, form.rowCount(), 1)
        form.add(self.tr("Speaker"), self.speaker)
        tries = row(spacing=Space.XS)
        tries.addWidget(self.tone)
        tries.addWidget(self.check)
        tries.addStretch(1)
        form.addLayout(tries, form.rowCount(), 1)
        self.body.addLayout(form)
        self.body.addWidget(self.notice)

    def _choose_microphone(self) -> None:
        choice: DeviceChoice = self.microphone.currentData()
        self._context.preferences.change(microphone_id=choice.id, microphone_name=choice.name)
        if self._is_listening:
            self.begin_listening()

    def _choose_speaker(self) -> None:
        choice: DeviceChoice = self.speaker.currentData()
        self._context.preferences.change(speaker_id=choice.id, speaker_name=choice.name)

    def _play_tone(self) -> None:
        self.notice.hide()
        speaker = self._context.preferences.choices.speaker
        self._context.player.play(_TOKEN, self._context.tone, speaker)

    def _recorder_said(self, event: RecorderEvent) -> None:
        if not self._is_listening:
            return
        if isinstance(event, RecordingLevel):
            self.meter.set_level(event.peak, event.rms)
            self._judge(event.peak)
        elif isinstance(event, RecordingUnavailable):
            self.meter.clear()
            self.level_text.setText(f"{event.reason} {event.remedy}".strip())

    def _judge(self, peak: float) -> None:
        if peak >= CLIPPING_PEAK:
            text = self.tr("Too loud: turn the microphone down, or move away from it a little.")
        elif peak >= TOO_QUIET_PEAK:
            self._has_heard = True
            text = self.tr("The microphone hears you.")
        elif self._has_heard:
            return
        else:
            text = self.tr("Say something: the bar should move.")
        if text != self.level_text.text():
            self.level_text.setText(text)

    def _player_said(self, event: PlayerEvent) -> None:
        if event.token != _TOKEN:
            return
        if isinstance(event, PlaybackFailed):
            self.notice.show_message(
                f"{event.reason} {event.remedy}".strip(), icon_name="speaker-slash"
            )
        elif isinstance(event, PlaybackEnded) and event.completed:
            self.notice.show_message(
                self.tr(
                    "A sound was played. If you heard nothing, choose another speaker or turn "
                    "up the volume."
                ),
                icon_name="speaker-high",
            )
