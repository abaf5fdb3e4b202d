"""What arrives from outside while the window is open: the program started again, files to open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from interview_app.support.instance_lock import InstanceLock
from interview_app.support.paths import AppPaths

if TYPE_CHECKING:
    from interview_app.gui.guides.controller import GuidesController
    from interview_app.gui.guides.page import GuidesPage
    from interview_app.gui.window.instance_server import InstanceServer
    from interview_app.gui.window.lazy_page import LazyPage
    from interview_app.gui.window.main_window import MainWindow


def is_taken_by_another(lock: InstanceLock, paths: AppPaths, files: Sequence[Path]) -> bool:
    """Whether a window is open on that data folder; it has come to the front with the files.

    The folder may also be held by a command: then nobody answers, and the window opens all the
    same, leaving alone what only the holder may touch.
    """
    if not lock.is_held_elsewhere:
        return False
    from interview_app.gui.window.instance_server import send_to_running_instance

    return send_to_running_instance(paths.root, files)


class FileOpenHandler(QObject):
    """Opens the door for later starts, and shows the files they bring on the Guides page."""

    def __init__(
        self,
        paths: AppPaths,
        lock: InstanceLock,
        window: MainWindow,
        guides: LazyPage[GuidesPage],
    ) -> None:
        super().__init__()
        self._paths = paths
        self._lock = lock
        self._window = window
        self._guides = guides
        self._is_busy: Callable[[], bool] | None = None
        self._expected: list[Path] = []
        self._instance_server: InstanceServer | None = None
        self._asked_to_keep = ""
        """What was said of something written that a file has to wait for."""
        self.has_come = False

    def expect(self, files: Sequence[Path]) -> None:
        """Have these files shown as soon as the window is there."""
        self._expected.extend(files)
        self.has_come = self.has_come or bool(files)

    def begin(self, is_busy: Callable[[], bool]) -> None:
        """The window is there; ``is_busy``: whether a session is in front."""
        self._is_busy = is_busy
        expected, self._expected = self._expected, []
        for file in expected:
            self.open_file(file)

    def open_door(self) -> None:
        """Hear of later starts, where this window holds the data folder."""
        if not self._lock.is_ours:
            return
        from interview_app.gui.window.instance_server import InstanceServer

        self._instance_server = InstanceServer(self._paths.root)
        self._instance_server.knocked.connect(self._let_in)

    def close(self) -> None:
        """Let nobody in any more."""
        if self._instance_server is not None:
            self._instance_server.close()

    def open_file(self, file: Path) -> None:
        """Show what is understood of a guide file; nothing is kept before the person says so."""
        if self._is_busy is None:
            self.expect((file,))
            return
        views = self._guides.page.views
        if views.unsaved:
            self._window.show_page("guides")
            self._show_message(
                self.tr("Keep what you are writing first; then open “{0}” again."), file
            )
            self._follow(views)
        elif self._is_busy():
            views.refresh()
            views.bring_in(file)
            self._show_message(
                self.tr("“{0}” waits on the Guides page until you are through."), file
            )
        else:
            self._window.show_page("guides")
            views.bring_in(file)

    def _follow(self, views: GuidesController) -> None:
        """Ask no more to keep what is written once it is kept or given up."""
        if not self._asked_to_keep:
            views.front.connect(lambda _view: self._look(views))
        self._asked_to_keep = self._window.notice.text()

    def _look(self, views: GuidesController) -> None:
        notice = self._window.notice
        if not views.unsaved and notice.text() == self._asked_to_keep:
            notice.hide()

    def _show_message(self, text: str, file: Path) -> None:
        self._window.notice.show_message(text.format(file.name))

    def _let_in(self, files: Sequence[Path]) -> None:
        self._come_forward()
        for file in files:
            self.open_file(file)

    def _come_forward(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        top = QApplication.activeModalWidget() or window
        top.raise_()
        top.activateWindow()
