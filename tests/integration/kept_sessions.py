"""A data folder with a session in it, with real sound: what exports and backups are tried on."""

from __future__ import annotations

import wave
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from interview_app.app.container import Application
from interview_app.domain.analysis.measures import Mark, measure
from interview_app.domain.session import (
    AskedQuestion,
    Mode,
    Session,
    Take,
    TakeStatus,
    TranscriptionStatus,
)
from interview_app.domain.transcript import Segment, Span, Transcript, Word
from interview_app.services.ports.clock import Clock
from interview_app.support.paths import AppPaths
from tests.fakes import GUIDE

RATE = 16_000
SENTENCES = (
    "So um the first thing I did was to write down <script>alert(1)</script> the outcome.",
    "Then I asked four teams & *everyone* agreed.",
)
WORD_S = 0.25


def open_folder(root: Path, clock: Clock | None = None) -> Application:
    """The application over a data folder, posting nowhere."""
    paths = AppPaths(root)
    paths.make()
    return Application(paths, lambda call: call(), clock)


def samples(seconds: float) -> NDArray[np.int16]:
    """A tone that swells and falls, so that a wrong place in it shows."""
    at = np.arange(round(seconds * RATE)) / RATE
    tone = np.sin(2 * np.pi * 220 * at) * (0.3 + 0.2 * np.sin(at))
    return (tone * 32_767).astype(np.int16)


def keep_session(application: Application) -> Session:
    """Keep a session: question 1 with two spoken takes (2 is best), 2 typed, 3 not answered."""
    asked = tuple(AskedQuestion(q, s.title) for s in GUIDE.sections for q in s.questions)
    session = Session(
        uid="d1",
        guide_id=GUIDE.id,
        guide_title="IT Product Manager: Größe & 面试 🎤",
        mode=Mode.PRACTICE,
        asked=asked,
        started_at=datetime(2026, 11, 22, 10, tzinfo=UTC),
        ended_at=datetime(2026, 11, 22, 11, tzinfo=UTC),
    )
    for number in (1, 2):
        session = session.with_take(_spoken(application, session, number))
    typed = Transcript.typed("=1+1 is what I typed.\n# Not a heading", "en")
    session = session.with_take(
        Take(
            uid=session.take_uid(1, 1),
            position=1,
            number=1,
            started_at=session.started_at,
            status=TakeStatus.KEPT,
            transcription=TranscriptionStatus.DONE,
            transcript=typed,
            measures=measure(typed, (), 0.0),
        )
    )
    with application.new_unit() as unit:
        number = unit.sessions.add(session)
        unit.commit()
    return replace(session, id=number)


def _spoken(application: Application, session: Session, number: int) -> Take:
    uid = session.take_uid(0, number)
    segments, at = [], 0.5
    for sentence in SENTENCES:
        words = []
        for text in sentence.split():
            words.append(Word(text, at, at + WORD_S - 0.05, 0.9))
            at += WORD_S
        segments.append(Segment(tuple(words)))
        at += 3.0
    duration = at + 0.5
    transcript = Transcript("en", "whisper", "base", tuple(segments))
    speech = [Span(s.words[0].start_s, s.words[-1].end_s) for s in segments]
    measures = measure(transcript, speech, duration)
    assert measures.long_pauses
    assert [mark.text for mark in measures.hesitations] == ["um"]
    assert isinstance(measures.long_pauses[0], Mark)
    write_sound(application.paths.takes / f"{uid}.wav", samples(duration))
    return Take(
        uid=uid,
        position=0,
        number=number,
        started_at=session.started_at,
        status=TakeStatus.KEPT,
        duration_s=duration,
        sound=f"takes/{uid}.wav",
        transcription=TranscriptionStatus.DONE,
        transcript=transcript,
        speech=tuple(speech),
        measures=measures,
        is_best=number == 2,
    )


def write_sound(path: Path, sound: NDArray[np.int16]) -> None:
    """A 16 kHz mono WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(sound.tobytes())
