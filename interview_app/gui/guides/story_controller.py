"""What a person does with their stories: write, link, duplicate, delete, take back, hear."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.guides.context import GuidesContext
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.models.story_list import title_of
from interview_app.gui.text.bidi import isolated
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Theme
from interview_app.services.guides.browsing import GuideCatalog, GuideHit
from interview_app.services.guides.stories import copy_of, new_story
from interview_app.services.jobs import JobContext, Lane

if TYPE_CHECKING:
    from interview_app.gui.guides.question_picker import QuestionPicker
    from interview_app.gui.guides.stories_view import StoriesView

READING = "story"
"""The name of a story's text while it is read aloud."""


class StoryController(QObject):
    """Owns My stories and the chooser of questions, and does in jobs what is asked there.

    Signals:
        front(QWidget): this view belongs in front now.
        left: back to the guides.
        place_asked(Place): show this question in its guide.
        read_asked(str, str): read the text of that name aloud, or stop reading it.
        changed: a story or its links are others than before.
    """

    front = Signal(object)
    left = Signal()
    place_asked = Signal(object)
    read_asked = Signal(str, str)
    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        context: GuidesContext,
        catalog: Callable[[], GuideCatalog],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._context = context
        self._catalog = catalog
        self._stories: tuple[Story, ...] = ()
        self._kept: set[str] = set()
        self._removed: list[Story] = []
        self._search: JobContext | None = None

    @cached_property
    def view(self) -> StoriesView:
        """My stories."""
        from interview_app.gui.guides.stories_view import StoriesView

        view = StoriesView(self._theme)
        view.left.connect(self._leave)
        view.act_asked.connect(self._command)
        view.form.written.connect(self._keep)
        view.form.unlink_asked.connect(lambda key: self._link(key, is_linked=False))
        view.form.question_asked.connect(self._show_question)
        view.shown.connect(self._story_shown)
        return view

    @cached_property
    def chooser(self) -> QuestionPicker:
        """Where the questions of a story are chosen."""
        from interview_app.gui.guides.question_picker import QuestionPicker

        chooser = QuestionPicker(self._theme)
        chooser.toggled.connect(lambda key, is_linked: self._link(key, is_linked=is_linked))
        chooser.search_asked.connect(self._search_for)
        chooser.left.connect(lambda: self.front.emit(self.view))
        return chooser

    @property
    def views(self) -> list[StoriesView | QuestionPicker]:
        """What was built so far."""
        built = self.__dict__
        return [built[name] for name in ("view", "chooser") if name in built]

    def open(self, uid: str = "") -> None:
        """Show My stories, that story in front if one is named."""
        self.front.emit(self.view)

        def show(stories: tuple[Story, ...]) -> None:
            self._show(stories, uid)
            if uid:
                self.view.write()

        self._fetch(show)

    def begin(self, key: QuestionKey) -> None:
        """Write a new story for a question."""
        self.front.emit(self.view)
        self._fetch(lambda stories: self._begin(stories, new_story(key)))

    def link(self, story: Story, key: QuestionKey, *, is_linked: bool) -> None:
        """Have a story serve a question, or serve it no more."""
        self._keep(story.with_link(key) if is_linked else story.without_link(key))

    def save(self) -> None:
        """Keep what is being written."""
        if "view" in self.__dict__:
            self.view.form.save()

    def show_reading(self, name: str) -> None:
        """Show whether a story is being read aloud."""
        if "view" in self.__dict__:
            self.view.show_reading(is_read=name == READING)

    def _command(self, name: str) -> None:
        if name == "new":
            self.save()
            self._begin(self._stories, new_story())
        elif name == "undo":
            self._undo()
        elif self.view.form.story is not None:
            self.save()
            commands = {
                "duplicate": self._duplicate,
                "delete": self._delete,
                "read": self._read,
                "link": self._choose,
            }
            commands[name](self.view.form.story)

    def _begin(self, stories: tuple[Story, ...], story: Story) -> None:
        written = tuple(one for one in stories if not one.is_empty or one.uid in self._kept)
        self._show((story, *written), story.uid)
        self.view.write()

    def _duplicate(self, story: Story) -> None:
        copied = copy_of(story, self.tr("{0} (copy)").format(title_of(story)))
        self._show((copied, *self._stories), copied.uid)
        self._keep(copied)
        self.view.notice.show_message(self.tr("The story was duplicated."))

    def _delete(self, story: Story) -> None:
        number = next((n for n, one in enumerate(self._stories) if one.uid == story.uid), 0)
        left = tuple(one for one in self._stories if one.uid != story.uid)
        after = left[min(number, len(left) - 1)].uid if left else ""
        if story.uid not in self._kept:
            self._show(left, after)
            return

        def done(_none: None) -> None:
            self._kept.discard(story.uid)
            self._removed.append(story)
            self._show(left, after)
            self.view.notice.show_message(
                self.tr("“{0}” was deleted.").format(isolated(title_of(story))),
                action=self.tr("Undo"),
                command=self._undo,
            )
            self.changed.emit()

        self._do(lambda: self._context.browsing().forget_story(story.uid), done)

    def _undo(self) -> None:
        if not self._removed:
            return
        story = self._removed.pop()

        def done(_none: None) -> None:
            self._kept.add(story.uid)
            self._show((story, *self._stories), story.uid)
            self.view.notice.show_message(
                self.tr("“{0}” is back.").format(isolated(title_of(story)))
            )
            self.changed.emit()

        self._do(lambda: self._context.browsing().keep_story(story), done)

    def _read(self, story: Story) -> None:
        self.read_asked.emit(READING, story.spoken or story.title)

    def _choose(self, story: Story) -> None:
        self.chooser.show_story(story, self._catalog())
        self.front.emit(self.chooser)

    def _link(self, key: QuestionKey, *, is_linked: bool) -> None:
        self.save()
        story = self.view.form.story
        if story is not None:
            self.link(story, key, is_linked=is_linked)

    def _leave(self) -> None:
        self.save()
        self._stories = tuple(one for one in self._stories if one.uid in self._kept)
        self.left.emit()

    def _show_question(self, key: QuestionKey) -> None:
        self._leave()
        self.place_asked.emit(GuideLocation(key.guide_id, question_id=key.question_id))

    def _keep(self, story: Story) -> None:
        self._stories = tuple(story if one.uid == story.uid else one for one in self._stories)
        if "view" in self.__dict__:
            self.view.show_changed(story)
        if story.is_empty and story.uid not in self._kept:
            return
        self._kept.add(story.uid)

        def done(_none: None) -> None:
            if "view" in self.__dict__:
                self.view.form.show_kept(story)
            self.changed.emit()

        def failed(error: Exception) -> None:
            self._trouble(error)
            if "view" in self.__dict__:
                self.view.form.show_failure(story)

        self._context.jobs.submit(
            Lane.STORAGE, lambda _job: self._context.browsing().keep_story(story), done, failed
        )

    def _fetch(self, show: Callable[[tuple[Story, ...]], None]) -> None:
        def found(stories: tuple[Story, ...]) -> None:
            self._kept = {story.uid for story in stories}
            show(stories)

        self._context.jobs.submit(
            Lane.STORAGE, lambda _job: self._context.stories().all(), found, self._trouble
        )

    def _show(self, stories: tuple[Story, ...], uid: str) -> None:
        self._stories = stories
        self.view.show_stories(stories, self._named, uid)

    def _story_shown(self, _story: Story | None) -> None:
        self.read_asked.emit(READING, "")

    def _named(self, key: QuestionKey) -> tuple[str, str] | None:
        guide = self._catalog().guide(key.guide_id)
        question = guide.question(key.question_id) if guide is not None else None
        return (guide.title, question.prompt) if guide is not None and question else None

    def _search_for(self, wanted: str) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None
        if wanted:
            self._search = self._context.jobs.submit(
                Lane.STORAGE,
                lambda _job: self._context.browsing().search(wanted),
                lambda hits: self._show_hits(hits, wanted),
                self._trouble,
            )

    def _show_hits(self, hits: tuple[GuideHit, ...], wanted: str) -> None:
        self.chooser.show_hits(hits, wanted)

    def _do(self, work: Callable[[], None], done: Callable[[None], None]) -> None:
        self._context.jobs.submit(Lane.STORAGE, lambda _job: work(), done, self._trouble)

    def _trouble(self, error: Exception) -> None:
        self.view.notice.show_message(sentence_of(error), icon_name="warning-circle")
