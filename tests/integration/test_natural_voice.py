"""The natural voices with their real helper and model; skipped where the model is not here."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import psutil
import pytest

from interview_app.domain.errors import VoiceUnavailable
from interview_app.services.jobs import JobCancelled, JobContext
from interview_app.speech_synthesis.cache import VoiceCache
from interview_app.speech_synthesis.interview_voice import InterviewVoice
from interview_app.speech_synthesis.interviewers import interviewers
from interview_app.speech_synthesis.loudness import TARGET_LUFS, loudness_lufs
from interview_app.speech_synthesis.natural_files import FOLDER, MODEL, NaturalFiles
from interview_app.speech_synthesis.natural_speed import SLOWEST_FACTOR
from interview_app.speech_synthesis.natural_voice import NaturalVoice
from interview_app.speech_synthesis.pronunciations import Pronunciations
from interview_app.speech_synthesis.pyttsx_voice import PyttsxVoice
from interview_app.support.paths import AppPaths

HERE = NaturalFiles(AppPaths.choose().models).place()
pytestmark = [
    pytest.mark.skipif(HERE is None, reason="the natural voices are not here: make voices"),
    pytest.mark.timeout(300),
]
HANNAH, GEORGE = "kokoro:af_heart", "kokoro:bm_george"
SHORT, OTHER = "Why?", "And then?"
QUESTION = "How do you use RICE?"
T = TypeVar("T")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A models folder of this test, with the real files."""
    assert HERE is not None
    folder = tmp_path / "models"
    (folder / FOLDER).mkdir(parents=True)
    for file in HERE.iterdir():
        (folder / FOLDER / file.name).symlink_to(file)
    return folder


@pytest.fixture
def make_voice(tmp_path: Path, models: Path) -> Iterator[Callable[[VoiceCache], InterviewVoice]]:
    made: list[InterviewVoice] = []

    def make(cache: VoiceCache) -> InterviewVoice:
        own = Pronunciations(tmp_path / "pronunciations.json")
        natural = NaturalVoice(NaturalFiles(models), cache, own, tmp_path / "speed.json")
        made.append(InterviewVoice(PyttsxVoice(cache, own), natural))
        return made[-1]

    yield make
    for voice in made:
        voice.close()
    assert helpers() == []


@pytest.fixture
def voice(tmp_path: Path, make_voice: Callable[[VoiceCache], InterviewVoice]) -> InterviewVoice:
    return make_voice(VoiceCache(tmp_path / "cache"))


def helpers() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.NoSuchProcess):
            if child.cmdline()[-2:] == ["--helper", "natural-voice"]:
                found.append(child)
    return found


def wait_for(fact: Callable[[], T]) -> T:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if found := fact():
            return found
        time.sleep(0.005)
    raise AssertionError("it did not happen within 120 s")


def loudness_of(sound: Path) -> float | None:
    with wave.open(str(sound), "rb") as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return loudness_lufs(frames.astype(np.float32) / np.float32(32768), file.getframerate())


def test_the_interviewers_are_listed_first_with_their_manner(voice: InterviewVoice) -> None:
    listed = voice.voices()
    assert [each.id for each in listed[: len(interviewers())]] == [e.id for e in interviewers()]
    assert {each.engine for each in listed} == {"kokoro", "system"}
    assert all(each.name and each.manner for each in listed if each.engine == "kokoro")
    assert {each.language for each in listed if each.engine == "kokoro"} == {"en-us", "en-gb"}


def test_a_question_is_rendered_with_the_moment_of_each_word_and_kept(
    voice: InterviewVoice,
) -> None:
    speech = voice.render(QUESTION, GEORGE, 165, JobContext())
    assert speech.instead == ""
    said = [QUESTION[word.start : word.end] for word in speech.words]
    assert said == ["How", "do", "you", "use", "RICE"]
    starts = [word.start_s for word in speech.words]
    assert starts == sorted(starts)
    assert starts[-1] < speech.duration_s < 4
    loudness = loudness_of(speech.sound)
    assert loudness == pytest.approx(TARGET_LUFS, abs=0.5)
    # Kept: found without the helper, also by what speaks soonest.
    for helper in helpers():
        helper.kill()
    assert voice.render(QUESTION, GEORGE, 165, JobContext()) == speech
    assert voice.render_quickest(QUESTION, GEORGE, 165, JobContext()) == speech
    # The system's voice is as loud.
    system = voice.render(QUESTION, "", 165, JobContext())
    assert loudness_of(system.sound) == pytest.approx(TARGET_LUFS, abs=0.5)


def test_faster_is_shorter_and_ones_own_pronunciation_is_another_sound(
    voice: InterviewVoice, tmp_path: Path
) -> None:
    slow = voice.render(SHORT, HANNAH, 110, JobContext())
    fast = voice.render(SHORT, HANNAH, 250, JobContext())
    assert fast.duration_s < slow.duration_s
    Pronunciations(tmp_path / "pronunciations.json").change({"why": "for what reason"})
    assert voice.render(SHORT, HANNAH, 250, JobContext()).duration_s > fast.duration_s


def test_what_is_not_rendered_the_systems_voice_says_at_once(voice: InterviewVoice) -> None:
    speech = voice.render_quickest(QUESTION, HANNAH, 165, JobContext())
    assert "not ready" in speech.instead
    assert helpers() == []  # nobody waited for the model


def test_several_texts_can_be_said_at_once_when_all_of_them_are_rendered(
    voice: InterviewVoice, models: Path
) -> None:
    assert voice.delay([SHORT], "", 165) is None  # the system's voice is always there
    voice.render(SHORT, HANNAH, 165, JobContext())
    assert voice.delay([SHORT], HANNAH, 165) is None
    delay = voice.delay([SHORT, OTHER], HANNAH, 165)
    assert delay is not None
    assert (delay.is_lasting, "not ready" in delay.reason) == (False, True)
    for _ in range(5):
        voice.natural.speed.add(SLOWEST_FACTOR * 10 + 1, 10)
    delay = voice.delay([OTHER], HANNAH, 165)
    assert delay is not None
    assert (delay.is_lasting, "too slow" in delay.reason) == (True, True)
    assert voice.render_quickest(OTHER, HANNAH, 165, JobContext()).instead == delay.reason
    shutil.rmtree(models / FOLDER)
    delay = voice.delay([OTHER], HANNAH, 165)
    assert delay is not None
    assert (delay.is_lasting, "not on this machine" in delay.reason) == (True, True)


def test_texts_are_rendered_ahead_in_their_order_but_not_while_it_rests(
    voice: InterviewVoice,
) -> None:
    voice.pause_prefetch(is_paused=True)
    voice.prepare([SHORT, OTHER], HANNAH, 165)
    assert helpers() == []
    voice.pause_prefetch(is_paused=False)
    wait_for(lambda: voice.natural.find(OTHER, HANNAH, 165))
    assert voice.natural.find(SHORT, HANNAH, 165) is not None
    assert helpers()[0].nice() > psutil.Process().nice()


def test_a_cancelled_wait_ends_at_once_and_the_sound_is_kept_all_the_same(
    voice: InterviewVoice,
) -> None:
    job = JobContext()
    threading.Timer(0.1, job.cancel).start()
    with pytest.raises(JobCancelled):
        voice.render(QUESTION, HANNAH, 165, job)
    voice.prepare([QUESTION], HANNAH, 165)
    wait_for(lambda: voice.natural.find(QUESTION, HANNAH, 165))


def test_a_helper_killed_in_mid_sentence_is_started_again(
    voice: InterviewVoice, tmp_path: Path
) -> None:
    def kill_once() -> None:
        wait_for(lambda: list((tmp_path / "cache").glob("*.part")) or helpers())
        wait_for(helpers)[0].send_signal(signal.SIGKILL)

    killer = threading.Thread(target=kill_once)
    killer.start()
    speech = voice.render(QUESTION, HANNAH, 165, JobContext())
    killer.join()
    assert speech.instead == ""
    assert not list((tmp_path / "cache").glob("*.part"))


def test_a_helper_that_dies_each_time_leaves_the_word_to_the_system(
    voice: InterviewVoice,
) -> None:
    is_over = threading.Event()

    def keep_killing() -> None:
        while not is_over.wait(0.01):
            for helper in helpers():
                helper.kill()

    killer = threading.Thread(target=keep_killing)
    killer.start()
    speech = voice.render(QUESTION, HANNAH, 165, JobContext())
    is_over.set()
    killer.join()
    assert "stopped" in speech.instead
    assert speech.words


@pytest.mark.parametrize("file", [MODEL.name, "af_heart.bin"])
def test_a_damaged_file_is_told_and_the_system_speaks(
    voice: InterviewVoice, models: Path, file: str
) -> None:
    path = models / FOLDER / file
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.unlink()  # it is a link to the real one
    path.write_bytes(content)
    speech = voice.render(QUESTION, HANNAH, 165, JobContext())
    assert file in speech.instead
    assert "damaged" in speech.instead
    assert "voices download" in speech.instead
    assert speech.words


def test_missing_files_leave_the_systems_voices(voice: InterviewVoice, models: Path) -> None:
    shutil.rmtree(models / FOLDER)
    assert {each.engine for each in voice.voices()} == {"system"}
    voice.prepare([QUESTION], HANNAH, 165)
    assert "not on this machine" in voice.render(QUESTION, HANNAH, 165, JobContext()).instead


def test_a_machine_that_is_too_slow_renders_nothing_ahead(voice: InterviewVoice) -> None:
    for _ in range(3):
        voice.natural.speed.add(SLOWEST_FACTOR * 10 + 1, 10)
    voice.prepare([SHORT], HANNAH, 165)
    assert helpers() == []
    assert voice.render_quickest(SHORT, HANNAH, 165, JobContext()).instead


@pytest.mark.parametrize("moment_s", [0.0, 0.05, 0.5])
def test_closing_ends_whatever_is_under_way(voice: InterviewVoice, moment_s: float) -> None:
    voice.prepare([QUESTION, OTHER], HANNAH, 165)
    time.sleep(moment_s)
    voice.close()
    assert helpers() == []


def test_a_voice_nobody_has_is_named(voice: InterviewVoice) -> None:
    with pytest.raises(VoiceUnavailable, match="kokoro:nobody"):
        voice.natural.render(SHORT, "kokoro:nobody", 165, JobContext())


@pytest.mark.parametrize("kind", ["full", "read-only"])
def test_a_full_or_read_only_disk_costs_only_the_cache(
    tmp_path: Path, make_voice: Callable[[VoiceCache], InterviewVoice], kind: str
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk can only be mounted by root")
    try:
        if kind == "read-only":
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        speech = make_voice(VoiceCache(disk)).render(SHORT, HANNAH, 165, JobContext())
        assert not speech.sound.is_relative_to(disk)
        assert speech.instead == ""
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_the_cache_stays_within_its_size(
    tmp_path: Path, make_voice: Callable[[VoiceCache], InterviewVoice]
) -> None:
    voice = make_voice(VoiceCache(tmp_path / "small", 60_000))
    first = voice.render(SHORT, HANNAH, 165, JobContext())
    second = voice.render(OTHER, HANNAH, 165, JobContext())
    assert second.sound.exists()
    assert not first.sound.exists()
