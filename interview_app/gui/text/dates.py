"""Days as people name them.

Moments are timezone-aware; ``now`` is in the zone that days are counted in (``Clock.local_now``).
"""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QTime

from interview_app.gui.text.locale import window_locale
from interview_app.gui.text.plurals import translate

_WEEK = 7
"""Within a week a weekday says more than a date."""


def when(moment: datetime, now: datetime) -> str:
    """A day in words, and the time: ``Today, 14:05``."""
    there = moment.astimezone(now.tzinfo)
    day = _day(there.date(), now.date())
    return translate("dates", "{0}, {1}").format(day, _time(there))


def within_group(moment: datetime, now: datetime) -> str:
    """A day and time under its heading: only the time where the heading names the day."""
    there = moment.astimezone(now.tzinfo)
    is_named = (now.date() - there.date()).days <= 1
    return _time(there) if is_named else when(moment, now)


def group_of(moment: datetime, now: datetime) -> str:
    """The stretch of time a moment belongs to: today, yesterday, this week, or its month."""
    there, today = moment.astimezone(now.tzinfo).date(), now.date()
    ago = (today - there).days
    if ago <= 0:
        return translate("dates", "Today")
    if ago == 1:
        return translate("dates", "Yesterday")
    if ago < _WEEK:
        return translate("dates", "This week")
    return month_of(there)


def month_of(day: date) -> str:
    """The month of a day: ``November 2026``."""
    return _written(day, "MMMM yyyy")


def long_day(day: date) -> str:
    """A day with its weekday: ``Sunday, 22 November 2026``."""
    return _written(day, "dddd, d MMMM yyyy")


def short_day(day: date) -> str:
    """A day in few letters: ``22 Nov 2026``."""
    return _written(day, "d MMM yyyy")


def weekday_name(weekday: int) -> str:
    """A day of the week in few letters; 1 is Monday."""
    return window_locale().standaloneDayName(weekday, QLocale.FormatType.ShortFormat)


def _time(there: datetime) -> str:
    return window_locale().toString(QTime(there.hour, there.minute), QLocale.FormatType.ShortFormat)


def _day(there: date, today: date) -> str:
    ago = (today - there).days
    if ago == 0:
        return translate("dates", "Today")
    if ago == 1:
        return translate("dates", "Yesterday")
    if 1 < ago < _WEEK:
        return window_locale().standaloneDayName(there.isoweekday())
    return _written(there, "d MMMM" if there.year == today.year else "d MMMM yyyy")


def _written(day: date, form: str) -> str:
    return window_locale().toString(QDate(day.year, day.month, day.day), form)
