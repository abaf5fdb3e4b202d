"""How much room the sound of takes has: by guide, by age and by form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from interview_app.services.jobs import JobContext
from interview_app.services.ports.sounds import StoredSound

AGES_DAYS = (30, 91, 182, 365, 730)
"""Borders between the ages that are told apart: a month, a quarter, half a year, one, two."""


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


def usage_of(
    takes: Iterable[StoredSound], sizes: Mapping[str, int], now: datetime, job: JobContext
) -> Usage:
    """The room of those takes' sound; ``sizes`` has the bytes of each file there is, by its name.

    A file that several takes name is counted once, the others count as missing.

    Raises:
        JobCancelled: the job is no longer wanted.
    """
    left = dict(sizes)
    guides: dict[str, list[int]] = defaultdict(list)
    ages: dict[int, list[int]] = defaultdict(list)
    forms: dict[str, list[int]] = defaultdict(list)
    missing = 0
    for number, take in enumerate(takes):
        if number % 1000 == 0:
            job.check()
        if take.sound is None:
            continue
        size = left.pop(take.sound, None)
        if size is None:
            missing += 1
            continue
        guides[take.guide_title].append(size)
        age = (now - take.started_at).days
        ages[sum(age >= border for border in AGES_DAYS)].append(size)
        forms[Path(take.sound).suffix.lstrip(".")].append(size)
    by_guide = _shares(guides)
    return Usage(
        sum(share.size for share in by_guide),
        sum(share.count for share in by_guide),
        by_guide,
        _by_age(ages),
        _shares(forms),
        missing,
    )


def _by_age(ages: Mapping[int, list[int]]) -> tuple[Share, ...]:
    """Shares from the youngest on; ``ages`` is keyed by how many borders an age has passed."""
    borders = (0, *AGES_DAYS, None)
    return tuple(
        Share("", sum(found), len(found), (borders[place] or 0, borders[place + 1]))
        for place, found in sorted(ages.items())
    )


def _shares(found: dict[str, list[int]]) -> tuple[Share, ...]:
    shares = [Share(name, sum(sizes), len(sizes)) for name, sizes in found.items()]
    return tuple(sorted(shares, key=lambda share: -share.size))
