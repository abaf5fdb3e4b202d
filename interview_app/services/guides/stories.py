"""The story bank: a person's own STAR stories, and which questions they serve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from interview_app.domain.story import QuestionKey, Story
from interview_app.services.ports.clock import Clock
from interview_app.services.ports.unit import Unit


class StoryRepository(Protocol):
    """The stories a unit of work sees."""

    def all(self) -> list[Story]:
        """Every story, the newest first."""
        ...

    def linked_to(self, key: QuestionKey) -> list[Story]:
        """The stories linked to a question, the newest first."""
        ...

    def keep(self, story: Story, moment: datetime) -> None:
        """Keep a story with its links, in place of the one of its uid; ``moment`` is now."""
        ...

    def remove(self, uid: str) -> None:
        """Take a story away, and its links; nothing where there is none."""
        ...


class StoriesUnit(Unit, Protocol):
    """A unit of work that sees the stories."""

    stories: StoryRepository


def new_story(*questions: QuestionKey) -> Story:
    """A story nobody has written yet, linked to these questions."""
    return Story(uuid4().hex, questions=questions)


def copy_of(story: Story, title: str) -> Story:
    """A story with the same words and links under another title."""
    return replace(story, uid=uuid4().hex, title=title)


class StoryBank:
    """Reads and keeps stories; every call blocks."""

    def __init__(self, new_unit: Callable[[], StoriesUnit], clock: Clock) -> None:
        self._new_unit = new_unit
        self._clock = clock

    def all(self) -> tuple[Story, ...]:
        """Every story, the newest first.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._new_unit() as unit:
            return tuple(unit.stories.all())

    def linked_to(self, key: QuestionKey) -> tuple[Story, ...]:
        """The stories linked to a question, the newest first.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._new_unit() as unit:
            return tuple(unit.stories.linked_to(key))

    def keep(self, story: Story) -> None:
        """Keep a story in place of the one of its uid.

        Raises:
            StorageError: it could not be written; what was there is there still.
        """
        with self._new_unit() as unit:
            unit.stories.keep(story, self._clock.now())
            unit.commit()

    def remove(self, uid: str) -> None:
        """Take a story away; :meth:`keep` brings it back as it was.

        Raises:
            StorageError: it could not be removed; it is there still.
        """
        with self._new_unit() as unit:
            unit.stories.remove(uid)
            unit.commit()
