"""Scenes of ``make demo``: a take heard and looked at, then a whole session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from interview_app.app.container import Application
from interview_app.domain.session import AskedQuestion, Mode, Session, Take, TakeStatus
from interview_app.domain.session import TranscriptionStatus as Status
from interview_app.domain.transcript import Transcript
from interview_app.services.jobs import JobContext
from interview_app.support.paths import AppPaths
from tests.hearing import speak_to_file
from tests.sound import wait_for

if TYPE_CHECKING:
    from tests.demo import Stage
    from tests.e2e.window import Window

SAID = (
    "We had three weeks to launch, and our largest customer was waiting.",
    "Our tester found a bug in the payment flow. So I brought engineering and sales together.",
    "In the end we launched four days late, and nobody asked for a refund.",
)
SILENCES_S = (1.6, 3.4, 1.2)
NARROW, USUAL = (1024, 640), (1200, 760)


def seed(data: Path) -> None:
    """A session of three questions: spoken, typed, and spoken with its sound gone since."""
    paths = AppPaths(data)
    paths.make()
    application = Application(paths, lambda call: call())
    try:
        guide = application.library.get("it-product-manager")
        section = guide.sections[0]
        asked = tuple(AskedQuestion(q, section.title) for q in section.questions[:3])
        started = datetime.now(UTC) - timedelta(days=1)
        session = Session(
            "replay", guide.id, guide.title, Mode.INTERVIEW, asked, started, ended_at=started
        )
        for position in (0, 2):
            session = session.with_take(_spoken(application, session, position))
        session = session.with_take(_typed(session, 1))
        with application.new_unit() as unit:
            number = unit.sessions.add(session)
            unit.commit()
        kept = application.kept.history.session(number)
        for take in kept.takes:
            if take.sound is not None:
                application.kept.transcribing_again.transcribe(kept, take, "tiny.en", JobContext())
        application.kept.take_notes.keep(
            kept.takes[0].uid, "Good order. Next time: say the number of refunds, and slow down."
        )
        (paths.takes / f"{session.take_uid(2, 1)}.wav").unlink()
    finally:
        application.close()


def _spoken(application: Application, session: Session, position: int) -> Take:
    uid = session.take_uid(position, 1)
    path = application.paths.takes / f"{uid}.wav"
    pieces = []
    rate = 16_000
    for sentence, silence_s in zip(SAID, SILENCES_S, strict=True):
        speak_to_file(sentence, path)
        said, rate = soundfile.read(path, dtype="int16")
        pieces += [said, np.zeros(round(silence_s * rate), np.int16)]
    whole = np.concatenate(pieces)
    soundfile.write(path, whole, rate)
    length_s = len(whole) / rate
    sound = f"takes/{uid}.wav"
    return Take(uid, position, 1, session.started_at, TakeStatus.KEPT, length_s, sound)


def _typed(session: Session, position: int) -> Take:
    return Take(
        session.take_uid(position, 1),
        position,
        1,
        session.started_at,
        TakeStatus.KEPT,
        transcription=Status.DONE,
        transcript=Transcript.typed("I would first look at the cost of waiting.", "en"),
    )


def replay(stage: Stage) -> None:
    """One take with its sound, then the whole session with what had to be skipped."""
    seed(stage.data("replay"))
    window = stage.open("replay")
    window.press("ctrl+2")
    window.wait_to_see("^1 session")
    window.press("Down", "Return")
    window.wait_to_see("Personalization tip")
    window.wait_to_see("Good order")
    stage.picture(window, "replay-open")
    window.press("l")
    window.wait_to_see("^0:0[4-9] / ")
    stage.picture(window, "replay-playing")
    window.press("r", "s", "period", "plus", "plus")
    window.wait_to_see("1.1×")
    stage.picture(window, "replay-sentence-closer")
    _sizes(stage, window, "replay")
    window.press("r", "0", "l")
    window.press("shift+l")
    window.wait_to_see("^Question 1 · ")
    wait_for(lambda: window.helpers("player"), 10, "the question is heard")
    stage.picture(window, "replay-session-question")
    window.wait_to_see("^Answer to question 1")
    stage.picture(window, "replay-session-answer")
    window.wait_to_see("Question 2, take 1 was skipped", 60)
    stage.picture(window, "replay-session-skipped")
    window.wait_to_see("That was the whole session", 60)
    stage.picture(window, "replay-session-over")
    window.quit()


def _sizes(stage: Stage, window: Window, name: str) -> None:
    width, height = NARROW
    window.ask("size", width=width, height=height)
    stage.picture(window, f"{name}-{width}")
    width, height = USUAL
    window.ask("size", width=width, height=height)
