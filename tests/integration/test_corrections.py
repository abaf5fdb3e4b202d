"""Corrected words in a real database: found, measured, kept from others, and given back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from interview_app.app.container import Application
from interview_app.cli.main import run
from interview_app.domain.errors import StorageError, TakeChanged, UnknownSession, WordsCorrected
from interview_app.domain.session import Session, Take
from interview_app.domain.transcript import Transcript
from interview_app.services.history.comparison import QuestionTake
from interview_app.services.history.retranscription import RetranscriptionService
from interview_app.services.jobs import JobContext
from interview_app.services.rehearsal.session_store import SessionStore
from tests.fakes import FakeTranscriber
from tests.integration.kept_sessions import open_folder


def stored(application: Application, session: Session, uid: str) -> Take:
    """The take as the database has it."""
    take = application.kept.history.session(session.id or 0).take(uid)
    assert take is not None
    return take


def words_of(take: Take) -> Transcript:
    """The transcript of a take that has one."""
    assert take.transcript is not None
    return take.transcript


def correct(application: Application, session: Session, old: str, new: str) -> Take:
    """Write ``new`` in place of the first word ``old`` of the first take."""
    take = stored(application, session, session.takes[0].uid)
    seen = words_of(take)
    index = [word.text for word in seen.words].index(old)
    return application.kept.correcting.correct(session.id or 0, take.uid, seen, index, new)


def test_a_correction_is_kept_as_it_was_shown(application: Application, session: Session) -> None:
    done = correct(application, session, "teams", "squads")
    assert stored(application, session, done.uid) == done
    assert "squads" in words_of(done).text
    assert words_of(done).is_corrected
    assert [word.text for word in words_of(done).words if word.is_corrected] == ["squads"]


def test_search_finds_the_correction_and_no_more_what_it_replaced(
    application: Application, session: Session
) -> None:
    other = session.takes[1].uid
    first = session.takes[0].uid

    def uids(text: str) -> set[str]:
        return {hit.take_uid for hit in application.kept.history.search(text)}

    assert uids("teams") == {first, other}
    done = correct(application, session, "teams", "Zanzibar offices")
    assert uids("zanzibar") == {first}
    assert uids("teams") == {other}
    hit = application.kept.history.search("zanzibar")[0]
    said_at = next(w.start_s for w in words_of(done).words if w.text == "Zanzibar")
    assert hit.start_s == said_at
    application.kept.correcting.restore(session.id or 0, first, words_of(done))
    assert uids("zanzibar") == set()
    assert uids("teams") == {first, other}


def test_figures_follow_the_words_and_keep_what_the_sound_told(
    application: Application, session: Session
) -> None:
    before = session.takes[0].measures
    done = correct(application, session, "four", "four or five")
    assert before is not None
    assert done.measures is not None
    assert done.measures.words == before.words + 2
    assert done.measures.long_pauses == before.long_pauses
    assert [mark.text for mark in done.measures.hesitations] == ["um"]
    gone = correct(application, session, "um", "")
    assert gone.measures is not None
    assert gone.measures.hesitations == ()


def test_the_original_comes_back_whole_after_any_number_of_corrections(
    application: Application, session: Session
) -> None:
    for old, new in (("four", "five"), ("So", ""), ("five", "six or seven")):
        done = correct(application, session, old, new)
    back = application.kept.correcting.restore(session.id or 0, done.uid, words_of(done))
    assert back == session.takes[0]
    assert stored(application, session, done.uid) == session.takes[0]


def test_undoing_the_only_correction_leaves_no_trace(
    application: Application, session: Session
) -> None:
    take = session.takes[0]
    done = correct(application, session, "four", "five")
    correcting = application.kept.correcting
    back = correcting.put(session.id or 0, take.uid, words_of(done), words_of(take))
    assert back == take
    assert stored(application, session, take.uid) == take
    with pytest.raises(StorageError, match="cannot be read"):
        application.kept.correcting.restore(session.id or 0, take.uid, words_of(take))


def test_undone_corrections_can_be_done_again(application: Application, session: Session) -> None:
    once = correct(application, session, "four", "five")
    twice = correct(application, session, "asked", "met")
    number = session.id or 0
    undone = application.kept.correcting.put(number, once.uid, words_of(twice), words_of(once))
    assert undone == once
    again = application.kept.correcting.put(number, once.uid, words_of(undone), words_of(twice))
    assert again == twice
    assert stored(application, session, once.uid) == twice


def test_words_that_changed_meanwhile_are_not_replaced(
    application: Application, session: Session
) -> None:
    seen = words_of(session.takes[0])
    done = correct(application, session, "four", "five")
    with pytest.raises(TakeChanged, match="Nothing was replaced"):
        application.kept.correcting.correct(session.id or 0, done.uid, seen, 0, "Well")
    assert stored(application, session, done.uid) == done


def test_a_take_of_a_deleted_session_cannot_be_corrected(
    application: Application, session: Session
) -> None:
    application.kept.history.move_to_trash(session.id or 0)
    with pytest.raises(UnknownSession):
        application.kept.correcting.correct(
            session.id or 0, session.takes[0].uid, words_of(session.takes[0]), 0, "x"
        )


def test_a_session_that_is_rehearsed_meanwhile_does_not_undo_a_correction(
    application: Application, session: Session
) -> None:
    model_manager = SessionStore(application.new_unit, session.id)
    done = correct(application, session, "teams", "Zanzibar")
    model_manager.keep_take(session, session.takes[0])
    model_manager.keep_session(replace(session, position=2))
    assert stored(application, session, done.uid) == done
    assert application.kept.history.session(session.id or 0).position == 2
    assert len(application.kept.history.search("Zanzibar")) == 1


def test_a_session_that_is_rehearsed_meanwhile_still_stores_takes_nobody_corrected(
    application: Application, session: Session
) -> None:
    correct(application, session, "teams", "squads")
    changed = replace(session.takes[1], transcript=Transcript.typed("Other words", "en"))
    SessionStore(application.new_unit, session.id).keep_take(session, changed)
    assert words_of(stored(application, session, changed.uid)).text == "Other words"


def test_deleting_a_session_deletes_its_originals(
    application: Application, session: Session
) -> None:
    correct(application, session, "teams", "squads")
    application.kept.history.delete(session.id or 0)
    with closing(sqlite3.connect(application.paths.database)) as database:
        assert database.execute("SELECT count(*) FROM original_transcripts").fetchone() == (0,)


def test_a_damaged_original_is_said_and_the_corrected_words_stay(
    application: Application, session: Session
) -> None:
    done = correct(application, session, "teams", "squads")
    with closing(sqlite3.connect(application.paths.database)) as database, database:
        database.execute("UPDATE original_transcripts SET segments = '[[broken'")
    with pytest.raises(StorageError, match="corrected words are kept"):
        application.kept.correcting.restore(session.id or 0, done.uid, words_of(done))
    more = correct(application, session, "squads", "crews")
    assert stored(application, session, done.uid) == more


def test_a_backup_holds_corrections_and_originals(
    application: Application, session: Session, tmp_path: Path
) -> None:
    correct(application, session, "teams", "squads")
    file = tmp_path / "all.backup"
    application.backing_up.backup(file, JobContext())
    other = open_folder(tmp_path / "other")
    try:
        other.backing_up.restore(file, JobContext())
        take = stored(other, session, session.takes[0].uid)
        assert "squads" in words_of(take).text
        back = other.kept.correcting.restore(session.id or 0, take.uid, words_of(take))
        assert back == session.takes[0]
    finally:
        other.close()


@pytest.fixture
def again(application: Application) -> RetranscriptionService:
    """Transcribing with a model that hears other words."""
    return RetranscriptionService(
        application.new_unit, FakeTranscriber("I asked for teams"), application.paths
    )


def test_another_model_is_heard_and_nothing_is_stored_until_it_is_kept(
    application: Application, session: Session, again: RetranscriptionService
) -> None:
    take = session.takes[0]
    heard = again.hear(session, take, "small.en", JobContext())
    assert words_of(heard).text == "I asked for teams"
    assert stored(application, session, take.uid) == take
    kept = again.keep(session.id or 0, heard, take.transcript)
    assert stored(application, session, take.uid) == kept
    assert words_of(kept).model == "small.en"
    assert {hit.take_uid for hit in application.kept.history.search("asked for")} == {take.uid}


def test_keeping_another_transcript_keeps_what_else_was_changed_meanwhile(
    application: Application, session: Session, again: RetranscriptionService
) -> None:
    take = session.takes[0]
    heard = again.hear(session, take, "small.en", JobContext())
    application.kept.marking_best.mark(session.id or 0, take.uid, is_best=True)
    assert again.keep(session.id or 0, heard, take.transcript).is_best


def test_words_corrected_meanwhile_are_not_replaced_by_another_model(
    application: Application, session: Session, again: RetranscriptionService
) -> None:
    take = session.takes[0]
    heard = again.hear(session, take, "small.en", JobContext())
    done = correct(application, session, "four", "five")
    with pytest.raises(TakeChanged):
        again.keep(session.id or 0, heard, take.transcript)
    assert stored(application, session, take.uid) == done


def test_corrected_words_are_replaced_only_where_that_is_said(
    application: Application, session: Session, again: RetranscriptionService
) -> None:
    done = correct(application, session, "four", "five")
    with pytest.raises(WordsCorrected, match="corrected by hand"):
        again.transcribe(session, done, "small.en", JobContext())
    assert stored(application, session, done.uid) == done
    kept = again.transcribe(session, done, "small.en", JobContext(), replaces_corrections=True)
    assert stored(application, session, done.uid) == kept
    assert words_of(kept).text == "I asked for teams"
    assert not words_of(kept).is_corrected


def test_a_failure_leaves_corrected_words_and_their_original(
    application: Application, session: Session
) -> None:
    done = correct(application, session, "four", "five")
    failing = RetranscriptionService(application.new_unit, _Failing(), application.paths)
    kept = failing.transcribe(session, done, "base", JobContext(), replaces_corrections=True)
    assert kept.failure == "The recognizer crashed."
    assert words_of(stored(application, session, done.uid)) == words_of(done)
    back = application.kept.correcting.restore(session.id or 0, done.uid, words_of(done))
    assert words_of(back) == words_of(session.takes[0])


class _Failing(FakeTranscriber):
    """Fails as the real one does: a take that has words keeps them."""

    def transcribe_take(
        self, take: Take, sound: Path, model: str, language: str, job: JobContext
    ) -> Take:
        return replace(take, failure="The recognizer crashed.")


def test_the_command_line_says_what_was_corrected_and_keeps_it(
    application: Application, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    done = correct(application, session, "four", "five")
    application.close()
    data = ["--data-dir", str(application.paths.root)]
    number = str(session.id)
    assert run([*data, "sessions", "transcribe", number, "--take", "1"]) == 1
    assert "corrected by hand and are kept" in capsys.readouterr().err
    assert run([*data, "sessions", "show", number, "--json"]) == 0
    takes = json.loads(capsys.readouterr().out)["takes"]
    assert takes[0]["transcript"]["text"] == words_of(done).text
    assert takes[0]["transcript"]["corrected"] is True
    words = [word["text"] for word in takes[0]["transcript"]["words"] if word.get("corrected")]
    assert words == ["five"]
    assert "corrected" not in takes[1]["transcript"]
    assert run([*data, "sessions", "search", "five", "--json"]) == 0
    assert [hit["take"] for hit in json.loads(capsys.readouterr().out)] == [1]


def test_takes_of_a_question_are_found_in_every_session_best_first(
    application: Application, session: Session
) -> None:
    later = replace(
        session,
        uid="d2",
        id=None,
        takes=tuple(
            replace(
                take,
                uid=take.uid.replace("d1", "d2"),
                started_at=take.started_at + timedelta(days=1),
                is_best=False,
            )
            for take in session.takes
        ),
    )
    foreign = replace(later, uid="d3", guide_id="other", takes=())
    with application.new_unit() as unit:
        number = unit.sessions.add(later)
        unit.sessions.add(foreign)
        unit.commit()
    question = session.asked[0].question.id
    found = application.kept.comparing.takes(session.guide_id, question)
    assert [(take.session_id, take.number) for take in found] == [
        (session.id, 2),
        (number, 2),
        (number, 1),
        (session.id, 1),
    ]
    assert found[0].is_best
    application.kept.history.move_to_trash(number)
    assert len(application.kept.comparing.takes(session.guide_id, question)) == 2


def chosen(session: Session, number: int) -> QuestionTake:
    """A take of a session, as it is chosen for a comparison."""
    take = session.takes[number]
    return QuestionTake(
        session.id or 0,
        take.uid,
        take.position,
        take.number,
        take.started_at,
        take.duration_s,
        take.is_best,
    )


def test_two_takes_are_compared_with_sound_and_words(
    application: Application, session: Session
) -> None:
    correct(application, session, "teams", "squads")
    found = application.kept.comparing.compare(chosen(session, 0), chosen(session, 1))
    assert found.left.sound == application.paths.root / str(session.takes[0].sound)
    differing = [
        (piece.word.text, side)
        for pair in found.pairs
        for side, pieces in (("left", pair.left), ("right", pair.right))
        for piece in pieces
        if not piece.is_shared
    ]
    assert differing == [("squads", "left"), ("teams", "right")]


def test_a_take_whose_sound_is_gone_is_compared_by_its_words(
    application: Application, session: Session
) -> None:
    (application.paths.root / str(session.takes[1].sound)).unlink()
    found = application.kept.comparing.compare(chosen(session, 0), chosen(session, 1))
    assert found.right.sound is None
    assert found.left.sound is not None
    assert found.pairs


def test_one_take_of_a_question_is_the_best(application: Application, session: Session) -> None:
    first, second = session.takes[0].uid, session.takes[1].uid
    application.kept.marking_best.mark(session.id or 0, first, is_best=True)
    marks = {uid: stored(application, session, uid).is_best for uid in (first, second)}
    assert marks == {first: True, second: False}
    application.kept.marking_best.mark(session.id or 0, first, is_best=False)
    assert not stored(application, session, first).is_best


def test_the_database_holds_originals_in_the_form_of_transcripts(
    application: Application, session: Session
) -> None:
    correct(application, session, "teams", "squads")
    with closing(sqlite3.connect(application.paths.database)) as database:
        (original,) = database.execute("SELECT segments FROM original_transcripts").fetchone()
        (now,) = database.execute(
            "SELECT transcripts.segments FROM transcripts JOIN original_transcripts USING (take_id)"
        ).fetchone()
    was, corrected = (
        [word for segment in json.loads(text) for word in segment] for text in (original, now)
    )
    assert [word[0] for word in was] == words_of(session.takes[0]).text.split()
    place = next(word[1:3] for word in was if word[0] == "teams")
    assert [word for word in corrected if len(word) == 5] == [["squads", *place, 1.0, True]]
