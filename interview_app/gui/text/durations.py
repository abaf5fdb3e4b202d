"""Lengths of time as people read them."""

from __future__ import annotations


def as_clock(seconds: float) -> str:
    """Minutes and seconds, or hours, minutes and seconds: ``1:48``, ``1:02:03``; never negative."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
