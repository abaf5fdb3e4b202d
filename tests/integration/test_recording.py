"""The microphone recorded through real helper processes and a virtual sound card."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import psutil
import pytest
import soundfile
import soxr
from numpy.typing import NDArray

from interview_app.recording.recorder import RecorderClient
from interview_app.recording.take_files import (
    SAMPLE_RATE,
    parts_of,
    repair_and_join,
    seconds_in,
    sound_file,
)
from interview_app.services.ports import (
    DeviceChoice,
    DevicesChanged,
    RecorderEvent,
    RecordingInterrupted,
    RecordingLevel,
    RecordingSaved,
    RecordingStarted,
    RecordingUnavailable,
)
from tests.sound import MICROPHONE, SoundCard, wait_for

pytestmark = pytest.mark.sound
DEFAULT = DeviceChoice()
UID = "s-q01-t01"
E = TypeVar("E", bound=RecorderEvent)


class Listener:
    """Everything a recorder told its subscriber, with the time it came."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.events: list[tuple[float, RecorderEvent]] = []
        self.client = RecorderClient(lambda call: call(), folder)
        self.client.subscribe(lambda event: self.events.append((time.monotonic(), event)))

    def all(self, kind: type[E]) -> list[E]:
        return [event for _, event in self.events if isinstance(event, kind)]

    def next(self, kind: type[E], act: Callable[[], None], limit_s: float = 10.0) -> E:
        """The first event of a kind after an act."""
        before = len(self.all(kind))
        act()
        wait_for(lambda: len(self.all(kind)) > before, limit_s, f"{kind.__name__} after {act}")
        return self.all(kind)[before]

    def start(self, **options: Any) -> RecordingStarted:
        return self.next(RecordingStarted, lambda: self.client.start(UID, DEFAULT, **options))

    def finish(self) -> RecordingSaved:
        return self.next(RecordingSaved, self.client.finish)

    def wait_for_seconds(self, seconds: float) -> None:
        """Wait until that much of the take is on disk."""
        wait_for(
            lambda: self.all(RecordingLevel)[-1].recorded_s >= seconds, 20, f"{seconds} s recorded"
        )


def helpers(role: str = "recorder") -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if child.cmdline()[-1:] == [role] and child.status() != psutil.STATUS_ZOMBIE:
                found.append(child)
    return found


@pytest.fixture
def recorder(sound_card: SoundCard, tmp_path: Path) -> Iterator[Listener]:
    listener = Listener(tmp_path)
    yield listener
    listener.client.close()
    assert helpers() == []
    assert [t.name for t in threading.enumerate() if "record" in t.name] == []


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An answer of some seconds that begins and ends with a loud word."""
    target = tmp_path_factory.mktemp("spoken") / "answer.wav"
    words = "Tomatoes. I led the migration of our billing service in four months. Potatoes"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(target), words], check=True)
    sound, rate = soundfile.read(target, dtype="float32")
    loud = np.flatnonzero(np.abs(sound) > 0.02)
    soundfile.write(target, sound[loud[0] : loud[-1] + 1], rate)
    return target


def at_16k(path: Path) -> NDArray[np.float32]:
    sound, rate = soundfile.read(path, dtype="float32")
    resampled: NDArray[np.float32] = soxr.resample(sound, rate, SAMPLE_RATE)
    return resampled


def found_at(part: NDArray[np.float32], whole: NDArray[np.float32]) -> tuple[float, float]:
    """Where a sound lies in another (seconds), and how alike the two are there (0 to 1)."""
    size = 1 << (len(part) + len(whole)).bit_length()
    product = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size)), size)
    start = int(np.argmax(product[: len(whole)]))
    there = whole[start : start + len(part)]
    part = part[: len(there)]
    likeness = float(np.dot(part, there) / (np.linalg.norm(part) * np.linalg.norm(there) + 1e-9))
    return start / SAMPLE_RATE, likeness


def test_a_spoken_answer_is_recorded_whole_from_its_first_word_to_its_last(
    sound_card: SoundCard, recorder: Listener, spoken: Path
) -> None:
    recorder.client.listen(DEFAULT)
    wait_for(lambda: recorder.all(RecordingLevel), what="levels while listening")
    assert recorder.all(RecordingLevel)[0].uid == ""

    recorder.start()
    began = time.monotonic()
    sound_card.say(spoken).wait()
    spoken_for = time.monotonic() - began
    saved = recorder.finish()

    with wave.open(str(saved.path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        assert file.getnframes() / 16_000 == pytest.approx(saved.duration_s)
    assert saved.duration_s == pytest.approx(spoken_for + 0.25, abs=0.4)
    answer, take = at_16k(spoken), at_16k(saved.path)
    half_second = SAMPLE_RATE // 2
    start_s, likeness = found_at(answer, take)
    _, first = found_at(answer[:half_second], take)
    _, last = found_at(answer[-half_second:], take)
    print(f"likeness whole {likeness:.4f} first {first:.4f} last {last:.4f}, starts {start_s:.2f}")
    assert min(likeness, first, last) > 0.98
    assert saved.path.stat().st_mode & 0o777 == 0o600
    assert parts_of(UID, recorder.folder) == ()
