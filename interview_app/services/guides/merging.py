"""Importing a guide whose id is taken: keep both, replace, or merge."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container
from dataclasses import fields, replace
from enum import StrEnum

from interview_app.domain.guide import Guide, Question, Section, StarOutline
from interview_app.domain.text.slugs import unique_slug

SAME_PROMPT = 0.82
"""Prompts at least this alike (difflib's ratio over their words) are one question reworded."""


class Clash(StrEnum):
    """What to do with a guide whose id another one has."""

    KEEP_BOTH = "keep-both"
    REPLACE = "replace"
    MERGE = "merge"


def resolve(new: Guide, old: Guide, clash: Clash, taken: Container[str]) -> Guide:
    """The guide to keep in the place of ``new``; ``taken`` are the ids of all guides.

    Replacing and merging keep the ids of the questions that are still there, so that notes and
    history go on pointing at them.
    """
    if clash is Clash.KEEP_BOTH:
        guide_id = unique_slug(new.id, taken)
        number = guide_id.removeprefix(new.id).lstrip("-")
        return replace(new, id=guide_id, title=f"{new.title} ({number})" if number else new.title)
    if clash is Clash.REPLACE:
        return replace(_with_old_ids(new, old), id=old.id)
    return merge(old, new)


def merge(old: Guide, new: Guide) -> Guide:
    """The old guide with what the new one knows: its words where it has any, else the old ones.

    Questions only one of them has are all kept, new ones at the end of the section of their title.
    """
    new = _with_old_ids(new, old)
    fresh = {question.id: question for question in new.questions}
    known = {question.id for question in old.questions}
    sections = [
        replace(
            section,
            questions=tuple(
                _merged(question, fresh[question.id]) if question.id in fresh else question
                for question in section.questions
            ),
        )
        for section in old.sections
    ]
    for section in new.sections:
        added = tuple(question for question in section.questions if question.id not in known)
        _add_questions(sections, section, added)
    return replace(
        old,
        title=new.title,
        introduction=new.introduction or old.introduction,
        sections=tuple(sections),
    )


def _add_questions(sections: list[Section], section: Section, added: tuple[Question, ...]) -> None:
    for index, other in enumerate(sections):
        if _normal(other.title) == _normal(section.title):
            introduction = section.introduction or other.introduction
            questions = (*other.questions, *added)
            sections[index] = replace(other, introduction=introduction, questions=questions)
            return
    if added or section.introduction:
        sections.append(replace(section, questions=added))


def _with_old_ids(new: Guide, old: Guide) -> Guide:
    """The new guide with the ids that its questions have in the old one."""
    ids = _matches(tuple(new.questions), tuple(old.questions))
    taken = {question.id for question in old.questions}
    result: dict[int, str] = {}
    for index, question in enumerate(new.questions):
        result[index] = ids.get(index) or unique_slug(question.id, taken)
        taken.add(result[index])
    numbers = iter(range(len(result)))
    sections = tuple(
        replace(
            section,
            questions=tuple(replace(q, id=result[next(numbers)]) for q in section.questions),
        )
        for section in new.sections
    )
    return replace(new, sections=sections)


def _matches(new: tuple[Question, ...], old: tuple[Question, ...]) -> dict[int, str]:
    """Index of a new question to the id of the old one it is: same prompt first, then alike."""
    free = {question.id: _normal(question.prompt) for question in old}
    found: dict[int, str] = {}
    by_prompt = {prompt: question_id for question_id, prompt in reversed(list(free.items()))}
    for index, question in enumerate(new):
        question_id = by_prompt.get(_normal(question.prompt))
        if question_id in free:
            found[index] = question_id
            del free[question_id]
    for index, question in enumerate(new):
        if index not in found and (alike := _most_alike(question, free)):
            found[index] = alike
            del free[alike]
    return found


def _most_alike(question: Question, free: dict[str, str]) -> str | None:
    words = _normal(question.prompt).split()
    matcher = difflib.SequenceMatcher(b=words, autojunk=False)
    best, best_ratio = None, SAME_PROMPT
    for question_id, prompt in free.items():
        matcher.set_seq1(prompt.split())
        if matcher.real_quick_ratio() < best_ratio or matcher.quick_ratio() < best_ratio:
            continue
        ratio = matcher.ratio()
        if ratio >= best_ratio:
            best, best_ratio = question_id, ratio
    return best


def _merged(old: Question, new: Question) -> Question:
    values = {
        field.name: getattr(new, field.name) or getattr(old, field.name)
        for field in fields(Question)
        if field.name not in ("id", "star")
    }
    return replace(old, star=_merged_star(old.star, new.star), **values)


def _merged_star(old: StarOutline | None, new: StarOutline | None) -> StarOutline | None:
    if old is None or new is None:
        return new or old
    return StarOutline(
        **{step.name: getattr(new, step.name) or getattr(old, step.name) for step in fields(new)}
    )


def _normal(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("’", "").replace("'", "")))
