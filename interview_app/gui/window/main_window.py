"""The frame round the pages: side bar, messages, keys, and care on closing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QDialog,
    QFrame,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from interview_app.gui.icons import icon, icon_size
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, make_panel, row
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.support.paths import bundled

MINIMUM = QSize(1024, 640)
_SIDE_WIDTH = 184
_LEAST_CONTENT = 640
"""Room a page needs beside a full side bar, before the text is scaled."""
_ICON_BUTTON_EDGE = 2 * (Space.S + Space.S + 2)
_QUIT = "Ctrl+Q"
_RECORDING_PAGE = "rehearse"
"""The page whose button carries the sign that something is recorded."""
_LAST_PAGES = {"settings"}
"""Pages whose buttons stand at the foot of the side bar."""


@dataclass(frozen=True, slots=True)
class WindowPage:
    """A page as the window knows it.

    ``before_closing`` answers what would be interrupted if the window closed now, as a sentence,
    or an empty text. ``keys`` are the page's own, for the list that F1 shows.
    """

    name: str
    title: str
    icon_name: str
    widget: QWidget
    keys: Callable[[], Sequence[KeyHelp]] = field(default=lambda: ())
    before_closing: Callable[[], str] = field(default=lambda: "")


class WindowMemory(Protocol):
    """Where the window's place and size are kept from one start to the next."""

    def window_geometry(self) -> str:
        """What was kept last, as base64 text; empty at first start."""
        ...

    def keep_window_geometry(self, geometry: str) -> None:
        """Keep it."""
        ...


class MainWindow(QMainWindow):
    """Side bar and pages.

    Signals:
        page_shown(str): the page of that name is in front now.
        closing: the window is about to go; what runs is kept and ended by whoever owns it.
        keys_asked: F1 was pressed; the list of keys is wanted.
    """

    page_shown = Signal(str)
    closing = Signal()
    keys_asked = Signal()

    def __init__(
        self, theme: Theme, pages: Sequence[WindowPage], memory: WindowMemory | None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._pages = tuple(pages)
        self._memory = memory
        self._keep_and_close: QAbstractButton | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._recorded = ""
        """How long a recording is by now, in words; empty while there is none."""
        self.setMinimumSize(MINIMUM)
        self._stack = QStackedWidget()
        self._notice = Notice(theme)
        self._name = make_label(self.tr("Mock Interview"), Role.HEADING)
        self._side = self._make_side()
        self._build()
        self._bind_keys()
        self._place()
        theme.changed.connect(self._resize_side)

    @property
    def pages(self) -> tuple[WindowPage, ...]:
        """The pages, in the order of the side bar."""
        return self._pages

    @property
    def page(self) -> WindowPage:
        """The page in front."""
        return self._pages[self._stack.currentIndex()]

    @property
    def side_width(self) -> int:
        """How wide the side bar is, in logical pixels."""
        return self._side.width()

    @property
    def notice(self) -> Notice:
        """The message line at the foot of every page."""
        return self._notice

    def show_page(self, name: str) -> None:
        """Bring the page of that name to the front and put the focus on it."""
        number = next(n for n, page in enumerate(self._pages) if page.name == name)
        self._buttons[name].setChecked(True)
        if number == self._stack.currentIndex() and self.isVisible():
            return
        self._stack.setCurrentIndex(number)
        self._pages[number].widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_shown.emit(name)

    def show_recording(self, recorded_s: float | None) -> None:
        """Show on every page and in the title that so much is recorded; ``None``: nothing is."""
        recorded = "" if recorded_s is None else as_clock(recorded_s)
        if recorded != self._recorded:
            has_turned = bool(recorded) is not bool(self._recorded)
            self._recorded = recorded
            self._show_recorded(has_turned=has_turned)

    def show_error(self, error: Exception) -> None:
        """Tell what happened and what to do next."""
        self._notice.show_message(sentence_of(error), icon_name="warning-circle")

    def quits_from(self, dialog: QDialog) -> None:
        """Have the key that quits mean the same in a dialog: it is left, then the window closes."""

        def leave() -> None:
            dialog.reject()
            self.close()

        bind_key(dialog, _QUIT, leave, Qt.ShortcutContext.WindowShortcut)

    def keys(self) -> tuple[KeyHelp, ...]:
        """The keys that work on every page."""
        own = [
            KeyHelp(f"Ctrl+{number}", self.tr("Show {0}").format(page.title))
            for number, page in enumerate(self._pages, start=1)
        ]
        return (*own, KeyHelp("F1", self.tr("List the keys")), KeyHelp(_QUIT, self.tr("Quit")))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next control in sight, and round; Qt's own way stops at focus proxies."""
        start = QApplication.focusWidget() or self
        widget: QWidget | None = start
        while widget is not None:
            widget = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
            if widget is None or widget is start:
                break
            if self.isAncestorOf(widget) and _takes_tab(widget):
                reason = Qt.FocusReason.TabFocusReason
                widget.setFocus(reason if forward else Qt.FocusReason.BacktabFocusReason)
                return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self._pages:
            self.page.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        warnings = [page.before_closing() for page in self._pages]
        warning = next((text for text in warnings if text), "")
        if warning and not self._confirms_closing(warning):
            event.ignore()
            return
        if self._memory is not None:
            geometry = self.saveGeometry().toBase64()
            self._memory.keep_window_geometry(bytes(geometry.data()).decode("ascii"))
        self.closing.emit()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resize_side()

    def _confirms_closing(self, warning: str) -> bool:
        # Not before it is asked: the window opens sooner.
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(self.tr("Mock Interview"))
        box.setText(warning)
        close = box.addButton(self.tr("Keep it and close"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        self._keep_and_close = close
        try:
            box.exec()
        finally:
            self._keep_and_close = None
        return box.clickedButton() is close

    def _make_side(self) -> QFrame:
        side = make_panel("side")
        layout = column(side, margin=Space.S, spacing=Space.XXS)
        self._name.setContentsMargins(Space.S, Space.XS, 0, Space.M)
        layout.addWidget(self._name)
        group = QButtonGroup(self)
        first = [page for page in self._pages if page.name not in _LAST_PAGES]
        last = [page for page in self._pages if page.name in _LAST_PAGES]
        for page in first:
            layout.addWidget(self._make_button(page, group))
        layout.addStretch(1)
        for page in last:
            layout.addWidget(self._make_button(page, group))
        return side

    def _make_button(self, page: WindowPage, group: QButtonGroup) -> QPushButton:
        number = self._pages.index(page) + 1
        button = QPushButton(page.title)
        button.setProperty("kind", "page")
        button.setCheckable(True)
        button.setIcon(icon(self._theme, page.icon_name))
        button.setIconSize(icon_size(self._theme))
        button.setAccessibleName(page.title)
        set_tool_tip(button, self.tr("{0} (Ctrl+{1})").format(page.title, number))
        button.clicked.connect(lambda: self.show_page(page.name))
        group.addButton(button)
        self._buttons[page.name] = button
        return button

    def _build(self) -> None:
        for page in self._pages:
            self._stack.addWidget(page.widget)
        content = QWidget()
        inner = column(content, spacing=0)
        inner.addWidget(self._stack, 1)
        foot = column(margin=0)
        foot.setContentsMargins(Space.M, 0, Space.M, Space.S)
        foot.addWidget(self._notice)
        inner.addLayout(foot)
        whole = QWidget()
        outer = row(whole, spacing=0)
        outer.addWidget(self._side)
        outer.addWidget(content, 1)
        self.setCentralWidget(whole)
        self._resize_side()
        self._show_recorded()
        if self._pages:
            self._buttons[self._pages[0].name].setChecked(True)

    def _bind_keys(self) -> None:
        context = Qt.ShortcutContext.WindowShortcut
        for number, page in enumerate(self._pages, start=1):
            bind_key(self, f"Ctrl+{number}", partial(self.show_page, page.name), context)
        bind_key(self, "F1", self.keys_asked.emit, context)
        bind_key(self, _QUIT, self.quit, context)

    def quit(self) -> None:
        """Close as the key that quits does, from whatever stands in front.

        Asked again while the question about an open answer stands, that is the answer to it.
        """
        if self._keep_and_close is not None:
            self._keep_and_close.click()
            return
        front = QApplication.activeModalWidget()
        if isinstance(front, QDialog):
            front.reject()
            # The dialog's own loop ends first.
            QTimer.singleShot(0, self, self.quit)
            return
        self.close()

    def _place(self) -> None:
        kept = self._memory.window_geometry() if self._memory is not None else ""
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii"))):
            self.resize(1200, 760)

    def _resize_side(self) -> None:
        """Where the text is large for the window, the side bar keeps its icons alone."""
        wide = self._theme.px(_SIDE_WIDTH)
        is_narrow = self.width() - wide < self._theme.px(_LEAST_CONTENT)
        size = icon_size(self._theme)
        self._side.setFixedWidth(size.width() + _ICON_BUTTON_EDGE if is_narrow else wide)
        self._name.setVisible(not is_narrow)
        for page in self._pages:
            self._buttons[page.name].setIconSize(size)
            self._show_title(page)

    def _show_title(self, page: WindowPage) -> None:
        is_recorded = bool(self._recorded) and page.name == _RECORDING_PAGE
        title = f"{page.title} {self._recorded}" if is_recorded else page.title
        self._buttons[page.name].setText("" if self._name.isHidden() else title)

    def _show_recorded(self, *, has_turned: bool = True) -> None:
        own = self.tr("Mock Interview")
        recording = self.tr("Recording {0}").format(self._recorded)
        self.setWindowTitle(f"● {recording} · {own}" if self._recorded else own)
        page = next((page for page in self._pages if page.name == _RECORDING_PAGE), None)
        if page is None:
            return
        button = self._buttons[page.name]
        self._show_title(page)
        button.setAccessibleName(f"{page.title}. {recording}" if self._recorded else page.title)
        if has_turned:
            dot = icon(self._theme, "circle-fill", "recording")
            button.setIcon(dot if self._recorded else icon(self._theme, page.icon_name))


def _takes_tab(widget: QWidget) -> bool:
    """Whether Tab stops here; Qt has it stop at one entry of the side bar alone."""
    is_wanted = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    is_entry = widget.property("kind") == "page"
    is_there = widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
    return is_there and (is_wanted or is_entry)


def application_icon() -> QIcon:
    """The application's own icon."""
    return QIcon(str(bundled("resources", "icons", "mock-interview.svg")))
