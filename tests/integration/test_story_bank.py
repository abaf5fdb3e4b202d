"""Stories in a real database: kept, linked, found again, and carried by a backup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from interview_app.domain.guide import Guide
from interview_app.domain.story import QuestionKey, Story
from interview_app.guide_formats.markdown_form import read_guide
from interview_app.guide_formats.markdown_writer import write_guide
from interview_app.services.guides import editing as guide_editing
from interview_app.services.guides.browsing import GuideBrowser
from interview_app.services.guides.editing import GuideEditor
from interview_app.services.guides.library import GuideLibrary
from interview_app.services.guides.merging import Clash
from interview_app.services.guides.notes import PersonalNotes
from interview_app.services.guides.stories import StoryBank, copy_of, new_story
from interview_app.services.jobs import JobContext
from interview_app.storage.database import Database, open_database
from interview_app.storage.guide_search import GuideSearch
from interview_app.support.paths import AppPaths
from tests.fakes import GUIDE, FakeClock
from tests.integration.kept_sessions import open_folder

WHY = QuestionKey(GUIDE.id, "why")
TRADE_OFF = QuestionKey(GUIDE.id, "trade-off")
HARBOUR = Story(
    "a" * 32,
    "The harbour crane",
    "The crane at Fjällbacka stood still.",
    "I had a week.",
    "I found the worn relay.",
    "It moved again on Friday.",
    "Name the relay",
    (TRADE_OFF, WHY),
)
LIBRARY = Story("b" * 32, "Library opening", situation="The roof leaked.", questions=(WHY,))


@pytest.fixture
def bank(database: Database) -> StoryBank:
    return StoryBank(database.new_unit, FakeClock())


@pytest.fixture
def library(paths: AppPaths, tmp_path: Path) -> GuideLibrary:
    bundled = tmp_path / "bundled"
    bundled.mkdir()
    (bundled / "one.md").write_text(write_guide(GUIDE), encoding="utf-8")
    return GuideLibrary(bundled, paths.guides, read_guide, write_guide)


def linked(library: GuideLibrary, bank: StoryBank) -> list[str]:
    """The prompts that the story of the crane is linked to, as a person sees them."""
    (story,) = bank.all()
    found = (library.get(key.guide_id).question(key.question_id) for key in story.questions)
    return [question.prompt for question in found if question is not None]


def test_stories_are_there_after_the_application_was_closed_the_newest_first(
    paths: AppPaths,
) -> None:
    first = open_database(paths)
    bank = StoryBank(first.new_unit, FakeClock())
    bank.keep(HARBOUR)
    bank.keep(LIBRARY)
    first.close()
    second = open_database(paths)
    again = StoryBank(second.new_unit, FakeClock())
    assert again.all() == (LIBRARY, HARBOUR)
    assert again.linked_to(WHY) == (LIBRARY, HARBOUR)
    assert again.linked_to(TRADE_OFF) == (HARBOUR,)
    assert again.linked_to(QuestionKey("another-guide", "why")) == ()
    second.close()


def test_a_story_is_changed_in_its_place_and_its_links_with_it(bank: StoryBank) -> None:
    bank.keep(HARBOUR)
    bank.keep(LIBRARY)
    changed = replace(HARBOUR, title="The old crane").without_link(WHY)
    bank.keep(changed)
    assert bank.all() == (LIBRARY, changed)
    assert bank.linked_to(WHY) == (LIBRARY,)


def test_a_removed_story_is_gone_with_its_links_and_comes_back_with_them(bank: StoryBank) -> None:
    bank.keep(HARBOUR)
    bank.remove(HARBOUR.uid)
    assert bank.all() == ()
    assert bank.linked_to(WHY) == ()
    bank.remove(HARBOUR.uid)
    bank.keep(HARBOUR)
    assert bank.linked_to(WHY) == (HARBOUR,)


def test_a_copy_has_the_words_and_links_and_a_life_of_its_own(bank: StoryBank) -> None:
    bank.keep(HARBOUR)
    copied = copy_of(HARBOUR, "Crane, told shorter")
    bank.keep(copied)
    bank.remove(HARBOUR.uid)
    assert bank.all() == (copied,)
    assert (copied.spoken, copied.questions) == (HARBOUR.spoken, HARBOUR.questions)


def test_a_question_is_linked_once_however_often_it_is_asked() -> None:
    story = new_story(WHY)
    assert story.is_empty
    assert story.with_link(WHY).questions == (WHY,)
    assert story.with_link(TRADE_OFF).without_link(WHY).questions == (TRADE_OFF,)


def test_what_is_spoken_are_the_steps_alone() -> None:
    assert HARBOUR.spoken.split("\n\n") == [
        "The crane at Fjällbacka stood still.",
        "I had a week.",
        "I found the worn relay.",
        "It moved again on Friday.",
    ]
    assert HARBOUR.text.endswith("\n\nName the relay")


def test_links_stay_with_their_question_whatever_is_done_to_the_guide(
    library: GuideLibrary, bank: StoryBank
) -> None:
    editing = GuideEditor(library)
    bank.keep(replace(HARBOUR, questions=(TRADE_OFF,)))
    question = GUIDE.question("trade-off")
    assert question is not None
    reworded = replace(question, prompt="When did speed cost you quality?")
    editing.change(GUIDE.id, lambda guide: guide_editing.with_question(guide, reworded))
    assert linked(library, bank) == ["When did speed cost you quality?"]
    copied = replace(reworded, prompt=f"{reworded.prompt} (copy)")
    editing.change(
        GUIDE.id, lambda guide: guide_editing.with_new_question(guide, 1, copied, "trade-off")
    )
    assert linked(library, bank) == ["When did speed cost you quality?"], "the copy is another one"
    editing.change(GUIDE.id, lambda guide: guide_editing.without_question(guide, "trade-off"))
    assert linked(library, bank) == []
    editing.undo()
    assert linked(library, bank) == ["When did speed cost you quality?"]
    for clash in (Clash.MERGE, Clash.REPLACE):
        editing.keep_imported(imported_again(reworded.prompt), clash)
        assert linked(library, bank) == ["When did speed cost you quality?"]
    editing.remove(GUIDE.id)
    assert linked(library, bank) == [question.prompt], "the original is back, and linked"


def imported_again(prompt: str) -> Guide:
    """The guide as a page gives it anew: the ids of its questions are others."""
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(q, id=f"q-{n}", prompt=prompt if q.id == "trade-off" else q.prompt)
                for n, q in enumerate(section.questions)
            ),
        )
        for section in GUIDE.sections
    )
    return replace(GUIDE, sections=sections)


def test_stories_are_found_by_title_step_and_note(
    library: GuideLibrary, database: Database, bank: StoryBank
) -> None:
    browsing = GuideBrowser(library, PersonalNotes(database.new_unit), GuideSearch, bank)
    bank.keep(HARBOUR)
    browsing.index(browsing.catalog(), JobContext())
    for wanted in ("harb", "fjallbacka", "RELAY", "Friday crane"):
        assert [hit.story for hit in browsing.search(wanted)] == [HARBOUR], wanted
    changed = replace(HARBOUR, situation="It stood still.")
    browsing.keep_story(changed)
    assert browsing.search("fjallbacka") == ()
    (hit,) = browsing.search("still")
    assert (hit.story, hit.prompt) == (changed, "The harbour crane")
    browsing.forget_story(HARBOUR.uid)
    assert browsing.search("crane") == ()
    browsing.close()


def test_stories_travel_with_a_backup(tmp_path: Path) -> None:
    old = open_folder(tmp_path / "old")
    StoryBank(old.new_unit, old.clock).keep(HARBOUR)
    file = old.backing_up.backup(tmp_path / "all.backup", JobContext()).file
    old.close()
    new = open_folder(tmp_path / "new")
    new.backing_up.restore(file, JobContext())
    new.close()
    opened = open_folder(tmp_path / "new")
    assert StoryBank(opened.new_unit, opened.clock).all() == (HARBOUR,)
    opened.close()
