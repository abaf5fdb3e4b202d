"""The room: the question, what goes on now, and one obvious action."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPlainTextEdit, QWidget

from interview_app.domain.rehearsal.events import Command
from interview_app.domain.rehearsal.machine import Phase, Rehearsal
from interview_app.domain.session import Mode
from interview_app.gui.answer.live_words import LiveWords
from interview_app.gui.device_list import DeviceList, chosen_device
from interview_app.gui.icons import icon, icon_size
from interview_app.gui.rehearse.button_bars import (
    TYPED_KEY,
    AnswerBar,
    LeavingBar,
    VoiceBar,
)
from interview_app.gui.text.bidi import joined
from interview_app.gui.theme import Role, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.forms import make_choice
from interview_app.gui.widgets.interviewer_avatar import InterviewerView
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.level_meter import LevelMeter, RunningWave
from interview_app.gui.widgets.notice import Notice, announce
from interview_app.gui.widgets.question_view import QuestionView
from interview_app.gui.widgets.recording_badge import RecordingBadge, RecordingState
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.gui.widgets.think_countdown import ThinkCountdown
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.recorder import RecordingLevel
from interview_app.services.rehearsal.context import SoundEvent, WordsHeard
from interview_app.services.rehearsal.speaker import VoiceBegan, VoiceLevel, WordSpoken

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


class MicrophoneLostPanel(QFrame):
    """What happened, which microphones there are, and a button to go on.

    Signals:
        go_on(DeviceChoice): go on with that microphone.
    """

    go_on = Signal(object)

    def __init__(self, theme: Theme, devices: DeviceList) -> None:
        super().__init__()
        set_panel(self, "notice")
        self._theme = theme
        self._devices = devices
        self._icon = QLabel()
        self._icon.setAccessibleName(self.tr("Microphone"))
        self._text = make_label(role=Role.BODY, wraps=True)
        self.box = make_choice()
        self.box.setAccessibleName(self.tr("Microphone"))
        self.button = Button(theme, self.tr("Try again"), "microphone")
        self.button.clicked.connect(lambda: self.go_on.emit(self.choice()))
        parts = column(self, margin=Space.S, spacing=Space.XS)
        first = row(spacing=Space.S)
        first.addWidget(self._icon)
        first.addWidget(self._text, 1)
        second = row(spacing=Space.S)
        second.addWidget(self.box, 100)
        second.addStretch(1)
        second.addWidget(self.button)
        parts.addLayout(first)
        parts.addLayout(second)
        devices.changed.connect(self._fill)
        theme.changed.connect(self._paint_icon)
        self._paint_icon()
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def choice(self) -> DeviceChoice:
        """The microphone chosen in the list; empty for the system's own."""
        device = self.box.currentData()
        return DeviceChoice(device.id, device.name) if device is not None else DeviceChoice()

    def show_message(
        self, text: str, action: str, wanted: DeviceChoice, *, is_urgent: bool = True
    ) -> None:
        """Say what happened, and what the button does."""
        is_new = self.isHidden() or text != self._text.text()
        self._text.setText(text)
        self.button.set_text(action)
        if is_new:
            self._fill(wanted)
            if is_urgent:
                announce(self, text)
        self.show()

    def _fill(self, wanted: DeviceChoice | None = None) -> None:
        chosen = wanted if wanted is not None else self.choice()
        self.box.clear()
        for device in self._devices.microphones:
            self.box.addItem(device.name, device)
        found = chosen_device(self._devices.microphones, chosen)
        self.box.setCurrentIndex(max(0, self.box.findData(found)))
        self.box.setVisible(bool(self._devices.microphones))

    def _paint_icon(self) -> None:
        picture = icon(self._theme, "microphone-slash", "accent")
        self._icon.setPixmap(picture.pixmap(icon_size(self._theme), self.devicePixelRatioF()))


_Place = tuple[str, int]
"""The uid of a session and a position in it: one question as it is asked."""

_LEAST_AREA = 64
_NO_LIMIT = 16777215  # Qt's QWIDGETSIZE_MAX, which PySide6 does not hand out


class LiveQuestionView(QWidget):
    """Shows a session while questions are asked and answered.

    Signals:
        act_asked(Act): the person wants this done.
        typed(str): the person typed this answer.
        microphone_chosen(DeviceChoice): go on with this microphone.
    """

    act_asked = Signal(object)
    typed = Signal(str)
    microphone_chosen = Signal(object)

    def __init__(self, theme: Theme, devices: DeviceList) -> None:
        super().__init__()
        self._theme = theme
        self._devices = devices
        self._state: Rehearsal | None = None
        self._shown: tuple[_Place, Phase] | None = None
        self._drafts: dict[_Place, str] = {}
        self.setAccessibleName(self.tr("Interview room"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.place = make_label(role=Role.MUTED, wraps=True)
        self.question = QuestionView(theme)
        self.stage = AnswerStatusPanel(theme)
        self.trouble = MicrophoneLostPanel(theme, devices)
        self.notice = Notice(theme, can_close=False)
        self.voice_bar = VoiceBar(theme)
        self.bar = AnswerBar(theme)
        self.leaving = LeavingBar(theme)
        self._page = QWidget()
        self._area = scrolled(self._page)
        self._centre = QWidget()
        self._build()
        self._bind_keys()
        self.stage.typed_changed.connect(self._typed)
        self.trouble.go_on.connect(self._go_on)
        self.voice_bar.act_asked.connect(self._ask)
        self.voice_bar.skip_asked.connect(self.leaving.ask_to_skip)
        self.leaving.act_asked.connect(self._ask)
        self.bar.primary_asked.connect(self._do_primary)
        self.bar.pause_asked.connect(self._pause_or_resume)
        self.bar.type_asked.connect(self._type_or_speak)
        theme.changed.connect(self._measure)
        self._measure()

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the room."""
        return (
            KeyHelp("Space", self.tr("Skip the greeting; start or finish the answer")),
            KeyHelp("P", self.tr("Pause or resume the answer or the voice")),
            KeyHelp("R", self.tr("Repeat the question")),
            KeyHelp("S", self.tr("Stop the voice")),
            KeyHelp("Esc", self.tr("Stop the voice, or stop typing")),
            KeyHelp("K", self.tr("Skip the question")),
            KeyHelp("T", self.tr("Type the answer")),
            KeyHelp(TYPED_KEY, self.tr("Keep the typed answer")),
            *self.leaving.keys(),
        )

    def show_state(self, state: Rehearsal) -> None:
        """Show where the session stands."""
        has_focus = self._has_focus()
        before, self._state = self._shown, state
        self._shown = (_place_of(state), state.phase)
        if before != self._shown:
            self._enter(state, before)
        self.stage.show_state(state)
        self._show_bars()
        self._show_troubles(state)
        self._share_height()
        is_asked = not self.leaving.ask.isHidden()
        if has_focus and not is_asked and (before != self._shown or not self._has_focus()):
            self._keep_focus(state)

    def forget(self, session_uid: str) -> None:
        """Drop what was typed and not kept in a session that has ended."""
        self._drafts = {
            place: text for place, text in self._drafts.items() if place[0] != session_uid
        }

    def show_sound(self, event: SoundEvent) -> None:
        """Show a level, the word being spoken, or the words heard."""
        if isinstance(event, RecordingLevel):
            self.stage.show_level(event)
        elif isinstance(event, WordsHeard):
            if self._state is not None and self._state.open_take == event.uid:
                self.stage.show_words(event.text, event.behind_s)
        elif isinstance(event, VoiceBegan):
            self.stage.interviewer.show_stand_in(event.instead)
        elif isinstance(event, VoiceLevel):
            self.stage.interviewer.avatar.set_level(event.level)
        elif isinstance(event, WordSpoken) and self._is_asked(event.position):
            self.question.set_spoken(event.start, event.end)

    def _is_asked(self, position: int) -> bool:
        return self._state is not None and self._state.position == position

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        top = row(spacing=Space.S)
        top.addWidget(self.place, 1)
        top.addWidget(self.leaving)
        middle = column(self._page, spacing=Space.S)
        middle.addWidget(self.question)
        middle.addWidget(self.voice_bar)
        middle.addWidget(self.trouble)
        middle.addWidget(self.notice)
        middle.addStretch(1)
        inner = column(self._centre, spacing=Space.S)
        inner.addLayout(top)
        inner.addWidget(self.leaving.ask)
        inner.addWidget(self._area, 2)
        inner.addWidget(self.stage, 3)
        centre = row(spacing=0)
        centre.addStretch(1)
        centre.addWidget(self._centre, 1000)
        centre.addStretch(1)
        layout = column(self, margin=Space.M, spacing=Space.S)
        layout.addLayout(centre, 1)
        layout.addWidget(self.bar)

    def _bind_keys(self) -> None:
        bind_key(self, "Space", self._do_primary_by_key)
        bind_key(self, "P", self._pause_or_resume)
        bind_key(self, "R", lambda: self._ask(Command.REPEAT))
        bind_key(self, "S", lambda: self._ask(Command.STOP_VOICE))
        bind_key(self, "K", self.leaving.ask_to_skip)
        self.leaving.bind_keys(self)
        bind_key(self, "T", lambda: self._ask(Command.BEGIN_TYPING))
        bind_key(self, "Esc", self._stop_or_cancel)
        bind_key(self, TYPED_KEY, self._keep_typed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _measure(self) -> None:
        self._centre.setMaximumWidth(self.question.reading_width())

    def _share_height(self) -> None:
        """The question is whole where there is room; the sign below it is whole always."""
        free = self._centre.height() - self.stage.minimumSizeHint().height() - Space.S
        wanted = self._page.sizeHint().height()
        least = max(self._theme.px(_LEAST_AREA), min(wanted, free))
        is_typing = self._state is not None and self._state.phase is Phase.TYPING
        self._area.setMinimumHeight(least)
        self._area.setMaximumHeight(least if is_typing else _NO_LIMIT)

    def _ask(self, command: Command) -> None:
        if self._state is not None and self._state.allows(command):
            self.act_asked.emit(command)

    def _do_primary_by_key(self) -> None:
        if self._state is not None and self._state.phase is not Phase.TYPING:
            self._do_primary()

    def _do_primary(self) -> None:
        if self._state is None:
            return
        if self._state.phase is Phase.TYPING:
            self._keep_typed()
        elif self._state.allows(Command.FINISH):
            self._ask(Command.FINISH)
        elif self._state.is_led_to:
            self._ask(Command.STOP_VOICE)
        else:
            self._ask(Command.START_ANSWER)

    def _keep_typed(self) -> None:
        text = self.stage.editor.toPlainText()
        if self._state is not None and self._state.phase is Phase.TYPING and text.strip():
            self._drafts.pop(_place_of(self._state), None)
            self.typed.emit(text)

    def _pause_or_resume(self) -> None:
        if self._state is None:
            return
        if self.trouble.isVisible() and self._state.allows(Command.RESUME):
            self._go_on(self.trouble.choice())
        else:
            self._ask(Command.RESUME if self._state.allows(Command.RESUME) else Command.PAUSE)

    def _type_or_speak(self) -> None:
        if self._state is not None and self._state.phase is Phase.TYPING:
            self._cancel_typing()
        else:
            self._ask(Command.BEGIN_TYPING)

    def _stop_or_cancel(self) -> None:
        if self._state is not None and self._state.phase is Phase.TYPING:
            self._cancel_typing()
        else:
            self._ask(Command.STOP_VOICE)

    def _cancel_typing(self) -> None:
        self._ask(Command.CANCEL_TYPING)

    def _typed(self) -> None:
        """Remember what is typed, so that no way out of the question loses it."""
        if self._state is not None and self._state.phase is Phase.TYPING:
            self._drafts[_place_of(self._state)] = self.stage.editor.toPlainText()
        self._show_bars()

    def _go_on(self, microphone: DeviceChoice) -> None:
        self.microphone_chosen.emit(microphone)
        if self._state is None:
            return
        self._ask(Command.RESUME if self._state.phase is Phase.PAUSED else Command.START_ANSWER)

    def _enter(self, state: Rehearsal, before: tuple[_Place, Phase] | None) -> None:
        """A question or a phase begins."""
        session = state.session
        if before is None or before[0] != _place_of(state):
            is_interview = session.mode is Mode.INTERVIEW
            mode = self.tr("Interview") if is_interview else self.tr("Practice")
            number = self.tr("{0} of {1}").format(state.position + 1, len(session.asked))
            self.place.setText(joined(mode, session.guide_title, state.asked.section, number))
            self.question.set_prompt(state.asked.question.prompt)
        if state.phase is not Phase.ASKING:
            self.question.set_spoken(0, 0)
        if state.phase is Phase.TYPING:
            self.stage.editor.setPlainText(self._drafts.get(_place_of(state), ""))
            self.stage.editor.moveCursor(QTextCursor.MoveOperation.End)
        said = {
            Phase.ASKING: state.asked.question.prompt,
            Phase.THINKING: self.tr("Time to think"),
            Phase.ANSWERING: self.tr("Recording"),
            Phase.PAUSED: self.tr("Paused"),
            Phase.TYPING: self.tr("Type your answer"),
        }.get(state.phase)
        if said:
            announce(self, said)

    def _show_bars(self) -> None:
        if self._state is not None:
            self.leaving.show_state(self._state)
            self.voice_bar.show_state(self._state)
            has_text = bool(self.stage.editor.toPlainText().strip())
            self.bar.show_state(self._state, has_text)

    def _show_troubles(self, state: Rehearsal) -> None:
        """A microphone that failed is offered again; anything else is only told."""
        is_microphone = bool(state.notice) and state.phase in (Phase.PAUSED, Phase.THINKING)
        self._show_notice("" if is_microphone else state.notice)
        if not is_microphone:
            self.trouble.hide()
            return
        is_lost = state.phase is Phase.PAUSED
        action = self.tr("Resume") if is_lost else self.tr("Try again")
        kept = self.tr("What you said so far is kept.") if is_lost else ""
        self.trouble.show_message(f"{state.notice} {kept}".strip(), action, DeviceChoice())
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.trouble))

    def _show_notice(self, text: str) -> None:
        if not text:
            self.notice.hide()
        elif self.notice.isHidden() or self.notice.text() != text:
            self.notice.show_message(text, icon_name="warning-circle")

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is None or focus is self or self.isAncestorOf(focus)

    def _keep_focus(self, state: Rehearsal) -> None:
        """Put the focus on what is to be done now; a button that went away cannot keep it."""
        if state.phase is Phase.TYPING:
            self.stage.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.bar.primary.isEnabled():
            self.bar.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)


def _place_of(state: Rehearsal) -> _Place:
    return state.session.uid, state.position
