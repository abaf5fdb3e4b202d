"""Where the sound of takes lies, for those who tidy it up."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from interview_app.domain.session import TakeStatus, TranscriptionStatus
from interview_app.services.ports.sounds import StoredSound
from interview_app.storage import columns
from interview_app.storage.columns import sound_name
from interview_app.storage.tables import sessions, takes


class SqlSounds:
    """The sound of takes, those of sessions in the trash too; see ``SoundRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[StoredSound]:
        """Every take, whether its sound is kept or not, oldest first."""
        query = (
            select(
                takes.c.uid,
                takes.c.session_id,
                takes.c.sound,
                takes.c.status,
                takes.c.transcription,
                sessions.c.guide_title,
                sessions.c.started_at,
                sessions.c.ended_at,
            )
            .join(sessions, sessions.c.id == takes.c.session_id)
            .order_by(takes.c.id)
        )
        return [
            StoredSound(
                uid=row.uid,
                session_id=row.session_id,
                sound=sound_name(row.sound),
                guide_title=row.guide_title,
                started_at=columns.parse_time(row.started_at),
                is_closed=row.status != TakeStatus.RECORDING and row.ended_at is not None,
                has_transcript=row.transcription == TranscriptionStatus.DONE,
            )
            for row in self._connection.execute(query)
        ]

    def replace(self, old: str, new: str | None) -> int:
        """Have takes with that sound hold another, or none; how many they were."""
        changed = self._connection.execute(
            update(takes).where(takes.c.sound == old).values(sound=new)
        )
        return int(changed.rowcount)
