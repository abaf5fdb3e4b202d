"""Questions out of named values: the columns of a table, the keys of a JSON object."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from interview_app.domain.question_fields import STAR_STEPS
from interview_app.guide_formats.assembling import GuideAssembler
from interview_app.guide_formats.drafts import ITEM_FIELDS, FieldText, QuestionDraft
from interview_app.guide_formats.meanings import field_of, plain_label, step_of
from interview_app.guide_formats.prompts import split_number, unquoted
from interview_app.guide_formats.text_blocks import read_text_blocks

_PROMPTS = re.compile(
    r"(?:interview |sample |the )?(?:questions?|prompts?)(?: text| title| prompt| asked)?|q"
    r"|ask|text"
)
_SECTIONS = re.compile(
    r"(?:question )?(?:section|category|type|topic|group|theme|area|round|kind|chapter|part"
    r"|stage)(?: name| title)?"
)
_BETWEEN_ITEMS = re.compile(r"[ \t]*[|•][ \t]*|;[ \t]+")
_NUMBERS = re.compile(
    r"#|n[or]\.?|number|index|(?:question )?id|order|position|question number|q#?"
)
_TITLES = re.compile(r"(?:guide |job |page )?(?:title|name|role|position|job)")


@dataclass(frozen=True, slots=True)
class Named:
    """One value of a question under the name its file gives it."""

    name: str
    text: str
    line: int


def spaced(name: str) -> str:
    """A name as words: ``sampleAnswer`` and ``sample_answer`` are ``sample answer``."""
    return " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-.]+", " ", name).split())


def meaning_of(name: str) -> str | None:
    """What a name stands for: ``prompt``, ``section``, ``number``, a field, a step, or ``None``."""
    plain = plain_label(spaced(name)) or name.strip()
    for meaning, pattern in (("prompt", _PROMPTS), ("section", _SECTIONS), ("number", _NUMBERS)):
        if pattern.fullmatch(plain):
            return meaning
    return "why_they_ask" if plain == "why" else step_of(plain) or field_of(plain)


def spelled_out(names: Iterable[str]) -> list[str]:
    """Names with ``S``, ``T``, ``A`` and ``R`` as the steps they stand for, where all four are."""
    names = list(names)
    letters = dict(zip("star", STAR_STEPS, strict=True))
    if not letters.keys() <= {name.strip(" .").casefold() for name in names}:
        return names
    return [letters.get(name.strip(" .").casefold(), name) for name in names]


def is_title(name: str) -> bool:
    """Whether a name stands for the title of a guide or a section."""
    return _TITLES.fullmatch(plain_label(spaced(name))) is not None


def add_record(assembling: GuideAssembler, prompt: str, values: Iterable[Named], line: int) -> None:
    """A question of named values; what no field stands for goes to its notes under its name."""
    number, text = split_number(" ".join(prompt.split()))
    assembling.leave_out(line, number, "number")
    draft = QuestionDraft(unquoted(text), line)
    for value in values:
        meaning = meaning_of(value.name)
        if meaning == "number":
            assembling.leave_out(value.line, value.text, "number")
        elif value.text.strip():
            _add(draft, meaning, value)
            is_step = meaning in STAR_STEPS
            assembling.leave_out(value.line, value.name if meaning and not is_step else "", "label")
    draft.current = ""
    assembling.add_question(draft)


def _add(draft: QuestionDraft, meaning: str | None, value: Named) -> None:
    text = _BETWEEN_ITEMS.sub("\n", value.text) if meaning in ITEM_FIELDS else value.text
    chunks = [FieldText.of(block) for block in read_text_blocks(text).blocks]
    for chunk in chunks:
        chunk.line += value.line - 1
    if meaning in STAR_STEPS:
        draft.open("star")
        chunks.insert(0, FieldText(meaning, value.line))
    elif meaning is None or meaning == "prompt":
        draft.open("notes")
        chunks[0].text = f"{spaced(value.name)}: {chunks[0].text}"
        chunks = [replace(chunk, is_told=True) for chunk in chunks]
    else:
        draft.open(meaning)
    for chunk in chunks:
        draft.add(chunk)
