"""A person's own STAR story, to be told to more than one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class QuestionKey:
    """A question of a guide, by their ids; the guide may be gone and come back."""

    guide_id: str
    question_id: str


@dataclass(frozen=True, slots=True)
class Story:
    """What a person lived through, in the four steps of an answer; any text may be empty.

    ``uid`` names it for ever; ``questions`` are those it serves.
    """

    uid: str
    title: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    notes: str = ""
    questions: tuple[QuestionKey, ...] = ()

    @property
    def steps(self) -> Iterator[str]:
        """What is told, step by step; empty steps are left out."""
        steps = (self.situation, self.task, self.action, self.result)
        return (step.strip() for step in steps if step.strip())

    @property
    def spoken(self) -> str:
        """What is said when the story is told; title and notes are not."""
        return "\n\n".join(self.steps)

    @property
    def text(self) -> str:
        """Everything but the title, to be searched."""
        return "\n\n".join((*self.steps, *([self.notes] if self.notes.strip() else ())))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return not (self.title.strip() or self.text)

    def is_linked_to(self, key: QuestionKey) -> bool:
        """Whether the story is linked to a question."""
        return key in self.questions

    def with_link(self, key: QuestionKey) -> Story:
        """The story linked to one more question."""
        return self if self.is_linked_to(key) else replace(self, questions=(*self.questions, key))

    def without_link(self, key: QuestionKey) -> Story:
        """The story no longer linked to a question."""
        return replace(self, questions=tuple(one for one in self.questions if one != key))
