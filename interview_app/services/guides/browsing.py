"""Guides to look through: all of them, and the questions and stories that hold some words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import is_
from typing import Protocol

from interview_app.domain.guide import Guide
from interview_app.domain.story import Story
from interview_app.domain.text.folding import found_in, wanted_words
from interview_app.services.guides.library import GuideLibrary, GuideProblem
from interview_app.services.guides.notes import PersonalNote, PersonalNotes
from interview_app.services.guides.stories import StoryBank
from interview_app.services.jobs import JobContext

MOST_FOUND = 100
"""Hits shown for one search; nobody reads on, they write another word."""
_BEFORE, _EXCERPT = 60, 240
"""Characters of an excerpt before the word found, and in all."""


class GuideIndex(Protocol):
    """Finds questions and stories by their words; safe from any thread."""

    def keep(self, guide: Guide, notes: Mapping[str, str]) -> None:
        """Have the questions of a guide found as they are now; ``notes`` by question id."""
        ...

    def keep_note(self, guide_id: str, question_id: str, text: str) -> None:
        """Have a question found by what is written to it now."""
        ...

    def forget(self, guide_id: str) -> None:
        """Have a guide found no more."""
        ...

    def keep_story(self, story: Story) -> None:
        """Have a story found as it is now."""
        ...

    def forget_story(self, uid: str) -> None:
        """Have a story found no more."""
        ...

    def find(self, wanted: str, limit: int) -> list[tuple[str, str]]:
        """Guide id and question id of what holds every word; prompts before other texts.

        A story has no guide id and its uid in place of a question's; stories come before guides.
        """
        ...

    def close(self) -> None:
        """Let go of the index."""
        ...


@dataclass(frozen=True, slots=True)
class GuideCatalog:
    """The guides there are, by title; which are the person's own, and which hide a bundled one."""

    guides: tuple[Guide, ...] = ()
    own: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    problems: tuple[GuideProblem, ...] = ()

    def is_as(self, other: GuideCatalog) -> bool:
        """Whether no guide has changed; compares no words, because a library keeps its guides."""
        return len(self.guides) == len(other.guides) and all(map(is_, self.guides, other.guides))

    def guide(self, guide_id: str) -> Guide | None:
        """The guide of that id, or ``None``."""
        return next((guide for guide in self.guides if guide.id == guide_id), None)


@dataclass(frozen=True, slots=True)
class GuideHit:
    """A question that holds what was searched for, and the words round the first find.

    Where ``story`` is given it is that story, with its title in place of the prompt.
    """

    guide_id: str
    question_id: str
    guide_title: str
    section: str
    prompt: str
    excerpt: str
    story: Story | None = None


class GuideBrowser:
    """Reads the library and searches it; every call blocks and is made inside a job.

    ``new_index`` makes an empty index; one is made at first need.
    """

    def __init__(
        self,
        library: GuideLibrary,
        notes: PersonalNotes,
        new_index: Callable[[], GuideIndex],
        stories: StoryBank,
    ) -> None:
        self._library = library
        self._notes = notes
        self._new_index = new_index
        self._index: GuideIndex | None = None
        self._indexed: dict[str, Guide] = {}
        self._written: dict[tuple[str, str], str] = {}
        self._bank = stories
        self._stories: dict[str, Story] = {}
        self._lock = threading.Lock()

    def catalog(self) -> GuideCatalog:
        """Every guide; quick when none has changed since the last time."""
        guides = self._library.all()
        own, changed = self._library.owned()
        return GuideCatalog(guides, own, changed, self._library.problems())

    def index(self, catalog: GuideCatalog, job: JobContext) -> None:
        """Have every guide of a shelf, and every story, found as it is now; only changes cost.

        Raises:
            StorageError: the personal notes cannot be read; guides are found all the same.
            JobCancelled: the job was cancelled; what was done stays done.
        """
        index = self._open()
        for guide_id in set(self._indexed) - {guide.id for guide in catalog.guides}:
            index.forget(guide_id)
            del self._indexed[guide_id]
        self._index_stories(self._bank.all())
        written = _by_guide(self._notes.all())
        for number, guide in enumerate(catalog.guides):
            if self._indexed.get(guide.id) is not guide:
                job.report(number / len(catalog.guides))
                notes = written.get(guide.id, {})
                index.keep(guide, notes)
                for question_id, text in notes.items():
                    self._written[guide.id, question_id] = text
                self._indexed[guide.id] = guide

    def keep_note(self, note: PersonalNote) -> None:
        """Keep a note, and have its question found by it.

        Raises:
            StorageError: it could not be written.
        """
        self._notes.keep(note)
        self._written[note.guide_id, note.question_id] = note.text
        self._open().keep_note(note.guide_id, note.question_id, note.text)

    def note(self, guide_id: str, question_id: str) -> PersonalNote:
        """What the person wrote to a question.

        Raises:
            StorageError: the database cannot be read.
        """
        return self._notes.get(guide_id, question_id)

    def keep_story(self, story: Story) -> None:
        """Keep a story, and have it found by its words.

        Raises:
            StorageError: it could not be written.
        """
        self._bank.keep(story)
        self._stories[story.uid] = story
        self._open().keep_story(story)

    def forget_story(self, uid: str) -> None:
        """Take a story away; :meth:`keep_story` brings it back.

        Raises:
            StorageError: it could not be removed.
        """
        self._bank.remove(uid)
        self._stories.pop(uid, None)
        self._open().forget_story(uid)

    def search(self, wanted: str, limit: int = MOST_FOUND) -> tuple[GuideHit, ...]:
        """Stories and questions whose texts, or notes to them, hold every word of a text."""
        words = wanted_words(wanted)
        if not words:
            return ()
        found = self._open().find(wanted, limit)
        hits = (self._hit(guide_id, question_id, words) for guide_id, question_id in found)
        return tuple(hit for hit in hits if hit is not None)

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _hit(self, guide_id: str, question_id: str, words: Sequence[str]) -> GuideHit | None:
        """What was found, as it is now; nothing where it is gone meanwhile."""
        story = self._stories.get(question_id) if not guide_id else None
        if story is not None:
            excerpt = _excerpt([story.notes, *story.steps], words)
            return GuideHit("", "", "", "", story.title, excerpt, story)
        guide = self._indexed.get(guide_id)
        question = guide.question(question_id) if guide is not None else None
        if guide is None or question is None:
            return None
        section = guide.section_of(question_id)
        note = self._written.get((guide_id, question_id), "")
        return GuideHit(
            guide_id,
            question_id,
            guide.title,
            section.title if section is not None else "",
            question.prompt,
            _excerpt([note, *question.texts], words),
        )

    def _index_stories(self, stories: Sequence[Story]) -> None:
        index = self._open()
        for uid in set(self._stories) - {story.uid for story in stories}:
            index.forget_story(uid)
            del self._stories[uid]
        for story in reversed(stories):
            if self._stories.get(story.uid) != story:
                index.keep_story(story)
                self._stories[story.uid] = story

    def _open(self) -> GuideIndex:
        with self._lock:
            if self._index is None:
                self._index = self._new_index()
            return self._index


def _by_guide(notes: Sequence[PersonalNote]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for note in notes:
        found.setdefault(note.guide_id, {})[note.question_id] = note.text
    return found


def _excerpt(texts: Sequence[str], words: Sequence[str]) -> str:
    """The words round the first find; else how the first text begins."""
    texts = [text for text in texts if text]
    for text in texts:
        if found := next(found_in(text, words), None):
            begin = max(0, found[0] - _BEFORE)
            begin = text.find(" ", begin) + 1 if begin else 0
            cut = text[min(begin, found[0]) :][:_EXCERPT]
            return " ".join(f"…{cut}".split() if begin else cut.split())
    return " ".join(texts[0][:_EXCERPT].split()) if texts else ""
