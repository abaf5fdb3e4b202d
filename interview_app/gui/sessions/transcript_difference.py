"""Two transcripts of one take: what another model heard, beside the words that stand there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.analysis.alignment import Pair
from interview_app.domain.analysis.compared_figures import compared_figures
from interview_app.domain.session import Take
from interview_app.gui.answer.figures_comparison import FiguresComparison
from interview_app.gui.answer.text_comparison import TextComparison
from interview_app.gui.sessions.overlay_head import OverlayHead
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.ask_panel import AskPanel
from interview_app.gui.widgets.controls import Button, column, make_label, make_line
from interview_app.gui.widgets.folding_row import FoldingRow
from interview_app.gui.widgets.keys import KeyBook, KeyHelp
from interview_app.gui.widgets.scrolling import keep_in_sight, scrolled
from interview_app.services.playback.take_player import PlaybackState, TakePlayer

_WIDEST = 1180


class DifferenceView(QWidget):
    """What differs between two transcripts of one take; nothing is replaced until it is said.

    Signals:
        kept(object): have this take, with the new words, in place of the one there is.
        left: keep the words that are there.
    """

    kept = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, replaying: TakePlayer) -> None:
        super().__init__()
        self._theme = theme
        self._replaying = replaying
        self._there: Take | None = None
        self._heard: Take | None = None
        self.setAccessibleName(self.tr("Two transcripts of one take"))
        self.key_book = KeyBook(self)
        self.back = Button(theme, self.tr("Back"), "arrow-left", Kind.QUIET, "Esc")
        self.told = make_label(role=Role.MUTED, wraps=True)
        self.listen = Button(theme, self.tr("Listen"), "play", Kind.PLAIN, "L")
        self.head = OverlayHead(theme, self.back, self.listen)
        self.title = self.head.title
        self.figures = FiguresComparison(theme)
        self.text = TextComparison(theme)
        self.ask = AskPanel(theme)
        self.keep_there = Button(theme, self.tr("Keep the present words"), "", Kind.PLAIN, "Esc")
        self.keep_new = Button(theme, self.tr("Take the new words"), "check", Kind.PRIMARY, "K")
        self._build()
        self._connect()
        self.setFocusProxy(self.text)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of this view."""
        return self.key_book.entries()

    @property
    def uid(self) -> str:
        """The uid of the take that is shown."""
        return self._there.uid if self._there is not None else ""

    def show_difference(self, there: Take, heard: Take, pairs: Sequence[Pair]) -> None:
        """Show the words that are there, and those another model heard."""
        self._there, self._heard = there, heard
        self.ask.put_away()
        self.title.setText(self.tr("Take {0}, heard twice").format(there.number))
        count = sum(not pair.is_same for pair in pairs)
        self.told.setText(
            self.tr(
                "{0} of {1} sentences differ. Marked words stand on one side only. Nothing is "
                "replaced until you say so."
            ).format(count, len(pairs))
        )
        names = self._name_of(there), self._name_of(heard)
        self.figures.show_figures(compared_figures(there, heard), names)
        self.text.show_pairs(pairs, names, self.tr("nothing heard here"))
        self.area.verticalScrollBar().setValue(0)

    def show_replay(self, replay: PlaybackState) -> None:
        """Follow the sound in the words that are there."""
        if replay.uid != self.uid:
            return
        self.listen.set_text(self.tr("Pause") if replay.is_playing else self.tr("Listen"))
        self.listen.set_icon("pause" if replay.is_playing else "play")
        is_begun = replay.is_playing or replay.position_s > 0
        self.text.set_position(0, replay.position_s if is_begun else None)

    def _build(self) -> None:
        page = QWidget()
        page.setMaximumWidth(self._theme.px(_WIDEST))
        body = column(page, spacing=Space.M)
        body.setContentsMargins(0, 0, Space.S, Space.S)
        body.addWidget(self.told)
        body.addWidget(self.figures)
        body.addWidget(self.text)
        body.addStretch(1)
        self.area = scrolled(page)
        keep_in_sight(self.area, self.text, self.text.place_shown)
        foot = FoldingRow()
        foot.add(self.keep_new)
        foot.add(self.keep_there)
        foot.add_stretch()
        layout = column(self, margin=Space.M, spacing=Space.S)
        layout.addWidget(self.head)
        layout.addWidget(make_line())
        layout.addWidget(self.area, 1)
        layout.addWidget(self.ask)
        layout.addWidget(foot)

    def _connect(self) -> None:
        self.back.clicked.connect(self._leave)
        self.keep_there.clicked.connect(self.left)
        self.keep_new.clicked.connect(self._keep)
        self.listen.clicked.connect(self._replaying.toggle)
        self.text.word_activated.connect(lambda _side, at_s: self._replaying.play_from(at_s))
        book = self.key_book
        book.add("Esc", self.tr("Keep the present words"), self._leave)
        book.add("K", self.tr("Take the new words"), self._keep)
        book.add("L", self.tr("Listen, or pause"), self._replaying.toggle)
        book.add("Space", self.tr("Listen, or pause"), self._replaying.toggle)
        book.describe("Return", self.tr("Hear it from the chosen word"))

    def _keep(self) -> None:
        there, heard = self._there, self._heard
        if there is None or heard is None or there.transcript is None:
            return
        if not there.transcript.is_corrected:
            self.kept.emit(heard)
            return
        self.ask.ask(
            self.tr(
                "You corrected words of this transcript. With the new words your corrections are "
                "gone, and so is what was heard before."
            ),
            (self.tr("Replace my corrections"), lambda: self.kept.emit(heard)),
            refuse=self.tr("Keep my words"),
        )

    def _leave(self) -> None:
        if self.ask.isVisible():
            self.ask.put_away()
        else:
            self.left.emit()

    def _name_of(self, take: Take) -> str:
        transcript = take.transcript
        if transcript is None:
            return ""
        model = transcript.model or transcript.recognizer
        if take is self._heard:
            return self.tr("New: {0}").format(model)
        if transcript.is_corrected:
            return self.tr("Now: {0}, corrected by you").format(model)
        return self.tr("Now: {0}").format(model)
