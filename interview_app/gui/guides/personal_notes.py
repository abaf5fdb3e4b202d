"""What a person has of their own to the question in front: notes, prepared answer, stories."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.guides.context import GuidesContext
from interview_app.gui.guides.reader import GuideReadingView
from interview_app.services.guides.notes import PersonalNote
from interview_app.services.jobs import Lane

Found = tuple[PersonalNote, tuple[Story, ...]]


class PersonalNotesController(QObject):
    """Fetches it for the reader, and keeps what is written there, in jobs.

    ``trouble`` tells the person what could not be done.
    """

    def __init__(
        self,
        context: GuidesContext,
        reader: GuideReadingView,
        trouble: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._reader = reader
        self._trouble = trouble
        self._shown = QuestionKey("", "")
        reader.mine.written.connect(self._keep_note)

    def show(self, key: QuestionKey) -> None:
        """Be about that question; about none where it has no id."""
        self._shown = key
        self._reader.mine.show_note(None)
        self._reader.served.show_stories(key, ())
        if not key.question_id:
            return

        def show(found: Found) -> None:
            note, stories = found
            if self._shown == key:
                self._reader.mine.show_note(note)
                self._reader.served.show_stories(key, stories)

        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: (
                self._context.browsing().note(key.guide_id, key.question_id),
                self._context.stories().all(),
            ),
            show,
            self._trouble,
        )

    def refresh_stories(self) -> None:
        """Show the stories of the question in front as they are now."""
        key = self._shown
        if not key.question_id:
            return

        def show(stories: tuple[Story, ...]) -> None:
            if self._shown == key:
                self._reader.served.show_stories(key, stories)

        self._context.jobs.submit(
            Lane.STORAGE, lambda _job: self._context.stories().all(), show, self._trouble
        )

    def _keep_note(self, note: PersonalNote) -> None:
        mine = self._reader.mine

        def failed(error: Exception) -> None:
            self._trouble(error)
            mine.show_failure(note)

        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: self._context.browsing().keep_note(note),
            lambda _done: mine.show_kept(note),
            failed,
        )
