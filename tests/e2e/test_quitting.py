"""Ctrl+Q at any moment: the window ends well, leaves no process behind, and loses nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from interview_app.domain.text.reading_passages import PARAGRAPHS
from interview_app.recognition.known_models import KNOWN_MODELS
from interview_app.speech_synthesis.natural_files import MODEL
from tests.e2e.conftest import OpenWindow
from tests.e2e.program import FROZEN, Program
from tests.e2e.window import Window
from tests.hearing import speak_to_file
from tests.hub import VOICES, Hub, serving
from tests.sound import SoundCard, wait_for

pytestmark = [pytest.mark.sound, pytest.mark.timeout(300)]


@contextmanager
def nothing_left(window: Window) -> Iterator[None]:
    """What the window started is gone once it has ended."""
    program = psutil.Process(window.process.pid)
    wait_for(lambda: bool(program.children()), what="helpers run")
    started = program.children(recursive=True)
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


def test_ctrl_c_in_the_terminal_closes_the_window_as_its_own_key_does(
    open_window: OpenWindow, card: SoundCard
) -> None:
    assert card.answers()
    window = open_window()
    window.wait_to_see("^2 questions")
    with nothing_left(window):
        window.interrupt()
        assert window.process.wait(60) == 0
    assert "Traceback" not in window.complaints
    assert "KeyboardInterrupt" not in window.complaints


def test_ctrl_c_leaves_a_dialog_that_stands_in_front_and_closes(
    open_window: OpenWindow, card: SoundCard
) -> None:
    assert card.answers()
    window = open_window(is_sound_checked=False)
    window.wait_to_see("Sound check · 1 of 3")
    with nothing_left(window):
        window.interrupt()
        assert window.process.wait(60) == 0
    assert "Traceback" not in window.complaints


def test_ctrl_c_while_an_answer_is_recorded_asks_and_twice_keeps_it_and_closes(
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
    window.interrupt()
    window.wait_to_see("An answer is being recorded. Close now, and it is kept")
    assert len(window.helpers("recorder")) == len(window.helpers("recognizer")) == 1
    with nothing_left(window):
        window.interrupt()
        assert window.process.wait(60) == 0
    assert "Traceback" not in window.complaints
    (session,) = Program(window.data_dir).run("sessions", "list", "--json").json()
    shown = Program(window.data_dir).run("sessions", "show", str(session["id"]), "--json").json()
    assert [take["duration_s"] > 2 for take in shown["takes"]] == [True]


@contextmanager
def serving_half_of(size: int) -> Iterator[Hub]:
    """A hub that begins to send a file of so many bytes, and then no more."""
    with serving() as hub:
        hub.stalls, hub.stall_after = True, 500_000
        hub.stated_length = size
        yield hub


def fetching(open_window: OpenWindow, name: str, arriving: str) -> Window:
    """A window that fetches something, of which something has come."""
    window = open_window(model="tiny.en")
    settings_of(window)
    fetch(window, name)
    window.wait_to_see(arriving)
    return window


def settings_of(window: Window) -> None:
    """Go to the settings, with the list of models there."""
    window.press("ctrl+4")
    window.wait_to_see("^Your data$")
    window.wait_to_see("^base.en$")


def fetch(window: Window, name: str) -> None:
    """Have something fetched, by its button and the answer to what is asked then."""
    assert window.ask("click", name=f"Download: {name}")
    window.wait_to_see("^Download$")
    assert window.ask("click", name="Download")


def test_quitting_while_a_model_is_fetched_keeps_what_arrived_for_the_next_time(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "models"
    (wanted,) = (model for model in KNOWN_MODELS if model.name == "base.en")
    with serving_half_of(wanted.files[0].size) as hub:
        monkeypatch.setenv("INTERVIEW_APP_MODELS_DIR", str(models))
        monkeypatch.setenv("INTERVIEW_APP_MODELS_MIRROR", hub.address)
        window = fetching(open_window, "base.en", r"^model\.bin: .+ of 148 MB")
        wait_for(lambda: list(models.rglob("model.bin")), what="it begins to arrive")
        with nothing_left(window):
            assert window.quit(20) == 0
        assert not (models / "base.en").exists(), "half a model is none"
        (work,) = (each for each in models.iterdir() if each.is_dir())
        assert 0 < (work / "model.bin").stat().st_size <= 500_000
        again = open_window(window.data_dir)
        settings_of(again)
        again.wait_to_see("kB of it are here")
        assert again.sees("^Go on…$")
        assert not again.sees("stopped unexpectedly")
        assert again.quit() == 0


@pytest.mark.skipif(bool(FROZEN), reason="a built program carries the natural voices")
def test_quitting_while_the_natural_voices_are_fetched_keeps_what_arrived(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "models"
    with serving_half_of(MODEL.size) as hub:
        hub.files = dict(VOICES)
        monkeypatch.setenv("INTERVIEW_APP_MODELS_DIR", str(models))
        monkeypatch.setenv("INTERVIEW_APP_VOICES_MIRROR", hub.address)
        window = fetching(open_window, "Natural voices", f"^{MODEL.name}: .+ of ")
        wait_for(lambda: list(models.rglob(MODEL.name)), what="it begins to arrive")
        with nothing_left(window):
            assert window.quit(20) == 0
        (work,) = (each for each in models.iterdir() if each.is_dir())
        assert work.name.startswith(".downloading"), "half a voice is none"
        again = open_window(window.data_dir)
        settings_of(again)
        again.wait_to_see("kB of it are here")
        assert again.quit() == 0


def test_quitting_while_a_paragraph_is_read_leaves_no_recording(
    open_window: OpenWindow, card: SoundCard
) -> None:
    assert card.answers()
    window = open_window(model="tiny.en")
    settings_of(window)
    assert window.ask("click", name="Read a paragraph")
    window.wait_to_see("Recording 0:(0[1-9]|[1-9])")
    takes = window.data_dir / "takes"
    assert list(takes.iterdir()), "the paragraph is being written"
    with nothing_left(window):
        assert window.quit(20) == 0
    assert not list(takes.iterdir())


@pytest.mark.models
def test_quitting_while_a_model_is_measured_waits_for_no_model(
    open_window: OpenWindow, card: SoundCard, tmp_path: Path
) -> None:
    said = speak_to_file(PARAGRAPHS["en"][:250], tmp_path / "paragraph.wav")
    window = open_window(model="tiny.en")
    settings_of(window)
    assert window.ask("click", name="Read a paragraph")
    window.wait_to_see("Recording 0:(0[1-9]|[1-9])")
    card.say(said).wait(120)
    assert window.ask("click", name="I have read it")
    window.wait_to_see("writes down what you read")
    with nothing_left(window):
        assert window.quit(20) == 0
    assert not list((window.data_dir / "takes").iterdir())
    for file in window.data_dir.rglob("*.json"):
        json.loads(file.read_text(encoding="utf-8"))
    again = open_window(window.data_dir)
    settings_of(again)
    assert again.sees("^Read a paragraph$")
    assert not again.sees("stopped unexpectedly|were not closed")
    assert again.quit() == 0
