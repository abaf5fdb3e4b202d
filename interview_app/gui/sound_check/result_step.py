"""The last step of the sound check: how it went."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from interview_app.gui.icons import icon, icon_size
from interview_app.gui.sound_check.cause_texts import is_serious, sentences_of
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, row
from interview_app.services.sound_check.state import SoundCheck


class ResultStep(QWidget):
    """How it went, a line a part."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        layout = column(self, spacing=Space.M)
        self.title = make_label(role=Role.TITLE, wraps=True)
        layout.addWidget(self.title)
        self._lines: list[tuple[QLabel, QLabel]] = []
        for _ in range(3):
            sign, text = QLabel(), make_label(role=Role.READING, wraps=True)
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            line = row(spacing=Space.S)
            line.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
            line.addWidget(text, 1)
            layout.addLayout(line)
            self._lines.append((sign, text))
        foot = self.tr("You can do this check again at any time: Settings, Sound check.")
        layout.addSpacing(Space.S)
        layout.addWidget(make_label(foot, Role.MUTED, wraps=True))
        layout.addStretch(1)

    def text(self) -> str:
        """What it says."""
        return " ".join([self.title.text(), *(text.text() for _, text in self._lines)])

    def show_check(self, check: SoundCheck) -> None:
        """Sum it up."""
        has_voice = check.has_recording and not is_serious(check.causes)
        has_sound = check.was_played and not check.speaker_problem
        has_words = bool(check.transcript)
        is_fine = has_voice and has_sound and has_words
        self.title.setText(
            self.tr("You are ready.") if is_fine else self.tr("You can begin all the same.")
        )
        self._say(0, has_voice, self._microphone(check, is_fine=has_voice))
        self._say(1, has_sound, self._speaker(check, is_fine=has_sound))
        self._say(2, has_words, self._recognizer(check, is_fine=has_words))

    def _microphone(self, check: SoundCheck, *, is_fine: bool) -> str:
        if is_fine:
            return self.tr("The microphone hears you well.")
        if not check.has_recording and not check.causes:
            return self.tr("The microphone was not tried.")
        trouble = sentences_of(check.causes, check.problem)
        return f"{trouble} " + self.tr("Until then you can type your answers.")

    def _speaker(self, check: SoundCheck, *, is_fine: bool) -> str:
        if is_fine:
            return self.tr("Sound was played on the speaker.")
        if check.speaker_problem:
            text = self.tr("Questions will be shown as text.")
            return f"{check.speaker_problem} {text}"
        return self.tr("The speaker was not tried.")

    def _recognizer(self, check: SoundCheck, *, is_fine: bool) -> str:
        if is_fine:
            return self.tr("Your words were written down: “{0}”").format(check.transcript)
        if check.is_transcribing:
            return self.tr("Your words are still being written down.")
        if check.recognizer_problem:
            kept = self.tr("Recordings are kept and can be transcribed later.")
            return f"{check.recognizer_problem} {kept}"
        if check.transcript is not None:
            return self.tr("No words were heard.")
        return self.tr("Nothing was written down yet.")

    def _say(self, number: int, is_fine: bool, text: str) -> None:
        sign, label = self._lines[number]
        name, color = ("check-circle", "good") if is_fine else ("warning-circle", "attention")
        size = icon_size(self._theme)
        sign.setPixmap(icon(self._theme, name, color).pixmap(size, self.devicePixelRatioF()))
        sign.setAccessibleName(self.tr("All right") if is_fine else self.tr("Look at this"))
        label.setText(text)
