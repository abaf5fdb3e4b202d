"""A guide that was understood while it is corrected: each correction can be taken back."""

from __future__ import annotations

import bisect
from dataclasses import replace

from interview_app.domain.guide import Guide
from interview_app.gui.guides.question_form import GuideForm
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.services.guides import editing as guide_editing
from interview_app.services.guides.source import Imported

_MOST_UNDONE = 50


class ImportCorrections:
    """The guide as it is now, how it was before each correction, and where its lines stand."""

    def __init__(self) -> None:
        self._guide: Guide | None = None
        self._at_first: Guide | None = None
        self._before: list[tuple[Guide, GuideLocation]] = []
        self._lines: list[tuple[int, str]] = []
        self.count = 0

    @property
    def guide(self) -> Guide | None:
        """The guide as it is corrected; ``None`` before one was understood."""
        return self._guide

    @property
    def is_changed(self) -> bool:
        """Whether anything was corrected."""
        return self._guide != self._at_first

    @property
    def can_undo(self) -> bool:
        """Whether there is a correction to take back."""
        return bool(self._before)

    def begin(self, imported: Imported) -> None:
        """Correct what was understood."""
        self._guide = self._at_first = imported.guide
        self._before.clear()
        self._lines = sorted((line, name) for name, line in imported.question_lines.items())
        self._count()

    def place_at(self, line: int) -> GuideLocation:
        """The question that a line of the file belongs to; the guide before the first one."""
        guide_id = self._guide.id if self._guide is not None else ""
        number = bisect.bisect_right(self._lines, line, key=lambda one: one[0]) - 1
        return (
            GuideLocation(guide_id, question_id=self._lines[number][1])
            if number >= 0
            else GuideLocation(guide_id)
        )

    def rename(self, place: GuideLocation, text: str) -> None:
        """Give a question, a section or the guide other words."""
        guide = self._guide
        if guide is None:
            return
        question = guide.question(place.question_id) if place.question_id else None
        if question is not None:
            changed = guide_editing.with_question(guide, replace(question, prompt=text))
        elif place.section >= 0:
            introduction = guide.sections[place.section].introduction
            changed = guide_editing.with_section(guide, place.section, text, introduction)
        else:
            changed = replace(guide, title=text)
        self._take(changed, place)

    def write(self, place: GuideLocation, form: GuideForm) -> None:
        """Take over what stands in the fields."""
        guide = self._guide
        if guide is None:
            return
        question = guide.question(place.question_id) if place.question_id else None
        if question is not None:
            changed = guide_editing.with_question(guide, form.written(question))
        elif 0 <= place.section < len(guide.sections):
            text = form.written_introduction(guide.sections[place.section].introduction)
            changed = guide_editing.with_section(guide, place.section, form.line, text)
        else:
            text = form.written_introduction(guide.introduction)
            changed = replace(guide, title=form.line, introduction=text)
        self._take(changed, place)

    def move(self, place: GuideLocation, step: int) -> GuideLocation:
        """Move a question or a section one place up (-1) or down (1); where it is then."""
        guide = self._guide
        if guide is None:
            return place
        if place.question_id:
            self._take(guide_editing.with_question_moved(guide, place.question_id, step), place)
            return GuideLocation(guide.id, question_id=place.question_id)
        target = place.section + step
        if place.section < 0 or not 0 <= target < len(guide.sections):
            return place
        self._take(guide_editing.with_section_moved(guide, place.section, step), place)
        return GuideLocation(guide.id, target)

    def move_to(self, place: GuideLocation, number: int) -> GuideLocation:
        """Move a question to the end of a section; where it is then."""
        guide = self._guide
        if guide is None or not place.question_id:
            return place
        moved = guide_editing.with_question_in_section(guide, place.question_id, number)
        self._take(moved, place)
        return GuideLocation(guide.id, question_id=place.question_id)

    def drop(self, place: GuideLocation) -> GuideLocation:
        """Take a question or a section out; what is in front then."""
        guide = self._guide
        if guide is None:
            return place
        if not place.question_id:
            self._take(guide_editing.without_section(guide, place.section), place)
            return GuideLocation(guide.id)
        ids = [question.id for question in guide.questions]
        number = ids.index(place.question_id)
        nearby = (ids[number + 1 :] + ids[:number][::-1])[:1]
        self._take(guide_editing.without_question(guide, place.question_id), place)
        return GuideLocation(guide.id, question_id=nearby[0]) if nearby else GuideLocation(guide.id)

    def undo(self) -> GuideLocation | None:
        """Take the newest correction back; where it was made, ``None`` where there was none."""
        if not self._before:
            return None
        self._guide, place = self._before.pop()
        self._count()
        return place

    def _take(self, changed: Guide, place: GuideLocation) -> None:
        if self._guide is None or changed == self._guide:
            return
        self._before.append((self._guide, place))
        del self._before[:-_MOST_UNDONE]
        self._guide = changed
        self._count()

    def _count(self) -> None:
        sections = self._guide.sections if self._guide is not None else ()
        self.count = sum(len(section.questions) for section in sections)
