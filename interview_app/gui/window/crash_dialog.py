"""What is shown when the program itself broke: what happened, what is kept, and the details."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from interview_app import __version__
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.keys import bind_key
from interview_app.gui.widgets.notice import announce

_WIDTH, _DETAILS_HEIGHT = 600, 150


class CrashDialog(QDialog):
    """Says it in plain words and stands in nobody's way: an answer being recorded goes on.

    ``details`` may be added to while it is open; they hold code, never a word of an answer.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        paragraphs: Sequence[str],
        details: str,
        open_logs: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Mock Interview: details of an error"))
        self.setMinimumWidth(min(theme.px(_WIDTH), self.screen().availableGeometry().width()))
        self.title = make_label(title, Role.TITLE, wraps=True)
        self.details = QPlainTextEdit(f"{versions()}\n\n{details}")
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setMinimumHeight(theme.px(_DETAILS_HEIGHT))
        self.more = make_label(role=Role.MUTED, wraps=True)
        self.more.hide()
        self.copy = Button(theme, self.tr("Copy details"), "copy", Kind.PLAIN, "Ctrl+C")
        self.logs = Button(theme, self.tr("Open log folder"), "folder-open", Kind.PLAIN)
        self.go_on = Button(theme, self.tr("Go on"), "check", Kind.PRIMARY, "Esc")
        self._build(paragraphs)
        self.copy.clicked.connect(self._copy)
        self.logs.clicked.connect(lambda: self._open(open_logs))
        self.go_on.clicked.connect(self.accept)
        bind_key(self, "Ctrl+C", self._copy)
        self._title, self._first = title, paragraphs[0] if paragraphs else ""
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_beside(self) -> None:
        """Show it without taking the window's keys away for good; say it to a screen reader."""
        self.show()
        self.raise_()
        self.activateWindow()
        announce(self, f"{self._title}. {self._first}")

    def add(self, details: str) -> None:
        """Something else went wrong meanwhile."""
        self.details.appendPlainText(f"\n{details}")
        self.more.setText(self.tr("More went wrong since; the details hold it all."))
        self.more.show()

    def _build(self, paragraphs: Sequence[str]) -> None:
        layout = column(self, margin=Space.L, spacing=Space.S)
        layout.addWidget(self.title)
        for text in paragraphs:
            layout.addWidget(make_label(text, Role.READING, wraps=True))
        layout.addWidget(self.more)
        layout.addWidget(self.details, 1)
        layout.addWidget(
            make_label(
                self.tr("The details name places in the program. No word of an answer is in them."),
                Role.MUTED,
                wraps=True,
            )
        )
        foot = row(spacing=Space.S)
        foot.addWidget(self.copy)
        foot.addWidget(self.logs)
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        layout.addLayout(foot)
        for button in (self.copy, self.logs, self.go_on):
            button.setAutoDefault(False)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.set_text(self.tr("Copied"))
        announce(self, self.tr("The details are on the clipboard."))

    def _open(self, open_logs: Callable[[], object]) -> None:
        if open_logs() is False:
            self.more.setText(self.tr("No program here opens folders."))
            self.more.show()


def versions() -> str:
    """What a report needs to know of this machine, in one line."""
    return (
        f"Mock Interview {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.platform(terse=True)}"
    )
