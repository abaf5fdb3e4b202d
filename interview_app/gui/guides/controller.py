"""What happens on the Guides page: guides read, searched, heard and changed, in jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.guide import Guide
from interview_app.domain.session import VOICE_OFF
from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.guides.browse_view import BrowseView
from interview_app.gui.guides.context import GuidesContext
from interview_app.gui.guides.guide_actions import GuideActions
from interview_app.gui.guides.reader import GuideReadingView
from interview_app.gui.guides.story_controller import StoryController
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Theme
from interview_app.services.guides.browsing import GuideCatalog, GuideHit
from interview_app.services.guides.notes import PersonalNote
from interview_app.services.jobs import JobContext, Lane
from interview_app.services.playback.text_reader import ReadingVoice, TextReader

if TYPE_CHECKING:
    from interview_app.gui.guides.editor import EditView
    from interview_app.gui.guides.import_view import ImportView
    from interview_app.gui.widgets.keys import KeyHelp


Found = tuple[PersonalNote, tuple[Story, ...]]


class PersonalNotesController(QObject):
    """Fetches it for the reader, and keeps what is written there, in jobs.

    ``trouble`` tells the person what could not be done.
    """

    def __init__(
        self,
        context: GuidesContext,
        reader: GuideReadingView,
        trouble: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._reader = reader
        self._trouble = trouble
        self._shown = QuestionKey("", "")
        reader.mine.written.connect(self._keep_note)

    def show(self, key: QuestionKey) -> None:
        """Be about that question; about none where it has no id."""
        self._shown = key
        self._reader.mine.show_note(None)
        self._reader.served.show_stories(key, ())
        if not key.question_id:
            return

        def show(found: Found) -> None:
            note, stories = found
            if self._shown == key:
                self._reader.mine.show_note(note)
                self._reader.served.show_stories(key, stories)

        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: (
                self._context.browsing().note(key.guide_id, key.question_id),
                self._context.stories().all(),
            ),
            show,
            self._trouble,
        )

    def refresh_stories(self) -> None:
        """Show the stories of the question in front as they are now."""
        key = self._shown
        if not key.question_id:
            return

        def show(stories: tuple[Story, ...]) -> None:
            if self._shown == key:
                self._reader.served.show_stories(key, stories)

        self._context.jobs.submit(
            Lane.STORAGE, lambda _job: self._context.stories().all(), show, self._trouble
        )

    def _keep_note(self, note: PersonalNote) -> None:
        mine = self._reader.mine

        def failed(error: Exception) -> None:
            self._trouble(error)
            mine.show_failure(note)

        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: self._context.browsing().keep_note(note),
            lambda _done: mine.show_kept(note),
            failed,
        )


class GuidesController(QObject):
    """Shows the guides and does what the person wants with them.

    Signals:
        front(QWidget): this view belongs in front now.
        rehearse_asked(Guide, tuple, tuple): rehearse these sections (titles) or questions (ids).
    """

    front = Signal(object)
    rehearse_asked = Signal(object, object, object)

    def __init__(self, theme: Theme, context: GuidesContext, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._context = context
        self._catalog = GuideCatalog()
        self._search: JobContext | None = None
        self._indexing: JobContext | None = None
        self._is_indexed = False
        self._shown: tuple[str, str] = ("", "")
        self.browse = BrowseView(theme)
        self._front: QWidget = self.browse
        self.aloud = TextReader(
            context.voice, context.player, context.jobs, self._reading_voice, self._show_reading
        )
        self.commands = GuideActions(context, self.browse, self)
        self.mine = PersonalNotesController(context, self.browse.reader, self._trouble, self)
        self.stories = StoryController(theme, context, lambda: self._catalog, self)
        self._connect()

    @cached_property
    def edit(self) -> EditView:
        """Where a question, a section or a guide is written."""
        from interview_app.gui.guides.editor import EditView

        view = EditView(self._theme)
        view.kept.connect(self.commands.keep_edited)
        view.left.connect(self._show_browse)
        return view

    @cached_property
    def importing(self) -> ImportView:
        """Where a guide is brought in."""
        from interview_app.gui.guides.import_view import ImportView

        view = ImportView(self._theme, self._context)
        view.kept.connect(self.commands.keep_imported)
        view.left.connect(self._show_browse)
        return view

    def refresh(self, place: GuideLocation | None = None) -> None:
        """Read the guides again, quickly where none has changed."""
        self.browse.list.busy.start(self.tr("Reading your guides…"))
        self._context.jobs.submit(
            Lane.FILES,
            lambda _job: self._context.browsing().catalog(),
            lambda catalog: self._show_shelf(catalog, place),
            self._not_read,
        )

    def leave(self) -> None:
        """Keep what is being written and be silent; another page comes to the front."""
        self.browse.reader.mine.save()
        self.stories.save()
        self.aloud.stop()
        self._shown = ("", "")  # a review may change what the person wrote to it

    def close(self) -> None:
        """Keep what is being written and stop listening; the window is about to go."""
        self.browse.reader.mine.save()
        self.stories.save()
        self.aloud.close()
        for job in (self._search, self._indexing):
            if job is not None:
                job.cancel()
        self.browse.list.busy.stop()
        if "importing" in self.__dict__:
            self.importing.cancel()

    def _connect(self) -> None:
        browse = self.browse
        browse.place_shown.connect(self._place_shown)
        browse.retry_asked.connect(self.refresh)
        browse.list.search_asked.connect(self._search_for)
        browse.reader.read_asked.connect(self._read)
        browse.reader.served.add_asked.connect(self._add_story)
        browse.reader.served.link_asked.connect(self._link_story)
        for asked in (browse.stories_asked, browse.reader.served.open_asked):
            asked.connect(self._open_stories)
        stories = self.stories
        stories.front.connect(self._bring)
        stories.left.connect(self._leave_stories)
        stories.place_asked.connect(browse.list.show_place)
        stories.read_asked.connect(self._read)
        stories.changed.connect(self.mine.refresh_stories)
        commands = self.commands
        commands.changed.connect(self._show_changed)
        commands.refused.connect(self._show_refusal)
        commands.rehearse_asked.connect(self._rehearse)
        commands.edit_asked.connect(self._edit)
        commands.question_asked.connect(self._add_question)
        commands.section_asked.connect(self._add_section)
        commands.import_asked.connect(self._import)

    def _rehearse(self, guide: Guide, sections: object, questions: object) -> None:
        self.leave()
        self.rehearse_asked.emit(guide, sections, questions)

    def _edit(self, guide: Guide, place: GuideLocation) -> None:
        self.leave()
        self.edit.show_place(guide, place)
        self._bring(self.edit)

    def _add_question(self, guide: Guide, section: int, after: str) -> None:
        self.leave()
        self.edit.show_new_question(guide, section, after)
        self._bring(self.edit)

    def _add_section(self, guide: Guide) -> None:
        self.leave()
        self.edit.show_new_section(guide)
        self._bring(self.edit)

    def _open_stories(self, uid: str) -> None:
        self.leave()
        self.stories.open(uid)

    def _add_story(self, key: QuestionKey) -> None:
        self.leave()
        self.stories.begin(key)

    def _link_story(self, story: Story, key: QuestionKey, is_linked: bool) -> None:
        self.stories.link(story, key, is_linked=is_linked)

    def _leave_stories(self) -> None:
        self.aloud.stop()
        self._show_browse()
        if self.browse.list.is_searching:
            self._search_for(self.browse.list.search.text().strip())

    def _import(self) -> None:
        self.leave()
        self.importing.begin(frozenset(guide.id for guide in self._catalog.guides))
        self._bring(self.importing)

    def _bring(self, view: QWidget) -> None:
        self._front = view
        self.front.emit(view)

    def _show_browse(self) -> None:
        self._bring(self.browse)

    def _show_changed(self, catalog: GuideCatalog, place: GuideLocation | None) -> None:
        if self._front is not self.browse:
            for view in self._forms():
                if view is self._front:
                    view.end()
            self._show_browse()
        self._show_shelf(catalog, place)

    def _show_refusal(self, text: str) -> None:
        """Say it where the person is; what they wrote stays."""
        forms = [view for view in self._forms() if view is self._front]
        notice = forms[0].notice if forms else self.browse.notice
        notice.show_message(text, icon_name="warning-circle")
        if "importing" in self.__dict__ and self._front is self.importing:
            self.importing.show_failure(text)

    def _forms(self) -> list[EditView | ImportView]:
        built = self.__dict__
        return [built[name] for name in ("edit", "importing") if name in built]

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of what is in front."""
        forms = [*self._forms(), *self.stories.views]
        front = [view for view in forms if view is self._front]
        return front[0].keys() if front else self.browse.keys()

    @property
    def is_ready(self) -> bool:
        """Whether every guide is read and can be searched."""
        return self._is_indexed

    @property
    def unsaved(self) -> bool:
        """Whether something is written that is not kept."""
        built = self.__dict__
        is_written = "edit" in built and self.edit.is_changed
        return is_written or ("importing" in built and self.importing.is_corrected)

    def bring_in(self, source: Path | str) -> None:
        """Read a file or a text that was dropped, to be looked at."""
        self._import()
        if self.importing.is_previewing:
            self.importing.notice.show_message(self.tr("Keep this guide first, or go back."))
        else:
            self.importing.read(source)

    def _show_shelf(self, catalog: GuideCatalog, place: GuideLocation | None) -> None:
        self.browse.list.busy.stop()
        is_same = catalog.is_as(self._catalog)
        self._catalog = catalog
        if "importing" in self.__dict__:
            self.importing.know(frozenset(guide.id for guide in catalog.guides))
        self.browse.show_shelf(catalog, place)
        if catalog.problems:
            problem = catalog.problems[0]
            self.browse.notice.show_message(
                f"{problem.message} {problem.remedy}".strip(), icon_name="warning-circle"
            )
        if not is_same or not self._is_indexed:
            self._index(catalog)

    def _index(self, catalog: GuideCatalog) -> None:
        if self._indexing is not None:
            self._indexing.cancel()
        self._is_indexed = False
        busy = self.browse.list.busy
        busy.start(self.tr("Preparing the search…"))
        self._indexing = self._context.jobs.submit(
            Lane.FILES,
            lambda job: self._context.browsing().index(catalog, job),
            lambda _done: self._indexed(),
            self._not_read,
            lambda progress: busy.set_fraction(progress.fraction),
        )

    def _indexed(self) -> None:
        self._indexing, self._is_indexed = None, True
        self.browse.list.busy.stop()
        if self.browse.list.is_searching:
            self._search_for(self.browse.list.search.text().strip())

    def _not_read(self, error: Exception) -> None:
        self.browse.list.busy.stop()
        if self._catalog.guides:
            self._trouble(error)
        else:
            self.browse.show_failure(sentence_of(error))

    def _trouble(self, error: Exception) -> None:
        self.browse.notice.show_message(sentence_of(error), icon_name="warning-circle")

    def _search_for(self, wanted: str) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None
        if not wanted:
            return

        def show(hits: tuple[GuideHit, ...]) -> None:
            if hits or self._is_indexed:
                self.browse.list.show_hits(hits, wanted)

        self._search = self._context.jobs.submit(
            Lane.STORAGE, lambda _job: self._context.browsing().search(wanted), show, self._trouble
        )

    def _place_shown(self, place: GuideLocation) -> None:
        key = (place.guide_id, place.question_id)
        if key != self._shown:
            self.aloud.stop()
            self._shown = key
            self.mine.show(QuestionKey(*key))

    def _reading_voice(self) -> ReadingVoice:
        settings, choices = self._context.preferences.settings, self._context.preferences.choices
        voice = "" if settings.voice == VOICE_OFF else settings.voice
        return ReadingVoice(voice, settings.rate_wpm, choices.speaker)

    def _read(self, name: str, text: str) -> None:
        if self.aloud.name == name:
            self.aloud.stop()
        else:
            self.aloud.read(name, text)

    def _show_reading(self, name: str, problem: str) -> None:
        self.browse.reader.show_reading(name)
        self.stories.show_reading(name)
        if problem:
            self.browse.notice.show_message(problem, icon_name="speaker-slash")
