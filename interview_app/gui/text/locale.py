"""The language the window speaks: its words, numbers, dates and keys.

There is no translation yet, so all of it is English whatever the system speaks: half a sentence
in another language, read from the other side, is worse than none. Only habits that are no words
are taken from the system: twelve or twenty-four hours, and the day a week begins with.
"""

from __future__ import annotations

import re
import sys

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence

_LANGUAGE = QLocale.Language.English


def speak_english(application: QGuiApplication) -> None:
    """Have every widget to come write English, from left to right."""
    QLocale.setDefault(english_of(QLocale.system()))
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def english_of(system: QLocale) -> QLocale:
    """English with as many hours a day as that locale counts."""
    form = re.sub("'[^']*'", "", system.timeFormat(QLocale.FormatType.ShortFormat))
    has_halves = "a" in form.lower()
    country = QLocale.Country.UnitedStates if has_halves else QLocale.Country.UnitedKingdom
    return QLocale(_LANGUAGE, country)


def window_locale() -> QLocale:
    """The locale that numbers and dates of the window are written in."""
    return QLocale()


def first_weekday() -> int:
    """The day a week begins with here: 1 is Monday, 7 Sunday."""
    return QLocale.system().firstDayOfWeek().value


def language_name(code: str) -> str:
    """What a language is called: ``German`` for ``de``."""
    return QLocale.languageToString(QLocale(code).language())


def key_name(key: str) -> str:
    """A key as the window names it: its signs on a Mac, English words elsewhere."""
    form = QKeySequence.SequenceFormat
    return QKeySequence(key).toString(
        form.NativeText if sys.platform == "darwin" else form.PortableText
    )
