"""Has takes of the open session transcribed again; words that are there stay until it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.analysis.alignment import Pair
from interview_app.domain.analysis.compared_figures import compared_figures
from interview_app.domain.session import Session, Take
from interview_app.gui.answer.figures_comparison import FiguresComparison
from interview_app.gui.answer.text_comparison import TextComparison
from interview_app.gui.sessions.context import SessionsContext
from interview_app.gui.sessions.overlay_head import OverlayHead
from interview_app.gui.sessions.session_overlay import SessionNavigator
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.ask_panel import AskPanel
from interview_app.gui.widgets.controls import Button, column, make_label, make_line
from interview_app.gui.widgets.folding_row import FoldingRow
from interview_app.gui.widgets.keys import KeyBook, KeyHelp
from interview_app.gui.widgets.scrolling import keep_in_sight, scrolled
from interview_app.services.history.comparison import pairs_of
from interview_app.services.jobs import JobContext, Lane, Progress
from interview_app.services.playback.take_player import PlaybackState, TakePlayer
from interview_app.services.ports.recognizer import ModelInfo

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


@dataclass(frozen=True, slots=True)
class _Transcribed:
    """What another model made of a take, and both transcripts side by side."""

    there: Take
    heard: Take
    pairs: tuple[Pair, ...]


class RetranscribeController(QObject):
    """Asks which model, waits for it, and shows what differs.

    A take without words gets those that are heard at once. What is heard while the person looks
    at something else waits for them to come back to that take.
    """

    def __init__(self, theme: Theme, context: SessionsContext, stage: SessionNavigator) -> None:
        view = stage.session
        super().__init__(view)
        self._context = context
        self._view = view
        self._stage = stage
        self._jobs: dict[str, JobContext] = {}
        self._waiting: dict[str, _Transcribed] = {}
        self._untold: dict[str, str] = {}
        """What became of a take that was not in front, by its uid."""
        self.difference = DifferenceView(theme, stage.replaying)
        view.again_asked.connect(self.ask)
        view.take_view.take_shown.connect(self._offer)
        self.difference.kept.connect(self._keep)
        self.difference.left.connect(self._leave)
        stage.replaying.subscribe(self.difference.show_replay)

    def close(self) -> None:
        """Stop what is being heard."""
        for job in self._jobs.values():
            job.cancel()

    def ask(self, uid: str) -> None:
        """Transcribe a take again: without words at once, else with a model to choose."""
        session, take = self._found(uid)
        if session is None or take is None or uid in self._jobs:
            return
        if take.transcript is None or not take.transcript.words:
            self._hear(session, take, self._context.preferences.choices.model)
            return
        self._context.jobs.submit(
            Lane.FILES,
            lambda _job: self._context.models(),
            partial(self._choose, uid),
            lambda error: self._view.show_message(sentence_of(error)),
        )

    def _choose(self, uid: str, models: Sequence[ModelInfo]) -> None:
        _, take = self._found(uid)
        if take is None or take.transcript is None or self._view.take != take:
            return
        chosen = self._context.preferences.choices.model
        installed = [model.name for model in models if model.is_installed]
        there = take.transcript.model
        # The model that made these words would make them again: it stands last.
        names = sorted(dict.fromkeys((chosen, *installed)), key=lambda name: name == there)
        self._view.take_view.ask.ask(
            self.tr(
                "Which model is to hear this take again? The present words come from {0}; nothing "
                "is replaced before you have seen what differs."
            ).format(there or take.transcript.recognizer),
            *((name, partial(self._hear_chosen, uid, name)) for name in names),
            refuse=self.tr("Cancel"),
        )

    def _hear_chosen(self, uid: str, model: str) -> None:
        session, take = self._found(uid)
        if session is not None and take is not None and uid not in self._jobs:
            self._hear(session, take, model)

    def _hear(self, session: Session, take: Take, model: str) -> None:
        again = self._context.again
        has_words = take.transcript is not None and bool(take.transcript.words)

        def work(job: JobContext) -> _Transcribed | Take:
            if not has_words:
                return again.transcribe(session, take, model, job)
            heard = again.hear(session, take, model, job)
            return _Transcribed(take, heard, pairs_of(take, heard, is_same_sound=True))

        uid = take.uid
        self._waiting.pop(uid, None)
        self._jobs[uid] = self._context.jobs.submit(
            Lane.RECOGNITION,
            work,
            partial(self._heard, uid),
            partial(self._failed, uid),
            partial(self._progress, uid),
        )
        self._view.show_transcribing(uid, partial(self._cancel, uid))

    def _progress(self, uid: str, progress: Progress) -> None:
        self._view.show_progress(uid, progress.fraction)

    def _failed(self, uid: str, error: Exception) -> None:
        self._jobs.pop(uid, None)
        self._view.stop_transcribing(uid)
        self._tell(uid, sentence_of(error))

    def _tell(self, uid: str, text: str) -> None:
        """Say it of that take: now where it is in front, else when it comes there."""
        take = self._view.take
        if take is not None and take.uid == uid:
            self._view.show_message(text)
        else:
            self._untold[uid] = text

    def _cancel(self, uid: str) -> None:
        job = self._jobs.pop(uid, None)
        if job is not None:
            job.cancel()
        self._view.stop_transcribing(uid)

    def _heard(self, uid: str, found: _Transcribed | Take) -> None:
        self._jobs.pop(uid, None)
        self._view.stop_transcribing(uid)
        if isinstance(found, Take):
            self._view.change_take(found)
        elif found.heard.failure and found.heard.transcript == found.there.transcript:
            self._tell(uid, found.heard.failure)
        elif all(pair.is_same for pair in found.pairs):
            same = self.tr("{0} heard the same words. Nothing was changed.")
            self._tell(uid, same.format(_model(found)))
        else:
            self._waiting[uid] = found
            is_in_front = self._view.take is not None and self._view.take.uid == uid
            if is_in_front and self._stage.is_session_in_front and self._view.isVisible():
                self._show(uid)
            else:
                self._offer()

    def _offer(self) -> None:
        """Say that another transcript waits, where one does for the take in front."""
        take = self._view.take
        if take is not None and take.uid in self._untold:
            self._view.show_message(self._untold.pop(take.uid))
        found = self._waiting.get(take.uid) if take is not None else None
        if take is None or found is None:
            return
        if take.transcript != found.there.transcript:
            del self._waiting[take.uid]  # the words were changed since: there is nothing to compare
            return
        self._view.take_view.notice.show_message(
            self.tr("{0} has heard this take anew. Nothing is replaced yet.").format(_model(found)),
            action=self.tr("Show the difference"),
            command=partial(self._show, take.uid),
        )

    def _show(self, uid: str) -> None:
        found, (_, take) = self._waiting.get(uid), self._found(uid)
        if found is None or take is None:
            return
        if take.transcript != found.there.transcript:
            del self._waiting[uid]
            self._view.show_message(
                self.tr(
                    "The words were changed while {0} heard this take; they are kept. Transcribe "
                    "it again to see what differs."
                ).format(_model(found))
            )
            return
        self.difference.show_difference(found.there, found.heard, found.pairs)
        self._stage.show(self.difference)

    def _leave(self) -> None:
        self._waiting.pop(self.difference.uid, None)
        self._stage.leave(self.difference)

    def _keep(self, heard: Take) -> None:
        found, session = self._waiting.get(heard.uid), self._view.session
        if found is None or session is None or session.id is None:
            return
        again, session_id, seen = self._context.again, session.id, found.there.transcript
        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: again.keep(session_id, heard, seen),
            partial(self._kept, found),
            self._not_kept,
        )

    def _kept(self, found: _Transcribed, take: Take) -> None:
        self._waiting.pop(take.uid, None)
        self._stage.leave(self.difference)
        self._view.change_take(take)
        self._view.take_view.notice.show_message(
            self.tr("The words are those of {0} now.").format(_model(found)), icon_name="check"
        )

    def _not_kept(self, error: Exception) -> None:
        self._waiting.pop(self.difference.uid, None)
        self._stage.leave(self.difference)
        self._view.show_message(sentence_of(error))

    def _found(self, uid: str) -> tuple[Session | None, Take | None]:
        session = self._view.session
        return session, session.take(uid) if session is not None else None


def _model(found: _Transcribed) -> str:
    transcript = found.heard.transcript
    return (transcript.model or transcript.recognizer) if transcript is not None else ""
