"""Hearing kept takes: pitch at other speeds, the waveform of an hour, stalls of the window."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from math import log2
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication

from interview_app.domain.analysis.measures import Mark, Measures
from interview_app.domain.session import Session
from interview_app.domain.transcript import Segment, Span, Transcript, Word
from interview_app.gui.application import DesktopApplication, make_application
from interview_app.gui.theme import Scheme, Theme
from interview_app.recording.sound_feed import SoundFeed
from interview_app.recording.waveforms import WaveformFiles
from interview_app.services.jobs import JobContext
from interview_app.services.ports.player import PlaybackOptions
from tests.benchmarks.table import Row, row
from tests.benchmarks.turns import Turn, TurnWatch
from tests.gui.history_world import HistoryWorld, build_history, make_session, make_take

RATE = 16_000
HOUR_S = 3_600
ANSWER_S = 120
_PITCH_HZ = 180.0
_WORDS_PER_S = 2.5
_LIMIT_S = 60
_WIDTH, _HEIGHT = 1_200, 760
Samples = NDArray[np.float32]


def measure() -> list[Row]:
    """Every figure of hearing again."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        return [*_pitch(folder), *_waveform(folder), *_stalls(folder)]


def _pitch(folder: Path) -> list[Row]:
    path = folder / "sine.wav"
    tone = 0.5 * np.sin(2 * np.pi * _PITCH_HZ * np.arange(20 * RATE) / RATE)
    soundfile.write(path, tone, RATE)
    rows = []
    for speed in (0.5, 0.75, 1.5, 2.0):
        began = time.perf_counter()
        heard = _played(path, speed)
        took = time.perf_counter() - began
        cents = 1_200 * log2(_pitch_of(heard) / _PITCH_HZ)
        rows.append(
            row(
                f"pitch of a sine at {speed:g} times the speed",
                abs(cents),
                "cents off",
                promise="kept: people tell 5 apart",
                note=f"length {len(heard) / RATE * speed / 20:.4f} of what it should be, "
                f"{took / len(heard) * RATE * 100:.2f} % of a core",
            )
        )
    return rows


def _played(path: Path, speed: float) -> Samples:
    feed = SoundFeed(path)
    feed.take_course(PlaybackOptions(speed))
    feed.start_at(0.0)
    given = bytearray()
    while not feed.is_over:
        block = feed.peek(6_400)
        feed.skip(len(block))
        given += block
    feed.close()
    heard: Samples = np.frombuffer(bytes(given), "<i2").astype(np.float32)
    return heard


def _pitch_of(samples: Samples) -> float:
    """By the autocorrelation of a second and a half of its middle, its peak found between lags."""
    middle = samples[len(samples) // 2 :][: RATE * 3 // 2]
    power = np.abs(np.fft.rfft(middle - middle.mean(), 1 << 16)) ** 2
    likeness = np.fft.irfft(power)
    lags = np.arange(RATE // 600, RATE // 60)
    best = int(lags[np.argmax(likeness[lags])])
    before, at, after = likeness[best - 1 : best + 2]
    return float(RATE / (best + (before - after) / (2 * (before - 2 * at + after))))


def _waveform(folder: Path) -> list[Row]:
    path = folder / "hour.wav"
    _write_speech(path, HOUR_S)
    files = WaveformFiles()
    began = time.perf_counter()
    files.of(path, JobContext())
    first = time.perf_counter() - began
    again = []
    for _ in range(5):
        began = time.perf_counter()
        files.of(path, JobContext())
        again.append(time.perf_counter() - began)
    return [
        row("waveform of an hour, read in a job", first, "s", note="once; then kept beside it"),
        row("the same, kept", statistics.median(again), "s", note="median of 5"),
    ]


def _write_speech(path: Path, seconds: int) -> None:
    """Noise in the rhythm of speech, a minute of it again and again."""
    at = np.arange(60 * RATE) / RATE
    loudness = np.clip(np.sin(2 * np.pi * at / 0.4) + 0.3, 0, 1) * (
        np.sin(2 * np.pi * at / 15) > -0.7
    )
    noise = np.random.default_rng(5).normal(0, 0.2, len(at)) * loudness
    minute = (np.clip(noise, -1, 1) * 32_767).astype(np.int16)
    path.parent.mkdir(parents=True, exist_ok=True)
    with soundfile.SoundFile(path, "w", RATE, 1, "PCM_16") as file:
        left = seconds * RATE
        while left > 0:
            file.write(minute[:left])
            left -= len(minute)


def _stalls(folder: Path) -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    existing = QApplication.instance()
    app = existing if isinstance(existing, DesktopApplication) else make_application(["bench"])
    theme = Theme(app, Scheme.LIGHT)
    rows: list[Row] = []
    for name, seconds in (("two minutes", ANSWER_S), ("an hour", HOUR_S)):
        world = build_history(theme, folder / name)
        try:
            rows += _stalls_of(world, name, seconds)
        finally:
            world.close()
            world.page.deleteLater()
    theme.close()
    return rows


def _stalls_of(world: HistoryWorld, name: str, seconds: int) -> list[Row]:
    page = world.page
    session_id = _keep_long_take(world, seconds)
    page.resize(_WIDTH, _HEIGHT)
    page.show()
    _turn(1.0)
    watch = TurnWatch()
    found: dict[str, Turn] = {}
    page.open_session(session_id)
    wave = page.session.take_view.player.wave
    _wait(lambda: wave.drawn.waveform is not None)
    _turn(0.3)
    found["opened"] = watch.take()
    page.replaying.toggle()
    for number in range(100):
        world.player.go_to(number * seconds / 100)
        _turn(0.01)
    found["played through"] = watch.take()
    for command in (wave.zoom_in,) * 8 + (wave.zoom_out,) * 8 + (wave.show_whole,):
        command()
        _turn(0.01)
    found["come closer to"] = watch.take()
    watch.close()
    rows = [
        row(
            f"longest stall, a take of {name} {what}",
            turn.longest_s,
            "s",
            promise="at most 0.05 s",
            note=f"of which this thread's own work at most {turn.work_s * 1000:.0f} ms",
        )
        for what, turn in found.items()
    ]
    wave.show_whole()
    rows.append(
        row(f"waveform of {name} painted anew", _painting_s(wave.grab), "s", note="all of it")
    )
    return rows


def _painting_s(grab: Callable[[], object]) -> float:
    began = time.thread_time()
    grab()
    return time.thread_time() - began


def _keep_long_take(world: HistoryWorld, seconds: int) -> int:
    session: Session = make_session(world.clock, takes=())
    take = make_take(session, 0)
    step = 1 / _WORDS_PER_S
    words = [
        Word("sentence." if n % 12 == 11 else "word", n * step, n * step + 0.3)
        for n in range(round(seconds * _WORDS_PER_S))
    ]
    segments = tuple(Segment(tuple(words[n : n + 24])) for n in range(0, len(words), 24))
    marks = tuple(Mark("um", float(s), s + 0.4) for s in range(0, seconds, 12))
    pauses = tuple(Mark("", float(s), s + 3.0) for s in range(7, seconds - 4, 30))
    take = replace(
        take,
        duration_s=float(seconds),
        transcript=Transcript("en", "whisper", "base", segments),
        speech=tuple(Span(s + 0.5, s + 9.0) for s in range(0, seconds - 10, 10)),
        measures=Measures(len(words), 150, 160, seconds * 0.8, 0.5, marks, (), pauses),
    )
    with world.database.new_unit() as unit:
        number = unit.sessions.add(session.with_take(take))
        unit.commit()
    _write_speech(world.paths.root / str(take.sound), seconds)
    return number


def _turn(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.001)


def _wait(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + _LIMIT_S
    while not is_so():
        assert time.monotonic() < end, "the page did not become ready"
        QApplication.processEvents()
        time.sleep(0.001)
