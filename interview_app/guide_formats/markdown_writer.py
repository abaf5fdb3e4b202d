"""Writes a guide in the project's own Markdown form."""

from __future__ import annotations

from dataclasses import fields, replace

from interview_app.domain.guide import Guide, Question, Section, StarOutline
from interview_app.domain.text.slugs import Slugs, slug
from interview_app.guide_formats.fields import write_fields
from interview_app.guide_formats.header import write_header
from interview_app.guide_formats.markdown_form import UNTITLED_SECTION
from interview_app.guide_formats.texts import tidy, tidy_line, write_text


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
        why_they_ask=tidy(question.why_they_ask),
        sample_answer=tidy(question.sample_answer),
        star=_tidy_star(question.star),
        approach=_tidy_items(question.approach),
        tip=tidy(question.tip),
        key_points=_tidy_items(question.key_points),
        follow_ups=_tidy_items(question.follow_ups),
        target_s=question.target_s if (question.target_s or 0) > 0 else None,
        notes=tidy(question.notes),
    )


def _tidy_items(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for item in items if (text := tidy(item)))


def _tidy_star(star: StarOutline | None) -> StarOutline | None:
    if star is None:
        return None
    steps = {step.name: tidy(getattr(star, step.name)) for step in fields(StarOutline)}
    return StarOutline(**steps) if any(steps.values()) else None


def _block(lines: list[str]) -> str:
    while lines and not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in lines)
