"""A pytest plugin: the application's clock stands on another day, where no libfaketime is at hand.

It is enough because one module alone reads the clock; ``tests/unit/test_clock.py`` holds that.
"""

from __future__ import annotations

from datetime import UTC, datetime

from interview_app.support.clock import SystemClock

_AHEAD = datetime(2028, 2, 29, 23, 30, tzinfo=UTC) - datetime.now(UTC)
_real_now = SystemClock.now


def _shifted_now(clock: SystemClock) -> datetime:
    return _real_now(clock) + _AHEAD


SystemClock.now = _shifted_now  # type: ignore[method-assign,assignment]
