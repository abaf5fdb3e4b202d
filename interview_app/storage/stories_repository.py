"""Stories and the questions they serve, in their tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, true
from sqlalchemy.dialects.sqlite import insert as upsert

from interview_app.domain.story import QuestionKey, Story
from interview_app.storage import columns
from interview_app.storage.tables import stories, story_questions

_TEXTS = ("title", "situation", "task", "action", "result", "notes")


class SqlStories:
    """Stories; see ``StoryRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Story]:
        """Every story, the newest first."""
        return self._stories(true())

    def linked_to(self, key: QuestionKey) -> list[Story]:
        """The stories linked to a question, the newest first."""
        linked = select(story_questions.c.story_id).where(
            story_questions.c.guide_id == key.guide_id,
            story_questions.c.question_id == key.question_id,
        )
        return self._stories(stories.c.id.in_(linked))

    def keep(self, story: Story, moment: datetime) -> None:
        """Keep a story with its links, in place of the one of its uid; ``moment`` is now."""
        values = {name: getattr(story, name) for name in _TEXTS}
        values["updated_at"] = columns.time_text(moment)
        statement = upsert(stories).values(uid=story.uid, **values)
        story_id = self._connection.execute(
            statement.on_conflict_do_update(index_elements=["uid"], set_=values).returning(
                stories.c.id
            )
        ).scalar_one()
        self._connection.execute(
            delete(story_questions).where(story_questions.c.story_id == story_id)
        )
        links = [
            {"story_id": story_id, "guide_id": key.guide_id, "question_id": key.question_id}
            for key in dict.fromkeys(story.questions)
        ]
        if links:
            self._connection.execute(insert(story_questions), links)

    def remove(self, uid: str) -> None:
        """Take a story away, and its links; nothing where there is none."""
        self._connection.execute(delete(stories).where(stories.c.uid == uid))

    def _stories(self, wanted: ColumnElement[bool]) -> list[Story]:
        links: dict[int, list[QuestionKey]] = {}
        query = select(story_questions).join(stories).where(wanted)
        for row in self._connection.execute(query.order_by(*story_questions.primary_key)):
            links.setdefault(row.story_id, []).append(QuestionKey(row.guide_id, row.question_id))
        newest_first = select(stories).where(wanted).order_by(stories.c.id.desc())
        return [
            Story(
                uid=row.uid,
                questions=tuple(links.get(row.id, ())),
                **{name: getattr(row, name) for name in _TEXTS},
            )
            for row in self._connection.execute(newest_first)
        ]
