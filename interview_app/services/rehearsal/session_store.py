"""Stores one session as it grows."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from interview_app.domain.errors import InterviewAppError
from interview_app.domain.rehearsal.effects import DropTake, KeepSession, KeepTake
from interview_app.domain.session import Session, Take
from interview_app.services.jobs import Jobs, Lane
from interview_app.services.ports.sessions import NewUnit

_log = logging.getLogger(__name__)
_NOT_STORED = "This could not be stored; the sound is kept."


class SessionStore:
    """Knows under which number a session is stored; every call belongs in the storage lane."""

    def __init__(self, new_unit: NewUnit, session_id: int | None) -> None:
        self._new_unit = new_unit
        self._id = session_id

    def keep_session(self, session: Session) -> int:
        """Store the session whole; its number.

        Raises:
            StorageError: it could not be stored; the next call tries again.
        """
        with self._new_unit() as unit:
            if self._id is None:
                session_id = unit.sessions.add(session)
            else:
                session_id = self._id
                unit.sessions.update(replace(session, id=session_id))
            unit.commit()
        self._id = session_id
        return session_id

    def keep_take(self, session: Session, take: Take) -> int:
        """Store one take; a session that could not be stored before is stored first.

        Raises:
            StorageError: it could not be stored.
        """
        if self._id is None:
            return self.keep_session(session)
        with self._new_unit() as unit:
            unit.sessions.save_take(self._id, take)
            unit.commit()
        return self._id

    def drop_take(self, session: Session, uid: str) -> int:
        """Forget a take that never held sound.

        Raises:
            StorageError: it could not be forgotten.
        """
        if self._id is None:
            return self.keep_session(session)
        with self._new_unit() as unit:
            unit.sessions.drop_take(self._id, uid)
            unit.commit()
        return self._id


class SessionSaver:
    """Has a session stored in jobs, each time as it stands at that moment.

    ``on_kept`` is given the number it is stored under, ``on_problem`` a sentence for the person.
    """

    def __init__(
        self,
        model_manager: SessionStore,
        jobs: Jobs,
        on_kept: Callable[[int], None],
        on_problem: Callable[[str], None],
    ) -> None:
        self._model_manager = model_manager
        self._jobs = jobs
        self._on_kept = on_kept
        self._on_problem = on_problem
        self._under_way = 0

    @property
    def is_settled(self) -> bool:
        """Whether all that was to be stored is, or was said not to be."""
        return not self._under_way

    def carry_out(self, effect: KeepSession | KeepTake | DropTake, session: Session) -> None:
        """Store what the effect names of this session; returns at once."""
        model_manager = self._model_manager
        work: Callable[[], int]
        match effect:
            case KeepSession():
                work = lambda: model_manager.keep_session(session)  # noqa: E731
            case KeepTake(uid):
                take = session.take(uid)
                if take is None:
                    return
                work = lambda: model_manager.keep_take(session, take)  # noqa: E731
            case DropTake(uid):
                work = lambda: model_manager.drop_take(session, uid)  # noqa: E731
        self._under_way += 1
        self._jobs.submit(Lane.STORAGE, lambda _job: work(), self._kept, self._not_kept)

    def _kept(self, session_id: int) -> None:
        self._under_way -= 1
        self._on_kept(session_id)

    def _not_kept(self, error: Exception) -> None:
        self._under_way -= 1
        if isinstance(error, InterviewAppError):
            self._on_problem(str(error))
        else:
            _log.error("%s", _NOT_STORED, exc_info=error)
            self._on_problem(_NOT_STORED)
