"""What the Guides page works with, each part built at its first use, inside the job that asks."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from interview_app.domain.session_choices import Order
from interview_app.gui.guides.context import GuidesContext
from interview_app.services.guides.editing import GuideEditor
from interview_app.services.guides.notes import PersonalNote, PersonalNotes
from interview_app.services.guides.stories import StoryBank
from interview_app.services.rehearsal.planning import SessionPlan

if TYPE_CHECKING:
    from interview_app.app.container import Application
    from interview_app.domain.guide import Guide
    from interview_app.domain.story import QuestionKey, Story
    from interview_app.gui.preferences import Preferences
    from interview_app.services.guides.browsing import GuideBrowser
    from interview_app.services.guides.source import Understood
    from interview_app.services.jobs import JobContext


class GuideServices:
    """Guides to browse, to change, to bring in and to hand out."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._lock = threading.RLock()

    def context(self, preferences: Preferences) -> GuidesContext:
        """The desk of the Guides page."""
        return GuidesContext(
            jobs=self._application.jobs,
            preferences=preferences,
            voice=self._application.voice,
            player=self._application.player,
            browsing=self.browsing,
            editing=self.editing,
            stories=self.stories,
            read=read_guide,
            export=export_guide,
        )

    def note(self, guide_id: str, question_id: str) -> PersonalNote:
        """What the person wrote to a question; blocks.

        Raises:
            StorageError: the database cannot be read.
        """
        return self._notes.get(guide_id, question_id)

    def keep_note(self, note: PersonalNote) -> None:
        """Keep what the person wrote to a question, and have it found; blocks.

        Raises:
            StorageError: it could not be written.
        """
        self.browsing().keep_note(note)

    def stories_for(self, key: QuestionKey) -> Sequence[Story]:
        """The person's stories that serve a question; blocks.

        Raises:
            StorageError: the database cannot be read.
        """
        return self.stories().linked_to(key)

    def browsing(self) -> GuideBrowser:
        """The guides to look through; safe from any thread."""
        with self._lock:
            return self._browsing

    def editing(self) -> GuideEditor:
        """The guides to change; safe from any thread."""
        with self._lock:
            return self._editing

    def stories(self) -> StoryBank:
        """The person's own stories; safe from any thread."""
        with self._lock:
            return self._stories

    def close(self) -> None:
        """Let go of the search index."""
        if "_browsing" in self.__dict__:
            self._browsing.close()

    @cached_property
    def _notes(self) -> PersonalNotes:
        return PersonalNotes(self._application.new_unit)

    @cached_property
    def _stories(self) -> StoryBank:
        return StoryBank(self._application.new_unit, self._application.clock)

    @cached_property
    def _browsing(self) -> GuideBrowser:
        from interview_app.services.guides.browsing import GuideBrowser
        from interview_app.storage.guide_search import GuideSearch

        return GuideBrowser(self._application.library, self._notes, GuideSearch, self._stories)

    @cached_property
    def _editing(self) -> GuideEditor:
        return GuideEditor(self._application.library)


def read_guide(source: Path | str, job: JobContext) -> Understood:
    """What a helper process understands of a file or a pasted text; blocks until it is done.

    Raises:
        GuideFileError: it cannot be read, or holds no question; names file and line.
        JobCancelled: the job is no longer wanted; the helper is killed.
    """
    from interview_app.guide_formats.import_client import understand

    return understand(source, job)


def export_guide(guide: Guide, path: Path) -> None:
    """Write a guide to a file, in the form that its name asks for; blocks.

    Raises:
        UsageError: no form ends like that.
        GuideFileError: the file cannot be written; what stood there before stands there still.
    """
    from interview_app.guide_formats.exporting import save_export

    save_export(guide, path)


def direct_plan(
    plan: SessionPlan, sections: tuple[str, ...], questions: tuple[str, ...]
) -> SessionPlan:
    """How a section or a question is rehearsed at once: as set up, but all of it and in order."""
    return replace(plan, sections=sections, question_ids=questions, count=0, order=Order.GUIDE)
