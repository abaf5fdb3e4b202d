"""Takes a crash left behind, with the real database and the real sound files."""

from __future__ import annotations

import wave
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview_app.domain.errors import CommandNotAllowed, RecordingFailed
from interview_app.domain.session import Session, Take, TakeStatus, TranscriptionStatus
from interview_app.domain.transcript import Transcript
from interview_app.recording import take_files
from interview_app.services.history.recovery import (
    QUESTION_NOT_STORED,
    RECOVERED_ANSWER,
    Recovery,
)
from interview_app.storage.database import Database
from interview_app.support.paths import AppPaths
from tests.stored import keep, read
from tests.unit.session_strategies import rehearsed

pytestmark = pytest.mark.anywhere

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def recovery(database: Database, paths: AppPaths) -> Recovery:
    return Recovery(
        database.new_unit,
        paths,
        parts_of=take_files.parts_of,
        repair_and_join=take_files.repair_and_join,
    )


def left_recording(uid: str = "s1") -> Session:
    session = rehearsed(uid, prompt="Tell me about a conflict")
    return session.with_take(Take(session.take_uid(0, 1), 0, 1, NOW))


def write_part(paths: AppPaths, name: str, seconds: float, *, tail: bytes = b"\x01") -> Path:
    """A part as a kill leaves it: a header that claims no sound, and half a sample too much."""
    part = paths.takes / name
    part.write_bytes(take_files.header(0) + b"\x10\x00" * int(16_000 * seconds) + tail)
    return part


def seconds_of(path: Path) -> float:
    with wave.open(str(path)) as sound:
        return float(sound.getnframes() / sound.getframerate())


def test_parts_left_by_a_crash_are_offered_and_kept_as_one_take(
    recovery: Recovery, database: Database, paths: AppPaths
) -> None:
    number = keep(database, left_recording())
    write_part(paths, "s1-q01-t01.part-001.wav", 2.0)
    write_part(paths, "s1-q01-t01.part-002.wav", 1.5)
    (found,) = recovery.find()
    assert (found.session_id, found.question_prompt) == (number, "Tell me about a conflict")
    assert (found.guide_title, found.number, found.started_at) == ("IT Product Manager", 1, NOW)
    assert found.duration_s == pytest.approx(3.5, abs=0.001)

    sound = recovery.keep(found).file
    assert seconds_of(sound) == 3.5
    (take,) = read(database, number).takes
    assert (take.status, take.transcription) == (
        TakeStatus.RECOVERED,
        TranscriptionStatus.PENDING,
    )
    assert (take.sound, take.duration_s) == ("takes/s1-q01-t01.wav", 3.5)
    assert [file.name for file in paths.takes.iterdir()] == ["s1-q01-t01.wav"]
    assert recovery.find() == ()


def test_a_take_that_was_joined_but_not_noted_is_offered(
    recovery: Recovery, database: Database, paths: AppPaths
) -> None:
    number = keep(database, left_recording())
    write_part(paths, "s1-q01-t01.part-001.wav", 1.0)
    part = paths.takes / "s1-q01-t01.part-001.wav"
    take_files.repair_and_join([part], paths.takes / "s1-q01-t01.wav")
    (found,) = recovery.find()
    recovery.keep(found)
    assert read(database, number).takes[0].duration_s == 1.0


def test_sound_of_a_known_session_without_a_row_gets_its_row_again(
    recovery: Recovery, database: Database, paths: AppPaths
) -> None:
    number = keep(database, rehearsed("s1", said="first take"))
    (paths.takes / "s1-q01-t01.wav").write_bytes(take_files.header(2) + b"\0\0")
    write_part(paths, "s1-q01-t02.part-001.wav", 1.0)
    (found,) = recovery.find()
    assert (found.session_id, found.number) == (number, 2)
    recovery.keep(found)
    first, second = read(database, number).takes
    assert first.status is TakeStatus.KEPT
    assert (second.uid, second.position, second.number) == ("s1-q01-t02", 0, 2)
    assert second.status is TakeStatus.RECOVERED


def test_a_closed_take_whose_parts_were_never_joined_is_offered(
    recovery: Recovery, database: Database, paths: AppPaths
) -> None:
    keep(database, rehearsed("s1", said="closed"))
    write_part(paths, "s1-q01-t01.part-001.wav", 1.0)
    assert [found.uid for found in recovery.find()] == ["s1-q01-t01"]


@pytest.mark.parametrize("name", ["lost-q01-t01.part-001.wav", "s1-q09-t01.part-001.wav"])
def test_sound_nobody_claims_is_offered_by_its_name_and_never_deleted(
    recovery: Recovery, database: Database, paths: AppPaths, name: str
) -> None:
    keep(database, rehearsed("s1"))
    part = write_part(paths, name, 1.0)
    (found,) = recovery.find()
    assert (found.session_id, found.question_prompt, found.files) == (None, None, (part,))
    with pytest.raises(CommandNotAllowed, match=name):
        recovery.discard(found)
    assert part.exists()
    kept = recovery.keep(found)
    assert seconds_of(kept.file) == 1.0
    session = read(database, kept.session_id)
    assert (session.guide_title, session.asked[0].question.prompt) == (
        RECOVERED_ANSWER,
        QUESTION_NOT_STORED,
    )
    (take,) = session.takes
    assert (take.uid, take.sound, take.duration_s) == (found.uid, f"takes/{found.uid}.wav", 1.0)
    assert recovery.find() == (), "it has its place and is not offered again"


def test_a_file_without_sound_is_not_offered(
    recovery: Recovery, database: Database, paths: AppPaths
) -> None:
    number = keep(database, left_recording())
    write_part(paths, "s1-q01-t01.part-001.wav", 0.0)
    write_part(paths, "lost-q01-t01.part-001.wav", 0.0)
    assert recovery.find() == ()
    assert read(database, number).takes == ()


def test_discarding_forgets_the_take_and_its_sound(
    recovery: Recovery, database: Database, paths: AppPaths
) -> None:
    number = keep(database, left_recording())
    write_part(paths, "s1-q01-t01.part-001.wav", 1.0)
    (found,) = recovery.find()
    assert recovery.discard(found) == ()
    assert read(database, number).takes == ()
    assert list(paths.takes.iterdir()) == []


def test_takes_without_sound_are_settled_typed_words_kept(
    recovery: Recovery, database: Database
) -> None:
    empty = keep(database, left_recording("empty"))
    typed = left_recording("typed")
    words = replace(typed.takes[0], transcript=Transcript.typed("I would ask first", "en"))
    typed_number = keep(database, typed.with_take(words))
    assert recovery.find() == ()
    assert read(database, empty).takes == ()
    assert read(database, typed_number).takes == (replace(words, status=TakeStatus.KEPT),)


def test_sound_of_a_session_in_the_trash_and_files_of_other_names_are_let_be(
    recovery: Recovery, database: Database, paths: AppPaths
) -> None:
    number = keep(database, left_recording())
    with database.new_unit() as unit:
        unit.history.move_to_trash(number, NOW)
        unit.commit()
    write_part(paths, "s1-q01-t01.part-001.wav", 1.0)
    write_part(paths, "my song.wav", 1.0)
    (paths.takes / "s1-q01-t03.wav.joining").touch()
    assert recovery.find() == ()
    assert len(list(paths.takes.iterdir())) == 3


def test_keeping_what_cannot_be_joined_changes_nothing_and_is_offered_again(
    recovery: Recovery, database: Database, paths: AppPaths
) -> None:
    number = keep(database, left_recording())
    part = write_part(paths, "s1-q01-t01.part-001.wav", 1.0)
    (paths.takes / "s1-q01-t01.wav.joining").mkdir()
    second = write_part(paths, "s1-q01-t01.part-002.wav", 1.0)
    (found,) = recovery.find()
    with pytest.raises(RecordingFailed):
        recovery.keep(found)
    assert part.exists()
    assert second.exists()
    assert read(database, number).takes[0].status is TakeStatus.RECORDING
    assert recovery.find() == (found,)


def test_keeping_what_is_gone_is_said_so(
    recovery: Recovery, database: Database, paths: AppPaths
) -> None:
    number = keep(database, left_recording())
    part = write_part(paths, "s1-q01-t01.part-001.wav", 1.0)
    (found,) = recovery.find()
    part.unlink()
    with pytest.raises(RecordingFailed, match="no longer"):
        recovery.keep(found)
    assert read(database, number).takes[0].status is TakeStatus.RECORDING
