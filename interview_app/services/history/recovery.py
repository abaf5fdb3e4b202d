"""At the start: takes a crash left behind are found, and kept or discarded as the person says."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from interview_app.domain.errors import CommandNotAllowed, RecordingFailed
from interview_app.domain.guide import Question
from interview_app.domain.session import (
    AskedQuestion,
    Mode,
    Session,
    Take,
    TakeStatus,
    TranscriptionStatus,
)
from interview_app.services.history.history import DataFolder
from interview_app.services.ports.history import HistoryUnit, NewHistoryUnit

BYTES_PER_S = 32_000
"""Of a take's sound: 16,000 samples a second, 16 bits each, one channel."""
_HEADER_BYTES = 44
_LEAST_S = 0.05
"""Less sound is shown as 0.0 s and holds nothing anybody said."""
RECOVERED_ANSWER = "Recovered answer"
QUESTION_NOT_STORED = "(The program ended before this question was stored.)"

_TAKE = re.compile(r"(?P<session>.+)-q(?P<question>\d+)-t(?P<number>\d+)")
_FILE = re.compile(r"(?P<uid>.+-q\d+-t\d+)(\.part-\d{3})?\.wav")
_log = logging.getLogger(__name__)


class PartsOf(Protocol):
    """Finds the sound parts of a take."""

    def __call__(self, uid: str, folder: Path) -> Sequence[Path]:
        """The parts that lie in a folder, in the order they were spoken."""
        ...


class RepairAndJoin(Protocol):
    """Makes one sound file of a take's parts."""

    def __call__(self, parts: Sequence[Path], target: Path) -> float:
        """Join parts to (or after) ``target``, remove them, and say how many seconds it holds.

        Raises:
            RecordingFailed: the file could not be written; every part is still there.
        """
        ...


@dataclass(frozen=True, slots=True)
class RecoveredTake:
    """A take that a crash left behind.

    ``session_id`` and ``question_prompt`` are ``None`` where no session claims the sound: it is
    then known by the names of its ``files`` alone. ``duration_s`` is estimated from their size.
    """

    uid: str
    duration_s: float
    files: tuple[Path, ...]
    started_at: datetime
    session_id: int | None = None
    guide_title: str | None = None
    question_prompt: str | None = None
    number: int = 1


@dataclass(frozen=True, slots=True)
class KeptTake:
    """Where a take that was kept lies now, and the number of its session."""

    file: Path
    session_id: int


class Recovery:
    """Finds takes left by a crash; calls block and belong into a job.

    Only for a process that knows no take is being recorded by another one on the same data folder.
    All raise ``StorageError`` where the database refuses.
    """

    def __init__(
        self,
        new_unit: NewHistoryUnit,
        folder: DataFolder,
        *,
        parts_of: PartsOf,
        repair_and_join: RepairAndJoin,
    ) -> None:
        self._new_unit = new_unit
        self._folder = folder
        self._parts_of = parts_of
        self._repair_and_join = repair_and_join

    def find(self) -> tuple[RecoveredTake, ...]:
        """Takes left behind, oldest first; those of no known session come last.

        A take marked as recording of which neither sound nor words exist is forgotten. Files
        without sound are passed over.
        """
        on_disk = {
            uid: files
            for uid, files in self._sound_on_disk().items()
            if sum(map(_seconds, files)) >= _LEAST_S
        }
        with self._new_unit() as unit:
            open_takes = {
                take.uid: session_id for session_id, take in unit.sessions.interrupted_takes()
            }
            closed = unit.history.take_uids() - open_takes.keys()
            uids = [uid for uid in on_disk if uid not in closed or _is_lost(uid, on_disk[uid])]
            found = [self._describe(unit, uid, on_disk[uid]) for uid in uids]
            self._settle_without_sound(unit, [u for u in open_takes.items() if u[0] not in on_disk])
            unit.commit()
        offered = [take for take in found if take is not None]
        return tuple(sorted(offered, key=lambda take: (take.session_id is None, take.started_at)))

    def keep(self, take: RecoveredTake) -> KeptTake:
        """Make one sound file of a take and have it in its session, to be transcribed.

        Sound that no session claims, because it was recorded before the session could be stored,
        gets a session of its own.

        Raises:
            RecordingFailed: the file could not be written, or the sound is gone; what is there
                stays, and is offered again.
            UnknownSession: the session was deleted since; the sound stays.
        """
        target = self._folder.takes / f"{take.uid}.wav"
        parts = self._parts_of(take.uid, self._folder.takes)
        if not parts and not target.exists():
            raise RecordingFailed(
                f"The sound of {take.uid} is no longer in {self._folder.takes}.",
                remedy="Look whether it was moved or removed; nothing was changed.",
            )
        duration_s = self._repair_and_join(parts, target)
        with self._new_unit() as unit:
            session_id = take.session_id
            if session_id is None:
                session_id = unit.sessions.add(_session_of(take, duration_s))
            session = unit.sessions.get(session_id)
            row = session.take(take.uid) or _new_take(take)
            kept = replace(
                row,
                status=TakeStatus.RECOVERED,
                duration_s=duration_s,
                sound=target.relative_to(self._folder.root).as_posix(),
                transcription=TranscriptionStatus.PENDING,
                failure=None,
            )
            unit.sessions.save_take(session_id, kept)
            unit.commit()
        return KeptTake(target, session_id)

    def discard(self, take: RecoveredTake) -> tuple[Path, ...]:
        """Forget a take and remove its sound; the files that could not be removed.

        Raises:
            ActNotAllowed: no session claims the sound, so that nobody can say what it is.
        """
        if take.session_id is None:
            names = ", ".join(file.name for file in take.files)
            raise CommandNotAllowed(
                f"No session knows {names}, so it is not deleted from here.",
                remedy=f"It lies in {self._folder.takes}; listen to it, and remove it yourself.",
            )
        with self._new_unit() as unit:
            unit.sessions.drop_take(take.session_id, take.uid)
            unit.commit()
        return tuple(file for file in take.files if not _remove(file))

    def _sound_on_disk(self) -> dict[str, tuple[Path, ...]]:
        """Sound files by the uid of their take, oldest name first."""
        found: dict[str, tuple[Path, ...]] = {}
        for file in sorted(self._folder.takes.glob("*.wav")):
            name = _FILE.fullmatch(file.name)
            if name is not None and file.is_file():
                found[name["uid"]] = (*found.get(name["uid"], ()), file)
        return found

    def _describe(
        self, unit: HistoryUnit, uid: str, files: tuple[Path, ...]
    ) -> RecoveredTake | None:
        """What can be said about a take's sound; ``None`` where its session is in the trash."""
        duration_s = sum(map(_seconds, files))
        started_at = _modified(files[0]) - timedelta(seconds=_seconds(files[0]))
        unclaimed = RecoveredTake(uid, duration_s, files, started_at)
        name = _TAKE.fullmatch(uid)
        if name is None or not unit.history.knows(name["session"]):
            return unclaimed
        session_id = unit.history.number_of(name["session"])
        if session_id is None:
            return None
        session = unit.sessions.get(session_id)
        position = int(name["question"]) - 1
        if not 0 <= position < len(session.asked):
            return unclaimed
        row = session.take(uid)
        return replace(
            unclaimed,
            session_id=session_id,
            guide_title=session.guide_title,
            question_prompt=session.asked[position].question.prompt,
            number=int(name["number"]),
            started_at=unclaimed.started_at if row is None else row.started_at,
        )

    def _settle_without_sound(self, unit: HistoryUnit, silent: Sequence[tuple[str, int]]) -> None:
        """Close takes that left no sound: typed words are kept, an empty take is forgotten."""
        for uid, session_id in silent:
            take = _take_of(unit.sessions.get(session_id), uid)
            if take.transcript is not None:
                kept = replace(take, status=TakeStatus.KEPT)
                unit.sessions.save_take(session_id, kept)
            elif take.sound is None and take.duration_s <= 0:
                unit.sessions.drop_take(session_id, uid)


def _is_lost(uid: str, files: Sequence[Path]) -> bool:
    """Whether a take's parts were never joined, though it counts as closed."""
    return all(file.name != f"{uid}.wav" for file in files)


def _session_of(take: RecoveredTake, duration_s: float) -> Session:
    """A session for a take whose own was never stored; its uid is that of the take."""
    asked = AskedQuestion(Question("", QUESTION_NOT_STORED))
    return Session(
        uid=take.uid,
        guide_id="",
        guide_title=RECOVERED_ANSWER,
        mode=Mode.PRACTICE,
        asked=(asked,),
        started_at=take.started_at,
        ended_at=take.started_at + timedelta(seconds=duration_s),
        takes=(Take(take.uid, 0, 1, take.started_at),),
    )


def _take_of(session: Session, uid: str) -> Take:
    take = session.take(uid)
    if take is None:
        raise LookupError(uid)
    return take


def _new_take(found: RecoveredTake) -> Take:
    """The row of a take whose sound was on disk before the database heard of it."""
    name = _TAKE.fullmatch(found.uid)
    position = int(name["question"]) - 1 if name is not None else 0
    return Take(found.uid, position, found.number, found.started_at)


def _seconds(file: Path) -> float:
    """Seconds of sound in a file, by its size: a header left by a crash may say anything."""
    try:
        return max(0, file.stat().st_size - _HEADER_BYTES) / BYTES_PER_S
    except OSError:
        return 0.0


def _modified(file: Path) -> datetime:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return datetime(1970, 1, 1, tzinfo=UTC)


def _remove(file: Path) -> bool:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("%s could not be removed: %s", file.name, error.strerror)
        return False
    return True
