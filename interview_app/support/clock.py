"""The clock and the time zone of this machine: the only module that reads them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path


class SystemZone(tzinfo):
    """The time zone of this machine, with the rules it had at each moment."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """How far the clocks on the wall were ahead of UTC."""
        return None if moment is None else _on_wall(moment).utcoffset()

    def dst(self, _moment: datetime | None) -> timedelta | None:
        """Nothing: nobody asks which part of the offset is daylight saving."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """What the zone was called."""
        return None if moment is None else _on_wall(moment).tzname()

    def fromutc(self, moment: datetime) -> datetime:
        """A moment in UTC as the clocks on the wall showed it."""
        there = moment.replace(tzinfo=UTC).astimezone()
        shown = there.replace(tzinfo=self)
        is_second_pass = shown.utcoffset() != there.utcoffset()
        return shown.replace(fold=1) if is_second_pass else shown


class SystemClock:
    """The clock of this machine."""

    def __init__(self) -> None:
        self._zone = SystemZone()

    @property
    def zone(self) -> tzinfo:
        """The zone of this machine."""
        return self._zone

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)

    def local_now(self) -> datetime:
        """The present moment, in the zone of this machine."""
        return self.now().astimezone(self._zone)

    def today(self) -> date:
        """The day it is in that zone."""
        return self.local_now().date()


def file_age_s(file: Path) -> float:
    """How long ago a file was last written to; the file system counts by the machine's clock."""
    return time.time() - file.stat().st_mtime


def _on_wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None).astimezone()
