"""The offer to go on with a session that has no end yet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from interview_app.gui.text.bidi import joined
from interview_app.gui.text.dates import when
from interview_app.gui.theme import Role, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button, column, make_label, row

if TYPE_CHECKING:
    from interview_app.services.ports.sessions import SessionSummary


class ContinueCard(QFrame):
    """One unfinished session; hidden where there is none.

    Signals:
        continue_asked(int): go on with the session of that number.
    """

    continue_asked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_panel(self, "raised")
        self._session_id = 0
        self._title = make_label(role=Role.HEADING, wraps=True)
        self._text = make_label(role=Role.MUTED, wraps=True)
        self.button = Button(theme, self.tr("Continue"), "arrow-right")
        self.button.clicked.connect(lambda: self.continue_asked.emit(self._session_id))
        texts = column(spacing=Space.XXS)
        texts.addWidget(self._title)
        texts.addWidget(self._text)
        layout = row(self, margin=Space.M, spacing=Space.M)
        layout.addLayout(texts, 1)
        layout.addWidget(self.button)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return f"{self._title.text()} {self._text.text()}"

    def show_session(self, session: SessionSummary | None, now: datetime) -> None:
        """Offer that session, or nothing."""
        if session is None:
            self.hide()
            return
        self._session_id = session.id
        self._title.setText(self.tr("Go on where you stopped"))
        answered = self.tr("{0} of {1} answered").format(
            session.answered_count, session.question_count
        )
        self._text.setText(joined(session.guide_title, answered, when(session.started_at, now)))
        self.button.setAccessibleDescription(self._text.text())
        self.show()
