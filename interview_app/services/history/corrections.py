"""A person corrects the words of a take; what the recognizer wrote is kept and comes back.

Every call reads and writes the take in one transaction, so that nothing another part of the
application stores meanwhile is lost, and nothing is replaced that the person did not see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from interview_app.domain.analysis.corrections import corrected, measured_again, says_the_same
from interview_app.domain.errors import StorageError, TakeChanged
from interview_app.domain.session import Take
from interview_app.domain.transcript import Transcript
from interview_app.services.ports.clock import Clock
from interview_app.services.ports.sessions import UnitOfWork


class CorrectionRepository(Protocol):
    """What the recognizer wrote, of takes whose words a person corrected.

    While a take has an original here, ``SessionRepository.save_take`` leaves its words alone.
    """

    def original(self, take_uid: str) -> Transcript | None:
        """What the recognizer wrote; ``None`` where nothing was corrected, or it is damaged."""
        ...

    def keep_original(self, take_uid: str, original: Transcript, at: datetime) -> None:
        """Keep what the recognizer wrote; from now on only a correction changes the words."""
        ...

    def forget(self, take_uid: str) -> None:
        """Forget the original: the words of the take may be replaced again."""
        ...


class CorrectionUnit(UnitOfWork, Protocol):
    """A unit of work that also sees what was corrected."""

    corrections: CorrectionRepository


NewCorrectionUnit = Callable[[], CorrectionUnit]


class CorrectionService:
    """Changes the words of kept takes; every call blocks shortly and belongs into a job.

    All raise ``UnknownSession`` where the session is gone, ``StorageError`` where the database
    refuses, and :class:`TakeChanged` where other words stand there than the person saw; nothing
    was changed then.
    """

    def __init__(self, new_unit: NewCorrectionUnit, clock: Clock) -> None:
        self._new_unit = new_unit
        self._clock = clock

    def correct(self, session_id: int, uid: str, seen: Transcript, index: int, text: str) -> Take:
        """The take with ``text`` in place of the word at ``index`` of what the person saw.

        Several words may be written, or none, which deletes the word.

        Raises:
            TakeChanged: other words stand there now.
            IndexError: there is no such word.
        """
        return self.put(session_id, uid, seen, corrected(seen, index, text))

    def put(self, session_id: int, uid: str, seen: Transcript, wanted: Transcript) -> Take:
        """The take with other words in place of those seen: undoes and redoes corrections.

        Raises:
            TakeChanged: other words stand there now.
        """
        with self._new_unit() as unit:
            take = kept_take(unit, session_id, uid, seen)
            if wanted == seen:
                return take
            found = unit.corrections.original(uid) or seen
            done = self._written(unit, session_id, take, wanted, found)
            unit.commit()
        return done

    def restore(self, session_id: int, uid: str, seen: Transcript) -> Take:
        """The take with the words the recognizer wrote.

        Raises:
            TakeChanged: other words stand there now.
            StorageError: what the recognizer wrote cannot be read any more.
        """
        with self._new_unit() as unit:
            take = kept_take(unit, session_id, uid, seen)
            original = unit.corrections.original(uid)
            if original is None:
                raise StorageError(
                    "What the recognizer wrote for this take cannot be read any more.",
                    remedy="The corrected words are kept. The take can be transcribed again.",
                )
            done = self._written(unit, session_id, take, original, original)
            unit.commit()
        return done

    def _written(
        self,
        unit: CorrectionUnit,
        session_id: int,
        take: Take,
        wanted: Transcript,
        original: Transcript,
    ) -> Take:
        is_original = says_the_same(wanted, original)
        transcript = original if is_original else replace(wanted, is_corrected=True)
        done = replace(
            take, transcript=transcript, measures=measured_again(take, transcript, original)
        )
        unit.corrections.forget(take.uid)
        unit.sessions.save_take(session_id, done)
        if not is_original:
            unit.corrections.keep_original(take.uid, original, self._clock.now())
        return done


def kept_take(unit: UnitOfWork, session_id: int, uid: str, seen: Transcript | None) -> Take:
    """The take as it is stored, if its words are still those seen.

    Raises:
        TakeChanged: the take is gone, or has other words now.
        UnknownSession: no session has that number.
    """
    take = unit.sessions.get(session_id).take(uid)
    if take is None or take.transcript != seen:
        raise TakeChanged(
            "The words of this take have changed since they were shown.",
            remedy="Nothing was replaced. Open the session again to see them as they are.",
        )
    return take
