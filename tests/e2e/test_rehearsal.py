"""A person at the keyboard: the real window, voice, microphone, recognizer and database."""

from __future__ import annotations

import re
import sqlite3
import wave
from pathlib import Path

import pytest

from tests.e2e.conftest import OpenWindow
from tests.e2e.program import Program, only_session
from tests.e2e.window import RECORDING, Window
from tests.hearing import MISHEARD, plain, speak_to_file, word_error_rate
from tests.sound import SoundCard, wait_for

pytestmark = [pytest.mark.sound, pytest.mark.models, pytest.mark.timeout(300)]

ANSWERS = (
    "I led the team that built a scheduling tool for a hospital. We asked the nurses what they "
    "needed, and we removed two steps from the process. After three months the waiting time was "
    "thirty percent shorter.",
    "First I look at the cost of waiting. Then I talk with the engineers about the risk, and we "
    "decide together what to build next. The rest goes on a list that everyone can read.",
)
BRIEF = (
    "We asked the customers what they wanted, and we built the smallest thing first.",
    "First I look at the cost of waiting, and then I talk with the engineers.",
)
"""Enough where the length of an answer shows nothing: it is spoken in real time."""
READY = "Start answer"
REVIEW = "^Personalization tip$"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("spoken")
    return [speak_to_file(text, folder / f"{n}.wav") for n, text in enumerate(ANSWERS)]


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("brief")
    return [speak_to_file(text, folder / f"{n}.wav") for n, text in enumerate(BRIEF)]


def seconds_of(sound: Path) -> float:
    with wave.open(str(sound), "rb") as file:
        return file.getnframes() / file.getframerate()


def begin(window: Window) -> str:
    """Begin the session; the prompt that is on the screen."""
    window.wait_to_see("^Begin")
    window.wait_to_see("^2 questions")
    window.press("Return")
    window.wait_to_see(READY)
    return prompt_of(window)


def prompt_of(window: Window) -> str:
    return next(text for text in window.texts() if text.endswith("?"))


def wait_for_silence(window: Window) -> None:
    """The voice is through when the microphone listens."""
    window.wait_to_see("^Take the time you need")


def answer(window: Window, card: SoundCard, sound: Path) -> None:
    window.press("space")
    window.wait_to_see(RECORDING)
    card.say(sound).wait(60)
    window.press("space")
    window.wait_to_see(REVIEW)


def test_two_questions_are_rehearsed_by_keyboard_alone(
    open_window: OpenWindow, card: SoundCard, spoken: list[Path], tmp_path: Path
) -> None:
    window = open_window()
    prompts = []
    with card.heard(tmp_path / "speaker.wav") as speaker:
        prompts.append(begin(window))
        wait_for_silence(window)
    answer(window, card, spoken[0])
    window.wait_to_see("words a minute", 60)
    review = window.texts()
    assert any("removed two steps" in text for text in review), "\n".join(review)
    window.press("n")
    window.wait_to_see("2 of 2")
    prompts.append(prompt_of(window))
    wait_for_silence(window)
    answer(window, card, spoken[1])
    window.wait_to_see("words a minute", 60)
    window.press("n")
    window.wait_to_see("Review the answers")
    assert window.quit() == 0

    session = only_session(window.data_dir)
    assert session["ended_at"] is not None
    takes = session["takes"]
    assert [take["question"]["prompt"] for take in takes] == prompts
    for take, said in zip(takes, ANSWERS, strict=True):
        assert word_error_rate(said, take["transcript"]["text"]) < MISHEARD
        interviewer = set(plain(" ".join(prompts)).split()) - set(plain(said).split())
        long_words = {word for word in interviewer if len(word) > 4}
        assert long_words
        assert long_words.isdisjoint(plain(take["transcript"]["text"]).split())
    log = "".join(file.read_text() for file in (window.data_dir / "logs").iterdir())
    assert log
    assert not {"nurses", "hospital", "scheduling", "engineers"} & set(plain(log).split())
    assert any(text.startswith(takes[0]["sample_answer"][:60]) for text in review)
    assert any(text.startswith(takes[0]["tip"][:60]) for text in review)
    heard = Program(window.data_dir).run("transcribe", speaker, "--format", "text").out
    assert word_error_rate(prompts[0], heard) < 0.35


def test_an_interview_asks_straight_through_and_starts_recording_by_itself(
    open_window: OpenWindow, card: SoundCard, brief: list[Path]
) -> None:
    window = open_window(mode="interview", think_s=2)
    begin(window)
    window.wait_to_see(RECORDING)
    card.say(brief[0]).wait(60)
    window.press("space")
    window.wait_to_see("2 of 2")
    window.wait_to_see(RECORDING)
    card.say(brief[1]).wait(60)
    window.press("space")
    window.wait_to_see("Review the answers", 60)
    wait_for(lambda: not window.sees("ranscrib"), what="both transcripts are there")
    window.quit()
    takes = only_session(window.data_dir)["takes"]
    assert [take["take"] for take in takes] == [1, 1]
    assert all(word_error_rate(said, take["transcript"]["text"]) < MISHEARD
               for said, take in zip(BRIEF, takes, strict=True))  # fmt: skip


def test_a_window_killed_in_mid_answer_loses_at_most_a_second(
    open_window: OpenWindow, card: SoundCard, spoken: list[Path]
) -> None:
    window = open_window()
    prompt = begin(window)
    wait_for_silence(window)
    window.press("space")
    window.wait_to_see(RECORDING)
    card.say(spoken[0]).wait(60)
    shown = next(text for text in window.texts() if re.search(RECORDING, text))
    minutes, seconds = map(int, re.findall(r"\d+", shown)[:2])
    recorders = window.helpers("recorder")
    window.kill()
    wait_for(lambda: not any(helper.is_running() for helper in recorders), what="helpers are gone")

    again = open_window(window.data_dir)
    again.wait_to_see("Your last answers were not closed")
    assert again.sees(re.escape(prompt))
    again.press("Tab", "Return") if not again.sees("^Keep it$") else again.press("Return")
    wait_for(
        lambda: only_session(again.data_dir)["takes"][0]["transcript"], 60, "it is transcribed"
    )
    again.quit()
    (take,) = only_session(again.data_dir)["takes"]
    assert take["duration_s"] >= minutes * 60 + seconds - 1
    assert take["duration_s"] >= seconds_of(spoken[0]) - 1
    assert word_error_rate(ANSWERS[0], take["transcript"]["text"]) < MISHEARD


def test_each_helper_may_die_while_it_is_busy(
    open_window: OpenWindow, card: SoundCard, spoken: list[Path]
) -> None:
    window = open_window()
    begin(window)
    wait_for(lambda: window.helpers("player"), what="the voice speaks")
    window.kill_helper("player")
    wait_for_silence(window)
    window.press("space")
    window.wait_to_see(RECORDING)
    player = card.say(spoken[0])
    window.wait_to_see(r"^Recording 0:0[3-9]")
    window.kill_helper("recorder")
    player.wait(60)
    window.press("space")
    window.wait_to_see(REVIEW)
    wait_for(lambda: window.helpers("recognizer"), what="the recognizer works")
    window.kill_helper("recognizer")
    window.wait_to_see("words a minute|[Tt]ranscribe again", 60)
    if window.sees("[Tt]ranscribe again"):
        window.press("a")
    window.quit()
    session = only_session(window.data_dir)
    (take,) = session["takes"]
    assert take["duration_s"] >= seconds_of(spoken[0]) - 2
    program = Program(window.data_dir)
    heard = program.run("transcribe", take["audio"], "--format", "text").out
    assert word_error_rate(ANSWERS[0], heard) < 0.35


def test_the_sound_server_may_die_in_mid_question_and_in_mid_answer(
    open_window: OpenWindow, card: SoundCard, spoken: list[Path]
) -> None:
    window = open_window()
    begin(window)
    card.kill()
    window.wait_to_see("speaker|^Take the time you need")
    card.start()
    wait_for_silence(window)
    window.press("space")
    window.wait_to_see(RECORDING)
    card.say(spoken[0]).wait(60)
    card.kill()
    window.wait_to_see("Paused|Resume")
    card.start()
    window.press("p")
    window.wait_to_see(RECORDING)
    card.say(spoken[1]).wait(60)
    window.press("space")
    window.wait_to_see(REVIEW)
    window.wait_to_see("words a minute", 60)
    window.quit()
    (take,) = only_session(window.data_dir)["takes"]
    both = " ".join(ANSWERS)
    assert word_error_rate(both, take["transcript"]["text"]) < MISHEARD


def test_a_microphone_pulled_out_keeps_what_was_said_and_another_goes_on(
    open_window: OpenWindow, card: SoundCard, spoken: list[Path]
) -> None:
    window = open_window()
    begin(window)
    wait_for_silence(window)
    window.press("space")
    window.wait_to_see(RECORDING)
    card.say(spoken[0]).wait(60)
    card.unplug_microphone()
    window.wait_to_see("Paused|Resume")
    card.plug_microphone("Another-Microphone", "other")
    window.wait_to_see("Another-Microphone")
    window.press("p")
    window.wait_to_see(RECORDING)
    card.say(spoken[1]).wait(60)
    window.press("space")
    window.wait_to_see(REVIEW)
    window.wait_to_see("words a minute", 60)
    window.quit()
    (take,) = only_session(window.data_dir)["takes"]
    assert word_error_rate(" ".join(ANSWERS), take["transcript"]["text"]) < MISHEARD


def test_without_any_sound_typed_answers_carry_the_session(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    window = open_window()
    begin(window)
    for number, text in enumerate(ANSWERS, 1):
        window.wait_to_see(f"{number} of 2")
        window.press("t")
        window.wait_to_see("Keep")
        window.write(text)
        window.press("ctrl+Return")
        window.wait_to_see(REVIEW)
        window.press("n")
    window.wait_to_see("Review the answers")
    window.quit()
    takes = only_session(window.data_dir)["takes"]
    assert [take["transcript"]["text"] for take in takes] == list(ANSWERS)


def test_a_session_that_was_left_is_continued_at_its_question(
    open_window: OpenWindow, card: SoundCard, brief: list[Path]
) -> None:
    window = open_window()
    begin(window)
    window.press("k")
    window.wait_to_see("2 of 2")
    second = prompt_of(window)
    window.quit()
    assert only_session(window.data_dir)["ended_at"] is None

    again = open_window(window.data_dir)
    again.wait_to_see("Continue")
    again.press("shift+Tab", "Return")
    again.wait_to_see(READY)
    assert prompt_of(again) == second
    wait_for_silence(again)
    answer(again, card, brief[0])
    again.press("n")
    again.wait_to_see("Review the answers")
    again.quit()
    session = only_session(again.data_dir)
    assert session["ended_at"] is not None
    assert len(session["takes"]) == 1


def test_the_window_holds_its_data_while_it_is_open(open_window: OpenWindow) -> None:
    window = open_window()
    window.wait_to_see("^Begin")
    database = window.data_dir / "interviews.sqlite3"
    wait_for(database.exists, what="the database is made")
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert window.quit() == 0
