"""Sessions in a real file: what is kept comes back, and nothing else does."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given

from interview_app.domain.errors import UnknownSession
from interview_app.domain.session import (
    Session,
    SessionSettings,
    Take,
    TakeStatus,
    TranscriptionStatus,
)
from interview_app.domain.transcript import Transcript
from interview_app.storage.database import Database, open_database
from interview_app.support.paths import AppPaths
from tests.fakes import FakeClock
from tests.stored import execute, keep, read
from tests.unit.session_strategies import rehearsed, sessions


@given(first=sessions(), second=sessions())
def test_any_session_comes_back_from_the_file_as_it_was_kept(
    first: Session, second: Session
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = AppPaths(Path(folder) / "data")
        database = open_database(paths)
        number = keep(database, first)
        database.close()
        database = open_database(paths)
        assert read(database, number) == replace(first, id=number)

        changed = replace(second, uid=first.uid, asked=first.asked, id=number, takes=first.takes)
        taken = [replace(t, uid=u.uid) for t, u in zip(second.takes, first.takes, strict=False)]
        changed = replace(changed, takes=tuple(taken))
        with database.new_unit() as unit:
            unit.sessions.update(changed)
            unit.commit()
        assert read(database, number) == changed
        database.close()


def test_what_is_not_committed_is_not_kept(database: Database) -> None:
    with database.new_unit() as unit:
        number = unit.sessions.add(rehearsed(said="I led the migration"))
    with database.new_unit() as unit:
        assert unit.sessions.summaries() == []
        with pytest.raises(UnknownSession, match=f"no session {number}"):
            unit.sessions.get(number)


def test_an_error_inside_a_unit_rolls_it_back(database: Database) -> None:
    with pytest.raises(AttributeError), database.new_unit() as unit:  # noqa: PT012
        unit.sessions.add(rehearsed())
        unit.sessions.add(object())  # type: ignore[arg-type]
    with database.new_unit() as unit:
        assert unit.sessions.summaries() == []


def test_the_history_lists_newest_first_with_its_counts(database: Database) -> None:
    old = keep(database, rehearsed("old", said="one two three"))
    new = keep(database, replace(rehearsed("new", hours=1), ended_at=FakeClock().now()))
    with database.new_unit() as unit:
        lines = unit.sessions.summaries()
        unfinished = unit.sessions.unfinished()
        second_page = unit.sessions.summaries(limit=1, offset=1)
    assert [line.id for line in lines] == [new, old]
    assert (lines[1].question_count, lines[1].answered_count, lines[1].take_count) == (1, 1, 1)
    assert lines[1].duration_s == 3.0
    assert [line.id for line in unfinished] == [old]
    assert [line.id for line in second_page] == [old]


def test_a_session_goes_on_with_its_position_settings_and_takes(database: Database) -> None:
    session = rehearsed(said="first try")
    number = keep(database, session)
    second = replace(session.takes[0], uid=session.take_uid(0, 2), number=2, is_best=True)
    with database.new_unit() as unit:
        unit.sessions.save_take(number, second)
        unit.commit()
    changed = replace(read(database, number), position=1, settings=SessionSettings(think_s=30.0))
    changed = changed.without_take(session.takes[0].uid)
    with database.new_unit() as unit:
        unit.sessions.update(changed)
        unit.commit()
    assert read(database, number) == changed
    assert read(database, number).takes == (second,)


def test_takes_left_recording_are_found_with_their_session(database: Database) -> None:
    session = rehearsed(said="half an ans")
    number = keep(database, session)
    left = replace(session.takes[0], status=TakeStatus.RECORDING)
    with database.new_unit() as unit:
        unit.sessions.save_take(number, left)
        assert unit.sessions.interrupted_takes() == [(number, left)]
        unit.sessions.drop_take(number, left.uid)
        unit.sessions.drop_take(number, "not there")
        assert unit.sessions.interrupted_takes() == []


def test_deleting_names_the_sound_no_other_take_uses(database: Database) -> None:
    shared = rehearsed("one", said="same sound")
    other = rehearsed("two", said="same sound")
    other = replace(other, takes=(replace(other.takes[0], sound=shared.takes[0].sound),))
    first, second = keep(database, shared), keep(database, other)
    with database.new_unit() as unit:
        assert unit.sessions.delete(first) == ()
        assert unit.sessions.delete(second) == ("takes/one-q01-t01.wav",)
        with pytest.raises(UnknownSession):
            unit.sessions.delete(first)
        unit.commit()
    assert keep(database, rehearsed("three")) > second, "a number names one session for ever"


def test_a_damaged_row_hides_neither_its_session_nor_the_others(
    database: Database, paths: AppPaths
) -> None:
    good = keep(database, rehearsed("good", said="all is well"))
    bad = keep(database, rehearsed("bad", said="soon gone"))
    execute(
        paths.database,
        f"UPDATE sessions SET mode = 'x', started_at = 'long ago' WHERE id = {bad}",
        f"UPDATE asked_questions SET approach = '[1' WHERE session_id = {bad}",
        "UPDATE transcripts SET segments = '[[[\"cut' WHERE take_id IN "
        f"(SELECT id FROM takes WHERE session_id = {bad})",
    )
    with database.new_unit() as unit:
        assert {line.id for line in unit.sessions.summaries()} == {good, bad}
        assert [hit.session_id for hit in unit.history.search("gone")] == [bad]
    take = read(database, bad).takes[0]
    assert take.transcript is None
    assert take.transcription is TranscriptionStatus.FAILED
    assert take.failure is not None
    assert "damaged" in take.failure
    assert take.sound == "takes/bad-q01-t01.wav"
    assert "left out" in str(read(database, bad).asked[0].question.notes)
    assert read(database, good).takes[0].transcript is not None


@pytest.mark.parametrize("more", ["[1", "[1]", '{"asked_as": "How?"}', '{"asked_as": [1]}'])
def test_damage_to_what_a_question_says_more_leaves_the_rest_of_it(
    database: Database, paths: AppPaths, more: str
) -> None:
    number = keep(database, rehearsed("bad"))
    execute(paths.database, f"UPDATE asked_questions SET more = '{more}'")
    question = read(database, number).asked[0].question
    assert question.prompt == "Why this role?"
    assert question.asked_as == ()
    assert "left out" in str(question.notes)


def test_what_a_later_version_says_more_of_a_question_is_no_damage(
    database: Database, paths: AppPaths
) -> None:
    number = keep(database, rehearsed("later"))
    execute(
        paths.database,
        """UPDATE asked_questions SET more = '{"difficulty": 3, "asked_as": ["How?"]}'""",
    )
    question = read(database, number).asked[0].question
    assert (question.asked_as, question.notes) == (("How?",), None)


def test_search_finds_words_as_they_are_now_and_where_they_were_said(database: Database) -> None:
    old = keep(database, rehearsed("old", said="We saw the Café close, then I left the team"))
    new = keep(database, rehearsed("new", said="the café reopened", prompt="A setback?", hours=1))
    with database.new_unit() as unit:
        search = unit.history.search
        assert [hit.session_id for hit in search("CAFE")] == [new, old]
        assert [hit.start_s for hit in search("cafe")] == [1.0, 3.0]
        assert [hit.session_id for hit in search("café team")] == [old]
        assert [hit.start_s for hit in search('"the team"')] == [8.0]
        assert search('"team the"') == []
        assert [hit.session_id for hit in search("reop")] == [new], "the last word is unfinished"
        assert search("reop the") == []
        assert [hit.question for hit in search("setback")] == ["A setback?"]
        assert search("setback")[0].start_s == 0.0
        assert "café reopened" in search("reopened")[0].excerpt
        assert len(search("the", limit=1)) == 1

        corrected = read_take(unit.sessions.get(new))
        unit.sessions.save_take(new, replace(corrected, transcript=Transcript.typed("bar", "en")))
        assert search("reopened") == []
        assert [hit.session_id for hit in search("bar")] == [new]
        unit.sessions.delete(new)
        assert search("bar") == []


def read_take(session: Session) -> Take:
    return session.takes[0]


@pytest.mark.parametrize(
    "text", ["", " ", '"', '""', "*", "a AND", "NEAR(", "-x", "x:y", "\x00", "'"]
)
def test_search_takes_any_text_for_words(database: Database, text: str) -> None:
    keep(database, rehearsed(said="nothing of that"))
    with database.new_unit() as unit:
        assert unit.history.search(text) == []


def test_the_trash_hides_a_session_until_it_is_restored(database: Database) -> None:
    number = keep(database, rehearsed("mine", said="to be found"))
    at = datetime(2026, 11, 22, tzinfo=UTC)
    with database.new_unit() as unit:
        unit.history.move_to_trash(number, at)
        assert unit.sessions.summaries() == unit.sessions.unfinished() == []
        assert unit.history.search("found") == []
        assert [line.id for line in unit.history.trash()] == [number]
        assert unit.history.trash(before=at) == []
        assert unit.history.number_of("mine") is None
        assert unit.history.knows("mine")
        with pytest.raises(UnknownSession):
            unit.sessions.get(number)
        with pytest.raises(UnknownSession):
            unit.history.move_to_trash(number, at)
        unit.history.restore(number)
        with pytest.raises(UnknownSession):
            unit.history.restore(number)
        assert unit.sessions.get(number).uid == "mine"
        assert unit.history.number_of("mine") == number
        assert unit.history.take_uids() == {"mine-q01-t01"}
