"""The time, as the services need it."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Protocol


class Clock(Protocol):
    """Tells the time, and in which zone the person's days begin and end."""

    @property
    def zone(self) -> tzinfo:
        """The zone days are counted in; it knows the rules of each moment."""
        ...

    def now(self) -> datetime:
        """The present moment, timezone-aware, in UTC."""
        ...

    def local_now(self) -> datetime:
        """The present moment, in the zone of the clock."""
        ...

    def today(self) -> date:
        """The day it is in that zone."""
        ...
