"""The end of a session: every question with its figures, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.rehearsal.machine import Rehearsal
from interview_app.domain.session import Session, Take, TranscriptionStatus
from interview_app.gui.answer.figures import FiguresLine
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_panel, row
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.scrolling import scrolled

_SHORT_PART = 0.25


class SummaryView(QWidget):
    """What was answered, and the way to each review.

    Signals:
        question_asked(int): open the review of the question of that position.
        done: back to the set-up.
    """

    question_asked = Signal(int)
    done = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._session_uid = ""
        self.rows: list[SummaryRow] = []
        self.setAccessibleName(self.tr("Summary"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = make_label(self.tr("That was your session"), Role.TITLE)
        self.closing = make_label(role=Role.READING, wraps=True)
        self.total = make_label(role=Role.FIGURE, wraps=True)
        self.advice = make_label(role=Role.READING, wraps=True)
        self.review_button = Button(
            theme, self.tr("Review the answers"), "list-bullets", Kind.PRIMARY, "Return"
        )
        self.done_button = Button(theme, self.tr("Done"), "check", Kind.PLAIN, "Esc")
        self.review_button.clicked.connect(self._review)
        self.done_button.clicked.connect(self.done)
        self._list = column(spacing=Space.XS)
        page = QWidget()
        body = column(page, spacing=Space.M)
        body.setContentsMargins(0, 0, Space.S, 0)
        body.addLayout(self._list)
        body.addStretch(1)
        foot = row(spacing=Space.S)
        foot.addWidget(self.review_button)
        foot.addWidget(self.done_button)
        foot.addStretch(1)
        layout = column(self, margin=Space.L, spacing=Space.S)
        layout.addWidget(self.title)
        layout.addWidget(self.closing)
        layout.addWidget(self.total)
        layout.addWidget(self.advice)
        layout.addSpacing(Space.XS)
        layout.addWidget(scrolled(page), 1)
        layout.addLayout(foot)
        bind_key(self, "Esc", self.done.emit)
        bind_key(self, "Return", self._review)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the summary."""
        return (
            KeyHelp("Return", self.tr("Review the answers")),
            KeyHelp("Esc", self.tr("Done")),
        )

    def show_state(self, state: Rehearsal) -> None:
        """Show a session that is over."""
        session = state.session
        if session.uid != self._session_uid or len(self.rows) != len(session.asked):
            self._session_uid = session.uid
            self._make_rows(session)
        for line in self.rows:
            line.show_session(session)
        self.closing.setText(state.line)
        self.closing.setVisible(bool(state.line))
        self.total.setText(self._total(session))
        self.advice.setText(self._advice(session))
        has_takes = bool(session.takes)
        self.review_button.setVisible(has_takes)

    def take_focus(self) -> None:
        """Put the focus on the one obvious action."""
        target = self.review_button if self.review_button.isVisibleTo(self) else self.done_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_rows(self, session: Session) -> None:
        for line in self.rows:
            self._list.removeWidget(line)
            line.deleteLater()
        self.rows = [SummaryRow(self._theme, session, n) for n in range(len(session.asked))]
        for line in self.rows:
            line.question_asked.connect(self.question_asked)
            self._list.addWidget(line)

    def _review(self) -> None:
        first = next((line for line in self.rows if line.is_answered), None)
        if first is not None:
            self.question_asked.emit(first.position)

    def _total(self, session: Session) -> str:
        answered = len(_answered(session))
        seconds = sum(take.duration_s for take in session.takes)
        takes = len(session.takes)
        parts = [
            self.tr("{0} of {1} questions answered").format(answered, len(session.asked)),
            settled(self.tr("%n take(s)", "", takes), takes),
        ]
        if seconds:
            parts.append(self.tr("{0} of answers").format(as_clock(seconds)))
        return " · ".join(parts)

    def _advice(self, session: Session) -> str:
        if any(take.transcription is TranscriptionStatus.PENDING for take in session.takes):
            return self.tr("The last transcripts are still being written; you can wait or go on.")
        answered = _answered(session)
        open_count = len(session.asked) - len(answered)
        if not answered:
            return self.tr("Nothing was answered this time. The questions are there when you are.")
        if open_count:
            if open_count == 1:
                return self.tr("Next time, begin with the question left open.")
            return self.tr("Next time, begin with the %n questions left open.", "", open_count)
        return self._advice_on_length(session)

    def _advice_on_length(self, session: Session) -> str:
        full = {take.position for take in session.takes if not _is_short(session, take)}
        if len(full) < len(session.asked):
            count = len(session.asked) - len(full)
            text = self.tr(
                "%n answer(s) stayed far below the target: try again, and say more.", "", count
            )
            return settled(text, count)
        over = [t for t in session.takes if t.duration_s > session.target_of(t.position)]
        if over:
            text = self.tr(
                "Everything is answered. %n answer(s) ran past the target: try those "
                "again, shorter.",
                "",
                len(over),
            )
            return settled(text, len(over))
        return self.tr("All questions answered. Practice spread over several days sticks best.")


def _answered(session: Session) -> set[int]:
    """The questions something was said to; a recording in which nothing was heard is no answer."""
    unheard = TranscriptionStatus.NOTHING_HEARD
    return {take.position for take in session.takes if take.transcription is not unheard}


def _is_short(session: Session, take: Take) -> bool:
    """Whether a spoken answer took less than a quarter of its target."""
    is_spoken = not take.is_typed
    return is_spoken and take.duration_s < _SHORT_PART * session.target_of(take.position)


class SummaryRow(QWidget):
    """One question with the figures of its best or last take.

    Signals:
        question_asked(int): open its review.
    """

    question_asked = Signal(int)

    def __init__(self, theme: Theme, session: Session, position: int) -> None:
        super().__init__()
        self.position = position
        self.is_answered = False
        panel = make_panel("raised")
        self._number = make_label(str(position + 1), Role.FIGURE)
        prompt = session.asked[position].question.prompt
        self._prompt = make_label(prompt, Role.READING, wraps=True)
        self.figures = FiguresLine(theme)
        self._state = make_label(role=Role.MUTED)
        self.button = Button(theme, self.tr("Review"), "arrow-right", Kind.QUIET)
        self.button.setAccessibleName(self.tr("Review question {0}").format(position + 1))
        self.button.setAccessibleDescription(prompt)
        self.button.clicked.connect(lambda: self.question_asked.emit(position))
        texts = column(spacing=Space.XXS)
        texts.addWidget(self._prompt)
        texts.addWidget(self.figures)
        texts.addWidget(self._state)
        inner = row(panel, margin=Space.S, spacing=Space.M)
        inner.addWidget(self._number, alignment=Qt.AlignmentFlag.AlignTop)
        inner.addLayout(texts, 1)
        inner.addWidget(self.button)
        outer = column(self)
        outer.addWidget(panel)

    def show_session(self, session: Session) -> None:
        """Show how this question was answered."""
        takes = session.takes_of(self.position)
        best = next((take for take in takes if take.is_best), takes[-1] if takes else None)
        self.is_answered = best is not None
        self.figures.show_take(best, session.target_of(self.position))
        self.figures.setVisible(best is not None)
        state = self._state_of(best)
        self._state.setText(state)
        self._state.setVisible(bool(state))

    def _state_of(self, take: Take | None) -> str:
        if take is None:
            return self.tr("Not answered")
        return {
            TranscriptionStatus.PENDING: self.tr("Still being transcribed…"),
            TranscriptionStatus.NOTHING_HEARD: self.tr("Nothing was heard"),
            TranscriptionStatus.FAILED: self.tr("Not transcribed yet; the recording is kept"),
        }.get(take.transcription, "")
