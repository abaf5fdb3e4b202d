"""Has two takes of a question compared, heard, and one of them marked as the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from interview_app.domain.analysis.landmarks import landmarks_of
from interview_app.domain.session import Session, TranscriptionStatus
from interview_app.gui.sessions.comparison import CompareView
from interview_app.gui.sessions.context import SessionsContext
from interview_app.gui.sessions.session_overlay import SessionNavigator
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Theme
from interview_app.services.history.comparison import Comparison, QuestionTake, Side
from interview_app.services.jobs import JobContext, Lane

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

    def _open(self, side: Side) -> None:
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
