"""The review: the person's own words beside the sample answer and the tip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from interview_app.domain.rehearsal.events import Command
from interview_app.domain.rehearsal.machine import Phase, Rehearsal
from interview_app.domain.session import Take
from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.answer.answer_column import MARKS_KEY, AnswerColumn
from interview_app.gui.answer.figures import FiguresLine
from interview_app.gui.answer.linked_stories import LinkedStories
from interview_app.gui.answer.notes_panel import NotesPanel
from interview_app.gui.answer.text_columns import OutlinePart, TextColumn
from interview_app.gui.rehearse.button_bars import LeavingBar
from interview_app.gui.text.bidi import joined
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.folding import FoldingColumns
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.question_view import QuestionView
from interview_app.gui.widgets.scrolling import keep_in_sight, scrolled
from interview_app.services.guides.notes import PersonalNote
from interview_app.services.rehearsal.context import SoundEvent, TakePlayed, TranscriptionProgress


class ReviewNotes(QWidget):
    """Prepared answer, notes and stories; what is written is kept at once.

    Where nothing was written yet there is only a button to begin.

    Signals:
        asked(QuestionKey): what does the person have to this question?
        written(PersonalNote): this is to be kept.
    """

    asked = Signal(object)
    written = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._key = QuestionKey("", "")
        self.words = NotesPanel(theme, can_read=False)
        self.write_button = Button(
            theme, self.tr("Write my notes"), "pencil-simple", Kind.PLAIN, "M"
        )
        self.stories = LinkedStories(theme, can_open=False)
        self._stories_part = QWidget()
        told = column(self._stories_part, spacing=Space.XS)
        told.addWidget(make_label(self.tr("My stories"), Role.HEADING))
        told.addWidget(make_line())
        told.addWidget(self.stories)
        layout = column(self, spacing=Space.M)
        layout.addWidget(self.words)
        layout.addWidget(self.write_button)
        layout.addWidget(self._stories_part)
        self.words.written.connect(self.written)
        self.write_button.clicked.connect(self.write)
        self._show_words(is_written=False)
        self._stories_part.hide()

    def show_question(self, key: QuestionKey) -> None:
        """Be about that question, and ask what the person has to it now."""
        self.words.show_note(None)
        self._key = key
        self._show_words(is_written=False)
        self._show_stories(())
        self.asked.emit(key)

    def show_mine(self, note: PersonalNote, stories: Sequence[Story]) -> None:
        """Show what the person has, if it is to the question this is about."""
        if self._key != QuestionKey(note.guide_id, note.question_id):
            return
        self._show_stories(stories)
        if not self.words.is_changed:
            self.words.show_note(note)
            is_written = not note.is_empty or self.words.is_changed or self.words.is_in_use
            self._show_words(is_written=is_written)

    def write(self) -> None:
        """Put the focus where notes are written."""
        if self.words.note is not None:
            self._show_words(is_written=True)
            self.words.notes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Keep what was written."""
        self.words.save()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._key.question_id:
            self.asked.emit(self._key)  # it may have been written to on another page meanwhile

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.save()

    def _show_words(self, *, is_written: bool) -> None:
        self.words.setVisible(is_written)
        self.write_button.setVisible(not is_written)

    def _show_stories(self, stories: Sequence[Story]) -> None:
        self.stories.show_stories(stories)
        self._stories_part.setVisible(bool(stories))


_COLUMN_WIDTH = 232


class ReviewView(QWidget):
    """One question looked back on, during the session or from its summary.

    Signals:
        act_asked(Act): the person wants this done.
        play_asked(str, float): play the take of that uid from this second.
        pause_asked, go_on_asked, stop_asked: hold what plays, go on with it, or end it.
        best_asked(str, bool): mark that take as the best, or take the mark away.
        again_asked(str): make the transcript of that take again.
        question_asked(int): show the question of that position (only from the summary).
        back_asked: back to the summary.
    """

    act_asked = Signal(object)
    play_asked = Signal(str, float)
    pause_asked = Signal()
    go_on_asked = Signal()
    stop_asked = Signal()
    best_asked = Signal(str, bool)
    again_asked = Signal(str)
    question_asked = Signal(int)
    back_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state: Rehearsal | None = None
        self._position = 0
        self._uid: str | None = None
        self._told = ""
        """The trouble that was told last; it is told once, even where it was put away."""
        self._playing: str | None = None
        self._is_held = False
        self.setAccessibleName(self.tr("Review"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.place = make_label(role=Role.MUTED)
        self.leaving = LeavingBar(theme)
        self.question = QuestionView(theme, Role.TITLE)
        self.figures = FiguresLine(theme)
        self.notice = Notice(theme)
        self.answer = AnswerColumn(theme)
        none = self.tr("This guide has none for this question.")
        self.sample = TextColumn(theme, self.tr("Sample answer"), none)
        self.tip = TextColumn(theme, self.tr("Personalization tip"), none)
        self.why = TextColumn(theme, self.tr("Why they ask"))
        self.mine = ReviewNotes(theme)
        self.outline = OutlinePart(theme)
        self._make_buttons()
        self._build()
        self._connect()

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the review."""
        return (
            KeyHelp("L", self.tr("Listen to your answer, or pause")),
            KeyHelp("N", self.tr("Next question")),
            KeyHelp("T", self.tr("Another take")),
            KeyHelp("B", self.tr("Keep this take as the best")),
            KeyHelp("M", self.tr("Write my notes")),
            KeyHelp(MARKS_KEY, self.tr("Hide or show hesitations and pauses")),
            KeyHelp("Left", self.tr("Choose the word before, in the transcript")),
            KeyHelp("Return", self.tr("Play from the chosen word")),
            KeyHelp("Esc", self.tr("Back to the summary")),
            *self.leaving.keys(),
        )

    @property
    def take(self) -> Take | None:
        """The take that is shown."""
        if self._state is None or self._uid is None:
            return None
        return self._state.session.take(self._uid)

    def show_state(self, state: Rehearsal, position: int) -> None:
        """Show the question of that position, with its newest or best take at first."""
        is_other = self._state is None or (
            (self._state.session.uid, self._position) != (state.session.uid, position)
        )
        is_new = self._state is not None and self._state.shown_take != state.shown_take
        self._state, self._position = state, position
        takes = state.session.takes_of(position)
        if is_other or is_new or self.take is None:
            best = next((take for take in takes if take.is_best), None)
            wanted = state.session.take(state.shown_take or "") or best
            last = takes[-1] if takes else None
            self._uid = wanted.uid if wanted in takes and wanted else last.uid if last else None
        if is_other or is_new:
            self._told = ""
            self.notice.hide()
        self._show()
        if is_other or is_new:
            question_id = state.session.asked[position].question.id
            self.mine.show_question(QuestionKey(state.session.guide_id, question_id))
            self._enter()

    def show_sound(self, event: SoundEvent) -> None:
        """Follow playback, and the progress of a transcript."""
        if isinstance(event, TakePlayed):
            self._follow(event)
        elif isinstance(event, TranscriptionProgress) and event.uid == self._uid:
            self.answer.set_progress(event.fraction)

    def _make_buttons(self) -> None:
        theme = self._theme
        self.listen = Button(theme, self.tr("Listen"), "play", Kind.PLAIN, "L")
        self.next = Button(theme, self.tr("Next question"), "arrow-right", Kind.PRIMARY, "N")
        self.another = Button(
            theme, self.tr("Another take"), "arrow-counter-clockwise", Kind.PLAIN, "T"
        )
        self.best = Button(theme, self.tr("Keep as best"), "star", Kind.QUIET, "B")
        self.back = Button(theme, self.tr("Back to the summary"), "arrow-left", Kind.PLAIN, "Esc")
        for button in (self.listen, self.next, self.another, self.best, self.back):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _build(self) -> None:
        head = column(spacing=Space.XS)
        top = row(spacing=Space.S)
        top.addWidget(self.place, 1)
        top.addWidget(self.leaving)
        head.addLayout(top)
        head.addWidget(self.leaving.ask)
        head.addWidget(self.question)
        figures = row(spacing=Space.M)
        figures.addWidget(self.figures, 1)
        figures.addWidget(self.listen)
        head.addLayout(figures)
        head.addWidget(self.notice)
        columns = FoldingColumns(self._theme, _COLUMN_WIDTH)
        advice = QWidget()
        beside = column(advice, spacing=Space.M)
        beside.addWidget(self.tip)
        beside.addWidget(self.mine)
        beside.addWidget(self.why)
        beside.addStretch(1)
        for widget in (self.answer, self.sample, advice):
            columns.add(widget)
        page = QWidget()
        body = column(page, spacing=Space.M)
        body.setContentsMargins(0, Space.XS, Space.S, 0)
        body.addWidget(columns)
        body.addWidget(self.outline)
        body.addStretch(1)
        self.area = scrolled(page)
        keep_in_sight(self.area, self.answer.transcript, self.answer.transcript.place_shown)
        foot = row(spacing=Space.S)
        for button in (self.next, self.another, self.back):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.best)
        layout = column(self, margin=Space.M, spacing=Space.S)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
        layout.addWidget(make_line())
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.listen.clicked.connect(self._listen)
        self.next.clicked.connect(self._next)
        self.another.clicked.connect(self._another)
        self.leaving.act_asked.connect(self.act_asked)
        self.leaving.bind_keys(self)
        self.best.clicked.connect(self._keep_best)
        self.back.clicked.connect(self.back_asked)
        self.answer.take_chosen.connect(self._choose)
        self.answer.again_asked.connect(self.again_asked)
        self.answer.word_activated.connect(self._play_from)
        for key, call in (
            ("L", self._listen),
            ("Space", self._listen),
            ("N", self._next),
            ("T", self._another),
            ("B", self._keep_best),
            ("M", self.mine.write),
            (MARKS_KEY, self.answer.toggle_marks),
            ("Esc", self._back),
        ):
            bind_key(self, key, call)

    @property
    def _is_looking_back(self) -> bool:
        return self._state is not None and self._state.phase is Phase.ENDED

    def _listen(self) -> None:
        if not self.listen.isEnabled() or self._uid is None:
            return
        if self._playing is None:
            self._play_from(0.0)
        elif self._is_held:
            self._is_held = False
            self.go_on_asked.emit()
        else:
            self._is_held = True
            self.pause_asked.emit()
        self._show_listen()

    def _play_from(self, start_s: float) -> None:
        if self._uid is not None:
            self._is_held = False
            self._playing = self._uid
            self.notice.hide()
            self.play_asked.emit(self._uid, start_s)
            self._show_listen()

    def _next(self) -> None:
        state = self._state
        if state is None:
            return
        if state.allows(Command.NEXT):
            self.act_asked.emit(Command.NEXT)
        elif self._is_looking_back and self._position + 1 < len(state.session.asked):
            self.question_asked.emit(self._position + 1)

    def _another(self) -> None:
        if self._state is not None and self._state.allows(Command.ANOTHER_TAKE):
            self.act_asked.emit(Command.ANOTHER_TAKE)

    def _keep_best(self) -> None:
        take = self.take
        if take is not None and self.best.isEnabled():
            self.best_asked.emit(take.uid, not take.is_best)

    def _back(self) -> None:
        if self._is_looking_back:
            self.back_asked.emit()

    def _choose(self, uid: str) -> None:
        if uid != self._uid:
            self.stop_asked.emit()
        self._uid = uid
        self._show()

    def _show(self) -> None:
        state = self._state
        if state is None:
            return
        session, position = state.session, self._position
        asked, take = session.asked[position], self.take
        number = self.tr("{0} of {1}").format(position + 1, len(session.asked))
        self.place.setText(joined(session.guide_title, asked.section, number))
        question = asked.question
        self.question.set_prompt(question.prompt)
        self.figures.show_take(take, session.target_of(position))
        self.answer.show_takes(session.takes_of(position), take)
        self.sample.set_text(question.sample_answer)
        self.tip.set_text(question.tip)
        self.why.set_text(question.why_they_ask)
        self.outline.show_question(question)
        self._show_buttons(state, take)
        self._show_listen()
        if state.notice and state.notice != self._told:
            self.notice.show_message(state.notice, icon_name="warning-circle")
        self._told = state.notice

    def _show_buttons(self, state: Rehearsal, take: Take | None) -> None:
        self.leaving.show_state(state)
        is_last = self._position + 1 >= len(state.session.asked)
        is_back = self._is_looking_back
        self.next.set_text(
            self.tr("Finish the session") if is_last and not is_back else self.tr("Next question")
        )
        self.next.set_icon("check" if is_last and not is_back else "arrow-right")
        self.next.setVisible(not (is_last and is_back))
        self.another.setVisible(not is_back)
        self.back.setVisible(is_back)
        self.best.setVisible(take is not None and len(state.session.takes_of(self._position)) > 1)
        is_best = take is not None and take.is_best
        self.best.set_text(self.tr("The best take") if is_best else self.tr("Keep as best"))
        self.best.set_icon("star-fill" if is_best else "star")
        self.listen.setVisible(take is not None and not take.is_typed)
        self.listen.setEnabled(take is not None and take.sound is not None)

    def _show_listen(self) -> None:
        is_playing = self._playing is not None and not self._is_held
        self.listen.set_text(self.tr("Pause") if is_playing else self.tr("Listen"))
        self.listen.set_icon("pause" if is_playing else "play")

    def _follow(self, event: TakePlayed) -> None:
        if event.position_s is None:
            if event.uid == self._playing:
                self._playing, self._is_held = None, False
                self.answer.transcript.set_position(None)
                self._show_listen()
            if event.problem:
                self.notice.show_message(event.problem, icon_name="speaker-slash")
        elif event.uid == self._uid:
            self.answer.transcript.set_position(event.position_s)

    def _enter(self) -> None:
        self._playing, self._is_held = None, False
        self._show_listen()
        self.area.verticalScrollBar().setValue(0)
        focus = QApplication.focusWidget()
        if focus is None or focus is self.window() or self.parentWidget() is None:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the one obvious action."""
        target = self.next if self.next.isVisibleTo(self) else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)
