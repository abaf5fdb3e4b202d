"""Has takes of the open session transcribed again; words that are there stay until it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from interview_app.domain.analysis.alignment import Pair
from interview_app.domain.session import Session, Take
from interview_app.gui.sessions.context import SessionsContext
from interview_app.gui.sessions.session_overlay import SessionNavigator
from interview_app.gui.sessions.transcript_difference import DifferenceView
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Theme
from interview_app.services.history.comparison import pairs_of
from interview_app.services.jobs import JobContext, Lane, Progress
from interview_app.services.ports.recognizer import ModelInfo


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
