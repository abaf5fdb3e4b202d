"""Other machines as far as dates and numbers see them: zones, languages and another day."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

AUCKLAND = "NZST-12NZDT,M9.5.0,M4.1.0/3"
ST_JOHNS = "NST3:30NDT,M3.2.0,M11.1.0"
"""Rules written out: a name such as Pacific/Auckland means UTC where no table of zones is."""

ROOT = Path(__file__).resolve().parents[1]
_LEAP_DAY = datetime(2028, 2, 29, 23, 30, tzinfo=UTC)
_OF_THIS_MACHINE = ("LANG", "LANGUAGE", "TZ", "PYTEST_ADDOPTS")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A machine in another place."""

    name: str
    settings: Mapping[str, str] = field(default_factory=dict)
    day: datetime | None = None
    """The day it is there; today where there is none."""

    def __str__(self) -> str:
        return self.name

    def environment(self) -> dict[str, str]:
        """What a program finds there, and nothing of the zone and language of this machine."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LC_", "PYTEST_XDIST")) and name not in _OF_THIS_MACHINE
        }
        return {**kept, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", **self.settings}

    def pytest(self) -> list[str]:
        """The command that runs tests there, but for which tests."""
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        if self.day is None:
            return command
        if faketime := shutil.which("faketime"):
            return [faketime, "-f", f"@{self.day:%Y-%m-%d %H:%M:%S}", *command]
        return [*command, "-p", "tests.other_day"]


ELSEWHERE = (
    Elsewhere("Auckland in German", {"TZ": AUCKLAND, "LC_ALL": "de_DE.UTF-8"}),
    Elsewhere("St John's in Turkish", {"TZ": ST_JOHNS, "LC_ALL": "tr_TR.UTF-8"}),
    Elsewhere("Cairo in Arabic", {"TZ": "EET-2EEST,M4.5.5/0,M10.5.4/24", "LANG": "ar_EG.UTF-8"}),
    Elsewhere("UTC in C", {"TZ": "UTC0", "LC_ALL": "C"}),
    Elsewhere("nothing set, on a leap day", day=_LEAP_DAY),
)
