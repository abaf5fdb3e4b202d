"""A sound on its course: faster with its pitch kept, without its silences, round in a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from interview_app.domain.transcript import Span
from interview_app.recording.sound_feed import SoundFeed
from interview_app.services.ports.player import PlaybackOptions

RATE = 16_000
Samples = NDArray[np.float64]


def played(
    path: Path, playback_options: PlaybackOptions, start_s: float = 0.0, most_s: float = 60.0
) -> Samples:
    """What a speaker would be given of a sound, up to so many seconds."""
    feed = SoundFeed(path)
    feed.take_course(playback_options)
    feed.start_at(start_s)
    given = b""
    while not feed.is_over and len(given) < most_s * RATE * 2:
        block = feed.peek(3_200)
        feed.skip(len(block))
        given += block
    feed.close()
    heard: Samples = np.frombuffer(given, "<i2") / 32_768
    return heard


def pitch_of(samples: Samples) -> float:
    """The pitch in the middle of a sound in hertz, by autocorrelation, between 60 and 1,000."""
    middle = samples[len(samples) // 3 :][:8_000]
    power = np.abs(np.fft.rfft(middle - middle.mean(), 1 << 15)) ** 2
    likeness = np.fft.irfft(power)
    lags = np.arange(RATE // 1_000, RATE // 60)
    best = int(lags[np.argmax(likeness[lags])])
    before, at, after = likeness[best - 1 : best + 2]
    return float(RATE / (best + (before - after) / (2 * (before - 2 * at + after))))


@pytest.fixture
def sine(tmp_path: Path) -> Path:
    path = tmp_path / "sine.wav"
    soundfile.write(path, 0.5 * np.sin(2 * np.pi * 220 * np.arange(8 * RATE) / RATE), RATE)
    return path


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """Ten seconds, each of them louder than the one before: 0.05, 0.10 … 0.50."""
    path = tmp_path / "steps.wav"
    soundfile.write(path, np.repeat(np.arange(1, 11) * 0.05, RATE), RATE)
    return path


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.0, 1.25, 1.5, 2.0])
def test_a_sound_at_any_speed_keeps_its_pitch(sine: Path, speed: float) -> None:
    heard = played(sine, PlaybackOptions(speed))
    assert len(heard) / RATE == pytest.approx(8 / speed, rel=0.005)
    assert pitch_of(heard) == pytest.approx(220, rel=0.005)


def test_the_check_of_pitch_can_fail(sine: Path) -> None:
    every_second_sample = played(sine, PlaybackOptions())[::2]
    assert pitch_of(every_second_sample) == pytest.approx(440, rel=0.005)


def test_both_sides_of_a_stereo_sound_go_faster(tmp_path: Path) -> None:
    wave = 0.5 * np.sin(2 * np.pi * 220 * np.arange(4 * RATE) / RATE)
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.stack([wave, wave / 2], axis=1), RATE)
    heard = played(path, PlaybackOptions(2.0)).reshape(-1, 2)
    assert len(heard) / RATE == pytest.approx(2, rel=0.01)
    assert pitch_of(heard[:, 1]) == pytest.approx(220, rel=0.01)
    assert np.abs(heard[:, 0]).max() == pytest.approx(2 * np.abs(heard[:, 1]).max(), rel=0.05)


def test_what_is_left_out_is_not_heard(steps: Path) -> None:
    playback_options = PlaybackOptions(left_out=(Span(2, 4), Span(4, 5), Span(9, 99)))
    heard = played(steps, playback_options)
    assert seconds_of(heard) == [1, 2, 6, 7, 8, 9]


def test_a_start_inside_what_is_left_out_begins_behind_it(steps: Path) -> None:
    assert seconds_of(played(steps, PlaybackOptions(left_out=(Span(2, 4),)), start_s=3.0))[0] == 5


def test_a_loop_goes_round_until_it_is_left(steps: Path) -> None:
    heard = played(steps, PlaybackOptions(loop=Span(3, 5), left_out=(Span(3, 4),)), 2.0, most_s=7)
    assert seconds_of(heard) == [3, 4, 5, 4, 5, 4, 5]


def test_a_start_behind_the_loop_comes_back_into_it(steps: Path) -> None:
    assert seconds_of(played(steps, PlaybackOptions(loop=Span(3, 5)), 8.0, most_s=3)) == [4, 5, 4]


def seconds_of(heard: Samples) -> list[int]:
    """Which seconds of the steps were heard, in order."""
    middles = heard[RATE // 2 :: RATE]
    return [round(float(value) / 0.05) for value in middles]


@pytest.mark.parametrize("speed", [1.0, 2.0])
def test_a_damaged_sound_is_heard_as_far_as_it_goes(tmp_path: Path, speed: float) -> None:
    path = tmp_path / "damaged.flac"
    noise = np.random.default_rng(3).uniform(-0.5, 0.5, 60 * RATE)
    soundfile.write(path, noise, RATE)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    heard = played(path, PlaybackOptions(speed))
    assert 15 < len(heard) / RATE * speed < 45


@pytest.mark.parametrize("speed", [1.0, 1.5])
def test_the_place_told_is_that_of_the_file(steps: Path, speed: float) -> None:
    feed = SoundFeed(steps)
    feed.take_course(PlaybackOptions(speed, left_out=(Span(2, 5),)))
    feed.start_at(1.0)
    while not feed.is_over:
        feed.skip(len(feed.peek(3_200)))
    feed.close()
    assert feed.place_after(0.5 / speed) == pytest.approx(1.5)
    assert feed.place_after(0.9 / speed) == pytest.approx(1.9)
    assert feed.place_after(1.5 / speed) == pytest.approx(5.5)
    assert feed.place_after(99) == 10.0


def test_the_place_told_goes_round_with_the_loop(steps: Path) -> None:
    feed = SoundFeed(steps)
    feed.take_course(PlaybackOptions(loop=Span(3, 5)))
    feed.start_at(4.0)
    given_s = 0.0
    while given_s < 9:
        block = feed.peek(3_200)
        feed.skip(len(block))
        given_s += len(block) / 2 / RATE
    feed.close()
    places = [feed.place_after(number + 0.5) for number in range(7)]
    assert places == pytest.approx([4.5, 3.5, 4.5, 3.5, 4.5, 3.5, 4.5])
