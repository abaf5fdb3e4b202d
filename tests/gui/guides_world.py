"""A Guides page over a real database and real guide files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pytestqt.qtbot import QtBot

from interview_app.app.guides import export_guide, read_guide
from interview_app.domain.guide import Guide
from interview_app.gui.dispatcher import Dispatcher
from interview_app.gui.guides.browse_view import BrowseView
from interview_app.gui.guides.context import GuidesContext
from interview_app.gui.guides.page import GuidesPage
from interview_app.gui.preferences import Preferences
from interview_app.gui.theme import Theme
from interview_app.guide_formats import markdown_form
from interview_app.guide_formats.markdown_writer import write_guide
from interview_app.services.guides.browsing import GuideBrowser
from interview_app.services.guides.editing import GuideEditor
from interview_app.services.guides.library import GuideLibrary
from interview_app.services.guides.notes import PersonalNote, PersonalNotes
from interview_app.services.guides.stories import StoryBank
from interview_app.services.jobs import JobRunner
from interview_app.storage.database import Database
from interview_app.storage.guide_search import GuideSearch
from interview_app.support.paths import AppPaths
from interview_app.support.settings import Settings
from tests.fakes import GUIDE, FakeClock, FakePlayer, FakeVoice
from tests.stored import open_at_once

LONGEST_MS = 60_000
"""No test waits longer for a fact; a busy machine needs seconds to start a helper process."""


def wait(qtbot: QtBot, fact: Callable[[], bool]) -> None:
    """Return once something is true, however busy the machine is."""
    qtbot.waitUntil(fact, timeout=LONGEST_MS)


@dataclass
class GuidesWorld:
    """The page, and everything round it that a test can make happen."""

    page: GuidesPage
    paths: AppPaths
    bundled: Path
    library: GuideLibrary
    browsing: GuideBrowser
    notes: PersonalNotes
    stories: StoryBank
    player: FakePlayer
    voice: FakeVoice
    jobs: JobRunner
    dispatcher: Dispatcher
    database: Database
    rehearsed: list[tuple[Guide, tuple[str, ...], tuple[str, ...]]]

    @property
    def browse(self) -> BrowseView:
        """The front of the page."""
        return self.page.views.browse

    def own_file(self, guide_id: str = GUIDE.id) -> Path:
        """Where the person's own guide of that id lies."""
        return self.paths.guides / f"{guide_id}.md"

    def kept(self, question_id: str) -> PersonalNote:
        """The note of a question as the database has it."""
        return self.notes.get(GUIDE.id, question_id)

    def close(self) -> None:
        """Leave as the application does."""
        self.page.close_page()
        self.jobs.close()
        self.dispatcher.close()
        self.player.close()
        self.browsing.close()
        self.database.close()


def build_guides(theme: Theme, folder: Path, guides: tuple[Guide, ...] = (GUIDE,)) -> GuidesWorld:
    """A Guides page over these bundled guides, its files in that folder."""
    bundled = folder / "bundled"
    bundled.mkdir(parents=True, exist_ok=True)
    for guide in guides:
        (bundled / f"{guide.id}.md").write_text(write_guide(guide), encoding="utf-8")
    return open_guides(theme, folder, bundled)


def open_guides(theme: Theme, folder: Path, bundled: Path) -> GuidesWorld:
    """A Guides page over the guides of a folder."""
    paths = AppPaths(folder / "data")
    database = open_at_once(paths)
    dispatcher = Dispatcher()
    jobs = JobRunner(dispatcher.post)
    library = GuideLibrary(bundled, paths.guides, markdown_form.read_guide, write_guide)
    notes = PersonalNotes(database.new_unit)
    stories = StoryBank(database.new_unit, FakeClock())
    browsing = GuideBrowser(library, notes, GuideSearch, stories)
    editing = GuideEditor(library)
    player, voice = FakePlayer(dispatcher.post), FakeVoice(folder / "voice")
    context = GuidesContext(
        jobs=jobs,
        preferences=Preferences(Settings(), lambda _settings: None, jobs),
        voice=voice,
        player=player,
        browsing=lambda: browsing,
        editing=lambda: editing,
        stories=lambda: stories,
        read=read_guide,
        export=export_guide,
    )
    page = GuidesPage(theme, context)
    world = GuidesWorld(
        page,
        paths,
        bundled,
        library,
        browsing,
        notes,
        stories,
        player,
        voice,
        jobs,
        dispatcher,
        database,
        [],
    )
    page.rehearse_asked.connect(lambda *asked: world.rehearsed.append(asked))
    return world
