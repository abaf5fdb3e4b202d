"""Where everything is kept, and what leaves the machine: nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt

from interview_app import __version__
from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.section import SettingsSection
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import Button, make_label, row
from interview_app.gui.widgets.notice import Notice
from interview_app.support.paths import DATA_DIR_VARIABLE


class DataSection(SettingsSection):
    """The data folder, and the promise about privacy."""

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__(self.tr("Your data"))
        self._context = context
        self.path = make_label(str(context.data_folder), Role.READING, wraps=True)
        self.path.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.path.setAccessibleName(self.tr("Data folder: {0}").format(context.data_folder))
        self.open = Button(theme, self.tr("Open folder"), "folder-open")
        self.open.clicked.connect(self._open)
        self.notice = Notice(theme)
        first = row(spacing=Space.M)
        first.addWidget(self.path, 1)
        first.addWidget(self.open)
        self.body.addLayout(first)
        self.body.addWidget(self.notice)
        for text in (
            self.tr(
                "Sessions and transcripts are in the database, recordings in the folder “takes”, "
                "your own guides in “guides”. Only your user account can read them."
            ),
            self.tr(
                "Nothing leaves this machine: voice and recognizer work here, without a network "
                "and without an account. There is no telemetry, and no transcript is written to "
                "a log."
            ),
            self.tr(
                "To use another folder, start the application with --data-dir FOLDER, or set "
                "{0}. To move what is there, copy the folder while the application is closed."
            ).format(DATA_DIR_VARIABLE),
            self.tr(
                "This is Mock Interview {0}. It never looks for a newer version; you find one "
                "where you got this."
            ).format(__version__),
        ):
            self.body.addWidget(make_label(text, Role.MUTED, wraps=True))

    def _open(self) -> None:
        if not self._context.open_folder(self._context.data_folder):
            self.notice.show_message(
                self.tr(
                    "The folder could not be opened here. Its path is shown beside the "
                    "button, to be copied."
                ),
                icon_name="folder-open",
            )
