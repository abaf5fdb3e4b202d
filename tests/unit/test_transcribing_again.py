"""A kept take is transcribed once more and stored; what was there survives a failure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from interview_app.domain.errors import NotASound
from interview_app.domain.guide import Question
from interview_app.domain.session import (
    AskedQuestion,
    Mode,
    Session,
    Take,
    TakeStatus,
    TranscriptionStatus,
)
from interview_app.services.history.retranscription import RetranscriptionService
from interview_app.services.jobs import JobCancelled, JobContext
from interview_app.support.paths import AppPaths
from tests.fakes import FakeTranscriber, MemorySessions, MemoryUnit, write_wav

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A session with one take that has no transcript, its sound on disk."""
    asked = (AskedQuestion(Question("why", "Why?")),)
    session = Session("s1", "g", "Guide", Mode.PRACTICE, asked, NOW, id=1)
    take = Take("s1-q01-t01", 0, 1, NOW, TakeStatus.KEPT, 2.0, "takes/s1-q01-t01.wav")
    write_wav(tmp_path / "takes/s1-q01-t01.wav", 2.0)
    return replace(session, takes=(take,))


class Bench:
    """The service over memory."""

    def __init__(self, folder: Path, session: Session) -> None:
        self.sessions = MemorySessions()
        self.sessions.add(session)
        self.transcriber = FakeTranscriber()
        self.again = RetranscriptionService(
            partial(MemoryUnit, self.sessions), self.transcriber, AppPaths(folder)
        )


def test_the_transcript_is_made_and_stored(tmp_path: Path, session: Session) -> None:
    bench = Bench(tmp_path, session)
    take = bench.again.transcribe(session, session.takes[0], "base", JobContext())
    assert take.transcript is not None
    assert bench.sessions.get(1).takes == (take,)


def test_a_failure_is_stored_with_its_reason(tmp_path: Path, session: Session) -> None:
    bench = Bench(tmp_path, session)
    bench.transcriber.problem = "The recognizer crashed."
    take = bench.again.transcribe(session, session.takes[0], "base", JobContext())
    assert take.transcription is TranscriptionStatus.FAILED
    assert bench.sessions.get(1).takes[0].failure == "The recognizer crashed."


def test_sound_that_is_gone_is_said_and_changes_nothing(tmp_path: Path, session: Session) -> None:
    bench = Bench(tmp_path, session)
    (tmp_path / "takes/s1-q01-t01.wav").unlink()
    with pytest.raises(NotASound, match="no longer there"):
        bench.again.transcribe(session, session.takes[0], "base", JobContext())
    assert bench.sessions.get(1) == session


def test_a_cancelled_job_changes_nothing(tmp_path: Path, session: Session) -> None:
    bench = Bench(tmp_path, session)
    bench.transcriber.gate.clear()
    job = JobContext()
    job.cancel()
    with pytest.raises(JobCancelled):
        bench.again.transcribe(session, session.takes[0], "base", job)
    assert bench.sessions.get(1) == session
