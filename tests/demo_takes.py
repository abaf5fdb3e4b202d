"""Scenes of ``make demo``: words corrected, two models' words, two takes side by side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from interview_app.app.container import Application
from interview_app.domain.session import AskedQuestion, Mode, Session, Take, TakeStatus
from interview_app.services.jobs import JobContext
from interview_app.support.paths import AppPaths
from tests.hearing import speak_to_file

if TYPE_CHECKING:
    from tests.demo import Stage
    from tests.e2e.window import Window

FIRST = (
    "We had three weeks to launch the new booking system. Our tester found a bug in the payment "
    "flow. I was nervous, and I was not sure whom to ask. In the end we launched four days late."
)
SECOND = (
    "Our largest customer was waiting, and we had only three weeks to launch the new booking "
    "system. Our tester found a serious bug in the payment flow. So I brought engineering and "
    "sales together. In the end we launched four days late, and nobody asked for a refund."
)
NARROW, WIDE, USUAL = (1024, 640), (1700, 1000), (1200, 760)


def seed(data: Path) -> None:
    """Two sessions of the same question, three takes, heard by the light model."""
    paths = AppPaths(data)
    paths.make()
    application = Application(paths, lambda call: call())
    try:
        guide = application.library.get("it-product-manager")
        section = guide.sections[0]
        asked = (AskedQuestion(section.questions[0], section.title),)
        now = datetime.now(UTC)
        for uid, started, texts in (
            ("earlier", now - timedelta(days=6), (FIRST,)),
            ("today", now - timedelta(minutes=20), (FIRST, SECOND)),
        ):
            session = Session(
                uid, guide.id, guide.title, Mode.PRACTICE, asked, started, ended_at=started
            )
            for number, text in enumerate(texts, 1):
                session = session.with_take(_take(application, session, number, text))
            with application.new_unit() as unit:
                number = unit.sessions.add(session)
                unit.commit()
            kept = application.kept.history.session(number)
            for take in kept.takes:
                application.kept.transcribing_again.transcribe(kept, take, "tiny.en", JobContext())
    finally:
        application.close()


def _take(application: Application, session: Session, number: int, text: str) -> Take:
    uid = session.take_uid(0, number)
    sound = application.paths.takes / f"{uid}.wav"
    speak_to_file(text, sound)
    started = session.started_at + timedelta(minutes=number)
    return Take(uid, 0, number, started, TakeStatus.KEPT, sound=f"takes/{uid}.wav")


def takes(stage: Stage) -> None:
    """A word is corrected, another model is heard, and the take compared with another."""
    seed(stage.data("takes"))
    window = stage.open("takes")
    window.press("ctrl+2")
    window.wait_to_see("^2 sessions")
    window.press("Down", "Return")
    window.wait_to_see("Personalization tip")
    window.press("e")
    window.wait_to_see("^Our$|^We$|^All$|^R$")
    stage.picture(window, "session-correcting")
    window.press("ctrl+a")
    window.write("Our own")
    window.press("Return")
    window.wait_to_see("words? corrected")
    stage.picture(window, "session-corrected")
    window.press("w")
    window.wait_to_see("Which model is to hear")
    stage.picture(window, "session-which-model")
    window.press("Return")
    window.wait_to_see("heard twice", 60)
    _sizes(stage, window, "difference")
    window.press("k")
    window.wait_to_see("Replace my corrections")
    stage.picture(window, "difference-asks")
    window.press("Escape", "Escape")
    window.wait_to_see("Personalization tip")
    window.press("v")
    window.wait_to_see("^Swap sides")
    _sizes(stage, window, "compare")
    window.quit()


def _sizes(stage: Stage, window: Window, name: str) -> None:
    for width, height in (NARROW, WIDE, USUAL):
        window.ask("size", width=width, height=height)
        stage.picture(window, f"{name}-{width}")
