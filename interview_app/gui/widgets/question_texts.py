"""The fields of a question as titles and texts on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from interview_app.domain.guide import StarOutline
from interview_app.domain.question_fields import (
    QUESTION_FIELDS,
    FieldKind,
    QuestionField,
    ReadingColumn,
    join_terms,
)

_STEPS = {
    "situation": QT_TRANSLATE_NOOP("question", "Situation"),
    "task": QT_TRANSLATE_NOOP("question", "Task"),
    "action": QT_TRANSLATE_NOOP("question", "Action"),
    "result": QT_TRANSLATE_NOOP("question", "Result"),
}


def fields_of(side: ReadingColumn) -> list[QuestionField]:
    """The fields of one side of the screen, from the top."""
    return sorted((f for f in QUESTION_FIELDS if f.side is side), key=lambda field: field.rank)


def title_of(field: QuestionField) -> str:
    """What stands above a field."""
    return QCoreApplication.translate("question", field.title)


def step_title(step: str) -> str:
    """What stands before a step of a STAR outline."""
    return QCoreApplication.translate("question", str(_STEPS[step]))


def text_of(field: QuestionField, value: Any) -> str:  # noqa: ANN401 - any field's value
    """The value of a field as Markdown to read; a length of time has none."""
    if isinstance(value, StarOutline):
        return "\n\n".join(f"**{step_title(step)}:** {text}" for step, text in _steps(value))
    if field.kind.is_list:
        return listed(value, "1." if field.kind is FieldKind.NUMBERED else "-")
    if field.kind is FieldKind.TERMS:
        return join_terms(value)
    return value or "" if field.kind is FieldKind.TEXT else ""


def listed(items: Iterable[str], sign: str) -> str:
    """Texts as a list in Markdown."""
    return "\n".join(f"{sign} {item}" for item in items)


def _steps(star: StarOutline) -> Iterator[tuple[str, str]]:
    return ((step, text) for step in _STEPS if (text := getattr(star, step)))
