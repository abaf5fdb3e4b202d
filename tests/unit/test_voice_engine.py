"""Choosing a voice, and turning what macOS writes into WAV."""

from __future__ import annotations

import wave
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from interview_app.speech_synthesis.engine import (
    EngineProblem,
    EngineVoice,
    _check_sound,
    _language,
    default_voice,
    find_voice,
)

GERMAN = EngineVoice("d", "Anna", "de-de")
BRITISH = EngineVoice("b", "Daniel", "en-gb")
AMERICAN = EngineVoice("a", "Samantha", "en-us")


def test_the_default_voice_speaks_english_if_any_does() -> None:
    assert default_voice([GERMAN, BRITISH, AMERICAN], "b") == BRITISH
    assert default_voice([GERMAN, BRITISH, AMERICAN], "d") == AMERICAN
    assert default_voice([GERMAN], "gone") == GERMAN


def test_a_voice_is_found_by_id_name_or_language() -> None:
    voices = [GERMAN, BRITISH, AMERICAN]
    assert find_voice(voices, "") == GERMAN
    assert find_voice(voices, "a") == AMERICAN
    assert find_voice(voices, "daniel") == BRITISH
    assert find_voice(voices, "EN-us") == AMERICAN
    with pytest.raises(EngineProblem, match="nobody"):
        find_voice(voices, "nobody")


@pytest.mark.parametrize(
    ("reported", "language"),
    [("en_US", "en-us"), (b"\x05en-gb", "en-gb"), ("809", "en-gb"), ("de", "de"), (None, "en")],
)
def test_every_way_to_name_a_language_is_understood(reported: object, language: str) -> None:
    voice = SimpleNamespace(name="An English voice", languages=[reported])
    assert _language(voice) == language


def test_aiff_under_the_name_of_a_wav_becomes_a_wav(tmp_path: Path) -> None:
    sound = tmp_path / "speech.wav"
    tone = (np.sin(np.arange(22050) / 10) * 8000).astype(np.int16)
    soundfile.write(str(sound), tone, 22050, format="AIFF", subtype="PCM_16")
    assert _check_sound(sound) == pytest.approx(1.0)
    with wave.open(str(sound), "rb") as file:
        assert np.array_equal(np.frombuffer(file.readframes(22050), np.int16), tone)


@pytest.mark.parametrize("frames", [0, 22050])
def test_a_sound_without_sound_is_refused(tmp_path: Path, frames: int) -> None:
    sound = tmp_path / "speech.wav"
    soundfile.write(str(sound), np.zeros(frames, np.int16), 22050, subtype="PCM_16")
    with pytest.raises(EngineProblem, match="empty"):
        _check_sound(sound)
