"""The three steps of the sound check: microphone, a sentence, and how it went."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from interview_app.gui.sound_check.cause_texts import is_serious, sentences_of
from interview_app.gui.text.durations import as_clock
from interview_app.gui.theme import Kind, Role, Space, Theme, set_role
from interview_app.gui.widgets.controls import Button, column, make_label, make_panel, row
from interview_app.gui.widgets.device_choice import fill_devices
from interview_app.gui.widgets.forms import Form, make_choice
from interview_app.gui.widgets.level_meter import LevelMeter, RunningWave
from interview_app.gui.widgets.notice import Notice
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.recorder import RecordingLevel
from interview_app.services.sound_check.state import CheckPhase, SoundCheck


class MicrophoneStep(QWidget):
    """Which microphone, and whether it hears anything.

    Signals:
        chosen(DeviceChoice): listen to this one.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.box = make_choice()
        self.meter = LevelMeter(theme, Qt.Orientation.Horizontal)
        self.text = make_label(role=Role.READING, wraps=True)
        self.notice = Notice(theme, can_close=False)
        form = Form()
        form.add(self.tr("Microphone"), self.box)
        form.addWidget(self.meter, form.rowCount(), 1)
        layout = column(self, spacing=Space.M)
        intro = self.tr("Choose the microphone you will speak into, and say something to it.")
        layout.addWidget(make_label(intro, Role.READING, wraps=True))
        layout.addLayout(form)
        layout.addWidget(self.text)
        layout.addWidget(self.notice)
        layout.addStretch(1)
        self.box.activated.connect(lambda _index: self.chosen.emit(self.box.currentData()))
        self.setFocusProxy(self.box)

    def show_check(self, check: SoundCheck, choice: DeviceChoice) -> None:
        """Show what arrives."""
        fill_devices(
            self.box,
            check.microphones,
            choice,
            self.tr("The system's own"),
            self.tr("not connected"),
        )
        trouble = sentences_of(check.causes, check.problem)
        _show_message(self.notice, trouble, is_serious=is_serious(check.causes))
        self.text.setHidden(is_serious(check.causes))
        if self.text.isHidden():
            self.text.setText("")
        elif check.loudness.is_audible:
            self.text.setText(self.tr("The microphone hears you. Go on with Next."))
        elif check.is_known:
            self.text.setText(self.tr("Listening… Say your name, for example."))
        else:
            self.text.setText(self.tr("Looking for microphones…"))

    def show_level(self, level: RecordingLevel) -> None:
        """Show a level."""
        self.meter.set_level(level.peak, level.rms)


class SentenceStep(QWidget):
    """A sentence is said, heard and read.

    Signals:
        record_asked, finish_asked: begin and end the sentence.
        play_asked: hear it again.
        tone_asked: play a sound on the speaker.
        speaker_chosen(DeviceChoice): play on this one.
    """

    record_asked = Signal()
    finish_asked = Signal()
    play_asked = Signal()
    tone_asked = Signal()
    speaker_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._phase = CheckPhase.LISTENING
        self.sentence = make_label(
            self.tr("“I led a small team, and we shipped two weeks early.”"),
            Role.TITLE,
            wraps=True,
        )
        self.record = Button(theme, self.tr("Record"), "microphone", Kind.PRIMARY, "Space")
        self.play = Button(theme, self.tr("Hear it again"), "play", Kind.PLAIN, "H")
        self.wave = RunningWave(theme)
        self.text = make_label(role=Role.READING, wraps=True)
        self.heard = make_label(role=Role.READING, wraps=True)
        self.notice = Notice(theme, can_close=False)
        self.speaker = make_choice()
        self.tone = Button(theme, self.tr("Play a sound"), "speaker-high", Kind.PLAIN)
        self.speaker_notice = Notice(theme, can_close=False)
        self._result = make_panel("sunken")
        intro = self.tr("Read this aloud, as you would in the interview. Then you hear it back.")
        self._build(intro)
        self.record.clicked.connect(self.record_or_finish)
        self.play.clicked.connect(self.play_asked)
        self.tone.clicked.connect(self.tone_asked)
        self.speaker.activated.connect(
            lambda _index: self.speaker_chosen.emit(self.speaker.currentData())
        )
        # The step itself has the focus, so that Space keeps meaning the sentence and Return Next.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.sentence.text())
        self.setAccessibleDescription(intro)
        for button in (self.record, self.play, self.tone):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def record_or_finish(self) -> None:
        """Do what the one obvious button says."""
        if self._phase is CheckPhase.RECORDING:
            self.finish_asked.emit()
        elif self._phase not in (CheckPhase.STARTING, CheckPhase.SAVING):
            self.record_asked.emit()

    def show_check(self, check: SoundCheck, speaker: DeviceChoice) -> None:
        """Show how far the sentence is."""
        if check.phase is not self._phase:
            self._phase = check.phase
            self._show_buttons(check)
        self._show_text(check)
        fill_devices(
            self.speaker,
            check.speakers,
            speaker,
            self.tr("The system's own"),
            self.tr("not connected"),
        )
        self.play.setEnabled(check.has_recording)
        self._show_heard(check)
        is_without = check.is_known and not check.microphones
        causes = check.causes if check.has_recording or check.problem or is_without else ()
        trouble = sentences_of(causes, check.problem)
        _show_message(self.notice, trouble, is_serious=is_serious(causes))
        _show_message(self.speaker_notice, check.speaker_problem, is_serious=True)

    def show_level(self, level: RecordingLevel) -> None:
        """Show a level while the sentence is said."""
        if self._phase is CheckPhase.RECORDING:
            self.wave.add(level.peak)

    def _build(self, intro: str) -> None:
        buttons = row(spacing=Space.S)
        buttons.addWidget(self.record)
        buttons.addWidget(self.play)
        buttons.addStretch(1)
        result = column(self._result, margin=Space.M, spacing=Space.XXS)
        result.addWidget(make_label(self.tr("Written down"), Role.MUTED))
        result.addWidget(self.heard)
        form = Form()
        speaker = row(spacing=Space.XS)
        speaker.addWidget(self.speaker, 1)
        speaker.addWidget(self.tone)
        label = make_label(self.tr("Speaker"))
        label.setBuddy(self.speaker)
        self.speaker.setAccessibleName(self.tr("Speaker"))
        form.addWidget(label, 0, 0)
        form.addLayout(speaker, 0, 1)
        layout = column(self, spacing=Space.S)
        layout.addWidget(make_label(intro, Role.READING, wraps=True))
        layout.addWidget(self.sentence)
        layout.addLayout(buttons)
        layout.addWidget(self.wave)
        layout.addWidget(self.text)
        layout.addWidget(self._result)
        layout.addWidget(self.notice)
        layout.addStretch(1)
        layout.addLayout(form)
        layout.addWidget(self.speaker_notice)

    def _show_buttons(self, check: SoundCheck) -> None:
        is_recording = check.phase is CheckPhase.RECORDING
        is_again = check.has_recording and not is_recording
        self.record.set_kind(
            Kind.RECORDING if is_recording else Kind.PLAIN if is_again else Kind.PRIMARY
        )
        self.record.set_icon("stop-fill" if is_recording else "microphone")
        self.record.set_text(
            self.tr("Stop")
            if is_recording
            else self.tr("Record again")
            if is_again
            else self.tr("Record")
        )
        self.wave.set_recorded(is_recording)
        if check.phase is CheckPhase.STARTING:
            self.wave.clear()

    def _show_text(self, check: SoundCheck) -> None:
        match check.phase:
            case CheckPhase.RECORDING:
                text = self.tr("Recording · {0}").format(as_clock(check.recorded_s))
            case CheckPhase.PLAYING:
                text = self.tr("You hear yourself now.")
            case CheckPhase.DONE if check.was_played:
                text = self.tr("Did you hear yourself? If not, choose another speaker below.")
            case _:
                text = ""
        self.text.setText(text)
        set_role(
            self.text,
            Role.RECORDING if check.phase is CheckPhase.RECORDING else Role.READING,
        )

    def _show_heard(self, check: SoundCheck) -> None:
        self._result.setVisible(check.has_recording)
        if check.is_transcribing:
            self.heard.setText(self.tr("Being written down…"))
        elif check.recognizer_problem:
            self.heard.setText(check.recognizer_problem)
        elif check.transcript:
            self.heard.setText(f"“{check.transcript}”")
        elif check.transcript is not None:
            self.heard.setText(
                self.tr("No words were heard. Record it again.")
                if is_serious(check.causes)  # which says what to do before that
                else self.tr("No words were heard. Speak a little louder, and record it again.")
            )


def _show_message(notice: Notice, text: str, *, is_serious: bool) -> None:
    """Say it once; a notice that is the same again would be read aloud again."""
    if not text:
        notice.hide()
    elif notice.isHidden() or notice.text() != text:
        notice.show_message(text, icon_name="warning-circle" if is_serious else "info")
