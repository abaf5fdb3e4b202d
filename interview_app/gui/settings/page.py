"""The Settings page: each choice is kept as it is made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from interview_app import __version__
from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.recognition_section import RecognitionSection
from interview_app.gui.settings.section import SettingsSection, make_form
from interview_app.gui.settings.sound_section import SoundSection
from interview_app.gui.settings.voice_section import VoiceSection
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Role, Scheme, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.forms import (
    LIMITS_S,
    TARGETS_S,
    THINK_TIMES_S,
    fill_times,
    make_choice,
)
from interview_app.gui.widgets.keys import KeyHelp
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.support.paths import DATA_DIR_VARIABLE


class LookSection(SettingsSection):
    """Light, dark, or as the system has it."""

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__(self.tr("Appearance"))
        self._theme = theme
        self._context = context
        self.scheme = make_choice()
        for text, scheme in (
            (self.tr("As the system"), Scheme.SYSTEM),
            (self.tr("Light"), Scheme.LIGHT),
            (self.tr("Dark"), Scheme.DARK),
        ):
            self.scheme.addItem(text, str(scheme))
        form = make_form(theme)
        form.add(self.tr("Colours"), self.scheme)
        self.body.addLayout(form)
        self.body.addWidget(
            make_label(self.tr("The size of text follows the system."), Role.MUTED, wraps=True)
        )
        self.scheme.activated.connect(self._choose)
        self.show_settings()

    def show_settings(self) -> None:
        """Show what is chosen now."""
        self.scheme.setCurrentIndex(
            max(0, self.scheme.findData(self._context.preferences.settings.theme))
        )

    def _choose(self) -> None:
        chosen = self.scheme.currentData()
        self._theme.choose(Scheme(chosen))
        self._context.preferences.change(theme=chosen)


class TimesSection(SettingsSection):
    """The times a new session begins with; each session can have its own."""

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__(self.tr("Times of a new session"))
        self._context = context
        self.think, self.target, self.limit = (make_choice() for _ in range(3))
        form = make_form(theme)
        form.add(
            self.tr("Time to think"),
            self.think,
            self.tr("In interview mode; then the recording starts by itself."),
        )
        form.add(
            self.tr("Target length"),
            self.target,
            self.tr("Shown beside the clock while you speak; it never ends an answer."),
        )
        form.add(
            self.tr("Hard limit"),
            self.limit,
            self.tr("In interview mode; ends an answer at this length."),
        )
        self.body.addLayout(form)
        for box, field in (
            (self.think, "think_s"),
            (self.target, "target_s"),
            (self.limit, "hard_limit_s"),
        ):
            box.activated.connect(lambda _index, box=box, field=field: self._choose(box, field))
        self.show_settings()

    def show_settings(self) -> None:
        """Show what is chosen now."""
        settings = self._context.preferences.settings
        fill_times(self.think, THINK_TIMES_S, self.tr("None"), settings.think_s)
        own = self.tr("As each question says")
        fill_times(self.target, TARGETS_S, own, settings.target_s)
        fill_times(self.limit, LIMITS_S, self.tr("None"), settings.hard_limit_s)

    def _choose(self, box: QComboBox, field: str) -> None:
        self._context.preferences.change(**{field: box.currentData()})


class DataSection(SettingsSection):
    """The data folder, and the promise about privacy."""

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__(self.tr("Your data"))
        self._context = context
        self.path = make_label(str(context.data_folder), Role.READING, wraps=True)
        self.path.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.path.setAccessibleName(self.tr("Data folder: {0}").format(context.data_folder))
        self.open = Button(theme, self.tr("Open folder"), "folder-open")
        self.open.clicked.connect(self._open)
        self.notice = Notice(theme)
        first = row(spacing=Space.M)
        first.addWidget(self.path, 1)
        first.addWidget(self.open)
        self.body.addLayout(first)
        self.body.addWidget(self.notice)
        for text in (
            self.tr(
                "Sessions and transcripts are in the database, recordings in the folder “takes”, "
                "your own guides in “guides”. Only your user account can read them."
            ),
            self.tr(
                "Nothing leaves this machine: voice and recognizer work here, without a network "
                "and without an account. There is no telemetry, and no transcript is written to "
                "a log."
            ),
            self.tr(
                "To use another folder, start the application with --data-dir FOLDER, or set "
                "{0}. To move what is there, copy the folder while the application is closed."
            ).format(DATA_DIR_VARIABLE),
            self.tr(
                "This is Mock Interview {0}. It never looks for a newer version; you find one "
                "where you got this."
            ).format(__version__),
        ):
            self.body.addWidget(make_label(text, Role.MUTED, wraps=True))

    def _open(self) -> None:
        if not self._context.open_folder(self._context.data_folder):
            self.notice.show_message(
                self.tr(
                    "The folder could not be opened here. Its path is shown beside the "
                    "button, to be copied."
                ),
                icon_name="folder-open",
            )


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
