"""Stores one session as it grows; every call belongs in the storage lane."""

from __future__ import annotations

from dataclasses import replace

from interview_app.domain.session import Session, Take
from interview_app.services.ports.sessions import NewUnit


class SessionKeeper:
    """Knows under which number a session is stored; used by one thread only."""

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
