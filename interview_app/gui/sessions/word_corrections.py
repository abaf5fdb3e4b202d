"""Corrects the words of the take in front: from the key to the database and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, QRect, Qt

from interview_app.domain.analysis.corrections import corrected
from interview_app.domain.session import Take
from interview_app.domain.transcript import Transcript
from interview_app.gui.answer.corrections_line import CorrectionsLine
from interview_app.gui.answer.word_editor import WordEditor
from interview_app.gui.sessions.session_view import SessionView
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Theme
from interview_app.gui.widgets.keys import bind_key
from interview_app.gui.widgets.notice import announce
from interview_app.services.history.corrections import CorrectionService
from interview_app.services.jobs import Jobs, Lane


@dataclass(slots=True)
class _CorrectionHistory:
    """The transcripts a take had before its corrections, and those that were undone."""

    undo: list[Transcript] = field(default_factory=list)
    redo: list[Transcript] = field(default_factory=list)
    latest: Transcript | None = None
    """What the latest change led to; other words there mean that this past is over."""


class WordCorrectionController(QObject):
    """Has the words of a session's takes corrected, one after another.

    Nothing is replaced while another change is being stored: the next waits for its turn.
    """

    def __init__(
        self, theme: Theme, view: SessionView, correcting: CorrectionService, jobs: Jobs
    ) -> None:
        super().__init__(view)
        self._view = view
        self._correcting = correcting
        self._jobs = jobs
        self._pasts: dict[str, _CorrectionHistory] = {}
        self._index = 0
        self._seen: Transcript | None = None
        self._is_storing = False
        self._answer = answer = view.take_view.answer
        self.transcript = answer.transcript
        self.transcript.set_correctable(True)
        self.editor = WordEditor(theme, answer)
        self.line = CorrectionsLine(theme)
        answer.add_below(self.line)
        self._connect()

    def _connect(self) -> None:
        words, view = self.transcript, self._view
        words.edit_asked.connect(self.edit)
        words.delete_asked.connect(self._delete)
        self.editor.written.connect(self._written)
        self.editor.left.connect(self._leave)
        self.line.undo_asked.connect(self.undo)
        self.line.restore_asked.connect(self.restore)
        view.take_view.take_shown.connect(self._show)
        only_here = Qt.ShortcutContext.WidgetShortcut
        bind_key(words, "Ctrl+Z", self.undo, only_here)
        bind_key(words, "Ctrl+Shift+Z", self.redo, only_here)
        book = view.key_book
        book.describe("F2", self.tr("In the transcript: correct the chosen word"))
        book.describe("Del", self.tr("In the transcript: delete the chosen word"))
        book.describe("Ctrl+Z", self.tr("In the transcript: undo a correction"))
        book.describe("Ctrl+Shift+Z", self.tr("In the transcript: redo it"))
        view.take_view.commands.add_to_menu(
            self.tr("Correct words"), "pencil-simple", self.begin, key="E"
        )

    def begin(self) -> None:
        """Correct the chosen word, or the first."""
        take = self._take
        if take is not None and take.transcript is not None and take.transcript.words:
            self.edit(self.transcript.chosen_word or 0)

    def edit(self, index: int) -> None:
        """Write the word of that index anew."""
        take = self._take
        transcript = take.transcript if take is not None else None
        if transcript is None or self._is_storing or not 0 <= index < len(transcript.words):
            return
        self.transcript.choose_word(index)
        chosen = self.transcript.chosen_word
        if chosen is None:
            return
        index = self._index = chosen
        self._seen = transcript
        box = self.transcript.word_box(index)
        corner = self.transcript.viewport().mapTo(self._answer, box.topLeft())
        self.editor.edit(QRect(corner, box.size()), transcript.words[index].text)

    def undo(self) -> None:
        """Take back the latest correction of the take in front."""
        self._go_back(self._past.undo, self._past.redo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._go_back(self._past.redo, self._past.undo)

    def restore(self) -> None:
        """Have the words the recognizer wrote."""
        take = self._take
        if take is None or take.transcript is None or not take.transcript.is_corrected:
            return
        seen, session_id = take.transcript, self._session_id
        self._store(
            lambda: self._correcting.restore(session_id, take.uid, seen),
            take,
            self.tr("All words are as the recognizer wrote them."),
        )

    def _written(self, text: str, step: int) -> None:
        take, seen, index = self._take, self._seen, self._index
        self._seen = None
        if take is None or seen is None or take.transcript != seen:
            return
        count = len(text.split())
        following = index + count if step > 0 else index + step
        wanted = corrected(seen, index, text)
        if wanted == seen:
            self._go_on(take.uid, following, step)
            return
        session_id = self._session_id
        told = self.tr("Corrected: {0}").format(" ".join(text.split()))
        self._store(
            lambda: self._correcting.put(session_id, take.uid, seen, wanted),
            take,
            told if count else self.tr("Deleted: {0}").format(seen.words[index].text),
            partial(self._go_on, take.uid, following, step),
        )

    def _delete(self, index: int) -> None:
        take = self._take
        if take is not None and not self._is_storing:
            self._index, self._seen = index, take.transcript
            self._written("", 0)

    def _leave(self) -> None:
        self._seen = None
        self.transcript.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self, uid: str, index: int, step: int) -> None:
        """To another word of that take, which may be hidden, or the last and deleted.

        With a ``step``, forth or back, that word is written anew.
        """
        take = self._take
        if take is None or take.uid != uid:
            return
        count = len(take.transcript.words) if take.transcript is not None else 0
        self.transcript.choose_word(index, step or 1)
        self.transcript.setFocus(Qt.FocusReason.OtherFocusReason)
        chosen = self.transcript.chosen_word
        if step and 0 <= index < count and chosen is not None and (chosen - index) * step >= 0:
            self.edit(chosen)

    def _go_back(self, source: list[Transcript], target: list[Transcript]) -> None:
        take = self._take
        if take is None or take.transcript is None or not source or self._is_storing:
            return
        seen, wanted, session_id = take.transcript, source[-1], self._session_id

        def moved() -> None:
            target.append(seen)
            source.pop()
            self._show()

        self._store(
            lambda: self._correcting.put(session_id, take.uid, seen, wanted),
            take,
            self.tr("Changed back."),
            moved,
            is_new=False,
        )

    def _store(
        self,
        work: Callable[[], Take],
        take: Take,
        told: str,
        then: Callable[[], None] = lambda: None,
        *,
        is_new: bool = True,
    ) -> None:
        """Store a change of a take; ``is_new``: it can be undone, and nothing redone after it."""
        if self._is_storing:
            return
        self._is_storing = True

        def stored(changed: Take) -> None:
            self._is_storing = False
            past = self._pasts.setdefault(take.uid, _CorrectionHistory())
            past.latest = changed.transcript
            if is_new and take.transcript is not None:
                past.undo.append(take.transcript)
                past.redo.clear()
            self._view.change_take(changed)
            announce(self.transcript, told)
            then()

        def failed(error: Exception) -> None:
            self._is_storing = False
            self._view.show_message(sentence_of(error))

        self._jobs.submit(Lane.STORAGE, lambda _job: work(), stored, failed)

    @property
    def _take(self) -> Take | None:
        return self._view.take

    @property
    def _session_id(self) -> int:
        session = self._view.session
        return session.id or 0 if session is not None else 0

    @property
    def _past(self) -> _CorrectionHistory:
        take = self._take
        return self._pasts.setdefault(take.uid if take is not None else "", _CorrectionHistory())

    def _show(self) -> None:
        take = self._take
        transcript = take.transcript if take is not None else None
        if self.editor.isVisible() and transcript != self._seen:
            self._seen = None
            self.editor.hide()
        past = self._past
        if past.latest != transcript:
            past.undo.clear()
            past.redo.clear()
        self.line.show_corrections(transcript, can_undo=bool(past.undo))
