"""Changes to a guide, each a new guide; nothing is stored here."""

from __future__ import annotations

from dataclasses import replace

from interview_app.domain.errors import UnknownQuestion
from interview_app.domain.guide import Guide, Question, Section
from interview_app.domain.slugs import slug, unique_slug


def new_question_id(guide: Guide, prompt: str) -> str:
    """An id for a new question of that prompt, unlike every other of the guide."""
    return unique_slug(slug(prompt, "question"), {question.id for question in guide.questions})


def with_question(guide: Guide, question: Question, section: str) -> Guide:
    """The guide with a question in a section, at the end of it unless it stands there already.

    A section of that title is added where there is none.
    """
    here = guide.section_of(question.id)
    if here is not None and here.title == section:
        return _with_section(guide, here, _replaced(here, question))
    if here is not None:
        guide = without_question(guide, question.id)
    target = next((part for part in guide.sections if part.title == section), None)
    if target is None:
        return replace(guide, sections=(*guide.sections, Section(section, (question,))))
    return _with_section(guide, target, replace(target, questions=(*target.questions, question)))


def without_question(guide: Guide, question_id: str) -> Guide:
    """The guide without a question; its section stays, even empty.

    Raises:
        UnknownQuestion: the guide has no question of that id.
    """
    section = _section_of(guide, question_id)
    left = tuple(question for question in section.questions if question.id != question_id)
    return _with_section(guide, section, replace(section, questions=left))


def duplicated(guide: Guide, question_id: str) -> tuple[Guide, str]:
    """The guide with a question twice, the copy after it; and the id of the copy.

    Raises:
        UnknownQuestion: the guide has no question of that id.
    """
    section = _section_of(guide, question_id)
    number = next(n for n, question in enumerate(section.questions) if question.id == question_id)
    original = section.questions[number]
    copy = replace(original, id=new_question_id(guide, original.prompt))
    questions = (*section.questions[: number + 1], copy, *section.questions[number + 1 :])
    return _with_section(guide, section, replace(section, questions=questions)), copy.id


def moved(guide: Guide, question_id: str, step: int) -> Guide:
    """The guide with a question one place on (1) or back (-1), past the edge of its section too.

    At either end of the guide nothing changes.

    Raises:
        UnknownQuestion: the guide has no question of that id.
    """
    section = _section_of(guide, question_id)
    here = [question.id for question in section.questions].index(question_id)
    there = here + step
    if 0 <= there < len(section.questions):
        questions = list(section.questions)
        questions[here], questions[there] = questions[there], questions[here]
        return _with_section(guide, section, replace(section, questions=tuple(questions)))
    number = next(n for n, part in enumerate(guide.sections) if part is section) + step
    if not 0 <= number < len(guide.sections):
        return guide
    question = section.questions[here]
    neighbour = guide.sections[number]
    first = step > 0
    questions_there = (
        (question, *neighbour.questions) if first else (*neighbour.questions, question)
    )
    sections = list(without_question(guide, question_id).sections)
    sections[number] = replace(neighbour, questions=questions_there)
    return replace(guide, sections=tuple(sections))


def _section_of(guide: Guide, question_id: str) -> Section:
    section = guide.section_of(question_id)
    if section is None:
        raise UnknownQuestion(f"“{guide.title}” has no question {question_id!r}.")
    return section


def _replaced(section: Section, question: Question) -> Section:
    questions = tuple(question if old.id == question.id else old for old in section.questions)
    return replace(section, questions=questions)


def _with_section(guide: Guide, old: Section, new: Section) -> Guide:
    """The guide with one section for another; two sections may have the same title."""
    return replace(guide, sections=tuple(new if part is old else part for part in guide.sections))
