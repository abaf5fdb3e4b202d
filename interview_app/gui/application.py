"""The QApplication: names, icon, translations and theme."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from interview_app import __version__
from interview_app.gui.text.locale import speak_english, window_locale
from interview_app.support.paths import APP_NAME, APP_TITLE, bundled

_TURN_S = 0.001
"""How long a job may keep Python to itself while the window waits. Each call from Qt into Python
waits for its turn anew; at Python's own 5 ms a few of them in one paint make a visible stall."""


class DesktopApplication(QApplication):
    """The application as the desktop speaks to it.

    Only what is sent to the application itself passes here. An event filter would see every event
    of every widget: a third of the time the first page takes to build.

    Signals:
        file_opened(Path): macOS hands over a file this way, at the start and while it runs.
        theme_changed: the desktop's colours or fonts are others now.
    """

    file_opened = Signal(object)
    theme_changed = Signal()

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        speak_english(self)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ThemeChange:
            self.theme_changed.emit()
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)


def make_application(arguments: Sequence[str]) -> DesktopApplication:
    """The one QApplication, with the names the desktop knows it by and its translations."""
    sys.setswitchinterval(_TURN_S)
    app = DesktopApplication(list(arguments))
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName(APP_TITLE)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP_NAME)
    install_translations(app, window_locale())
    return app


def install_translations(app: QApplication, locale: QLocale) -> None:
    """Load the application's and Qt's own translations of that locale, where there are any."""
    own = bundled("resources", "translations")
    for name, folder in (
        ("interview_app", own),
        ("qtbase", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))),
    ):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", str(folder)):
            app.installTranslator(translator)
