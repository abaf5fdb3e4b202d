"""The middle of the room: what goes on now, in one sign."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from interview_app.domain.rehearsal.machine import Phase, Rehearsal
from interview_app.gui.answer.live_words import LiveWords
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, row
from interview_app.gui.widgets.interviewer_avatar import InterviewerView
from interview_app.gui.widgets.level_meter import LevelMeter, RunningWave
from interview_app.gui.widgets.recording_badge import RecordingBadge, RecordingState
from interview_app.gui.widgets.think_countdown import ThinkCountdown
from interview_app.services.ports.recorder import RecordingLevel

_LISTENING_WIDTH = 160
_CAPTURING = (Phase.ANSWERING, Phase.PAUSED, Phase.SAVING)


class AnswerStatusPanel(QWidget):
    """Asking, thinking, answering or typing: only what belongs to the moment is shown.

    Signals:
        typed_changed: the typed answer is another now.
    """

    typed_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._phase = Phase.READY
        self.interviewer = InterviewerView(theme)
        self.sign = RecordingBadge(theme)
        self.countdown = ThinkCountdown(theme)
        self.wave = RunningWave(theme)
        self.meter = LevelMeter(theme)
        self.words = LiveWords()
        self.caption = make_label(role=Role.READING, wraps=True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(self.tr("Your answer"))
        self.editor.setPlaceholderText(self.tr("Write what you would say."))
        self.editor.setTabChangesFocus(True)
        self.editor.textChanged.connect(self.typed_changed)
        self.listening = LevelMeter(theme, Qt.Orientation.Horizontal)
        self._sound = QWidget()
        self._build()
        theme.changed.connect(self._measure)
        self._measure()

    def show_state(self, state: Rehearsal) -> None:
        """Show where the session stands."""
        self.interviewer.show_state(state)
        self._phase = state.phase
        self._show_sign(state)
        left = state.think_left_s
        is_counting = state.phase is Phase.THINKING and left is not None
        self.countdown.setVisible(is_counting)
        if left is not None:
            self.countdown.set_left(left, state.session.settings.think_s or left)
        self.editor.setVisible(state.phase is Phase.TYPING)
        is_lost = state.phase is Phase.PAUSED and bool(state.notice)
        self._sound.setVisible(state.phase in _CAPTURING and not is_lost)
        self.wave.set_recorded(state.phase is Phase.ANSWERING)
        self.listening.setVisible(state.phase is Phase.THINKING and not state.notice)
        if state.phase not in _CAPTURING:
            self.wave.clear()
            self.meter.clear()
            self.words.clear_words()
        self.caption.setText(self._caption(state))
        self.caption.setVisible(bool(self.caption.text()))

    def show_level(self, level: RecordingLevel) -> None:
        """Show what the microphone hears."""
        if self._phase is Phase.ANSWERING and level.uid:
            self.wave.add(level.peak)
        if self._phase in (Phase.ANSWERING, Phase.PAUSED):
            self.meter.set_level(level.peak, level.rms)
        elif self._phase is Phase.THINKING:
            self.listening.set_level(level.peak, level.rms)

    def show_words(self, text: str, behind_s: float) -> None:
        """Show what was heard so far of the answer being given."""
        if self._phase in _CAPTURING:
            self.words.show_words(text, behind_s)

    def _build(self) -> None:
        sound = row(self._sound, spacing=Space.S)
        sound.addWidget(self.wave, 1)
        sound.addWidget(self.meter)
        layout = column(self, spacing=Space.M)
        layout.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(self.interviewer)
        layout.addWidget(self.sign)
        layout.addWidget(self.countdown, alignment=middle)
        layout.addWidget(self._sound)
        layout.addWidget(self.words)
        layout.addWidget(self.caption)
        layout.addWidget(self.listening, alignment=middle)
        layout.addWidget(self.editor, 20)
        layout.addStretch(1)

    def _measure(self) -> None:
        metrics = self.fontMetrics()
        self.editor.setMinimumHeight(metrics.height() * 5)
        self.listening.setFixedWidth(self._theme.px(_LISTENING_WIDTH))

    def _show_sign(self, state: Rehearsal) -> None:
        self.sign.setVisible(state.phase in _CAPTURING)
        if state.phase is Phase.ANSWERING:
            self.sign.show_sign(
                RecordingState.RECORDING if state.recorded_s > 0 else RecordingState.STARTING
            )
        elif state.phase is Phase.PAUSED:
            self.sign.show_sign(RecordingState.PAUSED)
        elif state.phase is Phase.SAVING:
            self.sign.show_sign(RecordingState.SAVING)
        self.sign.set_time(state.recorded_s, state.session.target_of(state.position))

    def _caption(self, state: Rehearsal) -> str:
        if state.phase is Phase.ASKING:
            return self._asking_caption(state)
        if state.phase is Phase.THINKING:
            return self._thinking_caption(state)
        if state.is_reassuring:
            return self.tr("Nothing is recorded while the interviewer speaks; then it goes on.")
        if state.phase is Phase.PAUSED and not state.notice:
            return self.tr("What you said so far is kept. Nothing is recorded now.")
        return ""

    def _asking_caption(self, state: Rehearsal) -> str:
        if state.is_voice_paused:
            return self.tr("The voice waits.")
        if state.line:
            return ""
        return self.tr("Listen. You can start your answer at any time.")

    def _thinking_caption(self, state: Rehearsal) -> str:
        if state.notice:
            return self.tr("You can type your answer instead: press T.")
        if state.think_left_s is not None:
            return self.tr("Recording starts by itself when the time is over.")
        return self.tr("Take the time you need. Nothing is recorded yet.")
