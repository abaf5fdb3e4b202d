"""The light pass for hesitations keeps up with the speaker; at the end only the end is left."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import Future

import numpy as np
import pytest
import soundfile
import soxr

from interview_app.domain.transcript import Segment, Span, Transcript, Word
from interview_app.recognition.chunks import Chunk
from interview_app.recognition.filled_pauses import FilledPauseResult
from interview_app.recognition.filler_aware_transcriber import (
    FilledPauseWorker,
    FillerAwareTranscriber,
)
from interview_app.recognition.sound_files import Samples
from interview_app.services.ports.recognizer import RecognitionResult

RATE = 16_000


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """Some twenty seconds of a machine voice that never pauses."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    path = tmp_path_factory.mktemp("spoken") / "voice.wav"
    text = "we moved the whole team to weekly releases and every customer noticed it " * 5
    subprocess.run(["espeak-ng", "-s", "160", "-w", str(path), text], check=True)
    samples, rate = soundfile.read(path, dtype="float32")
    return np.asarray(soxr.resample(samples, rate, RATE), dtype=np.float32)


class EveryTenthSecond:
    """A light model that hears an "um" at each full ten seconds, and notes what it was given."""

    def __init__(self) -> None:
        self.pieces: list[Chunk] = []

    def echo(self, piece: Chunk) -> FilledPauseResult:
        self.pieces.append(piece)
        moments = (second for second in range(10, 100, 10))
        words = (Word("um", m, m + 0.3) for m in moments if piece.start_s < m < piece.end_s - 0.4)
        return FilledPauseResult(piece.start_s, piece.end_s, tuple(words))


class OneWordASecond:
    """An accurate listening that heard a word each second."""

    text = ""
    behind_s = 0.0

    def __init__(self) -> None:
        self.heard_s = 0.0

    def feed(self, samples: Samples) -> None:
        self.heard_s += len(samples) / RATE

    def work(self, *, ahead: bool) -> bool:
        return False

    def finish(self) -> RecognitionResult:
        words = tuple(Word(f"w{i}", i + 0.1, i + 0.4) for i in range(int(self.heard_s)))
        transcript = Transcript("en", "fake", "fake", (Segment(words),))
        return RecognitionResult(transcript, (Span(0.0, self.heard_s),), self.heard_s)


class Lane(FilledPauseWorker):
    """One that hears at once."""

    def __init__(self, ear: EveryTenthSecond) -> None:
        self.ear = ear

    def echo(self, piece: Chunk) -> Future[FilledPauseResult]:
        heard: Future[FilledPauseResult] = Future()
        heard.set_result(self.ear.echo(piece))
        return heard


def hesitations(heard: RecognitionResult) -> list[float]:
    return [word.start_s for word in heard.transcript.words if word.text == "um"]


def test_what_was_heard_while_somebody_spoke_is_not_heard_again_at_the_end(
    speech: Samples,
) -> None:
    ear = EveryTenthSecond()
    listening = FillerAwareTranscriber(OneWordASecond(), Lane(ear))
    for start in range(0, len(speech), RATE // 2):
        listening.feed(speech[start : start + RATE // 2])
        listening.work(ahead=True)
    so_far = len(ear.pieces)

    heard = listening.finish()

    assert so_far >= 3
    assert sum(piece.length_s for piece in ear.pieces[so_far:]) < 9.0
    assert hesitations(heard) == [10.0, 20.0][: len(hesitations(heard))]
    assert hesitations(heard)


def test_from_a_file_every_second_is_heard_once(speech: Samples) -> None:
    ear = EveryTenthSecond()
    listening = FillerAwareTranscriber(OneWordASecond(), Lane(ear))
    listening.feed(speech)
    listening.work(ahead=False)

    heard = listening.finish()

    assert sum(p.length_s for p in ear.pieces) == pytest.approx(len(speech) / RATE, abs=1.5)
    assert hesitations(heard)[0] == 10.0


class Broken(EveryTenthSecond):
    """A light model that fails."""

    def echo(self, piece: Chunk) -> FilledPauseResult:
        raise OSError("no memory")


def test_a_light_model_that_fails_costs_no_word(speech: Samples) -> None:
    listening = FillerAwareTranscriber(OneWordASecond(), FilledPauseWorker(Broken()))
    for start in range(0, len(speech), RATE):
        listening.feed(speech[start : start + RATE])
        listening.work(ahead=True)

    heard = listening.finish()

    assert len(heard.transcript.words) == len(speech) // RATE
    assert hesitations(heard) == []
