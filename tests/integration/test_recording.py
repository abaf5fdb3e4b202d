"""The microphone recorded through real helper processes and a virtual sound card."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import textwrap
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

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
from interview_app.services.ports.devices import DeviceChoice, DevicesChanged
from interview_app.services.ports.recorder import (
    RecorderEvent,
    RecordingAvailable,
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

    @property
    def level(self) -> RecordingLevel:
        """The last level told; silence before the first."""
        return next(iter(self.all(RecordingLevel)[-1:]), RecordingLevel("", 0.0, 0.0, 0.0))

    def next(self, kind: type[E], command: Callable[[], None], limit_s: float = 60.0) -> E:
        """The first event of a kind after an act."""
        before = len(self.all(kind))
        command()
        wait_for(lambda: len(self.all(kind)) > before, limit_s, f"{kind.__name__} after {command}")
        return self.all(kind)[before]

    def start(self, pre_roll_s: float = 0.0) -> RecordingStarted:
        return self.next(
            RecordingStarted, lambda: self.client.start(UID, DEFAULT, pre_roll_s=pre_roll_s)
        )

    def finish(self) -> RecordingSaved:
        return self.next(RecordingSaved, self.client.finish)

    def wait_for_seconds(self, seconds: float) -> None:
        """Wait until that much of the take is on disk."""
        wait_for(lambda: self.level.recorded_s >= seconds, what=f"{seconds} s recorded")


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


@pytest.fixture(scope="module")
def tone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds of a tone of half of full scale."""
    target = tmp_path_factory.mktemp("tone") / "tone.wav"
    times = np.arange(10 * 48_000) / 48_000
    soundfile.write(target, 0.5 * np.sin(2 * np.pi * 440 * times), 48_000)
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
    sound_card.say(spoken).wait()
    saved = recorder.finish()

    with wave.open(str(saved.path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        assert file.getnframes() / 16_000 == pytest.approx(saved.duration_s)
    answer, take = at_16k(spoken), at_16k(saved.path)
    half_second = SAMPLE_RATE // 2
    # A player that starves on a busy machine puts silence in between; what a recorder loses makes
    # the take shorter than what was said.
    pieces = [answer[at : at + half_second] for at in range(0, len(answer), half_second)]
    loud = [piece for piece in pieces if np.abs(piece).max() > 0.05]
    whole = [piece for piece in loud if found_at(piece, take)[1] > 0.98]
    assert len(whole) >= len(loud) - 2
    began, first = found_at(answer[:half_second], take)
    ended, last = found_at(answer[-half_second:], take)
    assert min(first, last) > 0.98
    assert ended - began > (len(answer) - half_second) / SAMPLE_RATE - 0.02
    assert saved.path.stat().st_mode & 0o777 == 0o600
    assert parts_of(UID, recorder.folder) == ()


def test_starting_while_listening_keeps_the_microphone_open_and_may_begin_a_little_earlier(
    sound_card: SoundCard, recorder: Listener
) -> None:
    recorder.client.listen(DEFAULT)
    wait_for(lambda: len(recorder.all(RecordingLevel)) > 15, what="levels while listening")
    stream = sound_card.recordings()

    recorder.start(pre_roll_s=0.4)
    wait_for(lambda: recorder.level.uid == UID, what="levels of the take")

    assert sound_card.recordings() == stream
    assert recorder.level.recorded_s >= 0.4
    recorder.finish()


def test_a_last_word_that_still_sounds_when_the_button_is_pressed_is_in_the_take(
    sound_card: SoundCard, recorder: Listener, tone: Path
) -> None:
    recorder.start()
    sound_card.say(tone)
    wait_for(lambda: recorder.level.peak > 0.4, what="the tone is heard")
    pressed_s = recorder.level.recorded_s
    saved = recorder.finish()

    tail = at_16k(saved.path)[-SAMPLE_RATE // 5 :]
    assert 0.2 <= saved.duration_s - pressed_s <= 0.5
    assert np.abs(tail.reshape(-1, 320)).max(axis=1).min() > 0.4, "sound to the very end"


def test_levels_follow_the_sound(sound_card: SoundCard, recorder: Listener, tone: Path) -> None:
    recorder.client.listen(DEFAULT)
    wait_for(lambda: recorder.all(RecordingLevel), what="levels")
    assert recorder.level.peak < 0.01

    sound_card.say(tone)
    wait_for(lambda: recorder.level.peak > 0.4, what="a loud level")
    first = len(recorder.all(RecordingLevel))
    wait_for(lambda: len(recorder.all(RecordingLevel)) >= first + 20, what="a second of levels")

    loud = recorder.level
    assert loud.rms == pytest.approx(loud.peak / 2**0.5, rel=0.1)
    assert loud.peak <= 1.0


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGABRT])
def test_a_helper_that_dies_in_mid_take_is_replaced_without_a_word_to_the_person(
    sound_card: SoundCard, recorder: Listener, death: signal.Signals
) -> None:
    recorder.start()
    recorder.wait_for_seconds(2)
    helpers()[0].send_signal(death)
    recorder.wait_for_seconds(4)
    parts = len(parts_of(UID, recorder.folder))
    saved = recorder.finish()

    assert parts == 2
    assert saved.duration_s >= 4
    assert recorder.all(RecordingInterrupted) == []
    assert soundfile.info(saved.path).duration == pytest.approx(saved.duration_s)


CLIENT = """
import sys, time
from pathlib import Path
from interview_app.recording.recorder import RecorderClient
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.recorder import RecordingStarted

client = RecorderClient(lambda call: call(), Path(sys.argv[1]))
client.subscribe(lambda e: isinstance(e, RecordingStarted) and print("started", flush=True))
client.start("crash", DeviceChoice())
time.sleep(60)
"""


def test_a_killed_application_leaves_a_whole_part_and_no_helper(
    sound_card: SoundCard, tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CLIENT), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
    ) as application:
        assert application.stdout is not None
        assert application.stdout.readline() == "started\n"
        children = psutil.Process(application.pid).children()
        wait_for(lambda: seconds_in(parts_of("crash", tmp_path)) > 2, what="2 s on disk")
        application.kill()
    psutil.wait_procs(children, timeout=60)

    parts = parts_of("crash", tmp_path)
    assert not any(child.is_running() for child in children)
    assert soundfile.info(parts[0]).frames / 16_000 == seconds_in(parts), "closed by its helper"
    duration_s = repair_and_join(parts, sound_file("crash", tmp_path))
    assert duration_s > 2


def test_application_and_helper_killed_together_leave_a_part_that_can_be_repaired(
    sound_card: SoundCard, recorder: Listener
) -> None:
    recorder.start()
    recorder.wait_for_seconds(2)
    copy = recorder.folder / "copy.part-001.wav"
    copy.write_bytes(parts_of(UID, recorder.folder)[0].read_bytes())

    assert soundfile.info(copy).frames == 0, "nobody closed it"
    assert repair_and_join([copy], recorder.folder / "copy.wav") >= 2
    recorder.finish()


def test_a_sound_server_that_restarts_in_mid_take_keeps_what_was_said_and_lets_it_go_on(
    sound_card: SoundCard, recorder: Listener
) -> None:
    recorder.start()
    recorder.wait_for_seconds(2)
    stopped = recorder.next(RecordingInterrupted, sound_card.kill)
    assert stopped.uid == UID
    assert stopped.recorded_s >= 2
    assert stopped.reason

    sound_card.start()
    wait_for(lambda: recorder.all(DevicesChanged)[-1].microphones, what="the microphone is back")
    recorder.next(RecordingStarted, lambda: recorder.client.resume(DEFAULT))
    recorder.wait_for_seconds(stopped.recorded_s + 1)
    saved = recorder.finish()

    assert saved.duration_s >= stopped.recorded_s + 1


def test_a_take_begins_although_the_sound_server_restarted_since_the_last_one(
    sound_card: SoundCard, recorder: Listener
) -> None:
    recorder.start()
    recorder.wait_for_seconds(0.3)
    recorder.finish()
    recorder.client.release()
    wait_for(lambda: sound_card.recordings() == [], what="the microphone is released")
    sound_card.kill()
    sound_card.start()
    recorder.next(RecordingStarted, lambda: recorder.client.start("second", DEFAULT))
    recorder.wait_for_seconds(0.5)
    assert recorder.finish().path == sound_file("second", recorder.folder)
    assert recorder.all(RecordingInterrupted) == []


def test_a_microphone_removed_in_mid_take_interrupts_it_and_another_one_goes_on(
    sound_card: SoundCard, recorder: Listener
) -> None:
    sound_card.plug_microphone("Headset", "headset")
    recorder.start()
    recorder.wait_for_seconds(1.5)
    stopped = recorder.next(RecordingInterrupted, sound_card.unplug_microphone)
    wait_for(
        lambda: [m.name for m in recorder.all(DevicesChanged)[-1].microphones] == ["Headset"],
        what="the list without it",
    )
    assert MICROPHONE in stopped.reason

    headset = DeviceChoice(name="Headset")
    again = recorder.next(RecordingStarted, lambda: recorder.client.resume(headset))
    assert again.device == "Headset"
    recorder.wait_for_seconds(stopped.recorded_s + 1)
    saved = recorder.finish()
    assert saved.duration_s >= stopped.recorded_s + 1 >= 2.5


def test_a_stream_moved_to_the_speaker_s_monitor_is_not_taken_for_the_microphone(
    sound_card: SoundCard, recorder: Listener
) -> None:
    recorder.start()
    recorder.wait_for_seconds(0.5)
    stopped = recorder.next(
        RecordingInterrupted, lambda: sound_card.move_recordings_to("speaker.monitor"), 5
    )
    assert "switched away" in stopped.reason


def test_what_is_said_during_a_pause_is_not_in_the_take(
    sound_card: SoundCard, recorder: Listener, tone: Path
) -> None:
    stream_before = recorder.start() and sound_card.recordings()
    recorder.wait_for_seconds(1)
    recorder.client.pause()
    part = parts_of(UID, recorder.folder)[0]
    wait_for(lambda: soundfile.info(part).frames > 0, what="the part is closed")
    player = sound_card.say(tone)
    wait_for(lambda: recorder.level.peak > 0.4, what="the tone is heard")
    paused_at = recorder.level.recorded_s
    player.kill()
    wait_for(
        lambda: all(level.peak < 0.01 for level in recorder.all(RecordingLevel)[-10:]),
        what="silence again",
    )
    recorder.client.resume(DEFAULT)
    recorder.wait_for_seconds(paused_at + 1)

    assert sound_card.recordings() == stream_before, "the microphone stayed open"
    saved = recorder.finish()
    assert np.abs(at_16k(saved.path)).max() < 0.01
    assert saved.duration_s == pytest.approx(paused_at + 1.25, abs=0.5)


def test_a_helper_that_dies_in_a_pause_leaves_the_take_paused(
    sound_card: SoundCard, recorder: Listener
) -> None:
    recorder.start()
    recorder.wait_for_seconds(1)
    recorder.client.pause()
    wait_for(lambda: recorder.level.recorded_s, what="a level")
    old = helpers()[0]
    old.kill()
    wait_for(lambda: helpers() and helpers() != [old], what="a new helper")
    seen = len(recorder.all(RecordingLevel))
    wait_for(lambda: len(recorder.all(RecordingLevel)) > seen + 10, what="levels of the new one")

    paused_at = recorder.level.recorded_s
    assert seconds_in(parts_of(UID, recorder.folder)) == pytest.approx(paused_at)
    recorder.next(RecordingStarted, lambda: recorder.client.resume(DEFAULT))
    recorder.wait_for_seconds(paused_at + 0.5)
    assert recorder.finish().duration_s >= paused_at + 0.5
    assert recorder.all(RecordingInterrupted) == []


@pytest.mark.parametrize("obstacle", ["no sound server", "no microphone"])
def test_without_a_microphone_the_person_hears_so(
    sound_card: SoundCard, recorder: Listener, obstacle: str
) -> None:
    if obstacle == "no sound server":
        sound_card.kill()
    else:
        sound_card.unplug_microphone()
    refused = recorder.next(RecordingUnavailable, lambda: recorder.client.start(UID, DEFAULT))
    level = recorder.next(RecordingUnavailable, lambda: recorder.client.listen(DEFAULT))

    assert (refused.uid, level.uid) == (UID, "")
    assert refused.reason
    assert refused.remedy
    assert list(recorder.folder.iterdir()) == []


def test_a_microphone_that_another_program_holds_is_told_once_and_had_when_it_is_free(
    sound_card: SoundCard, recorder: Listener
) -> None:
    def is_known() -> bool:
        told = recorder.all(RecordingUnavailable)
        return bool(told) and "Another program may hold it" in told[-1].remedy

    with sound_card.busy_microphone():
        recorder.client.listen(DEFAULT)
        wait_for(is_known, what="the reason is told")
        taken = recorder.next(RecordingUnavailable, lambda: recorder.client.start(UID, DEFAULT))
        assert taken.uid == UID
        wait_for(is_known, what="the reason is told")
        told = len(recorder.all(RecordingUnavailable))
        tries = sound_card.refusals()
        wait_for(lambda: sound_card.refusals() > tries + 1, what="it is tried again by itself")
        assert len(recorder.all(RecordingUnavailable)) == told, "and nothing more is said of it"
        assert recorder.all(RecordingAvailable) == []
    wait_for(lambda: recorder.all(RecordingAvailable), what="it is had by itself")
    assert recorder.all(RecordingAvailable)[0].device == MICROPHONE
    wait_for(lambda: recorder.all(RecordingLevel), what="levels flow")
    assert recorder.start().uid == UID
    recorder.wait_for_seconds(0.5)
    assert recorder.finish().duration_s >= 0.5


def test_a_microphone_let_go_of_is_not_tried_any_more(
    sound_card: SoundCard, recorder: Listener
) -> None:
    with sound_card.busy_microphone():
        recorder.next(RecordingUnavailable, lambda: recorder.client.listen(DEFAULT))
        recorder.client.release()
        tries = sound_card.refusals()
    recorder.next(RecordingLevel, lambda: recorder.client.listen(DEFAULT))
    assert recorder.all(RecordingAvailable) == []
    assert sound_card.refusals() == tries


def test_a_microphone_that_gives_nothing_is_tried_until_it_gives(
    sound_card: SoundCard, recorder: Listener
) -> None:
    sound_card.suspend_microphone()
    recorder.next(RecordingUnavailable, lambda: recorder.client.listen(DEFAULT))
    sound_card.suspend_microphone(is_suspended=False)
    wait_for(lambda: recorder.all(RecordingAvailable), what="it is had by itself")
    wait_for(lambda: recorder.all(RecordingLevel), what="levels flow")


def test_a_helper_that_hangs_is_reported(sound_card: SoundCard, recorder: Listener) -> None:
    recorder.client.warm_up()
    wait_for(lambda: recorder.all(DevicesChanged), what="the devices")
    helpers()[0].suspend()
    refused = recorder.next(RecordingUnavailable, lambda: recorder.client.start(UID, DEFAULT))
    assert "does not answer" in refused.reason


def test_a_full_disk_interrupts_the_take_and_keeps_what_was_written(
    sound_card: SoundCard, recorder: Listener
) -> None:
    recorder.start()
    recorder.wait_for_seconds(0.5)
    helpers()[0].rlimit(psutil.RLIMIT_FSIZE, (48_000, 48_000))
    wait_for(lambda: recorder.all(RecordingInterrupted), what="the interruption")
    stopped = recorder.all(RecordingInterrupted)[0]

    assert "cannot be written" in stopped.reason
    assert stopped.recorded_s == pytest.approx(1.5, abs=0.1)
    assert recorder.finish().duration_s == pytest.approx(1.5, abs=0.1)


def test_closing_in_mid_take_saves_it_and_says_nothing_more(
    sound_card: SoundCard, recorder: Listener
) -> None:
    recorder.start()
    recorder.wait_for_seconds(1)
    recorder.client.close()
    told = len(recorder.events)

    assert soundfile.info(sound_file(UID, recorder.folder)).duration >= 1
    assert parts_of(UID, recorder.folder) == ()
    assert helpers() == []
    recorder.client.start("late", DEFAULT)
    assert len(recorder.events) == told


def test_no_act_waits_for_the_helper(sound_card: SoundCard, recorder: Listener) -> None:
    client = recorder.client
    client.warm_up()
    wait_for(lambda: recorder.all(DevicesChanged), what="the devices")
    helper = helpers()[0]
    helper.suspend()
    told = len(recorder.events)
    commands: list[Callable[[], None]] = [
        lambda: client.listen(DEFAULT),
        lambda: client.start(UID, DEFAULT),
        client.pause,
        lambda: client.resume(DEFAULT),
        client.finish,
        client.release,
    ]
    for command in commands:
        command()
    assert len(recorder.events) == told, "all returned while the helper stood still"
    helper.resume()
    wait_for(lambda: recorder.all(RecordingSaved), what="the take is closed")


def test_a_take_that_cannot_be_put_together_keeps_its_parts_and_can_be_finished_later(
    sound_card: SoundCard, recorder: Listener
) -> None:
    recorder.start()
    recorder.wait_for_seconds(0.5)
    obstacle = sound_file(UID, recorder.folder)
    obstacle.mkdir()
    stopped = recorder.next(RecordingInterrupted, recorder.client.finish)
    assert "could not be put together" in stopped.reason
    assert seconds_in(parts_of(UID, recorder.folder)) == stopped.recorded_s >= 0.5

    obstacle.rmdir()
    assert recorder.finish().duration_s == stopped.recorded_s
