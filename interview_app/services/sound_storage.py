"""How much room sound takes, and how to make it less: smaller files, or transcripts alone.

Whatever ends this process in between, a take's row names a file that is whole: a new file is
verified and in its place before the row names it, and an old one goes only once no row names it.
What a crash left over is removed the next time.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from interview_app.domain.errors import NotASound, StorageError
from interview_app.services.file_failures import is_full, reason
from interview_app.services.history import DataFolder
from interview_app.services.jobs import JobContext
from interview_app.services.ports.clock import Clock
from interview_app.services.ports.unit import Unit
from interview_app.support.whole_files import written_whole

AGES_DAYS = (30, 91, 182, 365, 730)
"""Borders between the ages that are told apart: a month, a quarter, half a year, one, two."""
_AT_ONCE = 100
"""Rows that are changed in one transaction; nobody waits long behind it."""
_STALE_S = 86_400.0
"""An unfinished file that old belongs to nobody any more."""

_log = logging.getLogger(__name__)


class SmallForm(StrEnum):
    """What takes can be converted to: the same samples in half the room, or speech in a tenth."""

    FLAC = "flac"
    OPUS = "opus"


@dataclass(frozen=True, slots=True)
class StoredSound:
    """One take and its sound; ``is_closed``: neither it nor its session is going on."""

    uid: str
    session_id: int
    sound: str | None
    guide_title: str
    started_at: datetime
    is_closed: bool
    has_transcript: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the sound: its name, or the least and most days of its age; bytes and takes."""

    name: str
    size: int
    count: int
    days: tuple[int, int | None] = (0, None)


@dataclass(frozen=True, slots=True)
class Usage:
    """The room that takes' sound has; ``missing`` counts takes whose file is gone."""

    size: int
    count: int
    by_guide: tuple[Share, ...]
    by_age: tuple[Share, ...]
    by_form: tuple[Share, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act would reach: so many takes, so many bytes of sound; and takes it leaves alone."""

    count: int
    size: int
    left: int = 0


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done: takes reached, bytes freed, and sentences about what was left as it was."""

    count: int
    freed: int
    remarks: tuple[str, ...] = ()


class SoundRepository(Protocol):
    """The sound of takes a unit of work sees."""

    def all(self) -> list[StoredSound]:
        """Every take, oldest first."""
        ...

    def replace(self, old: str, new: str | None) -> int:
        """Have takes with that sound hold another, or none; how many they were."""
        ...


class SoundUnit(Unit, Protocol):
    """A unit of work that sees where sound lies."""

    sounds: SoundRepository


class Shrink(Protocol):
    """Writes a sound in a smaller form and verifies it."""

    def __call__(self, source: Path, target: Path, form: str, job: JobContext) -> None:
        """Write it, read it back and compare.

        Raises:
            NotASound: the source cannot be read, or what was written does not sound the same.
            OSError: the target cannot be written.
            JobCancelled: the job is no longer wanted.
        """
        ...


class SoundStorage:
    """Tells and frees the room sound takes; every call blocks and belongs into a job.

    All raise ``StorageError`` where the database or the disk refuses, and ``JobCancelled``; what
    was done until then stays done. Sessions that are not over are left alone.
    """

    def __init__(
        self,
        new_unit: Callable[[], SoundUnit],
        folder: DataFolder,
        clock: Clock,
        shrink: Shrink,
    ) -> None:
        self._new_unit = new_unit
        self._folder = folder
        self._clock = clock
        self._shrink = shrink

    def usage(self, job: JobContext) -> Usage:
        """How much room the sound of all takes has, by guide, by age and by form."""
        sizes = self._sizes()
        now = self._clock.now()
        guides: dict[str, list[int]] = defaultdict(list)
        ages: dict[int, list[int]] = defaultdict(list)
        forms: dict[str, list[int]] = defaultdict(list)
        missing = 0
        for number, take in enumerate(self._read()):
            if number % 1000 == 0:
                job.check()
            if take.sound is None:
                continue
            size = sizes.pop(take.sound, None)
            if size is None:
                missing += 1
                continue
            guides[take.guide_title].append(size)
            age = (now - take.started_at).days
            ages[sum(age >= border for border in AGES_DAYS)].append(size)
            forms[Path(take.sound).suffix.lstrip(".")].append(size)
        borders = (0, *AGES_DAYS, None)
        by_age = [
            Share("", sum(found), len(found), (borders[place] or 0, borders[place + 1]))
            for place, found in sorted(ages.items())
        ]
        by_guide = _shares(guides)
        return Usage(
            sum(share.size for share in by_guide),
            sum(share.count for share in by_guide),
            by_guide,
            tuple(by_age),
            _shares(forms),
            missing,
        )

    def plan_converting(self, older_than_days: int) -> Plan:
        """What :meth:`convert` would reach."""
        return self._plan(self._convertible(older_than_days))

    def convert(self, form: SmallForm, older_than_days: int, job: JobContext) -> Tidied:
        """Make the sound of takes smaller; each is verified before the original goes.

        A take that cannot be converted keeps its sound, and a remark says so.
        """
        self._remove_leftovers()
        found = list(self._convertible(older_than_days))
        sizes = self._sizes()
        whole = sum(sizes.get(take.sound or "", 0) for take in found) or 1
        done, count, freed = 0, 0, 0
        remarks: list[str] = []
        for take in found:
            job.report(done / whole)
            size = sizes.get(take.sound or "", 0)
            try:
                freed += self._convert_one(take, form, size, job)
                count += 1
            except NotASound as error:
                remarks.append(f"{take.uid}: {error.message}")
            except OSError as error:
                raise _disk_refused(error) from error
            done += size
        job.report(1.0)
        return Tidied(count, freed, tuple(remarks))

    def plan_deleting(self, older_than_days: int) -> Plan:
        """What :meth:`delete_sound` would remove; ``left`` counts takes without a transcript."""
        old = [take for take in self._old(older_than_days) if take.sound is not None]
        plan = self._plan(take for take in old if take.has_transcript)
        return Plan(plan.count, plan.size, sum(not take.has_transcript for take in old))

    def delete_sound(self, older_than_days: int, job: JobContext) -> Tidied:
        """Delete the sound of takes that have a transcript; all else of them stays."""
        self._remove_leftovers()
        sizes = self._sizes()
        names = list(
            dict.fromkeys(
                take.sound
                for take in self._old(older_than_days)
                if take.sound in sizes and take.sound is not None and take.has_transcript
            )
        )
        count, freed = 0, 0
        remarks: list[str] = []
        for start in range(0, len(names), _AT_ONCE):
            job.report(start / len(names))
            some = names[start : start + _AT_ONCE]
            with self._new_unit() as unit:
                count += sum(unit.sounds.replace(name, None) for name in some)
                unit.commit()
            for name in some:
                if self._remove(self._folder.root / name):
                    freed += sizes.get(name, 0)
                else:
                    remarks.append(f"{name} could not be removed; delete it yourself.")
        job.report(1.0)
        return Tidied(count, freed, tuple(remarks))

    # --- inside -------------------------------------------------------------------------------

    def _convert_one(self, take: StoredSound, form: SmallForm, size: int, job: JobContext) -> int:
        """Convert the sound of a take; the bytes that gained."""
        old = take.sound or ""
        source = self._folder.root / old
        target = source.with_suffix(f".{form.value}")
        part = JobContext()
        job.on_cancel(part.cancel)
        with written_whole(target, overwrite=True) as temporary:
            self._shrink(source, temporary, form.value, part)
        new = target.relative_to(self._folder.root).as_posix()
        try:
            with self._new_unit() as unit:
                changed = unit.sounds.replace(old, new)
                unit.commit()
        except BaseException:
            self._remove(target)
            raise
        if not changed:  # deleted meanwhile
            self._remove(target)
            return 0
        gained = size - target.stat().st_size
        return gained if self._remove(source) else 0

    def _convertible(self, older_than_days: int) -> Iterator[StoredSound]:
        """Takes in the form they were recorded in; none whose parts still lie about."""
        with suppress(OSError):
            names = {file.name for file in self._folder.takes.iterdir()}
            in_parts = {name.split(".part-")[0] for name in names if ".part-" in name}
            seen: set[str] = set()
            sizes = self._sizes()
            for take in self._old(older_than_days):
                sound = take.sound or ""
                is_here = sound.endswith(".wav") and sound in sizes
                if is_here and take.uid not in in_parts and sound not in seen:
                    seen.add(sound)
                    yield take

    def _old(self, days: int) -> Iterable[StoredSound]:
        """Takes of sessions that began so many days ago; 0: of all that are over."""
        before = self._clock.now() - timedelta(days=days)
        closed = (take for take in self._read() if take.is_closed)
        return (take for take in closed if not days or take.started_at <= before)

    def _read(self) -> Sequence[StoredSound]:
        with self._new_unit() as unit:
            return unit.sounds.all()

    def _plan(self, found: Iterable[StoredSound]) -> Plan:
        sizes = self._sizes()
        names = {take.sound for take in found if take.sound in sizes}
        return Plan(len(names), sum(sizes[name] for name in names if name is not None))

    def _sizes(self) -> dict[str, int]:
        """Bytes of each sound file, by its name as a take's row has it."""
        folder = self._folder.takes
        prefix = folder.relative_to(self._folder.root).as_posix()
        sizes: dict[str, int] = {}
        with suppress(OSError):
            for file in folder.iterdir():
                with suppress(OSError):
                    sizes[f"{prefix}/{file.name}"] = file.stat().st_size
        return sizes

    def _remove_leftovers(self) -> None:
        """Remove what a crash left: originals of converted takes, and files no row names."""
        takes = {Path(take.uid).name: take for take in self._read()}
        with suppress(OSError):
            for file in list(self._folder.takes.iterdir()):
                take = takes.get(file.stem)
                if file.name.startswith(".") and file.suffix == ".part":
                    self._remove_if_stale(file)
                elif take is not None and self._is_leftover(take, file):
                    self._remove(file)

    def _is_leftover(self, take: StoredSound, file: Path) -> bool:
        if not take.is_closed or file.suffix not in {".wav", ".flac", ".opus"}:
            return False
        if take.sound is None:
            return take.has_transcript
        named = self._folder.root / take.sound
        return named != file and named.is_file()

    def _remove_if_stale(self, file: Path) -> None:
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > _STALE_S:
                self._remove(file)

    def _remove(self, file: Path) -> bool:
        """Remove a file; only ever one inside the data folder, whatever a database says."""
        try:
            if not file.resolve().is_relative_to(self._folder.root.resolve()):
                return False
            file.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("%s could not be removed: %s", file.name, error.strerror)
            return False
        return True


def _shares(found: dict[str, list[int]]) -> tuple[Share, ...]:
    shares = [Share(name, sum(sizes), len(sizes)) for name, sizes in found.items()]
    return tuple(sorted(shares, key=lambda share: -share.size))


def _disk_refused(error: OSError) -> StorageError:
    remedy = "Every take still has its sound. "
    remedy += "Free some space there first." if is_full(error) else "Look at its permissions."
    return StorageError(f"The takes folder cannot be written to: {reason(error)}.", remedy=remedy)
