"""The best of a question's takes, as the person says."""

from __future__ import annotations

from dataclasses import replace

from interview_app.domain.session import Session
from interview_app.services.ports.sessions import NewUnit


class BestTakeService:
    """Marks takes of kept sessions; a question has one best take at most."""

    def __init__(self, new_unit: NewUnit) -> None:
        self._new_unit = new_unit

    def mark(self, session_id: int, uid: str, *, is_best: bool) -> Session:
        """The session as it is stored now, with that take as its question's best, or no longer.

        Raises:
            UnknownSession: no session has that number.
            StorageError: it could not be written; nothing was changed.
        """
        with self._new_unit() as unit:
            session = unit.sessions.get(session_id)
            marked = session.take(uid)
            if marked is None:
                return session
            for take in session.takes_of(marked.position):
                wanted = replace(take, is_best=is_best and take.uid == uid)
                if wanted != take:
                    unit.sessions.save_take(session_id, wanted)
                    session = session.with_take(wanted)
            unit.commit()
        return session
