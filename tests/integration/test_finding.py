"""The history in a real file: narrowed, ordered, labelled, searched, whatever a row holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from interview_app.domain.errors import UnknownSession, UsageError
from interview_app.domain.session import AskedQuestion, Mode
from interview_app.domain.session_labels import SessionLabels
from interview_app.services.guides.notes import PersonalNote
from interview_app.services.history.history import History
from interview_app.services.history.queries import Archive, SessionFilter, SessionOrder, SessionSort
from interview_app.services.ports.history import SearchHit
from interview_app.storage import search
from interview_app.storage.database import Database
from interview_app.support.paths import AppPaths
from tests.fakes import FakeClock
from tests.stored import execute, keep
from tests.unit.session_strategies import rehearsed

pytestmark = pytest.mark.anywhere

NEWEST = SessionOrder()


@pytest.fixture
def history(database: Database, paths: AppPaths) -> History:
    return History(database.new_unit, paths, FakeClock())


def ids(history: History, order: SessionOrder = NEWEST, **wanted: object) -> list[int]:
    found = history.page(SessionFilter(**wanted), order, 100)  # type: ignore[arg-type]
    assert found.total == len(found.sessions)
    return [line.id for line in found.sessions]


def rated(rating: int | None) -> Callable[[SessionLabels], SessionLabels]:
    return lambda labels: replace(labels, rating=rating)


def test_the_history_is_narrowed_by_everything_it_shows(
    database: Database, history: History
) -> None:
    old = keep(database, rehearsed("old", said="a b c"))
    other = replace(rehearsed("other", hours=48), guide_id="g2", guide_title="Designer")
    asked = AskedQuestion(other.asked[0].question, "Behavioral questions")
    new = keep(database, replace(other, mode=Mode.INTERVIEW, asked=(asked,)))
    history.change_labels([new], lambda labels: replace(labels, rating=4, tags=("Board", "final")))
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert ids(history) == [new, old]
    assert ids(history, guide_id="g2") == ids(history, section="Behavioral questions") == [new]
    assert ids(history, mode="interview") == ids(history, since=noon) == [new]
    assert ids(history, until=noon) == ids(history, mode="practice") == [old]
    assert ids(history, rating=4) == ids(history, tag="final") == [new]
    assert ids(history, rating=5) == ids(history, tag="fin") == []
    assert ids(history, rating=0) == [old]
    choices = history.choices()
    assert choices.guides == {"g2": "Designer", "it-product-manager": "IT Product Manager"}
    assert list(choices.guides) == ["g2", "it-product-manager"], "the newest first"
    assert (choices.sections, choices.tags) == (("Behavioral questions",), ("Board", "final"))


def test_the_history_stands_in_every_order_with_equals_newest_first(
    database: Database, history: History
) -> None:
    short = keep(database, rehearsed("short", said="one two"))
    long = keep(database, rehearsed("long", said="one two three four", hours=1))
    none = keep(database, replace(rehearsed("none", hours=2), mode=Mode.INTERVIEW))
    history.change_labels([short], lambda labels: replace(labels, title="  Zoo \n story "))
    history.change_labels([long], rated(2))

    def order(by: SessionSort, is_descending: bool) -> list[int]:
        return ids(history, SessionOrder(by, is_descending))

    assert order(SessionSort.DATE, True) == [none, long, short]
    assert order(SessionSort.DATE, False) == [short, long, none]
    assert order(SessionSort.LENGTH, True) == [long, short, none]
    assert order(SessionSort.QUESTIONS, False) == [none, long, short]
    assert order(SessionSort.MODE, False) == [none, long, short]
    assert order(SessionSort.TITLE, True)[0] == short
    assert order(SessionSort.RATING, True)[0] == order(SessionSort.RATING, False)[0] == long
    page = history.page(SessionFilter(), SessionOrder(), 1, 1)
    assert ([line.id for line in page.sessions], page.total, page.offset) == ([long], 3, 1)
    assert history.page(SessionFilter(), SessionOrder(), 3).sessions[2].name == "Zoo story"


def test_labels_are_kept_for_all_or_none(database: Database, history: History) -> None:
    one, two = keep(database, rehearsed("one")), keep(database, rehearsed("two", hours=1))
    lines = history.change_labels(
        [one, two], lambda labels: replace(labels, tags=(" big  co ", "Big Co", ""), rating=5)
    )
    assert [(line.id, line.tags, line.rating) for line in lines] == [
        (two, ("big co",), 5),
        (one, ("big co",), 5),
    ]
    with pytest.raises(UnknownSession):
        history.change_labels([one, 99], rated(1))
    with pytest.raises(UsageError, match="1 to 5"):
        history.change_labels([two, one], rated(6))
    assert history.labels(one).rating == 5
    history.change_labels([one], lambda _labels: SessionLabels())
    assert history.labels(one) == SessionLabels()
    with database.new_unit() as unit:
        unit.sessions.delete(two)
        unit.commit()
    with pytest.raises(UnknownSession):
        history.labels(two)


def test_an_archived_session_is_put_away_and_still_found(
    database: Database, history: History
) -> None:
    here = keep(database, rehearsed("here", said="the audit"))
    away = keep(database, rehearsed("away", said="an audit", hours=1))
    (line,) = history.change_labels([away], lambda labels: replace(labels, is_archived=True))
    assert line.is_archived
    assert ids(history) == [here]
    assert ids(history, archive=Archive.PUT_AWAY) == [away]
    assert ids(history, archive=Archive.BOTH) == [away, here]
    assert {hit.session_id for hit in history.search("audit")} == {here, away}


def test_days_are_those_on_the_wall(database: Database, history: History) -> None:
    first = rehearsed("first")
    keep(database, first)
    keep(database, rehearsed("second", hours=1))
    keep(database, replace(rehearsed("third"), started_at=first.started_at - timedelta(days=3)))
    today = first.started_at.date()
    days = history.days(SessionFilter())
    assert sum(days.values()) == 3
    assert days[today - timedelta(days=3)] == 1
    assert history.days(SessionFilter(guide_id="none")) == {}


def find(history: History, text: str, **wanted: object) -> list[SearchHit]:
    within = SessionFilter(**wanted) if wanted else None  # type: ignore[arg-type]
    return list(history.find_said(text, 50, within=within).hits)


def test_the_best_hit_comes_first_in_its_sentence_with_day_and_session(
    database: Database, history: History
) -> None:
    once = "We met. I moved the budget to spring after a talk. Then we left, and it was late."
    keep(database, rehearsed("once", said=once, hours=5))
    often = keep(database, rehearsed("often", said="Budget first. The budget is the budget."))
    history.change_labels([often], lambda labels: replace(labels, title="Money talk"))
    first, second = find(history, "budget")
    assert (first.session_id, first.guide_title, first.excerpt) == (
        often,
        "Money talk",
        "Budget first.",
    )
    assert second.excerpt == "I moved the budget to spring after a talk."
    assert second.start_s == 5.0
    assert second.started_at == datetime(2026, 11, 22, 15, tzinfo=UTC)


def test_a_long_sentence_shows_the_words_round_the_hit(
    database: Database, history: History
) -> None:
    said = " ".join(f"word{number}" for number in range(200))
    keep(database, rehearsed(said=said))
    (hit,) = find(history, "word100")
    assert hit.excerpt.startswith("…word86 ")
    assert hit.excerpt.endswith(" word126…")


def test_notes_are_found_with_the_newest_take_of_their_question(
    database: Database, history: History, paths: AppPaths
) -> None:
    keep(database, rehearsed("old", said="one"))
    new = keep(database, rehearsed("new", said="two", hours=1))
    note = PersonalNote("it-product-manager", "q", "Mention the lighthouse. Be short.", "Reef.")
    with database.new_unit() as unit:
        unit.notes.keep(note)
        unit.commit()
    (hit,) = find(history, "lighthouse")
    assert (hit.session_id, hit.excerpt, hit.is_note) == (new, "Mention the lighthouse.", True)
    assert [one.session_id for one in find(history, "reef")] == [new]
    assert find(history, "lighthouse", guide_id="another") == []
    with database.new_unit() as unit:
        unit.notes.keep(replace(note, notes="Mention the harbour."))
        unit.commit()
    assert find(history, "lighthouse") == []
    assert len(find(history, "harbour")) == 1
    with database.new_unit() as unit:
        unit.notes.keep(PersonalNote("it-product-manager", "q"))
        unit.commit()
    assert find(history, "harbour") == []


def test_a_note_to_a_take_is_found_with_it_until_it_goes(
    database: Database, history: History, paths: AppPaths
) -> None:
    number = keep(database, rehearsed(said="something else"))
    execute(paths.database, "INSERT INTO take_notes SELECT id, 'Slower at the walrus!' FROM takes")
    (hit,) = find(history, "walrus")
    assert (hit.excerpt, hit.is_note, hit.start_s) == ("Slower at the walrus!", True, 0.0)
    with database.new_unit() as unit:
        session = unit.sessions.get(number)
        unit.sessions.save_take(number, session.takes[0])
        unit.commit()
    assert len(find(history, "walrus")) == 1, "a take that is kept again keeps its notes"
    execute(paths.database, "UPDATE take_notes SET notes = 'A seal.'")
    assert find(history, "walrus") == []
    execute(paths.database, "DELETE FROM take_notes")
    assert find(history, "seal") == []


def test_hits_come_in_pages_and_only_from_what_is_wanted(
    database: Database, history: History
) -> None:
    for number in range(7):
        keep(database, rehearsed(f"s{number}", said="the same words", hours=number))
    first = history.find_said("same", 3)
    rest = history.find_said("same", 100, 3)
    assert (len(first.hits), len(rest.hits), first.total) == (3, 4, 7)
    assert len({hit.take_uid for hit in (*first.hits, *rest.hits)}) == 7
    since = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
    assert len(find(history, "same", since=since)) == 2


def test_what_is_in_very_many_takes_is_found_newest_first(
    database: Database, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "RANKED", 2)
    often = keep(database, rehearsed("often", said="the the the"))
    once = keep(database, rehearsed("once", said="the rest of it is long", hours=1))
    assert [hit.session_id for hit in find(history, "the")] == [often, once], "the best first"
    new = keep(database, rehearsed("new", said="so is the last", hours=2))
    assert [hit.session_id for hit in find(history, "the")] == [new, once], "of the newest two"


def test_broken_rows_hide_neither_labels_nor_hits_of_the_others(
    database: Database, history: History, paths: AppPaths
) -> None:
    good = keep(database, rehearsed("good", said="all fine"))
    bad = keep(database, rehearsed("bad", said="all broken", hours=1))
    history.change_labels([good, bad], lambda _labels: SessionLabels("Mine", 3, ("kept",)))
    execute(
        paths.database,
        f"UPDATE session_labels SET tags = '[\"cut', rating = 'x' WHERE session_id = {bad}",
        "UPDATE transcripts SET segments = '[[[' WHERE take_id IN "
        f"(SELECT id FROM takes WHERE session_id = {bad})",
        f"UPDATE sessions SET started_at = '?' WHERE id = {bad}",
    )
    assert ids(history, tag="kept") == [good]
    lines = {line.id: line for line in history.page(SessionFilter(), NEWEST, 10).sessions}
    assert (lines[bad].tags, lines[bad].rating, lines[bad].title) == ((), None, "Mine")
    assert (lines[good].tags, lines[good].rating) == (("kept",), 3)
    assert history.choices().tags == ("kept",)
    assert {hit.session_id for hit in find(history, "all")} == {good, bad}
    assert history.labels(bad) == SessionLabels("Mine")
    assert sum(history.days(SessionFilter()).values()) == 2
