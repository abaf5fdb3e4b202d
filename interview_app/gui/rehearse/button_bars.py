"""The room's two rows of buttons: one for the voice, one for the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from interview_app.domain.rehearsal.events import Command
from interview_app.domain.rehearsal.machine import Phase, Rehearsal
from interview_app.gui.icons import icon, icon_size
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, make_label, row

TYPED_KEY = "Ctrl+Return"
_ANSWERING = (Phase.ANSWERING, Phase.PAUSED, Phase.SAVING)


class VoiceBar(QWidget):
    """Repeat, stop and skip; and why no voice is heard, where none is.

    Signals:
        act_asked(Act): the person wants this done.
    """

    act_asked = Signal(object)

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
        for button, command in (
            (self.repeat, Command.REPEAT),
            (self.stop, Command.STOP_VOICE),
            (self.skip, Command.SKIP),
        ):
            keep_focus_on_click(button)
            button.clicked.connect(
                lambda _checked=False, command=command: self.act_asked.emit(command)
            )
            layout.addWidget(button)
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
