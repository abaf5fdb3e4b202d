"""The Settings page: each choice is kept as it is made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.data_section import DataSection
from interview_app.gui.settings.default_sections import LookSection, TimesSection
from interview_app.gui.settings.recognition_section import RecognitionSection
from interview_app.gui.settings.sound_section import SoundSection
from interview_app.gui.settings.voice_section import VoiceSection
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, row
from interview_app.gui.widgets.keys import KeyHelp
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.scrolling import scrolled

_WIDTH = 640


class SettingsPage(QWidget):
    """Sections under one another; nothing has to be saved.

    Signals:
        sound_check_asked: the sound check is wanted.
        recording(float | None): so many seconds are recorded; nothing is recorded.
    """

    recording = Signal(object)
    sound_check_asked = Signal()

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__()
        self._theme = theme
        self._context = context
        self.sound = SoundSection(theme, context)
        self.voice = VoiceSection(theme, context)
        self.recognition = RecognitionSection(theme, context)
        self.look = LookSection(theme, context)
        self.times = TimesSection(theme, context)
        self.data = DataSection(theme, context)
        self.notice = Notice(theme)
        self._middle = QWidget()
        self._build()
        self.recognition.listed.connect(self._order_tabs)
        self.recognition.paragraph.recording.connect(self.recording)
        self.recognition.microphone_free.connect(self._listen_again)
        self.sound.check_asked.connect(self.sound_check_asked)
        context.preferences.failed.connect(self._not_kept)
        theme.changed.connect(self._measure)
        self._measure()
        self.setFocusProxy(self.sound.microphone)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of this page."""
        return (
            KeyHelp("Tab", self.tr("Next setting")),
            KeyHelp("Up", self.tr("Choice before, in a list")),
            KeyHelp("Down", self.tr("Next choice, in a list")),
            KeyHelp("Del", self.tr("Remove a pronunciation, in their list")),
            KeyHelp("Ctrl+Z", self.tr("Bring back what was removed there")),
            KeyHelp("Esc", self.tr("Leave a pronunciation as it was")),
        )

    def close_page(self) -> None:
        """Let go of the devices; the window is about to go."""
        self.sound.close_section()
        self.voice.close_section()
        self.recognition.close_section()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sound.show_devices()
        self.voice.show_settings()
        self.look.show_settings()
        self.times.show_settings()
        self.voice.ask_for_voices()
        self.recognition.ask_for_models()
        self.sound.begin_listening()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and self.isVisible():
            # The sound check, or another application, had the microphone meanwhile.
            self.sound.show_devices()
            self.sound.begin_listening()
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.sound.end_listening()
        self.voice.keep_rate()
        self.voice.silence()

    def _build(self) -> None:
        inner = column(self._middle, spacing=Space.XL)
        title = make_label(self.tr("Settings"), Role.TITLE)
        head = column(spacing=Space.S)
        head.addWidget(title)
        head.addWidget(self.notice)
        inner.addLayout(head)
        for section in (
            self.sound,
            self.voice,
            self.recognition,
            self.times,
            self.look,
            self.data,
        ):
            inner.addWidget(section)
        inner.addStretch(1)
        page = QWidget()
        layout = row(page, margin=Space.L, spacing=0)
        layout.addWidget(self._middle, 100)
        layout.addStretch(1)
        column(self).addWidget(scrolled(page))

    def _order_tabs(self) -> None:
        """Models are listed after the rest was built, and stand in the middle."""
        before: QWidget = self.voice.hear
        later = (
            *self.voice.natural.controls(),
            *self.voice.pronunciations.controls(),
            *self.recognition.controls(),
            self.times.think,
        )
        for widget in later:
            QWidget.setTabOrder(before, widget)
            before = widget

    def _listen_again(self) -> None:
        if self.isVisible():
            self.sound.begin_listening()

    def _measure(self) -> None:
        self._middle.setMaximumWidth(self._theme.px(_WIDTH))

    def _not_kept(self, error: Exception) -> None:
        kept = self.tr("Your choice holds until the window closes.")
        self.notice.show_message(f"{sentence_of(error)} {kept}", icon_name="warning-circle")
