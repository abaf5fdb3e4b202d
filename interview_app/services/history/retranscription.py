"""A kept take is transcribed once more; what is heard takes the place of words only if wanted."""

from __future__ import annotations

from dataclasses import replace

from interview_app.domain.errors import NotASound, WordsCorrected
from interview_app.domain.session import Session, Take
from interview_app.domain.transcript import Transcript
from interview_app.services.history.corrections import NewCorrectionUnit, kept_take
from interview_app.services.history.history import DataFolder
from interview_app.services.jobs import JobContext
from interview_app.services.rehearsal.context import TakeTranscriber


class RetranscriptionService:
    """Makes transcripts of takes that have none, or wants them of another model."""

    def __init__(
        self, new_unit: NewCorrectionUnit, transcribing: TakeTranscriber, folder: DataFolder
    ) -> None:
        self._new_unit = new_unit
        self._transcribing = transcribing
        self._folder = folder

    def hear(self, session: Session, take: Take, model: str, job: JobContext) -> Take:
        """The take as that model hears it, or saying why there are no words; stores nothing.

        Blocks.

        Raises:
            NotASound: the take's sound is gone.
            JobCancelled: the job was cancelled.
        """
        sound = self._folder.root / take.sound if take.sound else None
        if session.id is None or sound is None or not sound.is_file():
            raise NotASound(
                "The sound of this take is no longer there.",
                remedy="Put it back from a backup to transcribe it again.",
            )
        return self._transcribing.transcribe_take(take, sound, model, session.language, job)

    def keep(self, session_id: int, heard: Take, seen: Transcript | None) -> Take:
        """The take with what was heard in place of the words the person saw; blocks shortly.

        Corrections of these words, and their original, are gone then; a take that could not be
        heard keeps them.

        Raises:
            TakeChanged: other words stand there now; nothing was replaced.
            UnknownSession: the session was deleted since.
            StorageError: what was heard could not be stored.
        """
        with self._new_unit() as unit:
            take = replace(
                kept_take(unit, session_id, heard.uid, seen),
                duration_s=heard.duration_s,
                transcription=heard.transcription,
                failure=heard.failure,
                transcript=heard.transcript,
                speech=heard.speech,
                measures=heard.measures,
            )
            if heard.transcript != seen:
                unit.corrections.forget(take.uid)
            unit.sessions.save_take(session_id, take)
            unit.commit()
        return take

    def transcribe(
        self,
        session: Session,
        take: Take,
        model: str,
        job: JobContext,
        *,
        replaces_corrections: bool = False,
    ) -> Take:
        """The take as it is stored now: with its transcript, or saying why there is none; blocks.

        Raises:
            WordsCorrected: a person corrected its words, and they are not to be replaced.
            NotASound: the take's sound is gone; nothing was changed.
            TakeChanged: its words were changed meanwhile; they are as they were.
            UnknownSession: the session was deleted since.
            StorageError: what was heard could not be stored.
            JobCancelled: the job was cancelled; the take is as it was.
        """
        is_corrected = take.transcript is not None and take.transcript.is_corrected
        if is_corrected and not replaces_corrections:
            raise WordsCorrected(
                f"The words of take {take.number} were corrected by hand and are kept.",
                remedy="With --replace-corrections they are replaced.",
            )
        heard = self.hear(session, take, model, job)
        return self.keep(session.id or 0, heard, take.transcript)
