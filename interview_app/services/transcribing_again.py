"""A kept take is transcribed once more, and stored."""

from __future__ import annotations

from interview_app.domain.errors import NotASound
from interview_app.domain.session import Session, Take
from interview_app.services.conducting import TakeTranscriber
from interview_app.services.history import DataFolder
from interview_app.services.jobs import JobContext
from interview_app.services.ports import NewUnit


class TranscribingAgain:
    """Makes transcripts of takes that have none, or wants them of another model."""

    def __init__(
        self, new_unit: NewUnit, transcribing: TakeTranscriber, folder: DataFolder
    ) -> None:
        self._new_unit = new_unit
        self._transcribing = transcribing
        self._folder = folder

    def transcribe(self, session: Session, take: Take, model: str, job: JobContext) -> Take:
        """The take as it is stored now: with its transcript, or saying why there is none; blocks.

        Raises:
            NotASound: the take's sound is gone; nothing was changed.
            UnknownSession: the session was deleted since.
            StorageError: what was heard could not be stored.
            JobCancelled: the job was cancelled; the take is as it was.
        """
        sound = self._folder.root / take.sound if take.sound else None
        if session.id is None or sound is None or not sound.is_file():
            raise NotASound(
                "The sound of this take is no longer there.",
                remedy="Put it back from a backup to transcribe it again.",
            )
        heard = self._transcribing.transcribe_take(take, sound, model, session.language, job)
        with self._new_unit() as unit:
            unit.sessions.save_take(session.id, heard)
            unit.commit()
        return heard
