"""Single columns and the values they stand for, both ways.

Reading a damaged column gives something that can be shown instead, unless its text says otherwise.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from interview_app.domain.session_labels import HIGHEST_RATING, tidy_tags
from interview_app.domain.text.file_names import is_take_sound

Kind = TypeVar("Kind", bound=StrEnum)

UNREADABLE_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a moment whose text is damaged: the session is still listed."""
BROKEN = (ValueError, TypeError, IndexError, KeyError, AttributeError)
"""What reading a damaged column raises."""

_log = logging.getLogger(__name__)


def time_text(moment: datetime) -> str:
    """A moment in UTC, in a form of fixed length that sorts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def parse_time(text: str) -> datetime:
    """A moment as it is kept; :data:`UNREADABLE_TIME` where its text is damaged."""
    try:
        found = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return UNREADABLE_TIME
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def number(value: object) -> float:
    """A figure; 0 where it is none."""
    return float(value) if isinstance(value, int | float) else 0.0


def enum_member(kind: type[Kind], value: str, otherwise: Kind) -> Kind:
    """The member of that value, or another where there is none."""
    try:
        return kind(value)
    except ValueError:
        _log.warning("%r is no %s; taken for %s", value, kind.__name__, otherwise.value)
        return otherwise


def json_text(value: object) -> str:
    """Lists and texts as one column holds them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def texts(text: str) -> tuple[str, ...]:
    """A list of texts; raises one of :data:`BROKEN` where it is damaged."""
    return tuple(str(item) for item in json.loads(text))


def rating(value: object) -> int | None:
    """A person's own rating, 1 to 5; ``None`` for none, or for what cannot be one."""
    return value if isinstance(value, int) and 1 <= value <= HIGHEST_RATING else None


def tags(text: object) -> tuple[str, ...]:
    """Tags of a session; none where their row is damaged."""
    try:
        found = json.loads(str(text or "[]"))
        return tidy_tags(tag for tag in found if isinstance(tag, str))
    except BROKEN:
        _log.warning("The tags of a session cannot be read and were left out")
        return ()


def sound_name(value: object) -> str | None:
    """Return the name of a take's sound, or ``None`` where the row names anything else.

    No row of a database, wherever it came from, makes a file outside ``takes/`` a take's sound:
    it would be played, exported, converted and deleted as one.
    """
    if value is None:
        return None
    if isinstance(value, str) and is_take_sound(value):
        return value
    _log.warning("A take's sound lies outside the folder of takes and is left alone")
    return None
