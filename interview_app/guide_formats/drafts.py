"""A question while it is put together out of blocks, and the texts of its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from interview_app.domain.guide import Question, StarOutline
from interview_app.domain.question_fields import (
    QUESTION_FIELDS,
    STAR_STEPS,
    FieldKind,
    split_terms,
)
from interview_app.guide_formats.blocks import Block
from interview_app.guide_formats.fields import read_seconds
from interview_app.guide_formats.meanings import split_lead, step_of
from interview_app.guide_formats.prompts import unquoted
from interview_app.guide_formats.texts import tidy, tidy_line

_INNER_STEP = re.compile(
    r"(?:^|(?<=[\s.;(]))\**(?:the )?(situation|context|task|challenge|action|result"
    r"|outcome)s?(?:\s*\([a-z]\))?\**\s*(?::|–|—|\s-)\s*\**",
    re.IGNORECASE,
)
ITEM_FIELDS = tuple(field.name for field in QUESTION_FIELDS if field.kind.is_items)
"""Fields that are lists of texts."""

_LEADING_NUMBER = re.compile(r"\(?(\d{1,3})[.):]\s+(?=\S)")


@dataclass(slots=True)
class FieldText:
    """One block's share of a field."""

    text: str
    line: int
    marker: str = ""
    level: int = 0
    is_told: bool = False
    """Whether a warning has already said that it fits no field."""

    @classmethod
    def of(cls, block: Block) -> FieldText:
        """The whole block as content."""
        return cls(block.text, block.line, block.marker, block.level)


@dataclass(slots=True)
class QuestionDraft:
    """A question's prompt and what was gathered for each of its fields so far."""

    prompt: str
    line: int
    current: str = ""
    fields: dict[str, list[FieldText]] = field(default_factory=dict)
    step: str = ""

    def open(self, name: str) -> None:
        """Have what follows belong to a field."""
        self.current = name
        self.step = ""
        self.fields.setdefault(name, [])

    def add(self, chunk: FieldText) -> None:
        """Content for the open field, ``unplaced`` where none is open."""
        self.fields.setdefault(self.current or "unplaced", []).append(chunk)

    def has(self, name: str) -> bool:
        """Whether a field holds any text."""
        return any(chunk.text.strip() for chunk in self.fields.get(name, ()))

    def filled(self) -> set[str]:
        """The fields that hold text."""
        return {name for name in self.fields if self.has(name)}


@dataclass(frozen=True, slots=True)
class Finished:
    """A question, the chunks that had to go to its notes, and the labels inside its fields."""

    question: Question
    unplaced: tuple[FieldText, ...]
    labels: tuple[FieldText, ...]


def finish(draft: QuestionDraft, question_id: str, unlabelled_field: str) -> Finished:
    """The question of a draft; text without a label goes to ``unlabelled_field``."""
    gathered = {name: list(chunks) for name, chunks in draft.fields.items()}
    notes = gathered.pop("notes", [])
    unplaced = list(notes)
    free = gathered.pop("unplaced", [])
    if unlabelled_field == "notes" and draft.filled() != {"unplaced"}:
        unplaced = [*free, *unplaced]
    else:
        gathered.setdefault("sample_answer", [])[:0] = free
    how = gathered.pop("how", [])
    is_answered = any(c.text for name in ("sample_answer", "star") for c in gathered.get(name, ()))
    name = "approach" if is_answered else "sample_answer"
    gathered[name] = [*how, *gathered.get(name, [])]
    star, stray, labels = _star(gathered.get("star", []))
    unplaced.extend(stray)
    target, odd = _target(gathered.get("target_s", []))
    unplaced.extend(odd)
    values = {
        field.name: _value(field.kind, gathered.get(field.name, [])) for field in QUESTION_FIELDS
    }
    values |= {
        "sample_answer": _answer(gathered.get("sample_answer", [])),
        "star": star,
        "target_s": target,
        "notes": _text(unplaced),
    }
    question = Question(question_id, tidy_line(draft.prompt), **values)
    if target:
        kept = {id(chunk) for chunk in odd}
        # It is a number now; its words are among the structure.
        labels.extend(chunk for chunk in gathered["target_s"] if id(chunk) not in kept)
    return Finished(question, tuple(chunk for chunk in unplaced if chunk.text), tuple(labels))


def _value(kind: FieldKind, chunks: list[FieldText]) -> Any:  # noqa: ANN401 - any field's value
    """The value of a field that nothing but its kind decides about."""
    if kind is FieldKind.TERMS:
        return split_terms("\n".join(tidy_line(chunk.text) for chunk in chunks))
    return _items(chunks) if kind.is_items else _text(chunks)


def text_of(chunks: Iterable[FieldText]) -> str | None:
    """Chunks as one text: list items line by line, all else as paragraphs."""
    return _text(list(chunks))


def _text(chunks: list[FieldText]) -> str | None:
    paragraphs: list[str] = []
    in_list = False
    base = 0
    for chunk in chunks:
        if not chunk.text:
            continue
        if not chunk.marker:
            paragraphs.append(chunk.text)
            in_list = False
            continue
        base = base if in_list else chunk.level
        marker = f"{chunk.marker.strip('().')}." if chunk.marker[-1:] in ".)" else "-"
        line = (
            f"{'  ' * max(0, chunk.level - base)}{marker if marker[0].isdigit() else '-'} "
            f"{chunk.text}"
        )
        if in_list:
            paragraphs[-1] = f"{paragraphs[-1]}\n{line}"
        else:
            paragraphs.append(line)
        in_list = True
    return tidy("\n\n".join(paragraphs))


def _answer(chunks: list[FieldText]) -> str | None:
    text = _text(chunks)
    return tidy(unquoted(text)) if text else None


def _items(chunks: list[FieldText]) -> tuple[str, ...]:
    """Every block as one item; a nested one belongs to the item above it."""
    items: list[list[FieldText]] = []
    for chunk in chunks:
        if not chunk.text:
            continue
        if items and chunk.marker and chunk.level > items[-1][0].level and items[-1][0].marker:
            items[-1].append(chunk)
        else:
            items.append([chunk])
    return tuple(text for item in items if (text := _item(item)))


def _item(chunks: list[FieldText]) -> str | None:
    first, *nested = chunks
    number = _LEADING_NUMBER.match(first.text)
    text = first.text[number.end() :] if number else first.text
    return tidy("\n\n".join(filter(None, [text, _text(nested)])))


def _target(chunks: list[FieldText]) -> tuple[int | None, list[FieldText]]:
    for chunk in chunks:
        seconds = read_seconds(chunk.text)
        if seconds:
            return seconds, [other for other in chunks if other is not chunk]
    return None, chunks


def _star(chunks: list[FieldText]) -> tuple[StarOutline | None, list[FieldText], list[FieldText]]:
    """The steps in these chunks, what stands before any step, and the labels of the steps."""
    steps: dict[str, list[FieldText]] = {}
    stray: list[FieldText] = []
    labels: list[FieldText] = []
    current = ""
    for chunk in chunks:
        for piece in _steps_in(chunk.text):
            current = piece.step or current
            labels.append(FieldText(piece.label, chunk.line))
            if not piece.text:
                continue
            marker = "" if piece.step else chunk.marker
            target = steps.setdefault(current, []) if current else stray
            target.append(FieldText(piece.text, chunk.line, marker, chunk.level))
    if not steps:
        return None, stray, labels
    texts = {step: _answer(steps.get(step, [])) for step in STAR_STEPS}
    return (StarOutline(**texts) if any(texts.values()) else None), stray, labels


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a text that belongs to one STAR step; no step before the first label."""

    step: str = ""
    label: str = ""
    text: str = ""


def _steps_in(text: str) -> list[_Piece]:
    """A text cut at its STAR steps."""
    if whole := step_of(text):
        return [_Piece(whole, text)]
    pieces: list[_Piece] = []
    rest = text
    lead = split_lead(text.replace("*", ""))
    if lead is not None and (step := step_of(lead[0], letters=True)):
        pieces.append(_Piece(step, lead[0]))
        rest = lead[1]
    end = 0
    for found in _INNER_STEP.finditer(rest):
        pieces = _with_text(pieces, rest[end : found.start()])
        pieces.append(_Piece(step_of(found[1]) or "", found[0]))
        end = found.end()
    return _with_text(pieces, rest[end:])


def _with_text(pieces: list[_Piece], text: str) -> list[_Piece]:
    text = text.strip()
    if pieces and not pieces[-1].text:
        return [*pieces[:-1], replace(pieces[-1], text=text)]
    return [*pieces, _Piece(text=text)] if text else pieces
