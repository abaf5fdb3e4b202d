"""Something that can be fetched, checked and removed: what it is, and how far a fetch has come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QProgressBar, QWidget

from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.ask_panel import AskPanel
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.folding_row import FoldingRow
from interview_app.gui.widgets.notice import Notice

_STEPS = 1000
_INDICATOR = 16
"""A radio button's circle, which grows with the text; what is said of it stands under its words."""


class DownloadRow(QWidget):
    """A name, facts, and the buttons that fit its state; asks and tells in its own place.

    It does nothing itself: whoever owns it answers its signals by ``ask``, ``show_working``,
    ``show_here``, ``show_absent`` and ``tell``.

    Signals:
        begin_asked: it is to be fetched; answer with :meth:`ask`, saying what will be sent.
        download_asked(str): fetch it, from that address; empty for the usual place.
        folder_given(str): take it from that folder instead.
        cancel_asked: stop; what arrived is kept.
        check_asked: compare what is here with what was published.
        remove_asked: take it away; the person has confirmed it.
    """

    begin_asked = Signal()
    download_asked = Signal(str)
    folder_given = Signal(str)
    cancel_asked = Signal()
    check_asked = Signal()
    remove_asked = Signal()

    def __init__(self, theme: Theme, name: str, lead: QWidget | None = None) -> None:
        """``lead`` stands for the name where something else does, such as a radio button."""
        super().__init__()
        self._theme = theme
        self._name = name
        self._removal = ""
        self._had_focus = False
        """Whether what was under way had the focus; it goes to what stands there then."""
        self.setAccessibleName(name)
        self.lead = lead or make_label(name, Role.BODY)
        self.facts = make_label(role=Role.MUTED, wraps=True)
        self.attention = make_label(role=Role.ATTENTION, wraps=True)
        self.download = Button(theme, self.tr("Download…"), "download-simple")
        self.check = Button(theme, self.tr("Check files"), "shield-check", Kind.QUIET)
        self.remove = Button(theme, self.tr("Remove…"), "trash", Kind.QUIET)
        self.line = make_label(role=Role.MUTED, wraps=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = Button(theme, self.tr("Cancel"), kind=Kind.QUIET)
        self.panel = AskPanel(theme)
        self.address = QLineEdit()
        self.notice = Notice(theme)
        self._working = QWidget()
        self._name_buttons()
        self._build()
        self._connect()
        self._show_buttons()

    def set_facts(self, text: str, attention: str = "") -> None:
        """What is known about it, and what speaks against using it here."""
        for label, words in ((self.facts, text), (self.attention, attention)):
            label.setText(words)
            label.setVisible(bool(words))

    def show_absent(self, kept: str = "") -> None:
        """It is not here; ``kept`` says what an earlier fetch left."""
        self.download.set_text(self.tr("Go on…") if kept else self.tr("Download…"))
        self._name_buttons()
        self._show_buttons(self.download)
        if kept:
            self.set_facts(f"{self.facts.text()}\n{kept}".strip(), self.attention.text())

    def show_here(self, removal: str = "") -> None:
        """It is here; ``removal`` is what to ask before it is removed, empty if it cannot be."""
        self._removal = removal
        self._show_buttons(self.check, *([self.remove] if removal else []))

    def ask(self, text: str, address: str | None = None) -> None:
        """Say what a fetch will do and send; ``address`` can be changed, if there is one."""
        self.notice.hide()
        has_address = address is not None
        self.address.setText(address or "")
        self.address.hide()
        answers = [
            (self.tr("Download"), lambda: self.download_asked.emit(self.address.text().strip())),
            (self.tr("Use a folder I have…"), self._choose_folder),
        ]
        if has_address:
            answers.append((self.tr("Another address…"), lambda: self._ask_address(text)))
        self.panel.ask(text, *answers, refuse=self.tr("Not now"))

    def show_working(
        self, text: str, fraction: float | None = None, *, can_cancel: bool = True
    ) -> None:
        """Something is being done; ``fraction`` is 0 to 1, ``None`` where nobody can say."""
        self.line.setText(text)
        self.cancel.setVisible(can_cancel)
        if self._working.isHidden():
            self.notice.hide()
            had_focus = any(each.hasFocus() for each in (self.download, self.check, self.remove))
            self._show_buttons()
            self._working.show()
            if had_focus and can_cancel:
                self.cancel.setFocus()
        if fraction is None:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(round(min(max(fraction, 0.0), 1.0) * _STEPS))

    def stop_working(self) -> None:
        """It is over; what there is now is shown by ``show_here`` or ``show_absent``."""
        self._had_focus = self.cancel.hasFocus()
        self._working.hide()
        self.bar.setRange(0, _STEPS)

    @property
    def is_working(self) -> bool:
        """Whether something is being done."""
        return not self._working.isHidden()

    def show_message(self, text: str, icon_name: str = "info") -> None:
        """Say how it went."""
        self.notice.show_message(text, icon_name=icon_name)

    def _build(self) -> None:
        commands = QWidget()
        buttons = row(commands, spacing=0)
        for button in (self.download, self.check, self.remove):
            buttons.addWidget(button)
        head = FoldingRow()
        head.add(self.lead, 1)
        head.add(commands)
        under = column(spacing=Space.XS)
        bar = row(self._working, spacing=Space.S)
        texts = column(spacing=Space.XXS)
        texts.addWidget(self.line)
        texts.addWidget(self.bar)
        bar.addLayout(texts, 1)
        bar.addWidget(self.cancel)
        self.panel.add_field(self.address)
        for widget in (self.facts, self.attention, self._working, self.panel, self.notice):
            under.addWidget(widget)
        self._under = under
        self._theme.changed.connect(self._indent)
        self._indent()
        layout = column(self, spacing=Space.XXS)
        layout.addWidget(head)
        layout.addLayout(under)
        for label in (self.facts, self.attention):
            label.hide()

    def _indent(self) -> None:
        self._under.setContentsMargins(self._theme.px(_INDICATOR) + Space.XS, 0, 0, 0)

    def _connect(self) -> None:
        self.download.clicked.connect(self.begin_asked)
        self.check.clicked.connect(self.check_asked)
        self.remove.clicked.connect(self._ask_to_remove)
        self.cancel.clicked.connect(self.cancel_asked)
        self.address.returnPressed.connect(self._answer_first)

    def _answer_first(self) -> None:
        self.panel.buttons[0].click()

    def _name_buttons(self) -> None:
        """Several rows have the same buttons: their names say to which thing each belongs."""
        for button in (self.download, self.check, self.remove, self.cancel):
            button.setAccessibleName(f"{button.text().rstrip('…')}: {self._name}")
        self.bar.setAccessibleName(self.tr("How far: {0}").format(self._name))
        self.address.setAccessibleName(self.tr("Address of a mirror"))

    def _show_buttons(self, *shown: Button) -> None:
        if self.is_working:
            self.stop_working()
        for button in (self.download, self.check, self.remove):
            button.setVisible(button in shown)
        if shown:
            self.panel.put_away()
            if self._had_focus:
                shown[0].setFocus()
            self._had_focus = False

    def _ask_address(self, text: str) -> None:
        self.panel.ask(
            f"{text} {self.tr('A mirror serves the same files under another address:')}",
            (self.tr("Download"), lambda: self.download_asked.emit(self.address.text().strip())),
            refuse=self.tr("Not now"),
        )
        self.address.show()
        self.address.setFocus()
        self.address.selectAll()

    def _ask_to_remove(self) -> None:
        self.notice.hide()
        self.address.hide()
        self.panel.ask(
            self._removal, (self.tr("Remove"), self.remove_asked.emit), refuse=self.tr("Keep")
        )

    def _choose_folder(self) -> None:
        title = self.tr("Folder with the files of {0}").format(self._name)
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.folder_given.emit(folder)
