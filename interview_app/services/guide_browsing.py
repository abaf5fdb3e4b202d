"""Guides to look through: all of them, and those questions that hold what is searched for."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from interview_app.domain.guide import Guide, Question
from interview_app.services.guide_library import GuideLibrary, GuideProblem
from interview_app.services.jobs import JobContext
from interview_app.services.personal_notes import PersonalNote, PersonalNotes

MOST_FOUND = 100
"""Hits shown for one search; nobody reads on, they write another word."""
_BEFORE, _EXCERPT = 60, 240
"""Characters of an excerpt before the word found, and in all."""
_WORD = re.compile(r"[^\W_]+")


class GuideIndex(Protocol):
    """Finds questions by their words; safe from any thread."""

    def keep(self, guide: Guide, notes: Mapping[str, str]) -> None:
        """Have the questions of a guide found as they are now; ``notes`` by question id."""
        ...

    def keep_note(self, guide_id: str, question_id: str, text: str) -> None:
        """Have a question found by what is written to it now."""
        ...

    def forget(self, guide_id: str) -> None:
        """Have a guide found no more."""
        ...

    def find(self, wanted: str, limit: int) -> list[tuple[str, str]]:
        """Guide id and question id of what holds every word; prompts before other texts."""
        ...

    def close(self) -> None:
        """Let go of the index."""
        ...


@dataclass(frozen=True, slots=True)
class Shelf:
    """The guides there are, by title; which are the person's own, and which hide a bundled one."""

    guides: tuple[Guide, ...] = ()
    own: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    problems: tuple[GuideProblem, ...] = ()

    def guide(self, guide_id: str) -> Guide | None:
        """The guide of that id, or ``None``."""
        return next((guide for guide in self.guides if guide.id == guide_id), None)


@dataclass(frozen=True, slots=True)
class GuideHit:
    """A question that holds what was searched for, and the words round the first find."""

    guide_id: str
    question_id: str
    guide_title: str
    section: str
    prompt: str
    excerpt: str


class GuideBrowsing:
    """Reads the library and searches it; every call blocks and is made inside a job.

    ``new_index`` makes an empty index; one is made at first need.
    """

    def __init__(
        self, library: GuideLibrary, notes: PersonalNotes, new_index: Callable[[], GuideIndex]
    ) -> None:
        self._library = library
        self._notes = notes
        self._new_index = new_index
        self._index: GuideIndex | None = None
        self._indexed: dict[str, Guide] = {}
        self._written: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def shelf(self) -> Shelf:
        """Every guide; quick when none has changed since the last time."""
        guides = self._library.all()
        own, changed = self._library.owned()
        return Shelf(guides, own, changed, self._library.problems())

    def index(self, shelf: Shelf, job: JobContext) -> None:
        """Have every guide of a shelf found as it is now; only what has changed is done anew.

        Raises:
            StorageError: the personal notes cannot be read; guides are found all the same.
            JobCancelled: the job was cancelled; what was done stays done.
        """
        index = self._open()
        for guide_id in set(self._indexed) - {guide.id for guide in shelf.guides}:
            index.forget(guide_id)
            del self._indexed[guide_id]
        written = _by_guide(self._notes.all())
        for number, guide in enumerate(shelf.guides):
            if self._indexed.get(guide.id) is not guide:
                job.report(number / len(shelf.guides))
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

    def search(self, wanted: str, limit: int = MOST_FOUND) -> tuple[GuideHit, ...]:
        """Questions whose prompt, texts or personal notes hold every word of a text."""
        words = [re.escape(word) for word in _WORD.findall(wanted)]
        if not words:
            return ()
        pattern = re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)
        hits = []
        for guide_id, question_id in self._open().find(wanted, limit):
            guide = self._indexed.get(guide_id)
            question = guide.question(question_id) if guide is not None else None
            if guide is not None and question is not None:
                section = guide.section_of(question_id)
                note = self._written.get((guide_id, question_id), "")
                hits.append(
                    GuideHit(
                        guide_id,
                        question_id,
                        guide.title,
                        section.title if section is not None else "",
                        question.prompt,
                        _excerpt(question, note, pattern),
                    )
                )
        return tuple(hits)

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None

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


def _excerpt(question: Question, note: str, pattern: re.Pattern[str]) -> str:
    """The words round the first find outside the prompt; else how the first text begins."""
    texts = [text for text in (note, *question.texts) if text]
    for text in texts:
        if found := pattern.search(text):
            begin = max(0, found.start() - _BEFORE)
            begin = text.find(" ", begin) + 1 if begin else 0
            cut = text[min(begin, found.start()) :][:_EXCERPT]
            return " ".join(f"…{cut}".split() if begin else cut.split())
    return " ".join(texts[0][:_EXCERPT].split()) if texts else ""
