"""The voices from the command line, as a process."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_app.speech_synthesis.natural_files import NaturalFiles
from interview_app.support.paths import AppPaths
from tests.e2e.program import Program

HERE = NaturalFiles(AppPaths.choose().models).place()


@pytest.fixture
def without(tmp_path: Path) -> Program:
    """The program where no natural voice is."""
    return Program(tmp_path / "data", {"INTERVIEW_APP_MODELS_DIR": str(tmp_path / "models")})


def test_without_natural_voices_the_systems_speak_and_say_so(
    without: Program, tmp_path: Path
) -> None:
    listed = without.run("voices", "list", "--json").json()
    if any(voice["engine"] == "kokoro" for voice in listed):
        pytest.skip("this package carries natural voices")
    assert {voice["engine"] for voice in listed} == {"system"}
    sound = tmp_path / "said.wav"
    said = without.run("voices", "say", "Hello.", "--voice", "kokoro:af_heart", "--output", sound)
    assert said.status == 0
    assert "instead" in said.err
    assert "voices download" in said.err
    assert sound.stat().st_size > 1_000


def test_a_folder_without_the_files_is_told(without: Program, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    outcome = without.run("voices", "download", "--from", tmp_path / "empty")
    if "already" in outcome.out:
        pytest.skip("this package carries natural voices")
    assert outcome.status == 1
    assert "does not hold" in outcome.err


def test_ones_own_pronunciations_are_kept_and_taken_back(without: Program) -> None:
    assert without.run("voices", "pronounce", "SQL", "sequel").status == 0
    assert without.run("voices", "pronounce").out == "SQL = sequel\n"
    assert without.run("voices", "pronounce", "SQL", "--remove").status == 0
    assert without.run("voices", "pronounce").out == ""
    assert without.run("voices", "pronounce", "SQL", "--remove").status == 2


@pytest.mark.skipif(HERE is None, reason="the natural voices are not here: make voices")
def test_the_natural_voices_are_listed_with_their_way_of_speaking(tmp_path: Path) -> None:
    listed = Program(tmp_path / "data").run("voices", "list", "--json").json()
    natural = [voice for voice in listed if voice["engine"] == "kokoro"]
    assert 4 <= len(natural) <= 6
    assert {voice["language"] for voice in natural} == {"en-us", "en-gb"}
    assert all(voice["manner"] for voice in natural)


@pytest.mark.skipif(HERE is None, reason="the natural voices are not here: make voices")
def test_a_natural_voice_speaks_itself(tmp_path: Path) -> None:
    program = Program(tmp_path / "data")
    sound = tmp_path / "said.wav"
    said = program.run("voices", "say", "Hello.", "--voice", "kokoro:af_heart", "--output", sound)
    assert said.status == 0
    assert "instead" not in said.err, said.err
    checks = {each["name"]: each for each in program.run("doctor", "--json").json()["checks"]}
    assert checks["natural voices"]["status"] == "ok", checks["natural voices"]["detail"]
