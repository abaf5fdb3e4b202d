"""Builds the window and runs it to its end."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog

from interview_app.app.container import Application, open_application
from interview_app.app.pages import PageMaker, open_folder
from interview_app.app.recovery import FoundTakes
from interview_app.domain.errors import InterviewAppError
from interview_app.gui.application import DesktopApplication, make_application
from interview_app.gui.device_list import DeviceList
from interview_app.gui.dispatcher import Dispatcher
from interview_app.gui.preferences import Preferences
from interview_app.gui.rehearse.page import RehearsePage
from interview_app.gui.theme import Scheme, Theme
from interview_app.gui.window.crash_reports import CrashReporter
from interview_app.gui.window.file_opener import FileOpenHandler, is_taken_by_another
from interview_app.gui.window.idle_queue import IdleQueue
from interview_app.gui.window.interrupts import InterruptWatch
from interview_app.gui.window.lazy_page import LazyPage
from interview_app.gui.window.main_window import MainWindow, WindowPage, application_icon
from interview_app.gui.window.preloading import ImportPreloader
from interview_app.gui.window.sound_checks import SoundChecks
from interview_app.services.jobs import Lane
from interview_app.support.instance_lock import InstanceLock
from interview_app.support.logs import LastRun
from interview_app.support.settings import Settings

if TYPE_CHECKING:
    from interview_app.domain.errors import DatabaseDamaged
    from interview_app.domain.guide import Guide
    from interview_app.domain.session import Session
    from interview_app.gui.guides.page import GuidesPage
    from interview_app.gui.sessions.page import SessionsPage
    from interview_app.gui.settings.page import SettingsPage
    from interview_app.gui.sound_check.dialog import SoundCheckDialog
    from interview_app.gui.window.model_warnings import ModelWarnings

_log = logging.getLogger(__name__)

_SETTLE_LIMIT_MS = 8_000
_LOOK_MS = 50
_FIRST_KEYS_MS = 80
"""So long the window has Python to itself: to be drawn, and to answer a first key at once."""
_WARM_UP_MS = 250
"""Microphone, recognizer and the other pages come once what the first page shows is looked for."""


def run_window(data_dir: Path | None, files: Sequence[Path] = ()) -> int:
    """Open the window and stay until it is closed; the exit status.

    Where a window is open on that data folder already, it comes to the front with the ``files``
    to look at, and this returns at once.

    Raises:
        DataFolderUnusable: the data folder cannot be used.
    """
    qt = make_application(sys.argv[:1])
    dispatcher = Dispatcher()
    application = open_application(data_dir, dispatcher.post)
    lock = InstanceLock(application.paths)
    if is_taken_by_another(lock, application.paths, files):
        application.close()
        return 0
    shell = WindowShell(qt, application, lock)
    interrupts = InterruptWatch(shell.window.quit)
    shell.open(files)
    status = qt.exec()
    interrupts.close()
    shell.close()
    dispatcher.close()
    return status


def _log_trash(error: Exception) -> None:
    _log.warning("The trash is emptied at another start", exc_info=error)


def _log_damage(error: Exception) -> None:
    _log.warning("The database could not be looked at", exc_info=error)


class WindowShell(QObject):
    """The window, its pages, and what they ask of one another."""

    def __init__(
        self, qt: DesktopApplication, application: Application, lock: InstanceLock
    ) -> None:
        super().__init__()
        self._qt = qt
        self._application = application
        settings = application.settings_file.load()
        self._model = settings.model
        self.theme = Theme(qt, Scheme(settings.theme), dresses_at_once=False)
        self._preferences = Preferences(settings, application.settings_file.save, application.jobs)
        self._devices = DeviceList()
        self._maker = PageMaker(
            application, self.theme, self._preferences, self._devices, self._before_recording
        )
        self.rehearse = RehearsePage(self.theme, self._maker.rehearse_desk())
        self.sessions = LazyPage(self._build_sessions)
        self.guides = LazyPage(self._build_guides)
        self.settings = LazyPage(self._build_settings)
        self.window = MainWindow(self.theme, self._pages(), self._preferences)
        self.sound_checks = SoundChecks(
            qt,
            self._build_sound_check,
            self._open,
            self._tell,
            self._is_rehearsing,
            self.rehearse.begin_first_question,
        )
        self._found = FoundTakes(application, self.theme, self.window, lambda: self._model)
        self._late = ImportPreloader(application.jobs, self.rehearse.prepare)
        self._warming_up = IdleQueue(self._warm_up())
        self._lock = lock
        self.trouble = self._watch_for_trouble()
        self._model_help: ModelWarnings | None = None
        self.file_opener = FileOpenHandler(application.paths, lock, self.window, self.guides)
        self._connect()

    def open(self, files: Sequence[Path] = ()) -> None:
        """Show the window; everything that takes time follows once it is there.

        ``files`` are looked at on the Guides page.
        """
        self._qt.setQuitOnLastWindowClosed(False)
        self.theme.apply_style_sheet()
        self.window.show()
        self.file_opener.expect(files)
        QTimer.singleShot(_FIRST_KEYS_MS, self, self._after_showing)

    def close(self) -> None:
        """End what was built."""
        self.rehearse.close_sessions()
        for page in (self.sessions, self.guides, self.settings):
            page.close_page()
        self._devices.close()
        self._application.close()
        self._maker.close()
        self.theme.close()
        self.file_opener.close()
        if self._model_help is not None:
            self._model_help.close()
        self.trouble.close()
        self._lock.close()

    def _watch_for_trouble(self) -> CrashReporter:
        logs = self._application.paths.logs
        last_run = LastRun(logs) if self._lock.is_ours else None
        return CrashReporter(logs, self.theme, self.window, open_folder, last_run)

    def _pages(self) -> list[WindowPage]:
        tr, rehearse = self.tr, self.rehearse
        sessions, guides, settings = self.sessions, self.guides, self.settings
        return [
            WindowPage(
                "rehearse",
                tr("Rehearse"),
                "microphone",
                rehearse,
                rehearse.keys,
                rehearse.before_closing,
            ),
            WindowPage(
                "sessions", tr("Sessions"), "clock-counter-clockwise", sessions, sessions.keys
            ),
            WindowPage(
                "guides",
                tr("Guides"),
                "book-open",
                guides,
                guides.keys,
                self._before_closing_guides,
            ),
            WindowPage("settings", tr("Settings"), "gear", settings, settings.keys),
        ]

    def _build_sessions(self) -> SessionsPage:
        page = self._maker.sessions(self._is_in_front)
        page.rehearse_asked.connect(lambda: self.window.show_page("rehearse"))
        page.continue_asked.connect(self._continue)
        return page

    def _build_guides(self) -> GuidesPage:
        page = self._maker.guides()
        page.rehearse_asked.connect(self._rehearse)
        return page

    def _build_settings(self) -> SettingsPage:
        page = self._maker.settings(self._is_rehearsing)
        page.sound_check_asked.connect(self.sound_checks.open)
        page.recording.connect(self.window.show_recording)
        return page

    def _build_sound_check(self, *, leads_on: bool = False) -> SoundCheckDialog:
        check = self._maker.sound_check(leads_on=leads_on)
        check.recording.connect(self.window.show_recording)
        return check

    def _before_recording(self) -> None:
        self.sound_checks.ask_for_microphone()

    def _before_closing_guides(self) -> str:
        return self.guides.page.before_closing() if self.guides.is_built else ""

    def _connect(self) -> None:
        window, found = self.window, self._found
        self.rehearse.told.connect(self._tell)
        self.rehearse.recording.connect(window.show_recording)
        self.rehearse.stored.connect(self._refresh_sessions)
        self.rehearse.sound_check_asked.connect(self.sound_checks.open)
        self._preferences.failed.connect(window.show_error)
        self._preferences.changed.connect(self._change)
        window.keys_asked.connect(self._show_keys)
        window.page_shown.connect(self._show_page)
        window.closing.connect(self._leave)
        self._qt.file_opened.connect(self.file_opener.open_file)
        found.nothing_found.connect(self._begin_first_start)
        found.decided.connect(self.trouble.offer_last_run)
        found.kept.connect(self._take_kept)
        found.failed.connect(self._show_error)

    def _after_showing(self) -> None:
        # What stands now stays to the end: it is not looked through again and again.
        gc.freeze()
        gc.enable()
        self.rehearse.refresh()
        self.file_opener.begin(self._is_rehearsing)
        QTimer.singleShot(_WARM_UP_MS, self, self._warming_up.begin)

    def _warm_up(self) -> Iterator[Callable[[], None]]:
        application = self._application
        yield self.file_opener.open_door
        yield self._offer_models
        yield lambda: self.window.setWindowIcon(application_icon())
        yield lambda: self._devices.listen_to(application.recorder)
        yield application.recorder.warm_up
        yield application.player.warm_up
        yield lambda: application.recognition.recognizer.warm_up(self._model)
        yield self._look_for_damage
        if self._lock.is_ours:
            yield self._found.look
            yield self._empty_trash
        yield self._late.begin

    def _offer_models(self) -> None:
        from interview_app.gui.window.model_warnings import ModelWarnings

        self._model_help = ModelWarnings(
            self._application.recognition.model_trouble,
            self._preferences,
            self.window,
            self.rehearse,
            self.sessions,
        )

    def _look_for_damage(self) -> None:
        application = self._application

        def look() -> DatabaseDamaged | None:
            application.new_unit()
            return application.damage

        def tell(damage: DatabaseDamaged | None) -> None:
            if damage is not None:
                self.window.show_error(damage)

        application.jobs.submit(Lane.STORAGE, lambda _job: look(), tell, _log_damage)

    def _empty_trash(self) -> None:
        history = self._application.kept.history
        self._application.jobs.submit(Lane.STORAGE, lambda _job: history.purge(), None, _log_trash)

    def _begin_first_start(self) -> None:
        self.trouble.offer_last_run()
        # Whoever opens a guide file wants to see it first.
        if not self._preferences.settings.is_sound_checked and not self.file_opener.has_come:
            self.sound_checks.open_first()

    def _take_kept(self) -> None:
        self._tell(self.tr("The answer is in its session again."))
        self.rehearse.refresh()

    def _tell(self, text: str) -> None:
        self.window.notice.show_message(text)

    def _show_page(self, name: str) -> None:
        if name == "rehearse" and self.rehearse.runner is None:
            self.rehearse.refresh()

    def _refresh_sessions(self) -> None:
        if self.sessions.is_built and self.sessions.page.isVisible():
            self.sessions.page.refresh()

    def _is_rehearsing(self) -> bool:
        runner = self.rehearse.runner
        return runner is not None and not runner.state.is_over

    def _is_in_front(self, session_id: int) -> bool:
        runner = self.rehearse.runner
        return runner is not None and runner.state.session.id == session_id

    def _continue(self, session_id: int) -> None:
        def begin(session: Session) -> None:
            self.window.show_page("rehearse")
            self.rehearse.begin(session)

        if self._refuses_another(self.tr("End the session in front first; then go on.")):
            return
        self._application.jobs.submit(
            Lane.STORAGE, lambda _job: self._maker.load(session_id), begin, self._show_error
        )

    def _rehearse(
        self, guide: Guide, sections: tuple[str, ...], questions: tuple[str, ...]
    ) -> None:
        if self._refuses_another(self.tr("End the session in front first; then rehearse this.")):
            return
        from interview_app.app.guides import direct_plan

        plan = direct_plan(self.rehearse.setup.plan(), sections, questions)
        self.window.show_page("rehearse")
        try:
            self.rehearse.begin(self._maker.plan(guide, plan))
        except InterviewAppError as error:
            self.window.show_error(error)

    def _refuses_another(self, why: str) -> bool:
        if self._is_rehearsing():
            self.window.show_page("rehearse")
            self._tell(why)
        return self._is_rehearsing()

    def _change(self, settings: Settings) -> None:
        if settings.model != self._model:
            self._model = settings.model
            self._application.recognition.recognizer.warm_up(settings.model)

    def _show_keys(self) -> None:
        from interview_app.gui.window.key_list import KeyListDialog, groups_of

        groups = groups_of(self.window, self.tr("Everywhere"))
        self._open(KeyListDialog(self.theme, groups))

    def _open(self, dialog: QDialog) -> None:
        dialog.setParent(self.window, dialog.windowFlags())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.window.quits_from(dialog)
        dialog.open()

    def _show_error(self, error: Exception) -> None:
        if not isinstance(error, InterviewAppError):
            raise error
        self.window.show_error(error)

    def _leave(self) -> None:
        """Close what is open, wait until it is stored, then go."""
        self.rehearse.leave()
        waited = QTimer(self)
        waited.setInterval(_LOOK_MS)
        left = [_SETTLE_LIMIT_MS // _LOOK_MS]

        def look() -> None:
            left[0] -= 1
            if self.rehearse.is_settled or left[0] <= 0:
                waited.stop()
                self._qt.quit()

        waited.timeout.connect(look)
        waited.start()
