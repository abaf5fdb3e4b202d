"""A take's waveform is read once, kept beside the take, and says what is damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from interview_app.domain.errors import NotASound
from interview_app.recording.waveforms import WaveformFiles, place_of
from interview_app.services.jobs import JobCancelled, JobContext
from interview_app.services.playback.waveform import LEVELS_PER_S, Waveform


def write_steps(path: Path, rate: int = 16_000, channels: int = 1) -> None:
    """A second of silence, a second at half of full scale, a second of silence, one at full."""
    steps = np.repeat([0.0, 0.5, 0.0, 0.99], rate)
    soundfile.write(path, np.repeat(steps[:, None], channels, axis=1), rate)


def read(path: Path) -> Waveform:
    return WaveformFiles().of(path, JobContext())


@pytest.mark.parametrize(
    ("name", "rate", "channels"),
    [("a.wav", 16_000, 1), ("b.flac", 44_100, 2), ("c.wav", 8_000, 1), ("d.ogg", 22_050, 1)],
)
def test_levels_follow_the_sound_whatever_its_form(
    tmp_path: Path, name: str, rate: int, channels: int
) -> None:
    path = tmp_path / name
    write_steps(path, rate, channels)
    waveform = read(path)
    assert waveform.duration_s == pytest.approx(4.0, abs=0.02)
    middles = [waveform.levels[round((second + 0.5) * LEVELS_PER_S)] for second in range(4)]
    assert middles[0] == middles[2] == 0
    assert middles[1] == pytest.approx(230, abs=6), "half of full scale is 6 dB below it"
    assert middles[3] == pytest.approx(255, abs=4)
    assert not waveform.is_cut_short


def test_columns_are_the_loudest_of_their_stretch_and_nothing_outside(tmp_path: Path) -> None:
    write_steps(tmp_path / "a.wav")
    waveform = read(tmp_path / "a.wav")
    assert [round(c, 1) for c in waveform.columns(0.0, 1.0, 5)] == [0.0, 0.9, 0.0, 1.0, 0.0]
    assert [round(c, 1) for c in waveform.columns(-1.0, 2.0, 3)] == [0.0, 0.9, 1.0]
    assert waveform.columns(1.0, 0.001, 3) == [waveform.levels[50] / 255] * 3


def test_it_is_kept_beside_the_take_and_read_anew_only_when_the_sound_changed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "s1-q01-t01.wav"
    write_steps(path)
    first = read(path)
    kept = place_of(path)
    assert kept.parent == path.parent
    assert kept.stat().st_size < 1_000
    kept.write_bytes(kept.read_bytes()[:-1] + b"\x07")
    assert read(path).levels[-1] == 7, "what is kept is used"
    soundfile.write(path, np.zeros(16_000), 16_000)
    again = read(path)
    assert again.duration_s == 1.0
    assert again != first


@pytest.mark.parametrize("kept", [b"", b"levels-0" + bytes(40), b"levels-1" + bytes(4)])
def test_a_damaged_or_older_file_beside_it_is_made_again(tmp_path: Path, kept: bytes) -> None:
    path = tmp_path / "a.wav"
    write_steps(path)
    place_of(path).write_bytes(kept)
    assert read(path).duration_s == 4.0


def test_a_place_that_cannot_be_written_to_costs_only_the_keeping(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_steps(path)
    place_of(path).mkdir()
    assert read(path).duration_s == 4.0
    assert place_of(path).is_dir()


def test_a_missing_a_damaged_and_an_empty_sound_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotASound, match="is gone"):
        read(tmp_path / "none.wav")
    (tmp_path / "text.wav").write_text("no sound")
    with pytest.raises(NotASound, match="cannot be read"):
        read(tmp_path / "text.wav")
    soundfile.write(tmp_path / "empty.wav", np.zeros(0), 16_000)
    with pytest.raises(NotASound, match="holds no sound"):
        read(tmp_path / "empty.wav")


def test_a_sound_that_breaks_off_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, 16_000 * 100)
    soundfile.write(path, noise, 16_000)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 7 // 10])
    waveform = read(path)
    assert waveform.is_cut_short
    assert 25 < waveform.duration_s < 75
    assert read(path).is_cut_short, "also from what is kept"


def test_nobody_waits_for_a_cancelled_one(tmp_path: Path) -> None:
    write_steps(tmp_path / "a.wav")
    job = JobContext()
    job.cancel()
    with pytest.raises(JobCancelled):
        WaveformFiles().of(tmp_path / "a.wav", job)
    assert not place_of(tmp_path / "a.wav").exists()
