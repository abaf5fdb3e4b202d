"""Under a transcript: that a person corrected it, and the ways back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.transcript import Transcript
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label
from interview_app.gui.widgets.folding_row import FoldingRow


class CorrectionsLine(QWidget):
    """How many words were corrected, *Undo*, and *Restore*; hidden while there is nothing.

    Signals:
        undo_asked: take back the latest correction.
        restore_asked: have the words the recognizer wrote.
    """

    undo_asked = Signal()
    restore_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = make_label(role=Role.MUTED, wraps=True)
        self.undo = Button(
            theme,
            self.tr("Undo"),
            "arrow-counter-clockwise",
            Kind.QUIET,
            tip=self.tr("Take back the latest correction (Ctrl+Z in the transcript)"),
        )
        self.restore = Button(
            theme,
            self.tr("Restore"),
            "clock-counter-clockwise",
            Kind.QUIET,
            tip=self.tr("Have all words as the recognizer wrote them"),
        )
        self.undo.clicked.connect(self.undo_asked)
        self.restore.clicked.connect(self.restore_asked)
        commands = FoldingRow()
        commands.add(self.undo)
        commands.add(self.restore)
        commands.add_stretch()
        layout = column(self, spacing=Space.XXS)
        layout.addWidget(self._text)
        layout.addWidget(commands)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_corrections(self, transcript: Transcript | None, *, can_undo: bool) -> None:
        """Say what was corrected in a transcript."""
        is_corrected = transcript is not None and transcript.is_corrected
        self.setVisible(is_corrected or can_undo)
        self.undo.setVisible(can_undo)
        self.restore.setVisible(is_corrected)
        count = sum(word.is_corrected for word in transcript.words) if transcript else 0
        if not is_corrected:
            self._text.setText(self.tr("As it was heard"))
        elif count:
            self._text.setText(settled(self.tr("%n word(s) corrected", "", count), count))
        else:
            self._text.setText(self.tr("Corrected"))
