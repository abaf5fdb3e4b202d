"""Days as people name them."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QTime

from interview_app.gui.text.plurals import translate

_WEEK = 7
"""Within a week a weekday says more than a date."""


def when(moment: datetime, now: datetime, locale: QLocale | None = None) -> str:
    """A day in words, and the time: ``Today, 14:05``; both moments are timezone-aware."""
    locale = locale or QLocale()
    there = moment.astimezone()
    time = locale.toString(QTime(there.hour, there.minute), QLocale.FormatType.ShortFormat)
    day = _day(there.date(), now.astimezone().date(), locale)
    return translate("dates", "{0}, {1}").format(day, time)


def within_group(moment: datetime, now: datetime, locale: QLocale | None = None) -> str:
    """A day and time under its heading: only the time where the heading names the day."""
    locale = locale or QLocale()
    there = moment.astimezone()
    if (now.astimezone().date() - there.date()).days > 1:
        return when(moment, now, locale)
    return locale.toString(QTime(there.hour, there.minute), QLocale.FormatType.ShortFormat)


def group_of(moment: datetime, now: datetime, locale: QLocale | None = None) -> str:
    """The stretch of time a moment belongs to: today, yesterday, this week, or its month."""
    locale = locale or QLocale()
    there, today = moment.astimezone().date(), now.astimezone().date()
    ago = (today - there).days
    if ago <= 0:
        return translate("dates", "Today")
    if ago == 1:
        return translate("dates", "Yesterday")
    if ago < _WEEK:
        return translate("dates", "This week")
    return locale.toString(QDate(there.year, there.month, there.day), "MMMM yyyy")


def _day(there: date, today: date, locale: QLocale) -> str:
    ago = (today - there).days
    if ago == 0:
        return translate("dates", "Today")
    if ago == 1:
        return translate("dates", "Yesterday")
    shown = QDate(there.year, there.month, there.day)
    if 1 < ago < _WEEK:
        return locale.standaloneDayName(shown.dayOfWeek())
    return locale.toString(shown, "d MMMM" if there.year == today.year else "d MMMM yyyy")
