"""Sessions kept: find, open, label, put in the trash, delete with their sound."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from interview_app.domain.session import Session, Take
from interview_app.domain.session_labels import SessionLabels, tidy_tags
from interview_app.services.history.queries import (
    DayCounts,
    FilterChoices,
    Hits,
    SessionFilter,
    SessionOrder,
    SessionPage,
)
from interview_app.services.ports.clock import Clock
from interview_app.services.ports.history import HistoryUnit, NewHistoryUnit, SearchHit
from interview_app.services.ports.sessions import SessionSummary as Summary

TRASH_DAYS = 30
"""Days a session stays in the trash before a start deletes it for good."""

_log = logging.getLogger(__name__)
T = TypeVar("T")


class DataFolder(Protocol):
    """Where a person's files lie."""

    @property
    def root(self) -> Path:
        """The data folder; a take's sound is named relative to it."""
        ...

    @property
    def takes(self) -> Path:
        """The folder of takes' sound files."""
        ...


class History:
    """What was rehearsed; every call blocks shortly and belongs into a job.

    All raise ``StorageError`` where the database refuses.
    """

    def __init__(self, new_unit: NewHistoryUnit, folder: DataFolder, clock: Clock) -> None:
        self._new_unit = new_unit
        self._folder = folder
        self._clock = clock

    def sessions(self, limit: int = 200, offset: int = 0) -> list[Summary]:
        """Sessions outside the trash, newest first."""
        return self._read(lambda unit: unit.sessions.summaries(limit, offset))

    def unfinished(self) -> list[Summary]:
        """Sessions that can be continued, newest first."""
        return self._read(lambda unit: unit.sessions.unfinished())

    def session(self, session_id: int) -> Session:
        """A whole session.

        Raises:
            UnknownSession: no session has that number, or it is in the trash.
        """
        return self._read(lambda unit: unit.sessions.get(session_id))

    def search(self, text: str, limit: int = 50) -> list[SearchHit]:
        """Takes whose words, question or notes hold every word of a text, best first."""
        return self._read(lambda unit: unit.history.search(text, limit))

    def find_said(
        self, text: str, limit: int, offset: int = 0, within: SessionFilter | None = None
    ) -> Hits:
        """Hits from ``offset`` on, best first; ``within`` narrows them to some sessions."""
        return self._read(lambda unit: unit.history.find_said(text, limit, offset, within))

    def page(
        self, wanted: SessionFilter, order: SessionOrder, limit: int, offset: int = 0
    ) -> SessionPage:
        """Some lines of the history, narrowed and ordered, and how many there are."""
        return self._read(lambda unit: unit.history.page(wanted, order, limit, offset))

    def ids(
        self, wanted: SessionFilter, order: SessionOrder, rows: Iterable[tuple[int, int]]
    ) -> tuple[int, ...]:
        """The numbers of the sessions in some rows, each pair the first and the last of a range."""

        def read(unit: HistoryUnit) -> list[int]:
            return [
                session_id
                for first, last in rows
                for session_id in unit.history.ids(wanted, order, last - first + 1, first)
            ]

        return tuple(self._read(read))

    def days(self, wanted: SessionFilter) -> DayCounts:
        """How many sessions a filter leaves on each day."""
        return self._read(lambda unit: unit.history.days(wanted, self._clock.zone))

    def choices(self) -> FilterChoices:
        """What sessions can be filtered by."""
        return self._read(lambda unit: unit.history.choices())

    def lines(self, session_ids: Sequence[int]) -> list[Summary]:
        """The lines of some sessions outside the trash, newest first."""
        return self._read(lambda unit: unit.history.lines(session_ids))

    def labels(self, session_id: int) -> SessionLabels:
        """What a person says of a session.

        Raises:
            UnknownSession: no session has that number.
        """
        return self._read(lambda unit: unit.history.labels(session_id))

    def change_labels(
        self, session_ids: Iterable[int], change: Callable[[SessionLabels], SessionLabels]
    ) -> list[Summary]:
        """Change what a person says of some sessions, all or none; their lines as they are now.

        Raises:
            UnknownSession: no session has one of these numbers; nothing was changed.
            UsageError: a rating is outside 1 to 5; nothing was changed.
        """
        ids = tuple(dict.fromkeys(session_ids))
        with self._new_unit() as unit:
            for session_id in ids:
                changed = change(unit.history.labels(session_id))
                tidied = replace(
                    changed, title=" ".join(changed.title.split()), tags=tidy_tags(changed.tags)
                )
                unit.history.keep_labels(session_id, tidied, self._clock.now())
            unit.commit()
            return unit.history.lines(ids)

    def sound_of(self, take: Take) -> Path | None:
        """The sound file of a take; ``None`` for a typed one, or where the file is gone.

        A backup made while takes were being converted may name one form and hold the other.
        """
        if take.sound is None:
            return None
        path = self._folder.root / take.sound
        forms = (path, *(path.with_suffix(ending) for ending in (".wav", ".flac", ".opus")))
        return next((form for form in forms if form.is_file()), None)

    def move_to_trash(self, session_id: int) -> None:
        """Hide a session for :data:`TRASH_DAYS`; :meth:`restore` brings it back, with its sound.

        Raises:
            UnknownSession: no session has that number, or it is in the trash already.
        """
        self.move_all_to_trash((session_id,))

    def restore(self, session_id: int) -> None:
        """Take a session back out of the trash.

        Raises:
            UnknownSession: the trash holds no session of that number.
        """
        self.restore_all((session_id,))

    def move_all_to_trash(self, session_ids: Sequence[int]) -> None:
        """Hide some sessions, all or none; see :meth:`move_to_trash`."""
        with self._new_unit() as unit:
            for session_id in session_ids:
                unit.history.move_to_trash(session_id, self._clock.now())
            unit.commit()

    def restore_all(self, session_ids: Sequence[int]) -> None:
        """Take some sessions back out of the trash, all or none; see :meth:`restore`."""
        with self._new_unit() as unit:
            for session_id in session_ids:
                unit.history.restore(session_id)
            unit.commit()

    def trash(self) -> list[Summary]:
        """Sessions in the trash, newest first."""
        return self._read(lambda unit: unit.history.trash())

    def delete(self, session_id: int) -> tuple[Path, ...]:
        """Delete a session for good, then its sound; the files that could not be removed.

        The sound goes only once the session is gone from the database, so that a failure in
        between leaves a file too many, never a session without its sound.

        Raises:
            UnknownSession: no session has that number, in the trash or not.
        """
        with self._new_unit() as unit:
            uid = unit.history.uid_of(session_id)
            sounds = unit.sessions.delete(session_id)
            unit.commit()
        files = {self._folder.root / sound for sound in sounds} | self._files_of(uid)
        return tuple(
            file for file in sorted(files) if remove_inside(self._folder.takes, file) is False
        )

    def last_asked(self, guide_id: str) -> Mapping[str, datetime]:
        """Return when each question of a guide was answered last, by its id."""
        return self._read(lambda unit: unit.history.last_asked(guide_id))

    def purge(self, days: int = TRASH_DAYS) -> tuple[int, ...]:
        """Delete what has been in the trash for that many days (0: all of it); the numbers."""
        before = self._clock.now() - timedelta(days=days)
        due = self._read(lambda unit: unit.history.trash(before if days else None))
        for summary in due:
            self.delete(summary.id)
        return tuple(summary.id for summary in due)

    def _read(self, read: Callable[[HistoryUnit], T]) -> T:
        with self._new_unit() as unit:
            return read(unit)

    def _files_of(self, session_uid: str) -> set[Path]:
        """Everything a session's takes left in their folder: sound, and parts of it."""
        name = re.compile(re.escape(session_uid) + r"-q\d+-t\d+\..+")
        try:
            return {file for file in self._folder.takes.iterdir() if name.fullmatch(file.name)}
        except OSError:
            return set()


def remove_inside(folder: Path, file: Path) -> bool | None:
    """Remove a file; only ever one inside the folder of takes, whatever a database says.

    Whether it is gone; ``None`` if it lies outside and was left there.
    """
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
            _log.warning("A take's sound lies outside the folder of takes and was left there")
            return None
        file.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("%s could not be removed: %s", file.name, error.strerror)
        return False
    return True
