"""Personal notes in a real database, found again by their words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from interview_app.guide_formats.markdown_form import read_guide
from interview_app.guide_formats.markdown_writer import write_guide
from interview_app.services.guides.browsing import GuideBrowser
from interview_app.services.guides.library import GuideLibrary
from interview_app.services.guides.notes import PersonalNote, PersonalNotes
from interview_app.services.guides.stories import StoryBank
from interview_app.services.jobs import JobContext
from interview_app.storage.database import Database, open_database
from interview_app.storage.guide_search import GuideSearch
from interview_app.support.paths import AppPaths
from tests.fakes import GUIDE, FakeClock

NOTE = PersonalNote(GUIDE.id, "why", "Say that I like Zürich", "Because of the people.")


@pytest.fixture
def browsing(paths: AppPaths, database: Database, tmp_path: Path) -> Iterator[GuideBrowser]:
    bundled = tmp_path / "bundled"
    bundled.mkdir()
    (bundled / "one.md").write_text(write_guide(GUIDE), encoding="utf-8")
    library = GuideLibrary(bundled, paths.guides, read_guide, write_guide)
    bank = StoryBank(database.new_unit, FakeClock())
    browsing = GuideBrowser(library, PersonalNotes(database.new_unit), GuideSearch, bank)
    yield browsing
    browsing.close()


def found(browsing: GuideBrowser, wanted: str) -> list[str]:
    browsing.index(browsing.catalog(), JobContext())
    return [hit.question_id for hit in browsing.search(wanted)]


def test_a_note_is_there_after_the_application_was_closed(paths: AppPaths) -> None:
    first = open_database(paths)
    PersonalNotes(first.new_unit).keep(NOTE)
    first.close()
    second = open_database(paths)
    notes = PersonalNotes(second.new_unit)
    assert notes.get(GUIDE.id, "why") == NOTE
    assert notes.get(GUIDE.id, "prioritize") == PersonalNote(GUIDE.id, "prioritize")
    assert notes.get("another-guide", "why").is_empty
    second.close()


def test_a_note_is_replaced_and_an_empty_one_leaves_nothing(
    paths: AppPaths, database: Database
) -> None:
    notes = PersonalNotes(database.new_unit)
    notes.keep(NOTE)
    notes.keep(PersonalNote(GUIDE.id, "why", "Shorter"))
    assert notes.all() == [PersonalNote(GUIDE.id, "why", "Shorter")]
    notes.keep(PersonalNote(GUIDE.id, "why", " \n"))
    assert notes.all() == []
    with closing(sqlite3.connect(paths.database)) as raw:
        assert raw.execute("SELECT count(*) FROM personal_notes").fetchone() == (0,)


def test_questions_are_found_by_prompt_answer_tip_and_note(browsing: GuideBrowser) -> None:
    assert found(browsing, "prioritize") == ["prioritize"]
    assert found(browsing, "parcel comp") == ["prioritize"], "the last word may be unfinished"
    assert found(browsing, "refund") == ["trade-off"]
    assert found(browsing, "zurich") == []
    browsing.keep_note(NOTE)
    assert found(browsing, "zurich") == ["why"], "the note is found at once, without its accent"
    (hit,) = browsing.search("Zürich")
    assert hit.excerpt == "Say that I like Zürich Because of the people."
    assert (hit.guide_title, hit.section) == ("IT Product Manager", "Common questions")


def test_a_question_found_by_its_prompt_comes_first(browsing: GuideBrowser) -> None:
    browsing.keep_note(PersonalNote(GUIDE.id, "prioritize", "think of speed"))
    assert found(browsing, "speed") == ["trade-off", "prioritize"]


def test_signs_of_a_query_language_are_only_text(browsing: GuideBrowser) -> None:
    for wanted in ('"', "*", "prompt:", "NOT", "a AND", "(", "speed OR", "-", "'; --"):
        found(browsing, wanted)
    assert found(browsing, "speed (") == ["trade-off"]


def test_a_guide_that_was_changed_or_removed_is_found_as_it_is_now(
    browsing: GuideBrowser, paths: AppPaths
) -> None:
    assert found(browsing, "prioritize") == ["prioritize"]
    paths.guides.mkdir(parents=True, exist_ok=True)
    own = paths.guides / "own.md"
    own.write_text(
        write_guide(GUIDE).replace("prioritize features", "choose between wishes"),
        encoding="utf-8",
    )
    catalog = browsing.catalog()
    assert catalog.own == catalog.changed == frozenset({GUIDE.id})
    assert found(browsing, "wishes") == ["prioritize"]
    assert found(browsing, "prioritize") == []
    own.unlink()
    assert found(browsing, "wishes") == []
    assert found(browsing, "prioritize") == ["prioritize"]
