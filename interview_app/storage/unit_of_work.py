"""One transaction over the database."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from interview_app.services.guides.notes import NoteRepository
from interview_app.services.guides.stories import StoryRepository
from interview_app.services.history.comparison import QuestionTakeRepository
from interview_app.services.history.corrections import CorrectionRepository
from interview_app.services.history.take_notes import TakeNoteRepository
from interview_app.services.ports.history import HistoryRepository
from interview_app.services.ports.sessions import SessionRepository
from interview_app.services.ports.sounds import SoundRepository
from interview_app.storage.corrections_repository import SqlCorrections
from interview_app.storage.history_repository import SqlHistory
from interview_app.storage.notes_repository import SqlNotes
from interview_app.storage.question_takes import SqlQuestionTakes
from interview_app.storage.repositories import SqlSessions
from interview_app.storage.sound_repository import SqlSounds
from interview_app.storage.stories_repository import SqlStories
from interview_app.storage.take_notes_repository import SqlTakeNotes


class SqlUnitOfWork:
    """A transaction that begins with ``with`` and rolls back unless committed.

    It holds the write lock to its end: do slow work outside, and open no second one inside.
    Storage errors leave as types of ``domain.errors``; see :func:`open_database`.
    """

    sessions: SessionRepository
    history: HistoryRepository
    notes: NoteRepository
    take_notes: TakeNoteRepository
    corrections: CorrectionRepository
    question_takes: QuestionTakeRepository
    stories: StoryRepository
    sounds: SoundRepository

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        self._connection = connection = self._engine.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        self.sessions = SqlSessions(connection)
        self.history = SqlHistory(connection)
        self.notes = SqlNotes(connection)
        self.take_notes = SqlTakeNotes(connection)
        self.corrections = SqlCorrections(connection)
        self.question_takes = SqlQuestionTakes(connection)
        self.stories = SqlStories(connection)
        self.sounds = SqlSounds(connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def commit(self) -> None:
        """Make everything of this unit last: it is on the disk when this returns.

        Raises:
            StorageError: it could not be written; the unit changes nothing.
        """
        if self._connection is None:
            raise RuntimeError("A unit of work commits between its begin and its end")
        self._connection.commit()
