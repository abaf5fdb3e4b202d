"""The interviewer's greeting, patience and farewell, in the real window with real sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_app.domain.rehearsal.interviewer_lines import LONG_SILENCE_S
from tests.e2e.conftest import OpenWindow
from tests.e2e.program import Program, only_session
from tests.e2e.window import RECORDING
from tests.hearing import MISHEARD, plain, speak_to_file, word_error_rate
from tests.sound import SoundCard, wait_for

pytestmark = [pytest.mark.sound, pytest.mark.models, pytest.mark.timeout(300)]

SAID = (
    "I led the team that built a scheduling tool for a hospital. We asked the nurses what they "
    "needed, and we removed two steps from the process."
)
GREETING = r"I have one question for you"
PATIENCE = r"^(Take your time|There's no hurry|Take a moment)"
FAREWELL = r"[Tt]hank you"


def test_an_interviewer_with_manners_greets_waits_and_takes_leave_but_never_in_the_answer(
    open_window: OpenWindow, card: SoundCard, tmp_path: Path
) -> None:
    answer = speak_to_file(SAID, tmp_path / "answer.wav")
    window = open_window(has_manners=True, mode="interview", think_s=2, question_count=1)
    window.wait_to_see("^1 question")
    with card.heard(tmp_path / "speaker.wav") as speaker:
        window.press("Return")
        window.wait_to_see(GREETING)
        greeting = next(text for text in window.texts() if "one question for you" in text)
        prompt = next(text for text in window.texts() if text.endswith("?"))
        window.wait_to_see(RECORDING, 60)
        window.wait_to_see(PATIENCE, LONG_SILENCE_S + 20)
        window.wait_to_see(RECORDING)
        card.say(answer).wait(60)
        window.press("space")
        window.wait_to_see("Review the answers", 60)
        assert window.sees(FAREWELL)
        wait_for(lambda: not window.sees("ranscrib"), what="the transcript is there")
    window.quit()

    (take,) = only_session(window.data_dir)["takes"]
    assert word_error_rate(SAID, take["transcript"]["text"]) < MISHEARD
    assert {"time", "moment"}.isdisjoint(plain(take["transcript"]["text"]).split())
    heard = Program(window.data_dir).run("transcribe", speaker, "--format", "text").out
    assert word_error_rate(f"{greeting} {prompt}", plain(heard)) < 0.45, heard
    patient = {"time", "moment", "hurry"} - set(plain(f"{greeting} {prompt}").split())
    assert patient & set(plain(heard).split()), heard
