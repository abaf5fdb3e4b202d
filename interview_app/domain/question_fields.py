r"""The fields of a question, in one table: adding a field begins and ends here.

Each field stands on :class:`~interview_app.domain.guide.Question` under its name, which is also its
key in JSON. From this table are made: the labels of guide files and the order they are written in,
what labels of other publishers mean, the readers and writers of Markdown, Word, web pages and JSON,
the rows of asked questions, the form that edits a question and the parts that show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from interview_app.domain.guide import Question, StarOutline

STAR_STEPS = tuple(step.name for step in fields(StarOutline))


class FieldKind(StrEnum):
    """What the value of a field is, and so how it is read, written, kept and edited."""

    TEXT = "text"
    """Paragraphs: ``str | None``."""
    LIST = "list"
    """Texts, one an item: ``tuple[str, ...]``."""
    NUMBERED = "numbered"
    """Texts in their order, one an item: ``tuple[str, ...]``."""
    TERMS = "terms"
    """Short terms without commas, on one line: ``tuple[str, ...]``."""
    OUTLINE = "outline"
    """The four steps of a story: ``StarOutline | None``."""
    SECONDS = "seconds"
    """A length of time: ``int | None``."""

    @property
    def is_list(self) -> bool:
        """Whether each text is an item of a list, which may hold paragraphs."""
        return self in (FieldKind.LIST, FieldKind.NUMBERED)

    @property
    def is_items(self) -> bool:
        """Whether the value is a tuple of texts."""
        return self.is_list or self is FieldKind.TERMS


@dataclass(frozen=True, slots=True)
class QuestionField:
    """One field of a question: its name there, and its label in guide files."""

    name: str
    label: str
    kind: FieldKind
    has_column: bool = False
    """Whether asked questions have a column of its name; the others share the column ``more``."""


QUESTION_FIELDS = (
    QuestionField("why_they_ask", "Why they ask", FieldKind.TEXT, has_column=True),
    QuestionField("star", "STAR", FieldKind.OUTLINE, has_column=True),
    QuestionField("approach", "Approach", FieldKind.NUMBERED, has_column=True),
    QuestionField("sample_answer", "Sample answer", FieldKind.TEXT, has_column=True),
    QuestionField("tip", "Personalization tip", FieldKind.TEXT, has_column=True),
    QuestionField("key_points", "Key points", FieldKind.LIST, has_column=True),
    QuestionField("follow_ups", "Follow-ups", FieldKind.LIST, has_column=True),
    QuestionField("asked_as", "Asked as", FieldKind.LIST),
    QuestionField("competencies", "Competencies", FieldKind.TERMS),
    QuestionField("target_s", "Target length", FieldKind.SECONDS, has_column=True),
    QuestionField("notes", "Notes", FieldKind.TEXT, has_column=True),
)
"""Every field beside id and prompt, in the order in which guide files hold them."""

FIELD = {field.name: field for field in QUESTION_FIELDS}
"""The fields by name."""

_IN_ORDER = tuple(FIELD[field.name] for field in fields(Question) if field.name in FIELD)
_BETWEEN_TERMS = re.compile(r"[,;\n]")
_ITEM_SIGN = re.compile(r"(?:(?:[-*+•]|\d{1,9}[.)])\s+)+")


def split_terms(text: str) -> tuple[str, ...]:
    """The terms of a line or a list, each once and without the sign of an item."""
    terms = (" ".join(term.split()) for term in _BETWEEN_TERMS.split(text))
    bare = (_ITEM_SIGN.sub("", term, count=1) if _ITEM_SIGN.match(term) else term for term in terms)
    return tuple(dict.fromkeys(term for term in bare if term))


def join_terms(terms: Iterable[str]) -> str:
    """Terms on one line; :func:`split_terms` gives them again."""
    return ", ".join(terms)


def plain_values(question: Question) -> dict[str, Any]:
    """The fields of a question as JSON holds them, every key present; ``None`` where empty."""
    return {field.name: _plain(getattr(question, field.name)) for field in _IN_ORDER}


def is_plain(field: QuestionField, value: object) -> bool:
    """Whether a value of JSON is one that :func:`plain_values` could have made of the field."""
    if value is None:
        return True
    if field.kind is FieldKind.OUTLINE:
        return (
            isinstance(value, dict)
            and value.keys() <= set(STAR_STEPS)
            and all(isinstance(step, str | None) for step in value.values())
        )
    if field.kind.is_items:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, int if field.kind is FieldKind.SECONDS else str)


def typed_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What :func:`plain_values` made, as :class:`Question` takes it; absent keys stay empty."""
    return {field.name: _typed(field, values.get(field.name)) for field in _IN_ORDER}


def _plain(value: object) -> object:
    if isinstance(value, StarOutline):
        return {step: getattr(value, step) for step in STAR_STEPS}
    return list(value) or None if isinstance(value, tuple) else value


def _typed(field: QuestionField, value: Any) -> object:  # noqa: ANN401 - JSON is anything
    if field.kind is FieldKind.OUTLINE:
        return StarOutline(**value) if value else None
    return tuple(value or ()) if field.kind.is_items else value
