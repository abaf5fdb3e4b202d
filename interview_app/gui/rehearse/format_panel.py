"""How the questions are asked: mode, times, and the voice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget

from interview_app.domain.session_choices import VOICE_OFF, Mode
from interview_app.gui.text.voice_names import voice_label
from interview_app.gui.theme import Role, Space
from interview_app.gui.widgets.controls import NumberBox, column, make_label, row
from interview_app.gui.widgets.forms import (
    LIMITS_S,
    TARGETS_S,
    THINK_TIMES_S,
    Form,
    fill_times,
    make_choice,
)

if TYPE_CHECKING:
    from interview_app.domain.session import SessionSettings
    from interview_app.services.ports.voice import VoiceInfo
    from interview_app.support.settings import Settings

_SLOWEST_WPM, _FASTEST_WPM = 80, 300


class FormatPanel(QWidget):
    """The right half of the set-up.

    Signals:
        changed: another choice was made.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.practice = QRadioButton(self.tr("Practice"))
        self.interview = QRadioButton(self.tr("Interview"))
        self.think_box, self.target_box, self.limit_box = (make_choice() for _ in range(3))
        self.voice_box = make_choice()
        self.rate_box = NumberBox()
        self.manners = QCheckBox(self.tr("Greeting, bridges and a closing"))
        self._mode_text = make_label(role=Role.MUTED, wraps=True)
        self._form = Form()
        self._fill_form()
        modes = row(spacing=Space.L)
        modes.addWidget(self.practice)
        modes.addWidget(self.interview)
        modes.addStretch(1)
        layout = column(self, spacing=Space.S)
        layout.addWidget(make_label(self.tr("How it goes"), Role.HEADING))
        layout.addLayout(modes)
        layout.addWidget(self._mode_text)
        layout.addSpacing(Space.XXS)
        layout.addLayout(self._form)
        layout.addStretch(1)
        self.practice.toggled.connect(self._show_mode)
        self.target_box.currentIndexChanged.connect(self.changed)
        self.voice_box.currentIndexChanged.connect(self._show_voice)

    @property
    def mode(self) -> Mode:
        """The chosen mode."""
        return Mode.INTERVIEW if self.interview.isChecked() else Mode.PRACTICE

    def session_settings(self) -> SessionSettings:
        """What is chosen; think time and limit belong to interviews alone."""
        # Not before a session begins: the window opens sooner.
        from interview_app.domain.session import SessionSettings

        is_interview = self.mode is Mode.INTERVIEW
        limit_s = self.limit_box.currentData()
        return SessionSettings(
            think_s=float(self.think_box.currentData()) if is_interview else None,
            target_s=self.target_box.currentData() or None,
            hard_limit_s=float(limit_s) if is_interview and limit_s else None,
            voice=self.voice_box.currentData() or "",
            rate_wpm=self.rate_box.value(),
        )

    def choices(self) -> dict[str, object]:
        """What is chosen, as fields of :class:`Settings`."""
        return {
            "mode": str(self.mode),
            "think_s": self.think_box.currentData(),
            "target_s": self.target_box.currentData(),
            "hard_limit_s": self.limit_box.currentData(),
            "voice": self.voice_box.currentData() or "",
            "rate_wpm": self.rate_box.value(),
            "has_manners": self.manners.isChecked(),
        }

    def show_settings(self, settings: Settings) -> None:
        """Start from what was chosen last time."""
        is_interview = settings.mode == Mode.INTERVIEW
        (self.interview if is_interview else self.practice).setChecked(True)
        fill_times(self.think_box, THINK_TIMES_S, self.tr("None"), settings.think_s)
        own = self.tr("As each question says")
        fill_times(self.target_box, TARGETS_S, own, settings.target_s)
        fill_times(self.limit_box, LIMITS_S, self.tr("None"), settings.hard_limit_s)
        self.rate_box.setValue(settings.rate_wpm)
        self.manners.setChecked(settings.has_manners)
        self.choose_voice(settings.voice)
        self._show_mode()

    def show_voices(self, voices: Sequence[VoiceInfo]) -> None:
        """Offer these voices, keeping the chosen one."""
        chosen = self.voice_box.currentData() or ""
        self.voice_box.blockSignals(True)
        self.voice_box.clear()
        self.voice_box.addItem(self.tr("The system's own"), "")
        self.voice_box.addItem(self.tr("Off: text only"), VOICE_OFF)
        for voice in voices:
            self.voice_box.addItem(voice_label(voice), voice.id)
        self.voice_box.blockSignals(False)
        self.choose_voice(chosen)

    def choose_voice(self, voice: str) -> None:
        """Choose a voice by its id, also before the list of voices is there."""
        if self.voice_box.findData(voice) < 0:
            self.voice_box.addItem(voice, voice)
        self.voice_box.setCurrentIndex(self.voice_box.findData(voice))
        self._show_voice()

    def _fill_form(self) -> None:
        form = self._form
        form.add(
            self.tr("Time to think"),
            self.think_box,
            self.tr("After it the recording starts by itself; you can start sooner."),
        )
        form.add(
            self.tr("Target length"),
            self.target_box,
            self.tr("Shown beside the clock while you speak; it never ends an answer."),
        )
        form.add(self.tr("Hard limit"), self.limit_box, self.tr("Ends an answer at this length."))
        form.add(self.tr("Voice"), self.voice_box, self.tr("Reads the questions aloud"))
        self.rate_box.setRange(_SLOWEST_WPM, _FASTEST_WPM)
        self.rate_box.setSingleStep(5)
        self.rate_box.setSuffix(self.tr(" words a minute"))
        form.add(self.tr("Speed"), self.rate_box, self.tr("How fast questions are read"))
        form.add(
            self.tr("Manners"),
            self.manners,
            self.tr("The interviewer says a sentence or two between the questions."),
        )
        self.show_voices(())

    def _show_voice(self) -> None:
        self.rate_box.setEnabled(self.voice_box.currentData() != VOICE_OFF)

    def _show_mode(self) -> None:
        is_interview = self.mode is Mode.INTERVIEW
        self._mode_text.setText(
            self.tr(
                "Straight through, one answer each, with time to think before it. Your answers "
                "and the sample answers are shown at the end."
            )
            if is_interview
            else self.tr(
                "Think as long as you like. After each answer you see it beside a sample answer, "
                "and can try again."
            )
        )
        self._form.set_shown(self.think_box, is_interview)
        self._form.set_shown(self.limit_box, is_interview)
        self.changed.emit()
