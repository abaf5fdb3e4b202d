"""Loudness after BS.1770, compared with FFmpeg's own meter."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest
from av.filter import Graph
from hypothesis import given
from hypothesis import strategies as st

from interview_app.speech_synthesis.loudness import (
    HIGHEST_PEAK,
    TARGET_LUFS,
    Samples,
    levelled,
    loudness_lufs,
)


def speechlike(rate_hz: int, seconds: float = 5.0, level: float = 0.1) -> Samples:
    """Noise in bursts with pauses between: both gates have something to leave out."""
    random = np.random.default_rng(7)
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    bursts = (np.sin(2 * np.pi * 0.4 * at) > -0.3) * (0.3 + 0.7 * np.abs(np.sin(9 * at)))
    hum = np.sin(2 * np.pi * 140 * at)
    return (level * bursts * (random.normal(0, 0.4, len(at)) + hum)).astype(np.float32)


def measured_by_ffmpeg(samples: Samples, rate_hz: int) -> float:
    graph = Graph()
    source = graph.add_abuffer(
        format="flt",
        sample_rate=rate_hz,
        layout="mono",
        time_base=Fraction(1, rate_hz),
    )
    meter = graph.add("ebur128", "metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    loudness = float("nan")
    for start in range(0, len(samples), rate_hz // 10):
        chunk = np.ascontiguousarray(samples[start : start + rate_hz // 10])
        frame = av.AudioFrame.from_ndarray(chunk[np.newaxis], format="flt", layout="mono")
        frame.sample_rate, frame.pts = rate_hz, start
        source.push(frame)
        while True:
            try:
                out = sink.pull()
            except (av.BlockingIOError, av.EOFError):
                break
            found = out.metadata.get("lavfi.r128.I")
            loudness = float(found) if found else loudness
    return loudness


@pytest.mark.parametrize("rate_hz", [22_050, 24_000, 48_000])
@pytest.mark.parametrize("level", [0.02, 0.3])
def test_loudness_is_what_ffmpeg_measures(rate_hz: int, level: float) -> None:
    samples = speechlike(rate_hz, level=level)
    assert loudness_lufs(samples, rate_hz) == pytest.approx(
        measured_by_ffmpeg(samples, rate_hz), abs=0.3
    )


def test_every_sound_comes_to_the_same_loudness() -> None:
    for level in (0.01, 0.1, 0.4):
        sound = levelled(speechlike(24_000, level=level), 24_000)
        assert loudness_lufs(sound, 24_000) == pytest.approx(TARGET_LUFS, abs=0.05)


def test_a_peak_is_never_brought_over_the_highest() -> None:
    sound = speechlike(24_000, level=0.01)
    sound[12_000] = 0.9
    assert np.abs(levelled(sound, 24_000)).max() <= HIGHEST_PEAK + 1e-6


@given(st.integers(0, 3_000))
def test_silence_and_the_shortest_sounds_stay_as_they_are(length: int) -> None:
    silence = np.zeros(length, dtype=np.float32)
    assert loudness_lufs(silence, 24_000) is None
    assert np.array_equal(levelled(silence, 24_000), silence)
