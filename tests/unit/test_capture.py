"""Whatever a microphone gives becomes 16 kHz mono, and levels are true."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from interview_app.recording.capture import Converter, Meter, PreRoll, Samples

TYPES = {"UInt8": "<u1", "Int16": "<i2", "Int32": "<i4", "Float": "<f4"}


def tone(rate: int, seconds: float = 1.0) -> NDArray[np.float64]:
    times = np.arange(round(rate * seconds)) / rate
    wave: NDArray[np.float64] = 0.5 * np.sin(2 * np.pi * 300 * times)
    return wave


def encoded(wave: NDArray[np.float64], sample_format: str, channels: int) -> bytes:
    frames = np.repeat(wave[:, None], channels, axis=1)
    match sample_format:
        case "UInt8":
            frames = frames * 127 + 128
        case "Int16":
            frames = frames * 32_767
        case "Int32":
            frames = frames * 2_147_483_000
    content: bytes = frames.astype(TYPES[sample_format]).tobytes()
    return content


@pytest.mark.parametrize("sample_format", TYPES)
@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (44_100, 2), (48_000, 1), (8_000, 6)])
def test_any_form_becomes_the_same_sound_whatever_the_blocks(
    sample_format: str, rate: int, channels: int
) -> None:
    content = encoded(tone(rate), sample_format, channels)
    converter = Converter(rate, channels, sample_format)
    blocks = [converter.convert(content[i : i + 1001]) for i in range(0, len(content), 1001)]
    heard = np.concatenate(blocks) / 32_768

    assert 0.93 < len(heard) / 16_000 <= 1.0, "only what a resampler holds back is missing"
    expected = tone(16_000)[: len(heard)]
    middle = slice(800, -800)
    assert np.abs(heard[middle] - expected[middle]).max() < 0.02


def test_a_sound_beyond_full_scale_is_limited_not_wrapped() -> None:
    loud = Converter(16_000, 1, "Float").convert(np.array([2.0, -2.0], "<f4").tobytes())
    assert loud.tolist() == [32_767, -32_768]


def test_the_pre_roll_is_the_last_moment_heard_and_given_once() -> None:
    pre_roll = PreRoll(0.5)
    heard: Samples = np.arange(32_000).astype(np.int16)
    for start in range(0, len(heard), 700):
        pre_roll.add(heard[start : start + 700])
    assert pre_roll.take(0.25).tolist() == heard[-4_000:].tolist()
    assert pre_roll.take(0.25).tolist() == []
    pre_roll.add(heard)
    assert len(pre_roll.take(9.0)) == 8_000
    pre_roll.add(heard)
    assert len(pre_roll.take(0.0)) == 0


def test_levels_are_given_for_every_twentieth_of_a_second() -> None:
    meter = Meter()
    full: Samples = (np.ones(16_000) * 16_384).astype(np.int16)
    levels = [level for i in range(0, 16_000, 333) for level in meter.levels(full[i : i + 333])]
    assert levels == [(0.5, 0.5)] * 20
    assert list(meter.levels(np.full(800, -32_768, np.int16))) == [(1.0, 1.0)]
