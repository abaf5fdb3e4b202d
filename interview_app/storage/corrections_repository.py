"""What the recognizer wrote, of takes whose words a person corrected."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from interview_app.domain.transcript import Transcript
from interview_app.storage import columns, take_rows
from interview_app.storage.tables import original_transcripts, takes, transcripts

_log = logging.getLogger(__name__)


class SqlCorrections:
    """Originals beside the words that stand now; see ``CorrectionRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def original(self, take_uid: str) -> Transcript | None:
        """What the recognizer wrote; ``None`` where nothing was corrected, or it is damaged."""
        query = (
            select(
                transcripts.c.language,
                transcripts.c.recognizer,
                transcripts.c.model,
                original_transcripts.c.segments,
            )
            .join(original_transcripts, original_transcripts.c.take_id == transcripts.c.take_id)
            .join(takes, takes.c.id == transcripts.c.take_id)
            .where(takes.c.uid == take_uid)
        )
        row = self._connection.execute(query).first()
        if row is None:
            return None
        try:
            segments = take_rows.segments(row.segments)
            return Transcript(row.language, row.recognizer, row.model, segments)
        except ValueError:
            _log.warning("The original words of take %s are damaged", take_uid)
            return None

    def keep_original(self, take_uid: str, original: Transcript, at: datetime) -> None:
        """Keep what the recognizer wrote; from now on only a correction changes the words.

        A take that is not there is no error.
        """
        take_id = self._connection.scalar(select(takes.c.id).where(takes.c.uid == take_uid))
        if take_id is None:
            return
        self.forget(take_uid)
        values = {
            "take_id": take_id,
            "segments": take_rows.segments_text(original),
            "corrected_at": columns.time_text(at),
        }
        self._connection.execute(insert(original_transcripts).values(values))

    def forget(self, take_uid: str) -> None:
        """Forget the original: the words of the take may be replaced again."""
        self._connection.execute(
            delete(original_transcripts).where(
                original_transcripts.c.take_id.in_(
                    select(takes.c.id).where(takes.c.uid == take_uid)
                )
            )
        )
