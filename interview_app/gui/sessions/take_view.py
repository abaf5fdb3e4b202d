"""One question of a kept session: its takes to hear and to read, beside what was asked with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QWidget

from interview_app.domain.analysis.landmarks import Landmarks
from interview_app.domain.session import Session, Take, TakeStatus, TranscriptionStatus
from interview_app.gui.answer.answer_column import AnswerColumn
from interview_app.gui.answer.figures import FiguresLine
from interview_app.gui.answer.text_columns import OutlinePart, TextColumn
from interview_app.gui.sessions.player_bar import PlayerBar
from interview_app.gui.text.bidi import joined
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.action_bar import ActionBar
from interview_app.gui.widgets.ask_panel import AskPanel
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import column, make_label, row
from interview_app.gui.widgets.folding import FoldingColumns
from interview_app.gui.widgets.keys import KeyBook
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.question_view import QuestionView
from interview_app.gui.widgets.scrolling import keep_in_sight, scrolled
from interview_app.services.playback.take_player import PlaybackState

_COLUMN_WIDTH = 210
_AT_ONCE_MS = 0
_PLACE_SHARE = 0.45
"""So much of the width may the place of a question have before it is folded into lines."""
_PLAYER_STAYS_HEIGHT = 440
"""From this height on, before the text is scaled, question and player do not scroll away."""


class TakeView(QWidget):
    """A question and the take that is shown of it; what can be done with it is in ``commands``.

    Signals:
        take_chosen(str): show the take of that uid.
        again_asked(str): make the transcript of that take again.
        play_asked(float): hear the take from this second on.
        take_shown: another take is shown, or the same with other words.
    """

    take_chosen = Signal(str)
    again_asked = Signal(str)
    play_asked = Signal(float)
    take_shown = Signal()

    def __init__(self, theme: Theme, keys: KeyBook) -> None:
        super().__init__()
        self._theme = theme
        self._take: Take | None = None
        self._takes: tuple[Take, ...] = ()
        none = self.tr("This guide has none for this question.")
        self.place = make_label(role=Role.MUTED, wraps=True)
        self.question = QuestionView(theme, Role.TITLE)
        self.player = PlayerBar(theme)
        self.figures = FiguresLine(theme)
        self.notice = Notice(theme, can_close=False)
        self.busy = BusyLine(theme, _AT_ONCE_MS)
        self.ask = AskPanel(theme)
        self.answer = AnswerColumn(theme)
        self.answer.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sample = TextColumn(theme, self.tr("Sample answer"), none)
        self.tip = TextColumn(theme, self.tr("Personalization tip"), none)
        self.why = TextColumn(theme, self.tr("Why they ask"))
        self.outline = OutlinePart(theme)
        self.commands = ActionBar(theme, keys)
        self.again = self.commands.add(
            self.tr("Transcribe again"),
            "arrows-clockwise",
            self._again,
            key="W",
            tip=self.tr("Hear it again with another model, and see what differs"),
        )
        self._model_manager = _KeepsArrows(self)
        self.answer.transcript.installEventFilter(self._model_manager)
        self._build()
        self.answer.take_chosen.connect(self.take_chosen)
        self.answer.again_asked.connect(self.again_asked)
        self.answer.word_activated.connect(self.play_asked)

    @property
    def take(self) -> Take | None:
        """The take that is shown."""
        return self._take

    def show_question(self, session: Session, position: int) -> None:
        """Show a question as it was asked."""
        asked = session.asked[position]
        number = self.tr("Question {0} of {1}").format(position + 1, len(session.asked))
        self.place.setText(joined(asked.section, number))
        self.question.set_prompt(asked.question.prompt)
        self.sample.set_text(asked.question.sample_answer)
        self.tip.set_text(asked.question.tip)
        self.why.set_text(asked.question.why_they_ask)
        self.outline.show_question(asked.question)
        self.area.verticalScrollBar().setValue(0)
        self._arrange()

    def show_take(
        self, session: Session, position: int, take: Take | None, *, has_sound: bool
    ) -> None:
        """Show a take of that question; ``has_sound``: its file is there."""
        self.busy.stop()
        self.ask.put_away()
        self._take, self._takes = take, session.takes_of(position)
        self.figures.show_take(take, session.target_of(position))
        self.figures.setVisible(take is not None)
        self.player.setVisible(has_sound)
        can_hear = take is not None and take.transcription is TranscriptionStatus.DONE
        self.again.setVisible(has_sound and can_hear)
        # No transcript is being made here unless this page asked for it.
        shown = take
        if take is not None and take.transcription is TranscriptionStatus.PENDING:
            shown = replace(take, transcription=TranscriptionStatus.FAILED)
        self.answer.show_takes(self._takes, shown)
        if not has_sound:
            self.answer.again.hide()
        self._show_message(take, has_sound=has_sound)
        self.take_shown.emit()

    def show_sound(self, landmarks: Landmarks) -> None:
        """Show the words of the take, and what can be reached in it, on its sound."""
        take = self._take
        if take is not None:
            is_spoken = take.transcript is not None and not take.is_typed
            words = take.transcript.words if is_spoken and take.transcript else ()
            self.player.wave.show_take(take.uid, take.duration_s, words, landmarks)

    def add_beside(self, widget: QWidget) -> None:
        """Have something stand beside the answer, under the tip."""
        self._beside.insertWidget(self._beside.count() - 1, widget)

    def show_damaged(self, *, is_whole: bool) -> None:
        """Say that the recording cannot be heard, or breaks off; its words stay."""
        if is_whole:
            text = self.tr("This recording cannot be heard; what was written down is kept.")
        else:
            text = self.tr(
                "This recording is damaged and breaks off; what was written down is kept."
            )
        self.notice.show_message(text, icon_name="speaker-slash")

    def show_transcribing(self, cancel: Callable[[], None]) -> None:
        """The transcript is being made."""
        if self._take is None:
            return
        pending = replace(self._take, transcription=TranscriptionStatus.PENDING)
        self.answer.show_takes(self._takes, pending)
        self.again.hide()
        # Text, bar and Cancel need more room than the column of the answer has.
        self.answer.busy.stop()
        self.busy.start(self.tr("Writing down what you said…"), cancel)

    def show_replay(self, replay: PlaybackState) -> None:
        """Follow the sound."""
        self.player.show_replay(replay)
        is_begun = replay.is_playing or replay.position_s > 0
        self.answer.transcript.set_position(replay.position_s if is_begun else None)
        if replay.problem:
            gone = self.tr("This recording cannot be heard; what was written down is kept.")
            self.notice.show_message(f"{gone} {replay.problem}", icon_name="speaker-slash")

    def _build(self) -> None:
        self._head = QWidget()
        head = column(self._head, spacing=Space.XS)
        top = row(spacing=Space.M)
        top.addWidget(self.place)
        top.addWidget(self.commands, 1)
        head.addLayout(top)
        head.addWidget(self.question)
        head.addWidget(self.player)
        told = column(spacing=Space.XS)
        for part in (self.notice, self.busy, self.figures, self.ask):
            told.addWidget(part)
        columns = FoldingColumns(self._theme, _COLUMN_WIDTH)
        advice = QWidget()
        self._beside = beside = column(advice, spacing=Space.M)
        beside.addWidget(self.tip)
        beside.addWidget(self.why)
        beside.addStretch(1)
        for widget in (self.answer, self.sample, advice):
            columns.add(widget)
        page = QWidget()
        self._page = body = column(page, spacing=Space.M)
        body.setContentsMargins(0, 0, Space.S, Space.S)
        body.addLayout(told)
        body.addWidget(columns)
        body.addWidget(self.outline)
        body.addStretch(1)
        self.area = scrolled(page)
        keep_in_sight(self.area, self.answer.transcript, self.answer.transcript.place_shown)
        self._layout = column(self, spacing=Space.S)
        self._layout.addWidget(self._head)
        self._layout.addWidget(self.area, 1)
        self._theme.changed.connect(self._arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The player stays in sight while the words scroll, where there is room for both."""
        stays = self.height() >= self._theme.px(_PLAYER_STAYS_HEIGHT)
        wanted = self._layout if stays else self._page
        if wanted.indexOf(self._head) < 0:
            wanted.insertWidget(0, self._head)
        words = self.place.fontMetrics().horizontalAdvance(self.place.text()) + Space.XXS
        self.place.setMinimumWidth(min(words, round(self.width() * _PLACE_SHARE)))

    def _show_message(self, take: Take | None, *, has_sound: bool) -> None:
        if take is None or take.is_typed:
            self.notice.hide()
        elif take.status is TakeStatus.RECORDING:
            self.notice.show_message(
                self.tr(
                    "This take was not closed. If it is not being recorded just now, it is "
                    "offered to you at the next start."
                ),
                icon_name="warning-circle",
            )
        elif take.sound is None:
            self.notice.show_message(
                self.tr(
                    "The sound of this take was deleted to make room. What was said, the figures "
                    "and your notes are kept."
                ),
                icon_name="speaker-slash",
            )
        elif not has_sound:
            self.notice.show_message(
                self.tr(
                    "The recording of this take is gone from the data folder. What was written "
                    "down, the figures and the sample answer are kept."
                ),
                icon_name="speaker-slash",
            )
        elif take.status is TakeStatus.RECOVERED:
            self.notice.show_message(
                self.tr(
                    "Take recovered: the application ended while it was being recorded. "
                    "At most its last second is missing."
                ),
                icon_name="first-aid",
            )
        else:
            self.notice.hide()

    def _again(self) -> None:
        if self._take is not None:
            self.again_asked.emit(self._take.uid)


class _KeepsArrows(QObject):
    """Leaves a transcript its arrow keys, which choose words, where a page binds them too."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)
