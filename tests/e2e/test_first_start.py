"""The very first start: the sound check by keyboard, and straight into a first question."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import OpenWindow
from tests.e2e.program import Program
from tests.hearing import speak_to_file
from tests.sound import SoundCard

pytestmark = [pytest.mark.sound, pytest.mark.models, pytest.mark.timeout(300)]
SENTENCE = "I led a small team, and we shipped two weeks early."


@pytest.fixture(scope="module")
def sentence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return speak_to_file(SENTENCE, tmp_path_factory.mktemp("spoken") / "sentence.wav")


def test_the_sound_check_leads_into_a_first_question(
    open_window: OpenWindow, card: SoundCard, sentence: Path
) -> None:
    window = open_window(is_sound_checked=False)
    window.wait_to_see("Sound check · 1 of 3")
    speaking = card.say(sentence)
    window.wait_to_see("hears you")
    speaking.wait(60)
    window.press("Return")
    window.wait_to_see("2 of 3")
    window.press("space")
    window.wait_to_see("^Recording · ")
    card.say(sentence).wait(60)
    window.press("space")
    window.wait_to_see("Did you hear yourself")
    window.wait_to_see("two weeks early")
    window.press("Return")
    window.wait_to_see("^You are ready.$")
    window.press("Return")
    window.wait_to_see("Start answer")
    assert window.sees("1 of 1|1 question")
    assert window.quit() == 0
    (session,) = Program(window.data_dir).run("sessions", "list", "--json").json()
    assert session["mode"] == "practice"


def test_whoever_skips_the_sound_check_is_not_asked_again(open_window: OpenWindow) -> None:
    window = open_window(is_sound_checked=False)
    window.wait_to_see("Sound check · 1 of 3")
    window.press("Escape")
    window.wait_until_gone("Sound check · ")
    window.wait_to_see("^Begin")
    assert window.quit() == 0
    again = open_window(window.data_dir)
    again.wait_to_see("^2 questions")
    again.press("ctrl+4")
    again.wait_to_see("^Your data$")
    assert not again.sees("Sound check · ")
    assert again.quit() == 0
