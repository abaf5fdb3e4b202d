"""The room's two rows of buttons: one for the voice, one for the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from interview_app.domain.rehearsal.events import Command
from interview_app.domain.rehearsal.machine import Phase, Rehearsal
from interview_app.gui.icons import icon, icon_size
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.ask_panel import AskPanel
from interview_app.gui.widgets.controls import Button, make_label, row
from interview_app.gui.widgets.keys import KeyHelp, bind_key

LEAVE_KEY, END_KEY = "Ctrl+W", "Ctrl+Shift+W"
TYPED_KEY = "Ctrl+Return"
_ANSWERING = (Phase.ANSWERING, Phase.PAUSED, Phase.SAVING)


class LeavingBar(QWidget):
    """The two ways out of a session, in words; ``ask`` stands where the view puts it.

    Signals:
        act_asked(Command): the person wants this done, and was asked where it cannot be taken back.
    """

    act_asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._state: Rehearsal | None = None
        self.ask = AskPanel(theme)
        self.leave = Button(theme, self.tr("Save and leave"), "sign-out", Kind.QUIET, LEAVE_KEY)
        self.end = Button(theme, self.tr("End session…"), "", Kind.QUIET, END_KEY)
        layout = row(self, spacing=Space.XXS)
        for button, call in ((self.leave, self.ask_to_leave), (self.end, self.ask_to_end)):
            keep_focus_on_click(button)
            button.clicked.connect(call)
            layout.addWidget(button)

    def keys(self) -> tuple[KeyHelp, ...]:
        """The keys of leaving."""
        return (
            KeyHelp(LEAVE_KEY, self.tr("Save the session and leave it, to continue later")),
            KeyHelp(END_KEY, self.tr("End the session, once that is confirmed")),
        )

    def bind_keys(self, view: QWidget) -> None:
        """Have the keys work in a view."""
        bind_key(view, LEAVE_KEY, self.ask_to_leave)
        bind_key(view, END_KEY, self.ask_to_end)

    def show_state(self, state: Rehearsal) -> None:
        """Offer what the session offers."""
        self._state = state
        self.setVisible(not state.is_over)
        if state.is_over:
            self.ask.put_away()

    def ask_to_leave(self) -> None:
        """Leave; while an answer is recorded, only once that is confirmed."""
        if self._state is None or not self._state.allows(Command.LEAVE):
            return
        if self._state.open_take is None:
            self.act_asked.emit(Command.LEAVE)
            return
        self._ask(
            self.tr("Leave while your answer is being recorded? You can continue later."),
            self.tr("Save and leave"),
            Command.LEAVE,
        )

    def ask_to_end(self) -> None:
        """End the session, once that is confirmed."""
        if self._state is not None and self._state.allows(Command.END):
            question = self.tr("End this session? It cannot be continued afterwards.")
            self._ask(question, self.tr("End session"), Command.END)

    def ask_to_skip(self) -> None:
        """Skip a question; the last one, only once it is confirmed that the session ends."""
        if self._state is None or not self._state.allows(Command.SKIP):
            return
        if not self._state.is_last:
            self.act_asked.emit(Command.SKIP)
            return
        question = self.tr("This is the last question. Skip it and end the session?")
        self._ask(question, self.tr("Skip and end"), Command.SKIP)

    def _ask(self, question: str, yes: str, act: Command) -> None:
        is_recorded = self._state is not None and self._state.open_take is not None
        kept = self.tr("Your answer is kept as far as you have spoken.") if is_recorded else ""
        text = f"{question} {kept}".strip()
        answer = (yes, lambda: self._do(act))
        self.ask.ask(text, answer, refuse=self.tr("Keep going"), is_grave=True)

    def _do(self, act: Command) -> None:
        if self._state is not None and self._state.allows(act):
            self.act_asked.emit(act)


class VoiceBar(QWidget):
    """Repeat, stop and skip; and why no voice is heard, where none is.

    Signals:
        act_asked(Command): the person wants this done.
        skip_asked: the question is to be skipped.
    """

    act_asked = Signal(object)
    skip_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = QLabel()
        self._icon.setAccessibleName(self.tr("Voice"))
        self._problem = make_label(role=Role.MUTED, wraps=True)
        self.repeat = Button(theme, self.tr("Repeat"), "arrow-counter-clockwise", Kind.QUIET, "R")
        self.stop = Button(theme, self.tr("Stop voice"), "speaker-slash", Kind.QUIET, "S")
        self.skip = Button(theme, self.tr("Skip"), "skip-forward", Kind.QUIET, "K")
        layout = row(self, spacing=Space.XXS)
        layout.addWidget(self._icon)
        layout.addWidget(self._problem, 1)
        for button in (self.repeat, self.stop, self.skip):
            keep_focus_on_click(button)
            layout.addWidget(button)
        self.repeat.clicked.connect(lambda: self.act_asked.emit(Command.REPEAT))
        self.stop.clicked.connect(lambda: self.act_asked.emit(Command.STOP_VOICE))
        self.skip.clicked.connect(self.skip_asked)
        theme.changed.connect(self._paint_icon)
        self._paint_icon()

    def problem(self) -> str:
        """Why no voice is heard; nothing where one is."""
        return self._problem.text()

    def show_state(self, state: Rehearsal) -> None:
        """Offer what the session offers."""
        self.repeat.setEnabled(state.allows(Command.REPEAT))
        self.stop.setEnabled(state.allows(Command.STOP_VOICE))
        self.skip.setEnabled(state.allows(Command.SKIP))
        self.skip.setVisible(state.phase not in _ANSWERING)
        self._icon.setVisible(bool(state.voice_problem))
        self._problem.setText(state.voice_problem)

    def _paint_icon(self) -> None:
        picture = icon(self._theme, "speaker-slash", "muted")
        self._icon.setPixmap(picture.pixmap(icon_size(self._theme), self.devicePixelRatioF()))


class AnswerBar(QWidget):
    """The one obvious action, and the two beside it.

    Signals:
        primary_asked, pause_asked, type_asked: that button was pressed.
    """

    primary_asked = Signal()
    pause_asked = Signal()
    type_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.primary = Button(theme, self.tr("Start answer"), "microphone", Kind.PRIMARY, "Space")
        self.pause = Button(theme, self.tr("Pause"), "pause", Kind.PLAIN, "P")
        self.typing = Button(theme, self.tr("Type"), "keyboard", Kind.PLAIN, "T")
        layout = row(self, spacing=Space.S)
        layout.addStretch(1)
        for button, signal in (
            (self.primary, self.primary_asked),
            (self.pause, self.pause_asked),
            (self.typing, self.type_asked),
        ):
            keep_focus_on_click(button)
            button.clicked.connect(signal)
            layout.addWidget(button)
        layout.addStretch(1)

    def show_state(self, state: Rehearsal, has_text: bool) -> None:
        """Offer what the session offers; ``has_text``: something was typed."""
        is_typing = state.phase is Phase.TYPING
        is_paused = state.allows(Command.RESUME)
        self.pause.set_text(self.tr("Resume") if is_paused else self.tr("Pause"))
        self.pause.set_icon("play" if is_paused else "pause")
        self.pause.setEnabled(is_paused or state.allows(Command.PAUSE))
        self.pause.setVisible(not is_typing)
        self.typing.set_text(self.tr("Speak instead") if is_typing else self.tr("Type"))
        self.typing.set_icon("microphone" if is_typing else "keyboard")
        self.typing.set_key("Esc" if is_typing else "T")
        self.typing.setEnabled(is_typing or state.allows(Command.BEGIN_TYPING))
        if is_typing:
            self._show_primary(self.tr("Keep answer"), "check", Kind.PRIMARY, TYPED_KEY)
            self.primary.setEnabled(has_text)
        elif state.phase in _ANSWERING:
            kind = Kind.RECORDING if state.phase is Phase.ANSWERING else Kind.PRIMARY
            self._show_primary(self.tr("Finish answer"), "stop-fill", kind, "Space")
            self.primary.setEnabled(state.allows(Command.FINISH))
        elif state.is_led_to:
            is_first = state.position == 0
            text = self.tr("Skip greeting") if is_first else self.tr("Skip to the question")
            self._show_primary(text, "skip-forward", Kind.PRIMARY, "Space")
            self.primary.setEnabled(state.allows(Command.STOP_VOICE))
        else:
            self._show_primary(self.tr("Start answer"), "microphone", Kind.PRIMARY, "Space")
            self.primary.setEnabled(state.allows(Command.START_ANSWER))

    def _show_primary(self, text: str, icon_name: str, kind: Kind, key: str) -> None:
        self.primary.set_kind(kind)
        self.primary.set_icon(icon_name)
        self.primary.set_key(key)
        self.primary.set_text(text)


def keep_focus_on_click(button: Button) -> None:
    """A click leaves the focus where it is, so that Space keeps meaning the answer."""
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
