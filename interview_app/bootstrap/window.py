"""Builds the window and runs it to its end."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from interview_app.bootstrap import Application, open_application
from interview_app.domain.errors import InterviewAppError
from interview_app.domain.guide import Guide
from interview_app.domain.session import Session
from interview_app.gui.application import make_application
from interview_app.gui.device_list import DeviceList
from interview_app.gui.dispatcher import Dispatcher
from interview_app.gui.late_page import LatePage
from interview_app.gui.main_window import MainWindow, Page
from interview_app.gui.pages.rehearse import RehearsePage
from interview_app.gui.pages.rehearse_desk import RehearseDesk
from interview_app.gui.preferences import Preferences
from interview_app.gui.theme import Scheme, Theme
from interview_app.services.jobs import JobContext, Lane
from interview_app.services.planning import Plan, plan_session
from interview_app.services.ports import ModelInfo, SessionSummary, VoiceInfo
from interview_app.support.instance_lock import InstanceLock
from interview_app.support.paths import bundled
from interview_app.support.settings import Settings

if TYPE_CHECKING:
    from interview_app.bootstrap.guides_desk import GuideServices
    from interview_app.gui.pages.guides import GuidesPage
    from interview_app.gui.pages.sessions import SessionsPage
    from interview_app.gui.pages.settings import SettingsPage
    from interview_app.services.conducting import Choices
    from interview_app.services.personal_notes import PersonalNote
    from interview_app.services.recovery import RecoveredTake
    from interview_app.services.rehearsing import Rehearsing

T = TypeVar("T")

_SETTLE_LIMIT_MS = 8_000
_LOOK_MS = 50
_WARM_UP_MS = 400
"""The recognizer's model loads after the window has been drawn and answers."""


def run_window(data_dir: Path | None) -> int:
    """Open the window and stay until it is closed; the exit status.

    Raises:
        DataFolderUnusable: the data folder cannot be used.
    """
    qt = make_application(sys.argv[:1])
    dispatcher = Dispatcher()
    application = open_application(data_dir, dispatcher.post)
    shell = WindowShell(qt, application)
    shell.open()
    status = qt.exec()
    shell.close()
    dispatcher.close()
    return status


class WindowShell(QObject):
    """The window, its pages and what they are given."""

    def __init__(self, qt: QApplication, application: Application) -> None:
        super().__init__()
        self._qt = qt
        self._application = application
        self._settings = application.settings_file.load()
        self.theme = Theme(qt, Scheme(self._settings.theme))
        self._preferences = Preferences(
            self._settings, application.settings_file.save, application.jobs
        )
        self._devices = DeviceList(application.recorder)
        self.rehearse = RehearsePage(self.theme, self._rehearse_desk())
        self.sessions = LatePage(self._build_sessions)
        self.guides = LatePage(self._build_guides)
        self.settings = LatePage(self._build_settings)
        self.window = MainWindow(self.theme, self._pages(), self._preferences)
        self._model = self._settings.model
        self._lock: InstanceLock | None = None
        self._connect()

    def open(self) -> None:
        """Show the window; everything that takes time follows once it is there."""
        self._qt.setQuitOnLastWindowClosed(False)
        self.window.show()
        QTimer.singleShot(0, self, self._after_showing)

    def close(self) -> None:
        """End what was built."""
        self.rehearse.close_sessions()
        self.sessions.close_page()
        self.guides.close_page()
        self.settings.close_page()
        self._devices.close()
        self._application.close()
        if "_guide_services" in self.__dict__:
            self._guide_services.close()
        self.theme.close()
        if self._lock is not None:
            self._lock.close()

    # --- building -----------------------------------------------------------------------------

    def _pages(self) -> list[Page]:
        tr, rehearse = self.tr, self.rehearse
        return [
            Page(
                "rehearse",
                tr("Rehearse"),
                "microphone",
                rehearse,
                rehearse.keys,
                rehearse.before_closing,
            ),
            Page(
                "sessions",
                tr("Sessions"),
                "clock-counter-clockwise",
                self.sessions,
                self.sessions.keys,
            ),
            Page(
                "guides",
                tr("Guides"),
                "book-open",
                self.guides,
                self.guides.keys,
                self._before_closing_guides,
            ),
            Page("settings", tr("Settings"), "gear", self.settings, self.settings.keys),
        ]

    def _rehearse_desk(self) -> RehearseDesk:
        application = self._application
        return RehearseDesk(
            jobs=application.jobs,
            preferences=self._preferences,
            devices=self._devices,
            guides=self._guides,
            voices=self._voices,
            unfinished=self._unfinished,
            load=self._load,
            plan=self._plan,
            conduct=self._conduct,
            note=self._note,
        )

    # A page's modules are imported with it: the window does not wait for pages nobody sees yet.

    def _build_sessions(self) -> SessionsPage:
        from interview_app.gui.pages.sessions import SessionsPage
        from interview_app.gui.pages.sessions_desk import SessionsDesk

        application = self._application
        desk = SessionsDesk(
            jobs=application.jobs,
            history=application.history,
            again=application.transcribing_again,
            player=application.player,
            preferences=self._preferences,
            clock=application.clock,
            is_open=self._is_in_front,
        )
        page = SessionsPage(self.theme, desk)
        page.rehearse_asked.connect(lambda: self.window.show_page("rehearse"))
        page.continue_asked.connect(self._continue)
        return page

    @cached_property
    def _guide_services(self) -> GuideServices:
        from interview_app.bootstrap.guides_desk import GuideServices

        return GuideServices(self._application)

    def _note(self, guide_id: str, question_id: str) -> PersonalNote:
        return self._guide_services.note(guide_id, question_id)

    def _build_guides(self) -> GuidesPage:
        from interview_app.gui.pages.guides import GuidesPage

        page = GuidesPage(self.theme, self._guide_services.desk(self._preferences))
        page.rehearse_asked.connect(self._rehearse)
        return page

    def _before_closing_guides(self) -> str:
        return self.guides.page.before_closing() if self.guides.is_built else ""

    def _build_settings(self) -> SettingsPage:
        from interview_app.gui.pages.settings import SettingsPage
        from interview_app.gui.pages.settings_desk import SettingsDesk

        application = self._application
        desk = SettingsDesk(
            jobs=application.jobs,
            preferences=self._preferences,
            devices=self._devices,
            recorder=application.recorder,
            player=application.player,
            voice=application.voice,
            models=self._models,
            tone=bundled("resources", "tones", "sound-check.wav"),
            data_folder=application.paths.root,
            models_folder=application.paths.models,
            open_folder=_open_folder,
            is_microphone_taken=self._is_rehearsing,
        )
        page = SettingsPage(self.theme, desk)
        page.sound_check_asked.connect(self._check_sound)
        return page

    def _is_rehearsing(self) -> bool:
        rehearsing = self.rehearse.rehearsing
        return rehearsing is not None and not rehearsing.state.is_over

    def _is_in_front(self, session_id: int) -> bool:
        rehearsing = self.rehearse.rehearsing
        return rehearsing is not None and rehearsing.state.session.id == session_id

    def _models(self) -> Sequence[ModelInfo]:
        return self._application.models.list()

    # Each part is built at its first use, inside the job that asks for it.

    def _guides(self) -> tuple[Guide, ...]:
        return self._application.library.all()

    def _voices(self) -> Sequence[VoiceInfo]:
        return self._application.voice.voices()

    def _unfinished(self) -> Sequence[SessionSummary]:
        return self._application.history.unfinished()

    def _load(self, session_id: int) -> Session:
        return self._application.history.session(session_id)

    def _find_takes(self) -> tuple[RecoveredTake, ...]:
        return self._application.recovery.find()

    def _tell(self, text: str) -> None:
        self.window.notice.tell(text)

    def _plan(self, guide: Guide, plan: Plan) -> Session:
        return plan_session(guide, plan, self._application.clock.now(), random.SystemRandom())

    def _conduct(self, session: Session, choices: Choices) -> Rehearsing:
        from interview_app.services.rehearsing import Rehearsing

        return Rehearsing(self._application.parts(), session, choices)

    def _connect(self) -> None:
        window = self.window
        self.rehearse.told.connect(self._tell)
        self.rehearse.sound_check_asked.connect(self._check_sound)
        self._preferences.failed.connect(window.show_error)
        self._preferences.changed.connect(self._change)
        window.keys_asked.connect(self._show_keys)
        window.page_shown.connect(self._show_page)
        window.closing.connect(self._leave)

    # --- beginning ----------------------------------------------------------------------------

    def _after_showing(self) -> None:
        self.rehearse.refresh()
        QTimer.singleShot(_WARM_UP_MS, self, self._warm_up)

    # --- what pages ask for -------------------------------------------------------------------

    def _show_page(self, name: str) -> None:
        if name == "rehearse" and self.rehearse.rehearsing is None:
            self.rehearse.refresh()

    def _continue(self, session_id: int) -> None:
        if self._is_rehearsing():
            self.window.show_page("rehearse")
            self._tell(self.tr("End the session in front first; then go on with the other."))
            return

        def begin(session: Session) -> None:
            self.window.show_page("rehearse")
            self.rehearse.begin(session)

        self._submit(lambda: self._load(session_id), begin)

    def _rehearse(
        self, guide: Guide, sections: tuple[str, ...], questions: tuple[str, ...]
    ) -> None:
        self.window.show_page("rehearse")
        if self._is_rehearsing():
            self._tell(self.tr("End the session in front first; then rehearse this."))
            return
        from interview_app.bootstrap.guides_desk import direct_plan

        plan = direct_plan(self.rehearse.setup.plan(), sections, questions)
        try:
            self.rehearse.begin(self._plan(guide, plan))
        except InterviewAppError as error:
            self.window.show_error(error)

    def _change(self, settings: Settings) -> None:
        if settings.model != self._model:
            self._model = settings.model
            self._application.recognizer.warm_up(settings.model)

    def _show_keys(self) -> None:
        from interview_app.gui.key_list import KeyListDialog, groups_of

        groups = groups_of(self.window, self.tr("Everywhere"))
        KeyListDialog(self.theme, groups, self.window).open()

    def _check_sound(self) -> None:
        if self._is_rehearsing():
            self._tell(self.tr("The microphone is in use: end the session first."))
            return
        from interview_app.gui.pages.sound_check import SoundCheckDialog
        from interview_app.services.sound_checking import CheckParts, SoundChecking

        application = self._application
        parts = CheckParts(
            recorder=application.recorder,
            player=application.player,
            recognizer=application.recognizer,
            jobs=application.jobs,
            takes=application.paths.takes,
            tone=bundled("resources", "tones", "sound-check.wav"),
        )
        checking = SoundChecking(parts, self._preferences.settings.model)
        SoundCheckDialog(self.theme, checking, self._devices, self._preferences, self.window).open()

    # --- once the window is there -------------------------------------------------------------

    def _warm_up(self) -> None:
        application = self._application
        application.recorder.warm_up()
        application.player.warm_up()
        application.recognizer.warm_up(self._preferences.settings.model)
        self._lock = InstanceLock(application.paths)
        if self._lock.is_ours:
            self._submit(self._find_takes, self._offer)

    def _offer(self, found: tuple[RecoveredTake, ...]) -> None:
        known = tuple(take for take in found if take.session_id is not None)
        if not known:
            if not self._preferences.settings.is_sound_checked:
                self._check_sound()
            return
        from interview_app.gui.recovered_takes import RecoveredTakesDialog

        dialog = RecoveredTakesDialog(self.theme, known, self.window)
        dialog.keep_asked.connect(self._keep)
        dialog.discard_asked.connect(self._discard)
        dialog.open()

    def _keep(self, take: RecoveredTake) -> None:
        def kept(_path: object) -> None:
            self.window.notice.tell(self.tr("The answer is in its session again."))
            self._transcribe(take)
            self.rehearse.refresh()

        self._submit(lambda: self._application.recovery.keep(take), kept)

    def _discard(self, take: RecoveredTake) -> None:
        self._submit(lambda: self._application.recovery.discard(take), lambda _left: None)

    def _transcribe(self, found: RecoveredTake) -> None:
        session_id, model = found.session_id, self._preferences.settings.model

        def work(job: JobContext) -> None:
            if session_id is None:
                return
            session = self._application.history.session(session_id)
            take = session.take(found.uid)
            if take is not None:
                self._application.transcribing_again.transcribe(session, take, model, job)

        self._application.jobs.submit(Lane.RECOGNITION, work, on_error=self._show_error)

    def _submit(self, work: Callable[[], T], on_done: Callable[[T], None]) -> None:
        self._application.jobs.submit(Lane.STORAGE, lambda _job: work(), on_done, self._show_error)

    def _show_error(self, error: Exception) -> None:
        if not isinstance(error, InterviewAppError):
            raise error
        self.window.show_error(error)

    # --- ending -------------------------------------------------------------------------------

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


def _open_folder(folder: Path) -> bool:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
