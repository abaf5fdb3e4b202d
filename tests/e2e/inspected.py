"""The program with a peephole: answers on standard output what a person would see in its window.

Started as a process of its own, it is the tree's program; a built one has :func:`open_peephole` put
into it (``spy.c``). Each line of standard input is a JSON question; keys do not come this way but
from the X server, as a person's do.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

Q = TypeVar("Q", bound=QWidget)


class Peephole(QObject):
    """Reads questions on a thread and answers them on the GUI thread."""

    asked = Signal(dict)

    def __init__(self, desktop: QApplication, output: int) -> None:
        super().__init__(desktop)
        self._output = os.fdopen(output, "w", encoding="utf-8")
        self._stalls = Stalls(self)
        self.asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.asked.emit(json.loads(line))

    def _answer(self, question: dict[str, Any]) -> None:
        ask = question["ask"]
        answer = getattr(self, f"_ask_{ask}")(**question.get("with", {}))
        self._output.write(json.dumps(answer) + "\n")
        self._output.flush()

    @property
    def _window(self) -> Any:  # noqa: ANN401 - the main window
        from interview_app.gui.window.main_window import MainWindow

        return the(MainWindow)

    def _ask_texts(self) -> list[str]:
        return list(visible_texts())

    def _ask_in_front(self) -> int:
        """The window that gets the keyboard; 0: not on the screen yet, -1: a menu has it."""
        if QApplication.activePopupWidget():
            return -1
        modal, active = QApplication.activeModalWidget(), QApplication.activeWindow()
        top = modal or (active if active and active.isVisible() else self._window)
        handle = top.windowHandle()
        return int(top.winId()) if handle and handle.isExposed() else 0

    def _ask_size(self, width: int, height: int) -> None:
        self._window.resize(width, height)

    def _ask_picture(self, path: str) -> bool:
        from interview_app.gui.window.crash_dialog import CrashDialog

        top = QApplication.activeModalWidget() or the(CrashDialog) or self._window
        is_saved: bool = top.grab().save(path)
        return is_saved

    def _ask_page(self, name: str) -> None:
        self._window.show_page(name)

    def _ask_click(self, name: str) -> bool:
        """Press the button in sight that a screen reader calls so."""
        for button in self._window.findChildren(QAbstractButton):
            if button.isVisible() and button.accessibleName() == name:
                button.setFocus()
                button.click()
                return True
        return False

    def _ask_show(self, name: str) -> bool:
        """Scroll what a screen reader calls so to the top of its page."""
        for area in self._window.findChildren(QScrollArea):
            page = area.widget() or area
            for widget in page.findChildren(QWidget):
                if widget.isVisible() and widget.accessibleName() == name:
                    top = widget.mapTo(page, widget.rect().topLeft()).y()
                    area.verticalScrollBar().setValue(top - 16)
                    return True
        return False

    def _ask_minimize(self) -> None:
        self._window.showMinimized()

    def _ask_file_opened(self, path: str) -> None:
        event = QFileOpenEvent(path)
        desktop = QApplication.instance()
        assert desktop is not None
        QApplication.sendEvent(desktop, event)

    def _ask_break(self, where: str, said: str) -> None:
        def fail(*_: object) -> None:
            raise ValueError(said)

        if where == "event":
            QTimer.singleShot(0, self, fail)
        elif where == "thread":
            threading.Thread(target=fail).start()
        else:
            from interview_app.app.container import Application
            from interview_app.services.jobs import Lane

            gc.unfreeze()  # what was there at the start is not listed otherwise
            (application,) = (each for each in gc.get_objects() if type(each) is Application)
            application.jobs.submit(Lane.FILES, fail)

    def _ask_clipboard(self) -> str:
        return QApplication.clipboard().text()

    def _ask_is_minimized(self) -> bool:
        is_minimized: bool = self._window.isMinimized()
        return is_minimized

    def _ask_stall(self) -> dict[str, object]:
        return self._stalls.worst()


class Stalls(QObject):
    """The longest time the event loop did not come round, and what it was doing meanwhile."""

    _EVERY_MS = 5
    _LONG_S = 0.05

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worst = 0.0
        self._where = ""
        self._last = time.monotonic()
        self._seen = ""
        self._owner = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(self._EVERY_MS)
        threading.Thread(target=self._watch, daemon=True).start()

    def _beat(self) -> None:
        now = time.monotonic()
        stalled = now - self._last - self._EVERY_MS / 1000
        if stalled > self._worst:
            self._worst, self._where = stalled, self._seen
        self._last, self._seen = now, ""

    def _watch(self) -> None:
        while True:
            time.sleep(0.01)
            if time.monotonic() - self._last > self._LONG_S and not self._seen:
                self._seen = " > ".join(
                    f"{Path(file).name}:{line} {name}" for file, line, name in self._calls()
                )

    def _calls(self) -> list[tuple[str, int, str]]:
        """Where the owner is, innermost last.

        No file is read meanwhile, as ``traceback`` would: a frame that is left while it is held
        here has its painters and pictures destroyed by this thread, and Qt dies of that.
        """
        calls: list[tuple[str, int, str]] = []
        frame = sys._current_frames().get(self._owner)
        while frame is not None and len(calls) < 8:
            calls.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
            frame = frame.f_back
        return calls[::-1]

    def worst(self) -> dict[str, object]:
        """Seconds since it was last asked, and where; starts again."""
        answer = {"seconds": self._worst, "where": self._where}
        self._worst, self._where = 0.0, ""
        self._last = time.monotonic()
        return answer


def visible_texts() -> Iterator[str]:
    """What stands on the screen, window by window, in no particular order."""
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            for widget in (top, *top.findChildren(QWidget)):
                if widget.isVisible():
                    yield from filter(None, texts_of(widget))


def texts_of(widget: QWidget) -> Iterator[str]:
    """The texts a widget shows."""
    match widget:
        case QLabel() | QAbstractButton() | QLineEdit():
            yield widget.text()
        case QTextEdit() | QPlainTextEdit():
            yield widget.toPlainText()
        case QComboBox():
            yield widget.currentText()
        case QAbstractItemView():
            yield from texts_in(widget.model())
        case _:
            text = getattr(widget, "text", None)
            if callable(text):
                yield str(text())
            yield widget.accessibleName()


def texts_in(model: QAbstractItemModel | None) -> Iterator[str]:
    """The texts of the first rows of a list or a table."""
    if model is not None:
        columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
        for row in range(min(model.rowCount(), 50)):
            for column in range(columns):
                yield str(model.index(row, column).data() or "")


def the(kind: type[Q]) -> Q | None:
    """The window of that kind, one that is on the screen before others."""
    found = [top for top in QApplication.topLevelWidgets() if isinstance(top, kind)]
    return max(found, key=lambda top: top.isVisible(), default=None)


def open_peephole(desktop: QApplication) -> None:
    """Look into a program that has just got its desktop; on the GUI thread."""
    faulthandler.register(signal.SIGUSR1, all_threads=True)
    output = os.dup(1)
    os.dup2(2, 1)
    Peephole(desktop, output)


def main() -> None:
    """Run the program with its peephole until its window is closed."""
    from interview_app.__main__ import main as run
    from interview_app.app import launch as window
    from interview_app.gui.application import DesktopApplication, make_application

    def make_inspected(arguments: Sequence[str]) -> DesktopApplication:
        desktop = make_application(arguments)
        open_peephole(desktop)
        return desktop

    window.make_application = make_inspected  # type: ignore[attr-defined]
    run()


if __name__ == "__main__":
    main()
