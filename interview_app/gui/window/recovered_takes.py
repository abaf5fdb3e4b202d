"""What a crash left behind, offered at the next start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from interview_app.gui.text.bidi import joined
from interview_app.gui.text.dates import when
from interview_app.gui.text.durations import as_clock
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_panel, row
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.services.history.recovery import RecoveredTake


class RecoveredTakesDialog(QDialog):
    """Says what was found, and asks what to do with each take.

    Closing the dialog decides nothing: the takes are offered again at the next start.

    Signals:
        keep_asked(RecoveredTake): put it into its session.
        discard_asked(RecoveredTake): delete its sound; asked for twice by the button itself.
    """

    keep_asked = Signal(object)
    discard_asked = Signal(object)

    def __init__(
        self, theme: Theme, takes: Sequence[RecoveredTake], now: datetime, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = now
        self._open = {take.uid for take in takes}
        self.setWindowTitle(self.tr("Answers found"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(560))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(make_label(self.tr("Your last answers were not closed"), Role.TITLE))
        layout.addWidget(
            make_label(
                self.tr(
                    "The program ended while an answer was being recorded. What you said until "
                    "then is here."
                ),
                Role.MUTED,
                wraps=True,
            )
        )
        inner = QWidget()
        rows = column(inner, spacing=Space.S)
        for take in takes:
            rows.addWidget(self._make_row(take))
        rows.addStretch(1)
        layout.addWidget(scrolled(inner), 1)
        later = Button(theme, self.tr("Decide later"), kind=Kind.QUIET)
        later.clicked.connect(self.reject)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(later)
        layout.addLayout(foot)

    def _make_row(self, take: RecoveredTake) -> QWidget:
        panel = make_panel("raised")
        layout = column(panel, margin=Space.M, spacing=Space.XS)
        prompt = take.question_prompt or self.tr("An answer whose question is not known")
        layout.addWidget(make_label(prompt, Role.HEADING, wraps=True))
        facts = joined(
            take.guide_title, as_clock(take.duration_s), when(take.started_at, self._now)
        )
        layout.addWidget(make_label(facts, Role.MUTED))
        buttons = row()
        if take.session_id is None:
            told = self.tr(
                "It was recorded before its session was stored. Kept, it gets a session of its own."
            )
            layout.addWidget(make_label(told, Role.MUTED, wraps=True))
        keep = Button(self._theme, self.tr("Keep it"), "check", kind=Kind.PRIMARY)
        keep.setAccessibleName(self.tr("Keep the answer to “{0}”").format(prompt))
        discard = Button(self._theme, self.tr("Discard"), "trash", kind=Kind.QUIET)
        discard.setAccessibleName(self.tr("Discard the answer to “{0}”").format(prompt))
        keep.clicked.connect(lambda: self._decide(take, panel, keeps=True))
        discard.clicked.connect(lambda: self._discard(take, panel, discard))
        buttons.addWidget(keep)
        if take.session_id is None:
            # Nobody can say what it is, so it is not deleted from here.
            discard.deleteLater()
        else:
            buttons.addWidget(discard)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        return panel

    def _discard(self, take: RecoveredTake, panel: QWidget, button: Button) -> None:
        sure = self.tr("Discard for good?")
        if button.text() != sure:
            button.set_text(sure)
            return
        self._decide(take, panel, keeps=False)

    def _decide(self, take: RecoveredTake, panel: QWidget, *, keeps: bool) -> None:
        panel.hide()
        self._open.discard(take.uid)
        (self.keep_asked if keeps else self.discard_asked).emit(take)
        if not self._open:
            self.accept()
