"""The history over a real data folder: the trash, deleting with sound, purging."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from interview_app.domain.errors import UnknownSession
from interview_app.domain.session import Session
from interview_app.services.history.history import TRASH_DAYS, History
from interview_app.storage.database import Database
from interview_app.support.paths import AppPaths
from tests import stored
from tests.fakes import FakeClock
from tests.unit.session_strategies import rehearsed

pytestmark = pytest.mark.anywhere


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def history(database: Database, paths: AppPaths, clock: FakeClock) -> History:
    return History(database.new_unit, paths, clock)


def keep(database: Database, paths: AppPaths, session: Session) -> int:
    for take in session.takes:
        (paths.takes / f"{take.uid}.wav").write_bytes(b"sound")
    return stored.keep(database, session)


def test_a_session_is_listed_opened_found_and_heard(
    history: History, database: Database, paths: AppPaths
) -> None:
    number = keep(database, paths, rehearsed(said="I led the team"))
    assert [line.id for line in history.sessions()] == [number]
    assert [line.id for line in history.unfinished()] == [number]
    assert [hit.start_s for hit in history.search("led")] == [1.0]
    (take,) = history.session(number).takes
    assert history.sound_of(take) == paths.takes / f"{take.uid}.wav"
    (paths.takes / f"{take.uid}.wav").unlink()
    assert history.sound_of(take) is None
    assert history.sound_of(replace(take, sound=None)) is None


def test_deleting_removes_the_session_then_all_its_sound_and_no_other(
    history: History, database: Database, paths: AppPaths
) -> None:
    number = keep(database, paths, rehearsed("mine", said="gone soon"))
    keep(database, paths, rehearsed("mine-too", said="stays"))
    (paths.takes / "mine-q02-t01.part-001.wav").write_bytes(b"left by a crash")
    assert history.delete(number) == ()
    assert [file.name for file in paths.takes.iterdir()] == ["mine-too-q01-t01.wav"]
    with pytest.raises(UnknownSession):
        history.session(number)
    with pytest.raises(UnknownSession):
        history.delete(number)


@pytest.mark.parametrize(
    "named", ["../precious.wav", "interviews.sqlite3", "settings.json", "takes/../settings.json"]
)
def test_only_a_file_of_the_folder_of_takes_is_ever_a_takes_sound(
    history: History, database: Database, paths: AppPaths, named: str
) -> None:
    precious = paths.root / named
    precious.touch()
    size = precious.stat().st_size
    session = rehearsed(said="tricked")
    session = replace(session, takes=(replace(session.takes[0], sound=named),))
    number = keep(database, paths, session)
    assert history.session(number).takes[0].sound is None, "nothing plays or exports it"
    assert history.delete(number) == ()
    assert precious.stat().st_size == size


def test_sound_that_cannot_be_removed_is_named_and_the_session_is_gone(
    history: History, database: Database, paths: AppPaths
) -> None:
    session = rehearsed(said="stuck")
    number = keep(database, paths, session)
    stuck = paths.takes / f"{session.takes[0].uid}.wav"
    stuck.unlink()
    stuck.mkdir()
    assert history.delete(number) == (stuck,)
    assert history.sessions() == []


def test_a_session_comes_back_from_the_trash_with_its_sound(
    history: History, database: Database, paths: AppPaths
) -> None:
    number = keep(database, paths, rehearsed(said="not yet"))
    whole = history.session(number)
    history.move_to_trash(number)
    assert history.sessions() == []
    assert [line.id for line in history.trash()] == [number]
    history.restore(number)
    assert history.session(number) == whole
    assert history.sound_of(whole.takes[0]) is not None


def test_the_trash_is_emptied_after_its_days_or_at_once_when_asked(
    history: History, database: Database, paths: AppPaths, clock: FakeClock
) -> None:
    old = keep(database, paths, rehearsed("old", said="a"))
    new = keep(database, paths, rehearsed("new", said="b"))
    history.move_to_trash(old)
    clock.time += timedelta(days=TRASH_DAYS)
    history.move_to_trash(new)
    assert history.purge() == ()
    clock.time += timedelta(seconds=1)
    assert history.purge() == (old,)
    assert [file.name for file in paths.takes.iterdir()] == ["new-q01-t01.wav"]
    assert history.purge(days=0) == (new,)
    assert list(paths.takes.iterdir()) == []


def test_it_is_known_when_each_question_of_a_guide_was_answered_last(
    history: History, database: Database, paths: AppPaths
) -> None:
    session = rehearsed(said="once")
    number = keep(database, paths, session)
    question = session.asked[session.takes[0].position].question
    assert history.last_asked(session.guide_id) == {question.id: session.takes[0].started_at}
    assert history.last_asked("another-guide") == {}
    history.move_to_trash(number)
    assert history.last_asked(session.guide_id) == {}
