"""Changing guides: every change makes the guide the person's own, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from interview_app.domain.guide import Guide, Question, Section
from interview_app.domain.text.slugs import slug, unique_slug
from interview_app.services.guides.library import GuideLibrary
from interview_app.services.guides.merging import Clash, resolve

MOST_UNDONE = 50
"""Changes that can be undone, the newest first."""


def with_question(guide: Guide, question: Question) -> Guide:
    """The guide with a question in place of the one of its id."""
    return _each_section(
        guide,
        lambda section: tuple(question if q.id == question.id else q for q in section.questions),
    )


def with_section(guide: Guide, number: int, title: str, introduction: str | None) -> Guide:
    """The guide with another title and introduction of one section."""
    sections = [
        replace(section, title=title, introduction=introduction) if index == number else section
        for index, section in enumerate(guide.sections)
    ]
    return replace(guide, sections=tuple(sections))


def with_new_section(guide: Guide, title: str, introduction: str | None) -> Guide:
    """The guide with one more section at its end."""
    return replace(guide, sections=(*guide.sections, Section(title, (), introduction)))


def with_new_question(guide: Guide, section: int, question: Question, after: str = "") -> Guide:
    """The guide with a question added behind another, or at the end of a section.

    Its id is made from its prompt, and is unique in the guide.
    """
    taken = {one.id for one in guide.questions}
    added = replace(question, id=unique_slug(slug(question.prompt, "question"), taken))
    sections = guide.sections or (Section(guide.title),)
    changed = []
    for number, one in enumerate(sections):
        questions = list(one.questions)
        if number == min(max(section, 0), len(sections) - 1):
            places = [index for index, q in enumerate(questions) if q.id == after]
            questions.insert(places[0] + 1 if places else len(questions), added)
        changed.append(replace(one, questions=tuple(questions)))
    return replace(guide, sections=tuple(changed))


def without_question(guide: Guide, question_id: str) -> Guide:
    """The guide without that question; a section that becomes empty stays."""
    return _each_section(
        guide, lambda section: tuple(q for q in section.questions if q.id != question_id)
    )


def without_section(guide: Guide, number: int) -> Guide:
    """The guide without a section and its questions."""
    kept = tuple(one for index, one in enumerate(guide.sections) if index != number)
    return replace(guide, sections=kept)


def with_question_moved(guide: Guide, question_id: str, step: int) -> Guide:
    """The guide with a question one place up (-1) or down (1), into the next section at an edge."""
    sections = [list(section.questions) for section in guide.sections]
    for number, questions in enumerate(sections):
        index = next((n for n, q in enumerate(questions) if q.id == question_id), None)
        if index is None:
            continue
        question = questions.pop(index)
        if 0 <= index + step <= len(questions):
            questions.insert(index + step, question)
        elif 0 <= number + step < len(sections):
            other = sections[number + step]
            other.insert(0 if step > 0 else len(other), question)
        else:
            questions.insert(index, question)
        break
    changed = [
        replace(section, questions=tuple(questions))
        for section, questions in zip(guide.sections, sections, strict=True)
    ]
    return replace(guide, sections=tuple(changed))


def with_question_in_section(guide: Guide, question_id: str, number: int) -> Guide:
    """The guide with a question at the end of the section of that number."""
    question = guide.question(question_id)
    if question is None or not 0 <= number < len(guide.sections):
        return guide
    sections = list(without_question(guide, question_id).sections)
    target = sections[number]
    sections[number] = replace(target, questions=(*target.questions, question))
    return replace(guide, sections=tuple(sections))


def with_section_moved(guide: Guide, number: int, step: int) -> Guide:
    """The guide with a section one place up (-1) or down (1)."""
    sections = list(guide.sections)
    if 0 <= number + step < len(sections):
        sections.insert(number + step, sections.pop(number))
    return replace(guide, sections=tuple(sections))


def _each_section(guide: Guide, questions: Callable[[Section], tuple[Question, ...]]) -> Guide:
    sections = tuple(replace(section, questions=questions(section)) for section in guide.sections)
    return replace(guide, sections=sections)


@dataclass(frozen=True, slots=True)
class _Undo:
    guide_id: str
    before: Guide | None
    """The person's own guide as it was; ``None`` where they had none."""


class GuideEditor:
    """Keeps changed guides in the library; every call blocks and is made inside a job."""

    def __init__(self, library: GuideLibrary) -> None:
        self._library = library
        self._undo: list[_Undo] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._undo)

    def change(self, guide_id: str, change: Callable[[Guide], Guide]) -> Guide:
        """Change a guide as it is now; a bundled one becomes a version of the person's own.

        Raises:
            UnknownGuide: it is gone.
            GuideFileError: the change would not read again; nothing was changed.
            DataFolderUnusable: the folder cannot be written to; nothing was changed.
        """
        old = self._library.get(guide_id)
        new = change(old)
        if new == old:
            return old
        before = old if self._library.is_own(guide_id) else None
        kept = self._library.add(new)
        self._remember(guide_id, before)
        return kept

    def keep_imported(self, guide: Guide, clash: Clash | None) -> Guide:
        """Keep an imported guide; ``clash`` says what to do where its id is taken.

        Raises:
            GuideFileError: it would not read again; nothing was changed.
            DataFolderUnusable: the folder cannot be written to; nothing was changed.
        """
        known = {each.id: each for each in self._library.all()}
        if guide.id in known:
            guide = resolve(guide, known[guide.id], clash or Clash.KEEP_BOTH, set(known))
        before = known[guide.id] if self._library.is_own(guide.id) else None
        kept = self._library.add(guide)
        self._remember(kept.id, before)
        return kept

    def remove(self, guide_id: str) -> None:
        """Take an own guide away; a bundled one it hid is there again.

        Raises:
            UnknownGuide: there is no guide of that id.
            UsageError: the guide comes with the application.
            DataFolderUnusable: the folder cannot be written to; nothing has changed.
        """
        before = self._library.get(guide_id)
        self._library.remove(guide_id)
        self._remember(guide_id, before)

    def undo(self) -> str:
        """Take back the newest change; the id of the guide it was made to, ``""`` if none.

        Raises:
            DataFolderUnusable: the folder cannot be written to; nothing has changed.
        """
        if not self._undo:
            return ""
        last = self._undo[-1]
        if last.before is not None:
            self._library.add(last.before)
        elif self._library.is_own(last.guide_id):
            self._library.remove(last.guide_id)
        self._undo.pop()
        return last.guide_id

    def _remember(self, guide_id: str, before: Guide | None) -> None:
        self._undo.append(_Undo(guide_id, before))
        del self._undo[:-MOST_UNDONE]
