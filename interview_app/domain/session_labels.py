"""What a person says of a session of theirs: a title, a rating, tags, and that it is put away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interview_app.domain.errors import UsageError

HIGHEST_RATING = 5
"""A person's own rating of a session goes from 1 to this; the application never gives one."""


@dataclass(frozen=True, slots=True)
class SessionLabels:
    """Title (empty: the guide's), own rating 1 to 5 or ``None``, tags, and whether it is archived.

    Raises:
        UsageError: the rating is outside 1 to 5.
    """

    title: str = ""
    rating: int | None = None
    tags: tuple[str, ...] = ()
    is_archived: bool = False

    def __post_init__(self) -> None:
        if self.rating is not None and not 1 <= self.rating <= HIGHEST_RATING:
            raise UsageError(f"A rating goes from 1 to {HIGHEST_RATING}.")


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: single spaces, none empty, none twice whatever its case."""
    kept: dict[str, str] = {}
    for tag in tags:
        tidied = " ".join(tag.split())
        if tidied:
            kept.setdefault(tidied.casefold(), tidied)
    return tuple(kept.values())
