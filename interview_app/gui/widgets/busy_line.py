"""Work that takes longer than a moment: what is being done, how far, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, make_label, row

_PATIENCE_MS = 600
"""Shorter work shows nothing, so that nothing flickers."""
_STEPS = 1000


class BusyLine(QWidget):
    """A sentence, a bar and, where the work can be stopped, Cancel."""

    def __init__(self, theme: Theme, patience_ms: int = _PATIENCE_MS) -> None:
        super().__init__()
        self._on_cancel: Callable[[], None] | None = None
        self._text = make_label(role=Role.MUTED)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel_button = Button(theme, self.tr("Cancel"), kind=Kind.QUIET)
        self.cancel_button.clicked.connect(self._cancelled)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(patience_ms)
        self._patience.timeout.connect(self.show)
        layout = row(self, spacing=Space.S)
        layout.addWidget(self._text)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self.cancel_button)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether work is under way, shown yet or not."""
        return self._patience.isActive() or not self.isHidden()

    def text(self) -> str:
        """What it says is being done."""
        return self._text.text()

    def start(self, text: str, on_cancel: Callable[[], None] | None = None) -> None:
        """Work began; it is shown if it lasts."""
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self._on_cancel = on_cancel
        self.cancel_button.setVisible(on_cancel is not None)
        self.set_fraction(None)
        if self.isHidden():
            self._patience.start()

    def set_fraction(self, fraction: float | None) -> None:
        """How far the work is, 0 to 1; ``None`` where nobody can say."""
        if fraction is None:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(round(min(max(fraction, 0.0), 1.0) * _STEPS))

    def stop(self) -> None:
        """The work is over."""
        self._patience.stop()
        self._bar.setRange(0, _STEPS)
        self.hide()

    def _cancelled(self) -> None:
        command, self._on_cancel = self._on_cancel, None
        self.stop()
        if command is not None:
            command()
