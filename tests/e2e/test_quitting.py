"""Ctrl+Q at any moment: the window ends well, leaves no process behind, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.e2e.conftest import OpenWindow
from tests.e2e.program import Program, speak_to_file
from tests.e2e.window import Window
from tests.sound import SoundCard

pytestmark = [pytest.mark.sound, pytest.mark.timeout(300)]


@contextmanager
def nothing_left(window: Window) -> Iterator[None]:
    """What the window started is gone once it has ended."""
    started = psutil.Process(window.process.pid).children(recursive=True)
    assert started, "helpers run"
    yield
    _, left = psutil.wait_procs(started, timeout=60)
    assert not left


def test_quitting_from_the_sound_check_in_mid_sentence_leaves_no_recording(
    open_window: OpenWindow, card: SoundCard
) -> None:
    assert card.answers()
    window = open_window(is_sound_checked=False)
    window.wait_to_see("Sound check · 1 of 3")
    window.press("Return")
    window.wait_to_see("2 of 3")
    window.press("space")
    window.wait_to_see("^Recording · 0:01")
    takes = window.data_dir / "takes"
    assert list(takes.iterdir()), "the sentence is being written"
    with nothing_left(window):
        assert window.quit() == 0
    assert not list(takes.iterdir())


def test_quitting_while_a_question_is_read_ends_at_once(
    open_window: OpenWindow, card: SoundCard
) -> None:
    assert card.answers()
    window = open_window()
    window.wait_to_see("^2 questions")
    window.press("Return")
    window.wait_to_see("1 of 2")
    with nothing_left(window):
        assert window.quit() == 0


def test_quitting_while_an_answer_is_recorded_asks_and_keeps_what_was_said(
    open_window: OpenWindow, card: SoundCard, tmp_path: Path
) -> None:
    said = speak_to_file("We asked the nurses what they needed. " * 6, tmp_path / "said.wav")
    window = open_window()
    window.wait_to_see("^2 questions")
    window.press("Return")
    window.wait_to_see("Start answer")
    window.press("space")
    window.wait_to_see(r"^Recording \d:\d\d")
    card.say(said)
    window.wait_to_see(r"^Recording 0:0[3-9]")
    window.press("ctrl+q")
    window.wait_to_see("An answer is being recorded. Close now, and it is kept")
    with nothing_left(window):
        window.press("Tab", "Return")
        assert window.process.wait(60) == 0
    (session,) = Program(window.data_dir).run("sessions", "list", "--json").json()
    shown = Program(window.data_dir).run("sessions", "show", str(session["id"]), "--json").json()
    (take,) = shown["takes"]
    assert take["duration_s"] > 2
    assert Path(take["audio"]).is_file()
