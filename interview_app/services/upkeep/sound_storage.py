"""How much room sound takes, and how to make it less: smaller files, or transcripts alone.

Whatever ends this process in between, a take's row names a file that is whole: a new file is
verified and in its place before the row names it, and an old one goes only once no row names it.
What a crash left over is removed the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from interview_app.domain.errors import NotASound, StorageError
from interview_app.services.file_failures import is_full, reason
from interview_app.services.history.history import DataFolder, remove_inside
from interview_app.services.jobs import JobContext
from interview_app.services.ports.clock import Clock
from interview_app.services.ports.sounds import Shrink, SoundUnit, StoredSound
from interview_app.services.upkeep.sound_usage import Usage, usage_of
from interview_app.support.atomic_files import atomic_write
from interview_app.support.clock import file_age_s

_STALE_S = 86_400.0
"""An unfinished file that old belongs to nobody any more."""


class SoundFiles:
    """Looks through and tidies the folder; what cannot be read there is passed over."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def sizes(self) -> dict[str, int]:
        """Bytes of each sound file, by its name as a take's row has it."""
        folder = self._folder.takes
        prefix = folder.relative_to(self._folder.root).as_posix()
        sizes: dict[str, int] = {}
        with suppress(OSError):
            for file in folder.iterdir():
                with suppress(OSError):
                    sizes[f"{prefix}/{file.name}"] = file.stat().st_size
        return sizes

    def in_parts(self) -> set[str]:
        """The takes whose sound still lies about in parts, as it was recorded."""
        with suppress(OSError):
            names = [file.name for file in self._folder.takes.iterdir()]
            return {name.split(".part-")[0] for name in names if ".part-" in name}
        return set()

    def remove_leftovers(self, takes: Iterable[StoredSound]) -> None:
        """Remove what a crash left: originals of converted takes, and files no row names."""
        by_name = {Path(take.uid).name: take for take in takes}
        with suppress(OSError):
            for file in list(self._folder.takes.iterdir()):
                take = by_name.get(file.stem)
                if file.name.startswith(".") and file.suffix == ".part":
                    self._remove_if_stale(file)
                elif take is not None and self._is_leftover(take, file):
                    self.remove(file)

    def remove(self, file: Path) -> bool:
        """Remove a file of the folder of takes; whether it is gone."""
        return remove_inside(self._folder.takes, file) is True

    def _is_leftover(self, take: StoredSound, file: Path) -> bool:
        if not take.is_closed or file.suffix not in {".wav", ".flac", ".opus"}:
            return False
        if take.sound is None:
            return take.has_transcript
        named = self._folder.root / take.sound
        return named != file and named.is_file()

    def _remove_if_stale(self, file: Path) -> None:
        with suppress(OSError):
            if file_age_s(file) > _STALE_S:
                self.remove(file)


_AT_ONCE = 100
"""Rows that are changed in one transaction; nobody waits long behind it."""


class SmallForm(StrEnum):
    """What takes can be converted to: the same samples in half the room, or speech in a tenth."""

    FLAC = "flac"
    OPUS = "opus"


@dataclass(frozen=True, slots=True)
class ShrinkPlan:
    """What an act would reach: so many takes, so many bytes of sound; and takes it leaves alone."""

    count: int
    size: int
    left: int


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done: takes reached, bytes freed, and sentences about what was left as it was."""

    count: int
    freed: int
    remarks: tuple[str, ...] = ()


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
        self._files = SoundFiles(folder)
        self._clock = clock
        self._shrink = shrink

    def usage(self, job: JobContext) -> Usage:
        """How much room the sound of all takes has, by guide, by age and by form."""
        sizes = self._files.sizes()
        return usage_of(self._read(), sizes, self._clock.now(), job)

    def convert(self, form: SmallForm, older_than_days: int, job: JobContext) -> Tidied:
        """Make the sound of takes smaller; each is verified before the original goes.

        A take that cannot be converted keeps its sound, and a remark says so.
        """
        self._files.remove_leftovers(self._read())
        found = list(self._convertible(older_than_days))
        sizes = self._files.sizes()
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

    def plan_deleting(self, older_than_days: int) -> ShrinkPlan:
        """What :meth:`delete_sound` would remove; ``left`` counts takes without a transcript."""
        old = [take for take in self._old(older_than_days) if take.sound is not None]
        sizes = self._files.sizes()
        names = {take.sound for take in old if take.has_transcript and take.sound in sizes}
        size = sum(sizes[name] for name in names if name is not None)
        return ShrinkPlan(len(names), size, sum(not take.has_transcript for take in old))

    def delete_sound(self, older_than_days: int, job: JobContext) -> Tidied:
        """Delete the sound of takes that have a transcript; all else of them stays."""
        self._files.remove_leftovers(self._read())
        sizes = self._files.sizes()
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
                if self._files.remove(self._folder.root / name):
                    freed += sizes.get(name, 0)
                else:
                    remarks.append(f"{name} could not be removed; delete it yourself.")
        job.report(1.0)
        return Tidied(count, freed, tuple(remarks))

    def _convert_one(self, take: StoredSound, form: SmallForm, size: int, job: JobContext) -> int:
        """Convert the sound of a take; the bytes that gained."""
        old = take.sound or ""
        source = self._folder.root / old
        target = source.with_suffix(f".{form.value}")
        part = JobContext()
        job.on_cancel(part.cancel)
        with atomic_write(target, overwrite=True) as temporary:
            self._shrink(source, temporary, form.value, part)
        new = target.relative_to(self._folder.root).as_posix()
        try:
            with self._new_unit() as unit:
                changed = unit.sounds.replace(old, new)
                unit.commit()
        except BaseException:
            self._files.remove(target)
            raise
        if not changed:  # deleted meanwhile
            self._files.remove(target)
            return 0
        gained = size - target.stat().st_size
        return gained if self._files.remove(source) else 0

    def _convertible(self, older_than_days: int) -> Iterator[StoredSound]:
        """Takes in the form they were recorded in; none whose parts still lie about."""
        in_parts = self._files.in_parts()
        sizes = self._files.sizes()
        seen: set[str] = set()
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


def _disk_refused(error: OSError) -> StorageError:
    remedy = "Every take still has its sound. "
    remedy += "Free some space there first." if is_full(error) else "Look at its permissions."
    return StorageError(f"The takes folder cannot be written to: {reason(error)}.", remedy=remedy)
