"""The sound check: under a minute, one thing at a time, and always a way past it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from interview_app.gui.device_list import DeviceList
from interview_app.gui.preferences import Preferences
from interview_app.gui.sound_check.result_step import ResultStep
from interview_app.gui.sound_check.steps import MicrophoneStep, SentenceStep
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.notice import announce
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.recorder import RecordingLevel
from interview_app.services.sound_check.sound_check import SoundCheckRunner
from interview_app.services.sound_check.state import CheckPhase, SoundCheck

_WIDTH, _HEIGHT = 600, 620


class SoundCheckDialog(QDialog):
    """Steps through the check; whoever opens it builds the check for it.

    Skipped or done, it is remembered as made, and the microphone is let go.

    Signals:
        recording(float | None): so many seconds are recorded; nothing is recorded.
        first_question_asked: the check is done, and a first question may be asked; only where the
            check ``leads_on``, as at the first start.
    """

    recording = Signal(object)
    first_question_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        checking: SoundCheckRunner,
        devices: DeviceList,
        preferences: Preferences,
        parent: QWidget | None = None,
        *,
        leads_on: bool = False,
    ) -> None:
        super().__init__(parent)
        self._leads_on = leads_on
        self._theme = theme
        self._checking = checking
        self._devices = devices
        self._preferences = preferences
        self._is_closed = False
        self.setWindowTitle(self.tr("Sound check"))
        self.setModal(True)
        self.microphone = MicrophoneStep(theme)
        self.sentence = SentenceStep(theme)
        self.summary = ResultStep(theme)
        self.steps = QStackedWidget()
        self.place = make_label(role=Role.MUTED)
        self.title = make_label(role=Role.TITLE, wraps=True)
        self.skip = Button(
            theme, self.tr("Skip, I will type my answers"), "keyboard", Kind.QUIET, "Esc"
        )
        self.back = Button(theme, self.tr("Back"), "arrow-left", Kind.PLAIN, "Alt+Left")
        self.next = Button(theme, self.tr("Next"), "arrow-right", Kind.PRIMARY, "Return")
        self._build()
        self._connect()
        self._measure()
        self._show_step(0)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the check."""
        return (
            KeyHelp("Return", self.tr("Next step")),
            KeyHelp("Alt+Left", self.tr("Step before")),
            KeyHelp("Space", self.tr("Record the sentence, or stop")),
            KeyHelp("H", self.tr("Hear the sentence again")),
            KeyHelp("Esc", self.tr("Skip the check")),
        )

    @property
    def step(self) -> int:
        """The step in front, counted from 0."""
        return self.steps.currentIndex()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._devices.is_known:
            self._checking.use_devices(self._devices.microphones, self._devices.speakers)
        choices = self._preferences.choices
        self._checking.use_speaker(choices.speaker)
        self._checking.listen(choices.microphone)
        self._show_check(self._checking.state)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Leave the check, made or skipped."""
        self._leave()
        super().done(result)

    def _leave(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self.recording.emit(None)
            self._checking.close()
            self._preferences.change(is_sound_checked=True)

    def _build(self) -> None:
        for step in (self.microphone, self.sentence, self.summary):
            self.steps.addWidget(scrolled(step))
        foot = row(spacing=Space.S)
        foot.addWidget(self.skip)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        layout = column(self, margin=Space.L, spacing=Space.S)
        layout.addWidget(self.place)
        layout.addWidget(self.title)
        layout.addSpacing(Space.XS)
        layout.addWidget(self.steps, 1)
        layout.addLayout(foot)
        for button in (self.skip, self.back, self.next):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self._checking.subscribe(self._show_check)
        self._checking.subscribe_level(self._show_level)
        self.microphone.chosen.connect(self._choose_microphone)
        self.sentence.record_asked.connect(self._checking.record)
        self.sentence.finish_asked.connect(self._checking.finish)
        self.sentence.play_asked.connect(self._checking.play_back)
        self.sentence.tone_asked.connect(self._checking.test_speaker)
        self.sentence.speaker_chosen.connect(self._choose_speaker)
        self.skip.clicked.connect(self.reject)
        self.back.clicked.connect(lambda: self._show_step(self.step - 1))
        self.next.clicked.connect(self._next)
        bind_key(self, "Return", self._next)
        bind_key(self, "Enter", self._next)
        bind_key(self, "Alt+Left", lambda: self._show_step(self.step - 1))
        bind_key(self, "Space", self._record)
        bind_key(self, "H", self._hear)
        self._theme.changed.connect(self._measure)

    def _measure(self) -> None:
        """As large as the text needs, but never larger than the screen."""
        screen = self.screen().availableGeometry()
        width = min(self._theme.px(_WIDTH), screen.width() - Space.XXL)
        height = min(self._theme.px(_HEIGHT), screen.height() - Space.XXL)
        self.resize(width, height)

    def _next(self) -> None:
        if self.step + 1 < self.steps.count():
            self._show_step(self.step + 1)
        else:
            self.accept()
            if self._leads_on:
                self.first_question_asked.emit()

    def _record(self) -> None:
        if self.step == 1:
            self.sentence.record_or_finish()

    def _hear(self) -> None:
        if self.step == 1 and self.sentence.play.isEnabled():
            self._checking.play_back()

    def _choose_microphone(self, choice: DeviceChoice) -> None:
        self._preferences.change(microphone_id=choice.id, microphone_name=choice.name)
        self._checking.listen(choice)

    def _choose_speaker(self, choice: DeviceChoice) -> None:
        self._preferences.change(speaker_id=choice.id, speaker_name=choice.name)
        self._checking.use_speaker(choice)

    def _show_step(self, step: int) -> None:
        if not 0 <= step < self.steps.count():
            return
        titles = (self.tr("Your microphone"), self.tr("Say a sentence"), self.tr("How it went"))
        self.steps.setCurrentIndex(step)
        self.place.setText(self.tr("Sound check · {0} of {1}").format(step + 1, len(titles)))
        self.title.setText(titles[step])
        is_last = step == len(titles) - 1
        self.back.setVisible(step > 0)
        self.skip.setVisible(not is_last or self._leads_on)
        self.skip.set_text(
            self.tr("Look around first") if is_last else self.tr("Skip, I will type my answers")
        )
        self.skip.set_icon("" if is_last else "keyboard")
        last = self.tr("Begin with one question") if self._leads_on else self.tr("Done")
        self.next.set_text(last if is_last else self.tr("Next"))
        self.next.set_icon("check" if is_last else "arrow-right")
        announce(self, f"{self.place.text()}. {titles[step]}")
        self._show_check(self._checking.state)
        target = (self.microphone, self.sentence, self.next)[step]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_check(self, check: SoundCheck) -> None:
        if check.phase is not CheckPhase.RECORDING:
            self.recording.emit(None)
        choices = self._preferences.choices
        if self.step == 0:
            self.microphone.show_check(check, choices.microphone)
        elif self.step == 1:
            self.sentence.show_check(check, choices.speaker)
            is_ready = check.has_recording
            self.next.set_kind(Kind.PRIMARY if is_ready else Kind.PLAIN)
        else:
            self.summary.show_check(check)
        if self.step != 1:
            self.next.set_kind(Kind.PRIMARY)

    def _show_level(self, level: RecordingLevel) -> None:
        if self._checking.state.phase is CheckPhase.RECORDING:
            self.recording.emit(level.recorded_s)
        if self.step == 0:
            self.microphone.show_level(level)
        elif self.step == 1:
            self.sentence.show_level(level)
