"""One kept session: its questions, and the takes of the one in front."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QWidget

from interview_app.domain.analysis.landmarks import Landmarks, landmarks_of
from interview_app.domain.session import Mode, Session, Take
from interview_app.gui.models.asked_questions import AskedQuestions
from interview_app.gui.sessions.context import OpenedSession
from interview_app.gui.sessions.player_bar import JUMP_S
from interview_app.gui.sessions.take_view import TakeView
from interview_app.gui.text.dates import when
from interview_app.gui.text.durations import as_clock
from interview_app.gui.theme import Kind, Role, Space, Theme, set_panel
from interview_app.gui.widgets.action_bar import ActionBar
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.keys import KeyBook, KeyHelp
from interview_app.gui.widgets.row_painting import QuestionRows
from interview_app.gui.widgets.rows_view import RowsView
from interview_app.services.playback.take_player import PlaybackState, TakePlayer
from interview_app.services.ports.history import SearchHit


class SessionHead(QWidget):
    """The way back, the name of the session, and its acts: add yours to ``commands``."""

    back_asked = Signal()

    def __init__(self, theme: Theme, keys: KeyBook) -> None:
        super().__init__()
        self.back = Button(theme, self.tr("Sessions"), "arrow-left", Kind.QUIET, "Esc")
        self.title = make_label(role=Role.HEADING, wraps=True)
        self.facts = make_label(role=Role.MUTED, wraps=True)
        self.commands = ActionBar(theme, keys)
        self._names = QWidget()
        names = column(self._names, spacing=0)
        names.addWidget(self.title)
        names.addWidget(self.facts)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.back, 0, 0)
        grid.addWidget(self.commands, 0, 2)
        self.set_wide(is_wide=True)
        self.back.clicked.connect(self.back_asked)
        keys.add("Esc", self.tr("Back to the sessions"), self.back_asked.emit)

    def set_wide(self, *, is_wide: bool) -> None:
        """Have the name between the buttons, or on a line of its own."""
        place = (0, 1, 1, 1) if is_wide else (1, 0, 1, 3)
        self._grid.addWidget(self._names, *place)

    def show_session(self, session: Session, now: datetime) -> None:
        """Show whose name and facts these are."""
        self.title.setText(session.guide_title)
        self.show_facts(session, now)

    def show_facts(self, session: Session, now: datetime) -> None:
        """Show the facts alone; the name stays."""
        self.facts.setText(self._facts_of(session, now))

    def _facts_of(self, session: Session, now: datetime) -> str:
        is_interview = session.mode is Mode.INTERVIEW
        answered = sum(bool(session.takes_of(number)) for number in range(len(session.asked)))
        spoken_s = sum(take.duration_s for take in session.takes)
        parts = [
            when(session.started_at, now),
            self.tr("Interview") if is_interview else self.tr("Practice"),
            self.tr("{0} of {1} answered").format(answered, len(session.asked)),
        ]
        if spoken_s > 0:
            parts.append(self.tr("{0} of answers").format(as_clock(spoken_s)))
        return " · ".join(parts)


class HitBar(QFrame):
    """Which hit of a search was opened, and the way to the others.

    Signals:
        stepped(int): the next hit, or the one before.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, keys: KeyBook) -> None:
        super().__init__()
        set_panel(self, "sunken")
        self.text = make_label(role=Role.BODY)
        self.before = Button(theme, self.tr("Before"), "caret-up", Kind.QUIET, "Shift+F3")
        self.next = Button(theme, self.tr("Next"), "caret-down", Kind.QUIET, "F3")
        layout = row(self, margin=Space.XXS, spacing=Space.XS)
        layout.setContentsMargins(Space.M, Space.XXS, Space.XXS, Space.XXS)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.before)
        layout.addWidget(self.next)
        self.before.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        keys.add("F3", self.tr("Next hit"), lambda: self._step(1))
        keys.add("Shift+F3", self.tr("Hit before"), lambda: self._step(-1))

    def show_place(self, place: str) -> None:
        """Say which hit this is; nothing hides the bar."""
        self.text.setText(place)
        self.setVisible(bool(place))

    def _step(self, step: int) -> None:
        if not self.isHidden():
            self.stepped.emit(step)


_LIST_WIDTH = 232
_BESIDE_WIDTH = 780
"""From this width on, before the text is scaled, the questions stand beside the take."""
_ROWS_ABOVE = 1


class SessionView(QWidget):
    """A session to look back on.

    What can be done with the session is added to ``head.commands``, what can be done with the take
    in front to ``take_view.commands``, further keys to ``key_book``.

    Signals:
        back_asked: back to the list.
        continue_asked(int): go on with it.
        delete_asked(int): put it into the trash.
        again_asked(str): make the transcript of that take again.
        hit_stepped(int): the next hit of the search, or the one before.
        listen_asked: play, or pause.
        question_brought(int): that question came to the front.
        take_brought(str): that take did.
    """

    back_asked = Signal()
    continue_asked = Signal(int)
    delete_asked = Signal(int)
    again_asked = Signal(str)
    hit_stepped = Signal(int)
    listen_asked = Signal()
    question_brought = Signal(int)
    take_brought = Signal(str)

    def __init__(self, theme: Theme, replaying: TakePlayer) -> None:
        super().__init__()
        self._theme = theme
        self._replaying = replaying
        self._opened: OpenedSession | None = None
        self._position = 0
        self._working: dict[str, Callable[[], None]] = {}
        self.setAccessibleName(self.tr("Session"))
        self.key_book = KeyBook(self)
        self.questions = AskedQuestions(self)
        self.list = RowsView(self.tr("Questions of this session"))
        self._bind_keys()
        self.head = SessionHead(theme, self.key_book)
        self.take_view = TakeView(theme, self.key_book)
        self.hit_bar = HitBar(theme, self.key_book)
        commands = self.head.commands
        self.delete_button = commands.add(self.tr("Delete"), "trash", self._delete)
        self.continue_button = commands.add(
            self.tr("Continue"),
            "play",
            self._continue,
            key="C",
            kind=Kind.PRIMARY,
            tip=self.tr("Continue an unfinished session"),
        )
        self._build()
        self._connect()
        self.setFocusProxy(self.list)
        replaying.subscribe(self._heard)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of an open session."""
        return self.key_book.entries()

    @property
    def session(self) -> Session | None:
        """The session that is shown."""
        return self._opened.session if self._opened is not None else None

    @property
    def sounds(self) -> Mapping[str, Path | None]:
        """Where the sound of each take lies, by uid; ``None`` where it is gone."""
        return self._opened.sounds if self._opened is not None else {}

    @property
    def take(self) -> Take | None:
        """The take that is shown."""
        return self.take_view.take

    @property
    def position(self) -> int:
        """The index of the question that is shown."""
        return self._position

    def show_session(self, opened: OpenedSession, now: datetime) -> None:
        """Show a session at its first answered question."""
        self._opened = opened
        session = opened.session
        self.head.show_session(session, now)
        self.continue_button.setVisible(session.ended_at is None)
        self.questions.show_session(session)
        answered = [n for n in range(len(session.asked)) if session.takes_of(n)]
        self.show_hit(None, "")
        self._show_question(answered[0] if answered else 0)

    def renew(self, opened: OpenedSession, now: datetime) -> None:
        """Show the same session as it is now; what is in front stays there."""
        before = self._opened
        self.head.show_session(opened.session, now)
        self.head.title.setText(opened.name)
        if opened == before:
            return
        self._opened = opened
        self.continue_button.setVisible(opened.session.ended_at is None)
        self.questions.show_session(opened.session)
        take = self.take
        if take is None or before is None:
            self._show_question(self._position)
            return
        if before.sounds.get(take.uid) != opened.sounds.get(take.uid):
            self._replaying.stop()
            self._replaying.open("", None, 0.0, Landmarks())
        self._show_question(self._position, take.uid)

    def show_day(self, now: datetime) -> None:
        """Name the day of the session as it is called now."""
        if self._opened is not None:
            self.head.show_facts(self._opened.session, now)

    def show_take(self, uid: str, start_s: float = 0.0) -> None:
        """Bring a take to the front, standing at this second."""
        take = self.session.take(uid) if self.session is not None else None
        if take is not None:
            self._show_question(take.position, uid)
            self.take_brought.emit(uid)
            self._replaying.move_to(start_s)

    def show_question(self, position: int) -> None:
        """Bring a question to the front, with its best take or its last."""
        if position != self._position:
            self._show_question(position)

    def show_hit(self, hit: SearchHit | None, place: str) -> None:
        """Show which hit of a search was opened, and play from it; ``None``: none was."""
        self.hit_bar.show_place(place if hit is not None else "")
        if hit is not None:
            self.show_take(hit.take_uid, hit.start_s)
            if hit.start_s > 0:
                self._replaying.play_from(hit.start_s)

    def change_take(self, take: Take) -> None:
        """A take of this session is another now."""
        if self._opened is None or self._opened.session.take(take.uid) is None:
            return
        self._opened = OpenedSession(self._opened.session.with_take(take), self._opened.sounds)
        self.questions.show_session(self._opened.session)
        if self.take is not None and self.take.uid == take.uid:
            self._show_take(take)

    def mark_take(self, uid: str, *, is_best: bool) -> None:
        """A take is the best of its question now, or no longer."""
        take = self.session.take(uid) if self.session is not None else None
        if take is not None and take.is_best is not is_best:
            self.change_take(replace(take, is_best=is_best))

    def add_bar(self, bar: QWidget) -> None:
        """Have something stand across the page, above the questions."""
        self._layout.insertWidget(self._layout.indexOf(self.hit_bar) + 1, bar)

    def show_transcribing(self, uid: str, cancel: Callable[[], None]) -> None:
        """The transcript of a take is being made."""
        self._working[uid] = cancel
        if self.take is not None and self.take.uid == uid:
            self.take_view.show_transcribing(cancel)

    def show_progress(self, uid: str, fraction: float | None) -> None:
        """How far that is."""
        if self.take is not None and self.take.uid == uid:
            self.take_view.busy.set_fraction(fraction)

    def stop_transcribing(self, uid: str) -> None:
        """That is over, one way or the other."""
        self._working.pop(uid, None)
        if self.take is not None and self.take.uid == uid:
            self._show_take(self.take)

    def show_message(self, text: str) -> None:
        """Say what went wrong with the take in front."""
        self.take_view.notice.show_message(text, icon_name="warning-circle")

    def _build(self) -> None:
        self.list.setModel(self.questions)
        self.list.setItemDelegate(QuestionRows(self._theme))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(Space.L)
        self._body.addWidget(self.list)
        self._body.addWidget(self.take_view, 1)
        self._layout = layout = column(self, margin=Space.M, spacing=Space.S)
        layout.addWidget(self.head)
        layout.addWidget(self.hit_bar)
        layout.addWidget(make_line())
        layout.addLayout(self._body, 1)
        self._theme.changed.connect(self._arrange)
        self._arrange()

    def _connect(self) -> None:
        self.head.back_asked.connect(self.back_asked)
        self.hit_bar.stepped.connect(self.hit_stepped)
        self.list.selectionModel().currentChanged.connect(self._question_chosen)
        self.take_view.take_chosen.connect(self._take_chosen)
        self.take_view.again_asked.connect(self.again_asked)
        self.take_view.play_asked.connect(self._replaying.play_from)
        player = self.take_view.player
        player.toggle_asked.connect(self.listen_asked)
        player.jumped.connect(self._replaying.move_by)
        player.moved.connect(self._replaying.move_to)

    def _bind_keys(self) -> None:
        book, replay = self.key_book, self._replaying
        listen = self.tr("Listen, or pause")
        book.add("L", listen, self.listen_asked.emit)
        book.add("Space", listen, self.listen_asked.emit)
        back = self.tr("Back {0} s; in the transcript, the word before").format(JUMP_S)
        on = self.tr("On {0} s; in the transcript, the next word").format(JUMP_S)
        book.add("Left", back, lambda: replay.move_by(-JUMP_S), repeats=True)
        book.add("Right", on, lambda: replay.move_by(JUMP_S), repeats=True)
        book.describe("Return", self.tr("In the transcript: hear it from the chosen word"))
        book.add("N", self.tr("Next question"), lambda: self._step(1))
        book.add("P", self.tr("Question before"), lambda: self._step(-1))
        book.add("T", self.tr("Next take of the question"), self._next_take)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Questions beside the take where there is room, else in a short list above it."""
        is_beside = self.width() >= self._theme.px(_BESIDE_WIDTH)
        self.head.set_wide(is_wide=is_beside)
        kind = QBoxLayout.Direction
        self._body.setDirection(kind.LeftToRight if is_beside else kind.TopToBottom)
        largest = 16_777_215
        if is_beside:
            self.list.setFixedWidth(self._theme.px(_LIST_WIDTH))
            self.list.setMinimumHeight(0)
            self.list.setMaximumHeight(largest)
        else:
            self.list.setMinimumWidth(0)
            self.list.setMaximumWidth(largest)
            shown = range(min(self.questions.rowCount(), _ROWS_ABOVE))
            height = sum(self.list.sizeHintForRow(number) for number in shown)
            self.list.setFixedHeight(max(height, Space.XXL) + Space.XXS)

    def _step(self, step: int) -> None:
        number = self._position + step
        if 0 <= number < self.questions.rowCount():
            self.list.choose(number)

    def _next_take(self) -> None:
        if self.session is None or self.take is None:
            return
        takes = self.session.takes_of(self._position)
        number = next(n for n, take in enumerate(takes) if take.uid == self.take.uid)
        self._take_chosen(takes[(number + 1) % len(takes)].uid)

    def _continue(self) -> None:
        if self.session is not None and self.session.id and self.session.ended_at is None:
            self.continue_asked.emit(self.session.id)

    def _delete(self) -> None:
        if self.session is not None and self.session.id:
            self.delete_asked.emit(self.session.id)

    def _question_chosen(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() != self._position:
            self._show_question(index.row())
            self.question_brought.emit(index.row())

    def _take_chosen(self, uid: str) -> None:
        take = self.session.take(uid) if self.session is not None else None
        if take is not None:
            self._show_take(take)
            self.take_brought.emit(uid)

    def _show_question(self, position: int, uid: str = "") -> None:
        session = self.session
        if session is None:
            return
        self._position = position
        self.list.choose(position)
        self.take_view.show_question(session, position)
        takes = session.takes_of(position)
        wanted = session.take(uid) or next((take for take in takes if take.is_best), None)
        self._show_take(wanted or (takes[-1] if takes else None))
        self._arrange()

    def _show_take(self, take: Take | None) -> None:
        if self._opened is None:
            return
        sound = self._opened.sounds.get(take.uid) if take is not None else None
        session = self._opened.session
        self.take_view.show_take(session, self._position, take, has_sound=sound is not None)
        uid = take.uid if take is not None else ""
        landmarks = landmarks_of(take) if take is not None else Landmarks()
        if self._replaying.state.uid != uid:
            duration_s = take.duration_s if take is not None else 0.0
            self._replaying.open(uid, sound, duration_s, landmarks)
        else:
            self._replaying.set_landmarks(landmarks)
        self.take_view.show_sound(landmarks)
        self.take_view.show_replay(self._replaying.state)
        if uid in self._working:
            self.take_view.show_transcribing(self._working[uid])

    def _heard(self, replay: PlaybackState) -> None:
        if self.take is not None and replay.uid == self.take.uid:
            self.take_view.show_replay(replay)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
