"""The labelled parts of a question as fields, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypedDict

from interview_app.domain.guide import Question, StarOutline
from interview_app.guide_formats.labels import FORM_LABELS, FORM_STEP, STAR_STEPS
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


class Fields(TypedDict, total=False):
    """The fields of a question beside id and prompt."""

    why_they_ask: str | None
    sample_answer: str | None
    star: StarOutline | None
    approach: tuple[str, ...]
    tip: str | None
    key_points: tuple[str, ...]
    follow_ups: tuple[str, ...]
    target_s: int | None
    notes: str | None


def read_fields(parts: Iterable[tuple[str, int, list[str]]]) -> tuple[Fields, list[Problem]]:
    """The fields of (field, line, lines) parts; a field that comes twice is joined.

    What fits no field is kept in the notes, and told.
    """
    texts: dict[str, list[str]] = {}
    items: dict[str, list[str]] = {}
    steps: dict[str, list[str]] = {}
    target: int | None = None
    problems: list[Problem] = []
    for name, line, lines in parts:
        if name in ("approach", "key_points", "follow_ups"):
            items.setdefault(name, []).extend(_items(lines))
        elif name == "star":
            problems.extend(_read_star(line, lines, steps, texts))
        elif name == "target_s" and (seconds := read_seconds(" ".join(lines))) is not None:
            target = seconds
        elif text := read_text(lines):
            if name == "target_s":
                problems.append((line, f"“{text}” is no length; write it as `90 s`."))
            texts.setdefault("notes" if name == "target_s" else name, []).append(text)
    fields: Fields = {
        "why_they_ask": _joined(texts.get("why_they_ask")),
        "sample_answer": _joined(texts.get("sample_answer")),
        "star": StarOutline(**{k: _joined(v) for k, v in steps.items()}) if steps else None,
        "approach": tuple(items.get("approach", ())),
        "tip": _joined(texts.get("tip")),
        "key_points": tuple(items.get("key_points", ())),
        "follow_ups": tuple(items.get("follow_ups", ())),
        "target_s": target,
        "notes": _joined(texts.get("notes")),
    }
    return fields, problems


def write_fields(question: Question) -> list[str]:
    """The lines of a question's labelled parts."""
    lines: list[str] = []
    for name, label in FORM_LABELS.items():
        value = getattr(question, name)
        if not value:
            continue
        lead = f"**{label}:**"
        if isinstance(value, StarOutline):
            lines += [lead, *_write_star(value)]
        elif isinstance(value, tuple):
            lines += [lead, *write_items(value, numbered=name == "approach")]
        else:
            text = f"{value} s" if name == "target_s" else value
            lines += _labelled(lead, text)
        lines.append("")
    return lines


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


def _read_star(
    line: int, lines: list[str], steps: dict[str, list[str]], texts: dict[str, list[str]]
) -> list[Problem]:
    problems: list[Problem] = []
    name = ""
    for index, item in read_items(_flush_left(lines)):
        step = FORM_STEP.match(item[0])
        name = step[2].lower() if step else name
        text = read_text([item[0][step.end() :], *item[1:]] if step else item)
        if not text:
            continue
        if name:
            steps.setdefault(name, []).append(text)
        else:
            texts.setdefault("notes", []).append(text)
            problems.append((line + index, "This belongs to no step of the STAR outline."))
    return problems


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
    return "\n\n".join(texts) if texts else None
