"""The labelled parts of a question as fields, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from interview_app.domain.guide import Question, StarOutline
from interview_app.domain.question_fields import (
    FIELD,
    QUESTION_FIELDS,
    STAR_STEPS,
    FieldKind,
    QuestionField,
    single_text,
    split_terms,
)
from interview_app.guide_formats.labels import FORM_STEP
from interview_app.guide_formats.texts import (
    begins_with_list,
    read_items,
    read_text,
    write_items,
    write_text,
)

Problem = tuple[int, str]
"""A line and what is odd there."""

_SECONDS = re.compile(r"(\d{1,5})[ ]?(?:s|sec|secs|seconds?)?\.?$", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,3})(?:[.,](\d))?[ ]?(?:m|min|mins|minutes?)\.?$", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?:[ ]?(?:min|minutes?))?$", re.IGNORECASE)


Fields = dict[str, Any]
"""Values of a question's fields, by name."""


def read_fields(parts: Iterable[tuple[str, int, list[str]]]) -> tuple[Fields, list[Problem]]:
    """The fields of (field, line, lines) parts; a field that comes twice is joined.

    What fits no field is kept in the notes, and told.
    """
    gathered = _Gathered()
    for name, line, lines in parts:
        gathered.add(FIELD[name], line, lines)
    return {field.name: gathered.value(field) for field in QUESTION_FIELDS}, gathered.problems


class _Gathered:
    """What was read of a question so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._texts: dict[str, list[str]] = {}
        """Texts or items of a field."""
        self._steps: dict[str, list[str]] = {}
        self._seconds: dict[str, int] = {}

    def add(self, field: QuestionField, line: int, lines: list[str]) -> None:
        """Take in the lines of a field; its first stands at ``line`` of the file."""
        texts = self._texts.setdefault(field.name, [])
        if field.kind.is_list:
            texts.extend(_items(lines))
        elif field.kind is FieldKind.TERMS:
            texts.extend(split_terms(read_text(lines) or ""))
        elif field.kind is FieldKind.OUTLINE:
            self._add_star(line, lines)
        elif field.kind is FieldKind.SECONDS:
            self._add_seconds(field, line, lines)
        elif text := read_text(lines):
            texts.append(text)

    def value(self, field: QuestionField) -> object:
        """The value of a field, empty where nothing was read of it."""
        texts = self._texts.get(field.name, [])
        if field.kind is FieldKind.OUTLINE:
            steps = {step: _joined(found) for step, found in self._steps.items()}
            return StarOutline(**steps) if steps else None
        if field.kind is FieldKind.SECONDS:
            return self._seconds.get(field.name)
        if field.kind is FieldKind.TERMS:
            return tuple(dict.fromkeys(texts))
        return tuple(texts) if field.kind.is_list else _joined(texts)

    def _add_seconds(self, field: QuestionField, line: int, lines: list[str]) -> None:
        seconds = read_seconds(" ".join(lines))
        if seconds is not None:
            self._seconds[field.name] = seconds
        elif text := read_text(lines):
            message = f"“{text}” is no length; write it as `90 s`."
            self._keep_in_notes(line, text, message)

    def _add_star(self, line: int, lines: list[str]) -> None:
        name = ""
        for index, item in read_items(_flush_left(lines)):
            step = FORM_STEP.match(item[0])
            name = step[2].lower() if step else name
            text = read_text([item[0][step.end() :], *item[1:]] if step else item)
            if not text:
                continue
            if name:
                self._steps.setdefault(name, []).append(text)
            else:
                message = "This belongs to no step of the STAR outline."
                self._keep_in_notes(line + index, text, message)

    def _keep_in_notes(self, line: int, text: str, message: str) -> None:
        self.problems.append((line, message))
        self._texts.setdefault("notes", []).append(text)


def write_fields(question: Question) -> list[str]:
    """The lines of a question's labelled parts."""
    lines: list[str] = []
    for field in QUESTION_FIELDS:
        value = getattr(question, field.name)
        if not value:
            continue
        lead = f"**{field.label}:**"
        if isinstance(value, StarOutline):
            lines += [lead, *_write_star(value)]
        elif field.kind.is_list:
            lines += [lead, *write_items(value, numbered=field.kind is FieldKind.NUMBERED)]
        else:
            lines += _labelled(lead, single_text(field, value))
        lines.append("")
    return lines


def read_single(field: QuestionField, text: str | None) -> object:
    """The value of a field out of the text that :func:`single_text` made."""
    if field.kind is FieldKind.TERMS:
        return split_terms(text or "")
    return read_seconds(text or "") if field.kind is FieldKind.SECONDS else text


def read_seconds(text: str) -> int | None:
    """The seconds meant by ``90 s``, ``2 min``, ``1.5 min`` or ``1:30``; else ``None``."""
    text = " ".join(text.split())
    if found := _CLOCK.match(text):
        return int(found[1]) * 60 + int(found[2]) or None
    if found := _SECONDS.match(text):
        return int(found[1]) or None
    if found := _MINUTES.match(text):
        return int(found[1]) * 60 + int(found[2] or 0) * 6 or None
    return None


def _items(lines: list[str]) -> list[str]:
    found = [read_text(item) for _, item in read_items(_flush_left(lines))]
    return [item for item in found if item]


def _write_star(star: StarOutline) -> list[str]:
    lines: list[str] = []
    for step in STAR_STEPS:
        text = getattr(star, step)
        if text:
            first, *rest = _labelled(f"{step.capitalize()}:", text)
            lines += [f"- {first}", *(f"  {line}" if line else "" for line in rest)]
    return lines


def _labelled(lead: str, text: str) -> list[str]:
    written = write_text(text)
    if begins_with_list(text):
        return [lead, *written]
    return [f"{lead} {written[0]}", *written[1:]]


def _flush_left(lines: list[str]) -> list[str]:
    """The lines with the indentation that all after the first share taken away."""
    rest = [line.expandtabs(4) for line in lines[1:]]
    indent = min((len(line) - len(line.lstrip(" ")) for line in rest if line.strip()), default=0)
    return [lines[0].strip(), *(line[indent:] for line in rest)] if lines else []


def _joined(texts: list[str] | None) -> str | None:
    return "\n\n".join(texts or ()) or None
