"""The sound check of the real window meets what goes wrong: it says so, and goes on once cured."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.e2e.conftest import OpenWindow
from tests.e2e.window import RECORDING, Window
from tests.hearing import speak_to_file
from tests.sound import SoundCard, wait_for

pytestmark = [pytest.mark.sound, pytest.mark.models, pytest.mark.timeout(300)]
HEARS_YOU = r"^The microphone hears you\. Go on with Next\.$"
NO_MICROPHONE = r"No microphone was found\. Plug one in, or connect a headset"
MUTED = r"perfectly silent: it is probably muted\. Look for a mute switch"
TOO_LOUD = r"set too loud: the sound is cut off\. Lower the input volume"
WIRELESS = r"looks like a wireless headset.+speak into the built-in microphone"
BUSY = r"cannot be opened\. Another program may hold it, or it may not be permitted"
NO_SOUND_SYSTEM = r"^Neither a microphone nor a speaker was found\..+restart it, or the computer"


@pytest.fixture
def check(open_window: OpenWindow) -> Window:
    """A window with its first sound check in front; the sound card is as the test left it."""
    return opened(open_window)


@pytest.fixture(scope="module")
def sentence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = "I led a small team, and we shipped two weeks early."
    return speak_to_file(text, tmp_path_factory.mktemp("spoken") / "sentence.wav")


@pytest.fixture(scope="module")
def shouting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two minutes of a tone that is far too loud."""
    path = tmp_path_factory.mktemp("spoken") / "shouting.wav"
    wave = 3 * np.sin(2 * np.pi * 300 * np.arange(120 * 16_000) / 16_000)
    soundfile.write(path, np.clip(wave, -1, 1), 16_000)
    return path


def opened(open_window: OpenWindow) -> Window:
    window = open_window(is_sound_checked=False)
    window.wait_to_see("Sound check · 1 of 3")
    return window


def assert_hears(window: Window, card: SoundCard, sentence: Path) -> None:
    """Somebody speaks: the check says that it hears, and complains of nothing any more."""
    speaking = card.say(sentence)

    def is_heard() -> bool:
        nonlocal speaking
        if speaking.poll() is not None:  # nobody listened yet
            speaking = card.say(sentence)
        return window.sees(HEARS_YOU)

    wait_for(is_heard, what=f"the check hears; {window.texts()}")
    for trouble in (NO_MICROPHONE, MUTED, TOO_LOUD, BUSY, NO_SOUND_SYSTEM):
        assert not window.sees(trouble)


def speak_in(window: Window, card: SoundCard, sentence: Path) -> None:
    """Record the sentence of the sound check, and see what was heard."""
    window.press("space")
    window.wait_to_see("^Recording · ")
    card.say(sentence).wait(60)
    window.press("space")
    window.wait_to_see("two weeks early")


def test_without_a_microphone_one_is_asked_for_and_taken_when_it_is_plugged_in(
    open_window: OpenWindow, card: SoundCard, sentence: Path
) -> None:
    card.unplug_microphone()
    window = opened(open_window)
    window.wait_to_see(NO_MICROPHONE)
    card.plug_microphone()
    window.wait_to_see(MUTED)
    assert not window.sees(NO_MICROPHONE)
    assert_hears(window, card, sentence)
    window.press("Return")
    window.wait_to_see("2 of 3")
    card.unplug_microphone()
    window.wait_to_see(NO_MICROPHONE)
    window.press("space")
    window.wait_to_see(NO_MICROPHONE)
    card.plug_microphone()
    window.wait_until_gone(NO_MICROPHONE)
    window.press("alt+Left")
    assert_hears(window, card, sentence)
    assert window.quit() == 0


def test_a_microphone_that_another_program_holds_is_had_as_soon_as_it_is_free(
    open_window: OpenWindow, card: SoundCard, sentence: Path
) -> None:
    with card.busy_microphone():
        window = opened(open_window)
        window.wait_to_see(BUSY)
        assert window.sees("As soon as it can be used, the check goes on by itself")
    window.wait_until_gone(BUSY)
    assert_hears(window, card, sentence)
    window.press("Return")
    window.wait_to_see("2 of 3")
    speak_in(window, card, sentence)
    assert window.quit() == 0


def test_an_answer_can_be_given_as_soon_as_the_microphone_is_free(
    open_window: OpenWindow, card: SoundCard, sentence: Path
) -> None:
    with card.busy_microphone():
        window = open_window()
        window.wait_to_see("^2 questions")
        window.press("Return")
        window.wait_to_see(BUSY)
        assert window.sees("^Try again$")
        window.press("space")
        window.wait_to_see(BUSY)
        assert window.sees("type your answer instead")
    window.wait_until_gone(BUSY)
    window.press("space")
    window.wait_to_see(RECORDING)
    card.say(sentence).wait(60)
    window.press("space")
    window.wait_to_see("two weeks early")
    window.wait_to_see("words a minute")
    assert window.quit() == 0


@pytest.mark.skipif(os.getuid() != 0, reason="only root can start another user's sound server")
def test_a_sound_server_that_does_not_let_us_in_is_told_and_waited_for(
    open_window: OpenWindow, card: SoundCard, sentence: Path
) -> None:
    card.kill()
    card.start_for_others()
    window = opened(open_window)
    window.wait_to_see(NO_SOUND_SYSTEM)
    card.kill()
    card.start()
    assert_hears(window, card, sentence)
    assert window.quit() == 0


def test_a_microphone_that_is_too_loud_is_named_and_forgiven(
    card: SoundCard, check: Window, shouting: Path, sentence: Path
) -> None:
    shout = card.say(shouting)
    check.wait_to_see(TOO_LOUD)
    check.press("Return")
    check.wait_to_see("2 of 3")
    check.press("space")
    check.wait_to_see("^Recording · 0:02")
    check.press("space")
    check.wait_to_see(TOO_LOUD)
    check.wait_to_see("Did you hear yourself")
    check.wait_to_see(r"^No words were heard\. Record it again\.$")
    shout.kill()
    check.press("alt+Left")
    check.wait_to_see("1 of 3")
    check.press("Return")
    check.wait_to_see("2 of 3")
    speak_in(check, card, sentence)
    check.wait_to_see("Did you hear yourself")
    assert not check.sees(TOO_LOUD)
    check.press("Return")
    check.wait_to_see("^You are ready.$")
    assert check.quit() == 0


def test_what_was_too_loud_a_moment_ago_is_not_held_against_it(
    card: SoundCard, check: Window, shouting: Path
) -> None:
    shout = card.say(shouting)
    check.wait_to_see(TOO_LOUD)
    shout.kill()
    check.wait_until_gone(TOO_LOUD)
    check.wait_to_see(HEARS_YOU)
    assert check.quit() == 0


def test_a_bluetooth_headset_is_known_though_its_name_does_not_say_so(
    open_window: OpenWindow, card: SoundCard, sentence: Path
) -> None:
    card.plug_microphone("Evolve-65", "bluez_input.11_22_33_44_55_66.0")
    window = opened(open_window)
    window.wait_to_see(MUTED)
    assert window.sees("Choose another microphone from the list")
    assert not window.sees("wireless headset")
    window.press("End")
    window.wait_to_see("^Evolve-65$")
    window.wait_to_see(WIRELESS)
    assert_hears(window, card, sentence)
    assert window.sees(WIRELESS), "it is worth knowing, but no obstacle"
    assert window.quit() == 0


def test_a_sound_server_that_does_not_run_is_waited_for(
    open_window: OpenWindow, card: SoundCard, sentence: Path
) -> None:
    card.kill()
    window = opened(open_window)
    window.wait_to_see(NO_SOUND_SYSTEM)
    card.start()
    assert_hears(window, card, sentence)
    card.kill()
    window.wait_to_see(NO_SOUND_SYSTEM)
    card.start()
    assert_hears(window, card, sentence)
    assert window.quit() == 0
