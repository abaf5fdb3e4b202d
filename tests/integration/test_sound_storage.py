"""Room for sound: told, made smaller and verified, or given up; whatever ends it in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from interview_app.app.container import Application
from interview_app.domain.errors import NotASound, StorageError
from interview_app.domain.session import Session, TakeStatus, TranscriptionStatus
from interview_app.recording.shrinking import shrink
from interview_app.recording.sound_feed import SoundFeed
from interview_app.services.export.ports import ExportRequest, SessionFormat
from interview_app.services.jobs import JobCancelled, JobContext
from interview_app.services.upkeep.sound_storage import SmallForm, SoundStorage, Tidied
from interview_app.support.clock import SystemClock
from tests.integration.kept_sessions import RATE, open_folder, samples, write_sound

FORMS = list(SmallForm)


class Later(SystemClock):
    """Ten days after the session."""

    def now(self) -> datetime:
        return datetime(2026, 12, 2, 12, tzinfo=UTC)


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    made = open_folder(tmp_path / "data", Later())
    yield made
    made.close()


def stored(application: Application, session: Session) -> Session:
    return application.kept.history.session(session.id or 0)


def files(application: Application) -> set[str]:
    return {file.name for file in application.paths.takes.iterdir()}


def convert(application: Application, form: SmallForm, days: int = 0) -> Tidied:
    return application.kept.sound_storage.convert(form, days, JobContext())


def test_the_room_is_told_by_guide_age_and_form(application: Application, session: Session) -> None:
    (application.paths.takes / f"{session.takes[0].uid}.wav").unlink()
    usage = application.kept.sound_storage.usage(JobContext())
    size = (application.paths.takes / f"{session.takes[1].uid}.wav").stat().st_size
    assert (usage.size, usage.count, usage.missing) == (size, 1, 1)
    assert [(s.name, s.size, s.count) for s in usage.by_guide] == [(session.guide_title, size, 1)]
    assert [s.name for s in usage.by_form] == ["wav"]
    assert sum(share.size for share in usage.by_age) == size


@pytest.mark.parametrize("form", FORMS)
def test_converted_takes_are_smaller_and_everything_still_works_with_them(
    application: Application, session: Session, form: SmallForm, tmp_path: Path
) -> None:
    before = application.kept.sound_storage.usage(JobContext()).size
    done = convert(application, form)
    after = application.kept.sound_storage.usage(JobContext()).size
    assert (done.count, done.freed, done.remarks) == (2, before - after, ())
    assert after < before * (0.2 if form is SmallForm.OPUS else 0.9)
    kept = stored(application, session)
    assert files(application) == {f"{take.uid}.{form}" for take in session.takes[:2]}
    take = kept.takes[0]
    assert take.sound == f"takes/{take.uid}.{form}"
    assert replace(take, sound=session.takes[0].sound) == session.takes[0]
    # played
    sound = application.kept.history.sound_of(take)
    assert sound is not None
    feed = SoundFeed(sound)
    assert feed.duration_s == pytest.approx(take.duration_s, abs=0.001)
    feed.start_at(1.0)
    assert feed.peek(320)
    feed.close()
    # exported
    request = ExportRequest((session.id or 0,), SessionFormat.MP3, tmp_path)
    exported = application.kept.exporting.export(request, JobContext())
    assert len(exported.files) == 2
    # backed up and recovered
    made = application.backing_up.backup(tmp_path / "all.backup", JobContext())
    assert made.file_count >= 3
    assert application.kept.recovery.find() == ()
    # deleted
    application.kept.history.delete(session.id or 0)
    assert files(application) == set()


def test_flac_keeps_every_sample(application: Application, session: Session) -> None:
    wav = application.paths.takes / f"{session.takes[0].uid}.wav"
    heard, _ = soundfile.read(wav, dtype="int16")
    convert(application, SmallForm.FLAC)
    small, rate = soundfile.read(wav.with_suffix(".flac"), dtype="int16")
    assert rate == RATE
    assert np.array_equal(heard, small)


def test_only_old_takes_of_sessions_that_are_over_are_converted(
    application: Application, session: Session
) -> None:
    days = (application.clock.now() - session.started_at).days
    assert convert(application, SmallForm.OPUS, days + 1).count == 0
    with application.new_unit() as unit:
        unit.sessions.update(replace(session, ended_at=None))
        unit.commit()
    assert convert(application, SmallForm.OPUS).count == 0
    with application.new_unit() as unit:
        first = replace(session.takes[0], status=TakeStatus.RECORDING)
        unit.sessions.update(session.with_take(first))
        unit.commit()
    (application.paths.takes / f"{session.takes[1].uid}.part-001.wav").touch()
    assert convert(application, SmallForm.OPUS).count == 0


def test_a_smaller_file_that_sounds_different_is_refused_and_the_original_stays(
    application: Application, session: Session
) -> None:
    def wrong(source: Path, target: Path, form: str, job: JobContext) -> None:
        shrink(source, target, form, job)
        raise NotASound("The smaller file did not sound the same; the original stays.")

    storage = SoundStorage(application.new_unit, application.paths, application.clock, wrong)
    before = files(application)
    done = storage.convert(SmallForm.OPUS, 0, JobContext())
    assert (done.count, len(done.remarks)) == (0, 2)
    assert files(application) == before
    assert stored(application, session).takes == session.takes


@pytest.mark.parametrize("form", FORMS)
def test_a_sound_cut_short_replaced_or_muted_is_told_apart(
    tmp_path: Path, form: SmallForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "a.wav", tmp_path / f"a.{form}"
    whole = samples(4)
    write_sound(source, whole)
    original = soundfile.SoundFile.write
    for spoil in (
        lambda block: block[:-400],
        lambda block: block // 8,
        lambda block: block[::-1],
    ):

        def write(self, block, spoil=spoil):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            return original(self, spoil(block))

        with monkeypatch.context() as patch:
            patch.setattr(soundfile.SoundFile, "write", write)
            with pytest.raises(NotASound, match="did not sound the same"):
                shrink(source, target, form, JobContext())
    shrink(source, target, form, JobContext())


def test_a_damaged_take_is_left_as_it_is_and_the_others_go_on(
    application: Application, session: Session
) -> None:
    broken = application.paths.takes / f"{session.takes[0].uid}.wav"
    broken.write_bytes(b"not a sound")
    done = convert(application, SmallForm.OPUS)
    assert done.count == 1
    assert session.takes[0].uid in done.remarks[0]
    assert broken.read_bytes() == b"not a sound"


def test_cancelling_keeps_what_is_done_and_leaves_no_half_file(
    application: Application, session: Session
) -> None:
    whole = JobContext()

    def stop_at_the_second(source: Path, target: Path, form: str, job: JobContext) -> None:
        shrink(source, target, form, job)
        if session.takes[1].uid in source.name:
            whole.cancel()
            job.check()

    storage = SoundStorage(
        application.new_unit, application.paths, application.clock, stop_at_the_second
    )
    with pytest.raises(JobCancelled):
        storage.convert(SmallForm.FLAC, 0, whole)
    assert files(application) == {f"{session.takes[0].uid}.flac", f"{session.takes[1].uid}.wav"}
    for take in stored(application, session).takes[:2]:
        assert application.kept.history.sound_of(take) is not None


def test_a_database_that_refuses_leaves_the_original_and_its_row(
    application: Application, session: Session
) -> None:
    class Refusing:
        def __init__(self) -> None:
            self.unit = application.new_unit()

        def __enter__(self):  # type: ignore[no-untyped-def]  # noqa: ANN204
            self.unit.__enter__()
            self.sounds = self.unit.sounds
            return self

        def __exit__(self, *args) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN002
            self.unit.__exit__(*args)

        def commit(self) -> None:
            raise StorageError("full")

    storage = SoundStorage(Refusing, application.paths, application.clock, shrink)
    before = files(application)
    with pytest.raises(StorageError):
        storage.convert(SmallForm.OPUS, 0, JobContext())
    with pytest.raises(StorageError):
        storage.delete_sound(0, JobContext())
    assert files(application) == before
    assert stored(application, session).takes == session.takes


def test_what_a_crash_left_over_is_removed_the_next_time(
    application: Application, session: Session
) -> None:
    first, second = (application.paths.takes / f"{take.uid}.wav" for take in session.takes[:2])
    original = first.read_bytes()
    convert(application, SmallForm.OPUS)
    first.write_bytes(original)  # ended before the original went
    second.with_suffix(".flac").write_bytes(b"half")  # ended before the row named it
    mine = application.paths.takes / "mine.wav"
    mine.touch()
    convert(application, SmallForm.OPUS)
    assert files(application) == {f"{take.uid}.opus" for take in session.takes[:2]} | {"mine.wav"}


def test_who_read_a_take_before_it_was_converted_does_not_bring_the_old_name_back(
    application: Application, session: Session
) -> None:
    convert(application, SmallForm.OPUS)
    best = replace(session.takes[0], is_best=True)
    with application.new_unit() as unit:
        unit.sessions.save_take(session.id or 0, best)
        unit.commit()
    take = stored(application, session).takes[0]
    assert take.is_best
    assert take.sound == f"takes/{take.uid}.opus"


def test_sound_is_deleted_by_age_and_transcripts_figures_and_notes_stay(
    application: Application, session: Session
) -> None:
    storage = application.kept.sound_storage
    days = (application.clock.now() - session.started_at).days
    assert storage.plan_deleting(days + 1).count == 0
    plan = storage.plan_deleting(0)
    assert (plan.count, plan.left) == (2, 0)
    done = storage.delete_sound(0, JobContext())
    assert (done.count, done.freed) == (2, plan.size)
    assert files(application) == set()
    kept = stored(application, session)
    assert kept.takes[0] == replace(session.takes[0], sound=None)
    assert kept.takes[0].transcript is not None
    assert not kept.takes[0].is_typed
    assert application.kept.recovery.find() == ()
    with application.new_unit() as unit:
        unit.sessions.save_take(session.id or 0, session.takes[0])
        unit.commit()
    assert stored(application, session).takes[0].sound is None, "it does not come back either"


def test_sound_without_a_transcript_is_never_deleted(
    application: Application, session: Session
) -> None:
    pending = replace(
        session.takes[0], transcription=TranscriptionStatus.PENDING, transcript=None, measures=None
    )
    with application.new_unit() as unit:
        unit.sessions.update(session.with_take(pending))
        unit.commit()
    assert application.kept.sound_storage.plan_deleting(0).left == 1
    assert application.kept.sound_storage.delete_sound(0, JobContext()).count == 1
    assert files(application) == {f"{pending.uid}.wav"}


def test_a_take_is_heard_whichever_form_a_backup_caught(
    application: Application, session: Session
) -> None:
    take = session.takes[0]
    wav = application.paths.takes / f"{take.uid}.wav"
    wav.rename(wav.with_suffix(".flac"))
    assert application.kept.history.sound_of(take) == wav.with_suffix(".flac")


def test_nothing_outside_the_takes_folder_is_ever_touched(
    application: Application, session: Session, tmp_path: Path
) -> None:
    precious = tmp_path / f"{session.takes[0].uid}.wav"
    write_sound(precious, samples(1))
    tricked = replace(session.takes[0], sound=f"../{precious.name}")
    with application.new_unit() as unit:
        unit.sessions.update(session.with_take(tricked))
        unit.commit()
    assert convert(application, SmallForm.OPUS).count == 1
    assert application.kept.sound_storage.delete_sound(0, JobContext()).count == 1
    assert precious.is_file()
    assert [file.name for file in tmp_path.iterdir() if file.suffix] == [precious.name]


def test_ages_are_told_apart(application: Application, session: Session) -> None:
    old = replace(session, started_at=application.clock.now() - timedelta(days=400))
    with application.new_unit() as unit:
        unit.sessions.update(old)
        unit.commit()
    (share,) = application.kept.sound_storage.usage(JobContext()).by_age
    assert share.days == (365, 730)
