"""A role's interview guide: sections of questions, each with what helps to answer it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class StarOutline:
    """The four steps of a behavioral answer; a step that a guide leaves out is ``None``."""

    situation: str | None = None
    task: str | None = None
    action: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What the interviewer asks, and what helps to answer it; only the prompt is always there.

    All texts are plain text or inline Markdown; paragraphs are separated by one blank line.
    """

    id: str
    prompt: str
    why_they_ask: str | None = None
    sample_answer: str | None = None
    star: StarOutline | None = None
    approach: tuple[str, ...] = ()
    tip: str | None = None
    key_points: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()
    """The prompt in other words."""
    competencies: tuple[str, ...] = ()
    target_s: int | None = None
    notes: str | None = None
    """Text an import could not place, kept with the question it stood in."""

    @property
    def named_texts(self) -> Iterator[tuple[str, str]]:
        """Every text beside the prompt with the name of its field."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, StarOutline):
                steps = (getattr(value, step.name) for step in fields(value))
                yield from ((field.name, text) for text in steps if text)
            elif isinstance(value, tuple):
                yield from ((field.name, text) for text in value)
            elif isinstance(value, str) and value and field.name not in ("id", "prompt"):
                yield field.name, value

    @property
    def texts(self) -> Iterator[str]:
        """Every text beside the prompt."""
        return (text for _, text in self.named_texts)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a guide (common, behavioral, technical…) with its own introduction."""

    title: str
    questions: tuple[Question, ...] = ()
    introduction: str | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """A role's questions; ``id`` is a slug, unique among the guides of one person."""

    id: str
    title: str
    sections: tuple[Section, ...] = ()
    introduction: str | None = None
    language: str = "en"

    @property
    def questions(self) -> Iterator[Question]:
        """Every question in the guide's order."""
        return (question for section in self.sections for question in section.questions)

    def question(self, question_id: str) -> Question | None:
        """The question of that id, or ``None``."""
        return next((q for q in self.questions if q.id == question_id), None)

    def section_of(self, question_id: str) -> Section | None:
        """The section that holds the question of that id, or ``None``."""
        return next(
            (s for s in self.sections if any(q.id == question_id for q in s.questions)), None
        )
