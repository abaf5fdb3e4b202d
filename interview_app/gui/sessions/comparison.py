"""Two takes of one question side by side: what was said, the figures, and both to hear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from interview_app.domain.analysis.compared_figures import compared_figures
from interview_app.domain.analysis.landmarks import landmarks_of
from interview_app.domain.session import Session, TranscriptionStatus
from interview_app.gui.answer.figures_comparison import FiguresComparison
from interview_app.gui.answer.text_comparison import TextComparison
from interview_app.gui.sessions.context import SessionsContext
from interview_app.gui.sessions.overlay_head import OverlayHead
from interview_app.gui.sessions.session_overlay import SessionNavigator
from interview_app.gui.text.dates import when
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import (
    Button,
    ChoiceBox,
    column,
    make_label,
    make_line,
    make_panel,
)
from interview_app.gui.widgets.folding import FoldingColumns
from interview_app.gui.widgets.folding_row import FoldingRow
from interview_app.gui.widgets.keys import KeyBook, KeyHelp
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.scrolling import keep_in_sight, scrolled
from interview_app.services.history.comparison import ComparedTake, Comparison, QuestionTake
from interview_app.services.jobs import JobContext, Lane
from interview_app.services.playback.take_player import PlaybackState

_Found = tuple[list[QuestionTake], Comparison | None]
_Choice = Callable[[Sequence[QuestionTake]], tuple[QuestionTake, QuestionTake] | None]


class TakeComparisonController(QObject):
    """Compares the take in front with another one of its question, of any session."""

    def __init__(self, theme: Theme, context: SessionsContext, stage: SessionNavigator) -> None:
        view = stage.session
        super().__init__(view)
        self._context = context
        self._view = view
        self._replaying = stage.replaying
        self._stage = stage
        self._job: JobContext | None = None
        self._takes: list[QuestionTake] = []
        self._shown: tuple[QuestionTake, QuestionTake] | None = None
        self._question = ("", "")
        self.compare = CompareView(theme)
        commands = view.take_view.commands
        self.button = commands.add(
            self.tr("Compare"),
            "columns",
            self.begin,
            key="V",
            tip=self.tr("Compare this take with another one of the question"),
        )
        self._connect()
        self._show_acts()

    def close(self) -> None:
        """Wait for nothing any more."""
        if self._job is not None:
            self._job.cancel()

    def begin(self) -> None:
        """Compare the take in front with the best one, else with the newest other."""
        session, take = self._view.session, self._view.take
        if session is None or take is None or take.transcript is None:
            return
        self._question = self._key(session)
        self._ask(partial(_first, uid=take.uid))

    def _key(self, session: Session) -> tuple[str, str]:
        return session.guide_id, session.asked[self._view.position].question.id

    def _connect(self) -> None:
        compare = self.compare
        compare.chosen.connect(self._choose)
        compare.swap_asked.connect(self._swap)
        compare.listen_asked.connect(self._listen)
        compare.play_asked.connect(self._play)
        compare.best_asked.connect(self._mark)
        compare.back_asked.connect(lambda: self._stage.leave(compare))
        self._view.take_view.take_shown.connect(self._show_acts)
        self._replaying.subscribe(compare.show_replay)

    def _show_acts(self) -> None:
        take = self._view.take
        has_words = take is not None and take.transcription is TranscriptionStatus.DONE
        self.button.setVisible(has_words)

    def _choose(self, side: int, take: QuestionTake) -> None:
        if self._shown is None:
            return
        left, right = self._shown
        if take.uid in (left.uid, right.uid):
            wanted = (right, left) if take.uid == (right, left)[side].uid else self._shown
        else:
            wanted = (take, right) if side == 0 else (left, take)
        self._ask(lambda _takes: wanted)

    def _swap(self) -> None:
        if self._shown is not None:
            left, right = self._shown
            self._ask(lambda _takes: (right, left))

    def _listen(self, number: int) -> None:
        side = self.compare.sides[number].side
        if side is None or side.sound is None:
            return
        self._open(side)
        self._replaying.toggle()

    def _play(self, number: int, start_s: float) -> None:
        side = self.compare.sides[number].side
        if side is not None and side.sound is not None:
            self._open(side)
            self._replaying.play_from(start_s)

    def _open(self, side: ComparedTake) -> None:
        take = side.take
        if self._replaying.state.uid != take.uid:
            self._replaying.open(take.uid, side.sound, take.duration_s, landmarks_of(take))

    def _mark(self, number: int, is_best: bool) -> None:
        side = self.compare.sides[number].side
        if side is not None and side.session.id is not None:
            self._keep_best(side.session.id, side.take.uid, is_best=is_best)

    def _keep_best(self, session_id: int, uid: str, *, is_best: bool) -> None:
        if self._context.is_open(session_id):
            self._show_message(
                self.tr("This session is open under Rehearse. Mark its best take there.")
            )
            return
        marking = self._context.marking
        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: marking.mark(session_id, uid, is_best=is_best),
            self._marked,
            self._trouble,
        )

    def _marked(self, session: Session) -> None:
        shown = self._view.session
        if shown is not None and shown.id == session.id:
            for take in session.takes:
                self._view.mark_take(take.uid, is_best=take.is_best)
        if self._shown is not None and not self._stage.is_session_in_front:
            pair = self._shown
            self._ask(lambda _takes: pair)

    def _ask(self, wanted: _Choice) -> None:
        if self._job is not None:
            self._job.cancel()
        comparing, question = self._context.comparing, self._question

        def work(_job: JobContext) -> _Found:
            takes = comparing.takes(*question)
            pair = wanted(takes)
            return takes, comparing.compare(*pair) if pair is not None else None

        self.compare.busy.start(self.tr("Comparing…"))
        self._job = self._context.jobs.submit(Lane.FILES, work, self._compared, self._trouble)

    def _compared(self, found: _Found) -> None:
        self._job = None
        self.compare.busy.stop()
        session = self._view.session
        if self._stage.is_session_in_front and (
            session is None or self._key(session) != self._question
        ):
            return  # another question came to the front meanwhile
        self._takes, comparison = found
        if comparison is None:
            self._show_message(
                self.tr("There is no other take of this question yet. Rehearse it once more.")
            )
            return
        by_uid = {take.uid: take for take in self._takes}
        left, right = comparison.left.take.uid, comparison.right.take.uid
        if left in by_uid and right in by_uid:
            self._shown = by_uid[left], by_uid[right]
        self.compare.notice.hide()
        self.compare.show_comparison(comparison, self._takes, self._context.clock.local_now())
        if self._stage.is_session_in_front:
            self._replaying.stop()
            self._stage.show(self.compare)
        self.compare.show_replay(self._replaying.state)

    def _trouble(self, error: Exception) -> None:
        self.compare.busy.stop()
        self._show_message(sentence_of(error))

    def _show_message(self, text: str) -> None:
        in_front = self._stage.is_session_in_front
        notice = self._view.take_view.notice if in_front else self.compare.notice
        notice.show_message(text)


def _first(takes: Sequence[QuestionTake], uid: str) -> tuple[QuestionTake, QuestionTake] | None:
    """The take of that uid and the best or else the newest other, the earlier one on the left."""
    here = next((take for take in takes if take.uid == uid), None)
    others = [take for take in takes if take.uid != uid]
    if here is None or not others:
        return None
    earlier, later = sorted((here, others[0]), key=lambda take: (take.started_at, take.number))
    return earlier, later


_WIDEST = 1180
_SIDE_WIDTH = 300
_LISTEN_KEYS = ("1", "2")


class SideHead(QWidget):
    """Which take stands on one side, with what can be done with it.

    Signals:
        chosen(object): have this take on this side.
        listen_asked: hear it, or pause.
        best_asked(bool): mark it as the best of its question, or take the mark away.
    """

    chosen = Signal(object)
    listen_asked = Signal()
    best_asked = Signal(bool)

    def __init__(self, theme: Theme, name: str, listen_key: str) -> None:
        super().__init__()
        self._takes: tuple[QuestionTake, ...] = ()
        self._side: ComparedTake | None = None
        self.box = ChoiceBox()
        self.box.setAccessibleName(name)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(14)
        self.listen = Button(theme, self.tr("Listen"), "play", Kind.PLAIN, listen_key)
        self.best = Button(theme, self.tr("Keep as best"), "star", Kind.QUIET)
        self.time = make_label(role=Role.MUTED)
        panel = make_panel("sunken")
        inside = column(panel, margin=Space.XS, spacing=Space.XS)
        inside.addWidget(self.box)
        commands = FoldingRow()
        commands.add(self.listen)
        commands.add(self.time)
        commands.add(self.best)
        commands.add_stretch()
        inside.addWidget(commands)
        column(self).addWidget(panel)
        self.box.activated.connect(lambda number: self.chosen.emit(self._takes[number]))
        self.listen.clicked.connect(self.listen_asked)
        self.best.clicked.connect(self.toggle_best)

    @property
    def side(self) -> ComparedTake | None:
        """The take that stands here."""
        return self._side

    def show_day(self, now: datetime) -> None:
        """Name the days as they are called now."""
        for number, take in enumerate(self._takes):
            self.box.setItemText(number, self._label(take, now))

    @property
    def name(self) -> str:
        """What the take is called."""
        return self.box.currentText()

    def toggle_best(self) -> None:
        """Mark the take as the best, or take the mark away."""
        if self._side is not None:
            self.best_asked.emit(not self._side.take.is_best)

    def show_side(self, side: ComparedTake, takes: Sequence[QuestionTake], now: datetime) -> None:
        """Show a take, and which others there are to choose from."""
        self._side, self._takes = side, tuple(takes)
        self.box.blockSignals(True)
        self.box.clear()
        for take in self._takes:
            self.box.addItem(self._label(take, now))
        uids = [take.uid for take in self._takes]
        self.box.setCurrentIndex(uids.index(side.take.uid) if side.take.uid in uids else -1)
        self.box.blockSignals(False)
        is_best = side.take.is_best
        self.best.set_text(self.tr("The best take") if is_best else self.tr("Keep as best"))
        self.best.set_icon("star-fill" if is_best else "star")
        self.listen.setEnabled(side.sound is not None)
        if side.sound is not None:
            self.time.setText(as_clock(side.take.duration_s))
        elif side.take.is_typed:
            self.time.setText(self.tr("typed"))
        else:
            self.time.setText(self.tr("its recording is gone"))

    def show_replay(self, replay: PlaybackState) -> None:
        """Follow the sound, if it is this take that is heard."""
        if self._side is None or self._side.sound is None:
            return
        take = self._side.take
        is_here = replay.uid == take.uid
        is_playing = is_here and replay.is_playing
        self.listen.set_text(self.tr("Pause") if is_playing else self.tr("Listen"))
        self.listen.set_icon("pause" if is_playing else "play")
        shown = as_clock(take.duration_s)
        if is_here and replay.problem:
            shown = self.tr("cannot be heard")
            set_tool_tip(self.time, replay.problem)
        elif is_here and (replay.is_playing or replay.position_s > 0):
            shown = f"{as_clock(replay.position_s)} / {shown}"
        self.time.setText(shown)

    def _label(self, take: QuestionTake, now: datetime) -> str:
        number = self.tr("Take {0}").format(take.number)
        label = f"{when(take.started_at, now)} · {number}"
        return self.tr("★ {0}").format(label) if take.is_best else label


class CompareView(QWidget):
    """Two takes of a question.

    Signals:
        chosen(int, object): have that take on that side (0 or 1).
        listen_asked(int): hear that side, or pause.
        play_asked(int, float): hear that side from this second on.
        best_asked(int, bool): mark the take of that side as the best, or take the mark away.
        swap_asked: have the left take on the right, and the right one on the left.
        back_asked: back to the session.
    """

    chosen = Signal(int, object)
    listen_asked = Signal(int)
    play_asked = Signal(int, float)
    best_asked = Signal(int, bool)
    swap_asked = Signal()
    back_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(self.tr("Two takes side by side"))
        self.key_book = KeyBook(self)
        self.back = Button(theme, self.tr("Session"), "arrow-left", Kind.QUIET, "Esc")
        self.swap = Button(theme, self.tr("Swap sides"), "arrows-left-right", Kind.QUIET, "X")
        self.head = OverlayHead(theme, self.back, self.swap)
        self.question = self.head.title
        self.told = make_label(role=Role.MUTED, wraps=True)
        self.notice = Notice(theme)
        self.busy = BusyLine(theme)
        self.sides = (
            SideHead(theme, self.tr("Take on the left"), _LISTEN_KEYS[0]),
            SideHead(theme, self.tr("Take on the right"), _LISTEN_KEYS[1]),
        )
        self.figures = FiguresComparison(theme)
        self.text = TextComparison(theme)
        self._build()
        self._connect()
        self.setFocusProxy(self.sides[1].box)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of this view."""
        return self.key_book.entries()

    def show_comparison(
        self, found: Comparison, takes: Sequence[QuestionTake], now: datetime
    ) -> None:
        """Show two takes; ``takes``: all there are of this question."""
        self.busy.stop()
        asked = found.left.session.asked[found.left.take.position]
        self.question.setText(asked.question.prompt)
        for head, side in zip(self.sides, (found.left, found.right), strict=True):
            head.show_side(side, takes, now)
        names = self.sides[0].name, self.sides[1].name
        self.figures.show_figures(compared_figures(found.left.take, found.right.take), names)
        self.text.show_pairs(found.pairs, names, self.tr("not in this take"))
        self.told.setText(self._summary(found))

    def show_day(self, now: datetime) -> None:
        """Name the days as they are called now."""
        for head in self.sides:
            head.show_day(now)

    def show_replay(self, replay: PlaybackState) -> None:
        """Follow the sound on the side that is heard."""
        for number, head in enumerate(self.sides):
            head.show_replay(replay)
            if head.side is not None and head.side.take.uid == replay.uid:
                is_begun = replay.is_playing or replay.position_s > 0
                self.text.set_position(number, replay.position_s if is_begun else None)

    def _build(self) -> None:
        page = QWidget()
        page.setMaximumWidth(self._theme.px(_WIDEST))
        body = column(page, spacing=Space.M)
        body.setContentsMargins(0, 0, Space.S, Space.S)
        heads = FoldingColumns(self._theme, _SIDE_WIDTH, Space.M)
        for side in self.sides:
            heads.add(side)
        body.addWidget(heads)
        body.addWidget(self.figures)
        body.addWidget(self.told)
        body.addWidget(self.text)
        body.addStretch(1)
        self.area = scrolled(page)
        keep_in_sight(self.area, self.text, self.text.place_shown)
        layout = column(self, margin=Space.M, spacing=Space.S)
        layout.addWidget(self.head)
        layout.addWidget(self.notice)
        layout.addWidget(self.busy)
        layout.addWidget(make_line())
        layout.addWidget(self.area, 1)

    def _connect(self) -> None:
        book = self.key_book
        self.back.clicked.connect(self.back_asked)
        self.swap.clicked.connect(self.swap_asked)
        self.text.word_activated.connect(self.play_asked)
        for number, head in enumerate(self.sides):
            head.chosen.connect(lambda take, side=number: self.chosen.emit(side, take))
            head.listen_asked.connect(lambda side=number: self.listen_asked.emit(side))
            head.best_asked.connect(lambda best, side=number: self.best_asked.emit(side, best))
        left, right = self.sides
        book.add("1", self.tr("Listen to the left take, or pause"), left.listen.click)
        book.add("2", self.tr("Listen to the right take, or pause"), right.listen.click)
        book.add("Shift+1", self.tr("Keep the left take as the best"), left.toggle_best)
        book.add("Shift+2", self.tr("Keep the right take as the best"), right.toggle_best)
        book.add("X", self.tr("Swap sides"), self.swap_asked.emit)
        book.add("Esc", self.tr("Back to the session"), self.back_asked.emit)
        book.describe("Return", self.tr("In the texts: hear it from the chosen word"))

    def _summary(self, found: Comparison) -> str:
        added = sum(not pair.left for pair in found.pairs)
        dropped = sum(not pair.right for pair in found.pairs)
        same = sum(pair.is_same for pair in found.pairs)
        changed = len(found.pairs) - added - dropped - same
        return self.tr(
            "Sentences: {0} changed, {1} only on the right, {2} only on the left, {3} the same. "
            "Marked words stand on one side only."
        ).format(changed, added, dropped, same)
