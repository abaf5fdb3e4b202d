"""Writes a guide in the project's own Markdown form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from interview_app.domain.guide import Guide, Question, Section, StarOutline
from interview_app.domain.question_fields import (
    QUESTION_FIELDS,
    STAR_STEPS,
    FieldKind,
    QuestionField,
    split_terms,
)
from interview_app.domain.text.slugs import Slugs, slug
from interview_app.guide_formats.fields import write_fields
from interview_app.guide_formats.header import write_header
from interview_app.guide_formats.markdown_form import UNTITLED_SECTION
from interview_app.guide_formats.texts import clean, tidy, tidy_line, write_text


def write_guide(guide: Guide) -> str:
    """The text of a guide's file; reading it gives :func:`tidy_guide` of the same guide."""
    guide = tidy_guide(guide)
    blocks = [write_header(guide)]
    if guide.introduction:
        blocks.append(_block(write_text(guide.introduction)))
    for section in guide.sections:
        blocks.append(f"## {section.title}\n")
        if section.introduction:
            blocks.append(_block(write_text(section.introduction)))
        for question in section.questions:
            heading = f"### {question.prompt} {{#{question.id}}}"
            blocks.append(_block([heading, *write_fields(question)]))
    return "\n".join(blocks)


def tidy_guide(guide: Guide) -> Guide:
    """The guide with every text as files keep it, and every question's id its own."""
    taken = Slugs()
    sections = tuple(_tidy_section(section, taken) for section in guide.sections)
    return replace(
        guide,
        id=guide.id or slug(guide.title),
        title=tidy_line(guide.title) or "Untitled guide",
        introduction=tidy(guide.introduction),
        sections=sections,
    )


def _tidy_section(section: Section, taken: Slugs) -> Section:
    return Section(
        tidy_line(section.title) or UNTITLED_SECTION,
        tuple(_tidy_question(question, taken) for question in section.questions),
        tidy(section.introduction),
    )


def _tidy_question(question: Question, taken: Slugs) -> Question:
    prompt = tidy_line(question.prompt) or "?"
    wanted = "".join(question.id.split()).replace("{", "").replace("}", "")
    return Question(
        id=taken.take(wanted or slug(prompt, "question")),
        prompt=prompt,
        **{field.name: _tidied(field, getattr(question, field.name)) for field in QUESTION_FIELDS},
    )


def _tidied(field: QuestionField, value: Any) -> Any:  # noqa: ANN401 - any field's value
    if field.kind is FieldKind.OUTLINE:
        return _tidy_star(value)
    if field.kind is FieldKind.SECONDS:
        return value if (value or 0) > 0 else None
    if field.kind is FieldKind.TERMS:
        return split_terms(clean("\n".join(value)))
    if field.kind.is_items:
        return tuple(text for item in value if (text := tidy(item)))
    return tidy(value)


def _tidy_star(star: StarOutline | None) -> StarOutline | None:
    if star is None:
        return None
    steps = {step: tidy(getattr(star, step)) for step in STAR_STEPS}
    return StarOutline(**steps) if any(steps.values()) else None


def _block(lines: list[str]) -> str:
    while lines and not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in lines)
