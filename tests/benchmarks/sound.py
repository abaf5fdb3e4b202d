"""How exact the player is and what failures of sound cost, with the real helpers and a sound card.

On a busy machine all this is slower: here that is a figure, in a test it would be a failure.
"""

from __future__ import annotations

import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import psutil
import soundfile
from numpy.typing import NDArray

from interview_app.recording.player import PlayerClient
from interview_app.recording.recorder import RecorderClient
from interview_app.services.ports.devices import DeviceChoice, DevicesChanged
from interview_app.services.ports.player import PlaybackFailed, PlaybackPosition, PlayerEvent
from interview_app.services.ports.recorder import (
    RecorderEvent,
    RecordingLevel,
    RecordingSaved,
    RecordingStarted,
    RecordingUnavailable,
)
from tests.benchmarks.table import Row, row
from tests.sound import SoundCard, wait_for

_RATE = 16_000
_RUNS = 5
_DEFAULT = DeviceChoice()
_TAIL_S = 0.25
"""What the recorder takes in after the button: a last word still sounds when it is pressed."""
_HEADER_BYTES = 44
T = TypeVar("T")
E = TypeVar("E")


class _Told(Generic[T]):
    """What a client told, with the time it came."""

    def __init__(self) -> None:
        self.events: list[tuple[float, T]] = []

    def __call__(self, event: T) -> None:
        self.events.append((time.monotonic(), event))

    def of(self, kind: type[E]) -> list[tuple[float, E]]:
        return [(at, event) for at, event in self.events if isinstance(event, kind)]

    def after(self, command: Callable[[], None], kind: type[E]) -> float:
        """Seconds from before an act to the first event of a kind after it."""
        before, began = len(self.of(kind)), time.monotonic()
        command()
        wait_for(lambda: len(self.of(kind)) > before, what=kind.__name__)
        return self.of(kind)[before][0] - began


def measure() -> list[Row]:
    """The place told, the pace of levels, what a death costs, and when a failure is told."""
    with SoundCard() as card, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [
            _place(card, folder),
            _levels(folder / "levels"),
            _death(folder / "deaths"),
            _hanging(folder / "hanging"),
            _deaf(card, folder / "deaf"),
            _mute(card, folder),
        ]


def _summary(
    what: str, found: list[float], *, promise: str = "", unit: str = "s", digits: int = 2
) -> Row:
    note = f"median of {len(found)}, worst {max(found):.{digits}f} {unit}"
    return row(what, statistics.median(found), unit, promise=promise, note=note)


def _place(card: SoundCard, folder: Path) -> Row:
    """The place in a noise that is told, beside the one that is heard at the speaker then."""
    noise = folder / "noise.flac"
    whole = np.random.default_rng(7).uniform(-0.5, 0.5, 12 * _RATE)
    soundfile.write(noise, whole, _RATE)
    told: list[tuple[int, float]] = []
    with card.heard(folder / "heard.wav") as heard, _player() as (client, events):
        client.play("noise", noise, _DEFAULT, start_s=3.0)
        for place_s in (3.5, 4.0, 4.5, 5.0, 5.5, 6.0):
            wait_for(lambda place_s=place_s: _place_told(events) >= place_s, what="the place")  # type: ignore[misc]
            told.append(((heard.stat().st_size - _HEADER_BYTES) // 2, _place_told(events)))
        client.stop()
        sound = np.frombuffer(heard.read_bytes()[_HEADER_BYTES:][: 2 * told[-1][0]], "<i2") / 32_768
    piece = _RATE // 10
    errors = [
        abs(place_s - _found_at(sound[now - piece : now], whole) - piece / _RATE) * 1000
        for now, place_s in told
    ]
    return _summary("the place told, beside the one heard", errors, unit="ms", digits=0)


def _place_told(events: _Told[PlayerEvent]) -> float:
    places = events.of(PlaybackPosition)
    return places[-1][1].position_s if places else 0.0


def _found_at(part: NDArray[np.float64], whole: NDArray[np.float64]) -> float:
    size = 1 << (len(whole) + len(part)).bit_length()
    alike = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size)), size)
    return float(np.argmax(alike[: len(whole)])) / _RATE


def _levels(folder: Path) -> Row:
    with _recorder(folder) as (client, events):
        client.listen(_DEFAULT)
        wait_for(lambda: events.of(RecordingLevel), what="a level")
        wait_for(lambda: len(events.of(RecordingLevel)) > 60, what="three seconds of levels")
        times = [at for at, _ in events.of(RecordingLevel)]
    rate = (len(times) - 1) / (times[-1] - times[0])
    return row("levels of the microphone a second", rate, "", note=f"{len(times)} levels")


def _death(folder: Path) -> Row:
    """What is missing of a take whose recorder is killed after two seconds, and goes on."""
    missing = []
    for run in range(_RUNS):
        with _recorder(folder / str(run)) as (client, events):
            client.start("take", _DEFAULT)
            wait_for(lambda: events.of(RecordingStarted), what="recording")
            began = events.of(RecordingStarted)[0][0]
            wait_for(lambda: _recorded_s(events) >= 2, what="2 s")
            _helper().send_signal(signal.SIGKILL)
            wait_for(lambda: _recorded_s(events) >= 4, what="4 s")
            elapsed_s = time.monotonic() - began
            client.finish()
            wait_for(lambda: events.of(RecordingSaved), what="the take")
            missing.append(elapsed_s + _TAIL_S - events.of(RecordingSaved)[0][1].duration_s)
    return _summary("sound missing where the recorder is killed", missing, promise="at most 1 s")


def _recorded_s(events: _Told[RecorderEvent]) -> float:
    levels = events.of(RecordingLevel)
    return levels[-1][1].recorded_s if levels else 0.0


def _hanging(folder: Path) -> Row:
    waits = []
    for run in range(_RUNS):
        with _recorder(folder / str(run)) as (client, events):
            client.warm_up()
            wait_for(lambda: events.of(DevicesChanged), what="the devices")
            _helper().suspend()
            start = lambda: client.start("take", _DEFAULT)  # noqa: E731
            waits.append(events.after(start, RecordingUnavailable))
    return _summary("told that the recorder does not answer", waits, promise="3 s")


def _deaf(card: SoundCard, folder: Path) -> Row:
    card.unplug_microphone()
    waits = []
    for run in range(_RUNS):
        with _recorder(folder / str(run)) as (client, events):
            start = lambda: client.start("take", _DEFAULT)  # noqa: E731
            waits.append(events.after(start, RecordingUnavailable))
    return _summary("told that there is no microphone", waits, promise="3 s")


def _mute(card: SoundCard, folder: Path) -> Row:
    card.kill()
    waits = []
    for _ in range(_RUNS):
        with _player() as (client, events):
            play = lambda: client.play("noise", folder / "noise.flac", _DEFAULT)  # noqa: E731
            waits.append(events.after(play, PlaybackFailed))
    return _summary("told that the sound system is gone", waits, promise="3 s")


@contextmanager
def _recorder(folder: Path) -> Iterator[tuple[RecorderClient, _Told[RecorderEvent]]]:
    folder.mkdir(parents=True)
    client, events = RecorderClient(lambda call: call(), folder), _Told[RecorderEvent]()
    client.subscribe(events)
    try:
        yield client, events
    finally:
        client.close()


@contextmanager
def _player() -> Iterator[tuple[PlayerClient, _Told[PlayerEvent]]]:
    client, events = PlayerClient(lambda call: call()), _Told[PlayerEvent]()
    client.subscribe(events)
    try:
        yield client, events
    finally:
        client.close()


def _helper() -> psutil.Process:
    """The recorder's helper of this process."""
    return next(p for p in psutil.Process().children() if p.cmdline()[-1:] == ["recorder"])
