"""Words are heard while they are spoken; whenever the answer ends, only its end is left to hear."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from interview_app.domain.transcript import Segment, Word
from interview_app.recognition.chunks import Chunk
from interview_app.recognition.sound_files import Samples
from interview_app.recognition.windowed_transcriber import WINDOW_S, Decoded, WindowedTranscriber

RATE = 16_000
BLOCK = RATE // 10
EVERY_S = 0.5
"""One word begins so often, and lasts not quite so long."""


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """Some forty-five seconds of a machine voice that never pauses."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    path: Path = tmp_path_factory.mktemp("spoken") / "voice.wav"
    text = "we moved the whole team to weekly releases and every customer noticed it " * 10
    subprocess.run(["espeak-ng", "-s", "155", "-w", str(path), text], check=True)
    samples, rate = soundfile.read(path, dtype="float32")
    return np.asarray(soxr.resample(samples, rate, RATE), dtype=np.float32)


class NumberedWords:
    """A recognizer that hears a number each half second, "half" where it is cut; notes pieces."""

    recognizer = model = "numbers"

    def __init__(self) -> None:
        self.pieces: list[Chunk] = []
        self.contexts: list[list[str]] = []
        """The words that each piece was heard after."""

    def decode(self, piece: Chunk, language: str, *, context: tuple[int, ...]) -> Decoded:
        self.pieces.append(piece)
        self.contexts.append([f"w{token}" for token in context])
        words = []
        for number in range(int(piece.end_s / EVERY_S) + 1):
            start, end = number * EVERY_S + 0.05, (number + 1) * EVERY_S - 0.05
            if piece.start_s <= start and end <= piece.end_s:
                words.append(Word(f"w{number}", start, end))
            elif max(start, piece.start_s) < min(end, piece.end_s):
                cut = Word("half", max(start, piece.start_s), min(end, piece.end_s))
                words.append(cut)
        sure = words[-2].end_s if len(words) > 1 else piece.end_s
        if piece.length_s >= WINDOW_S:
            words = words[:-1]
        advance_s = sure - piece.start_s if piece.length_s >= WINDOW_S else piece.length_s
        tokens = self.tokens(" ".join(word.text for word in words))
        return Decoded((Segment(tuple(words)),), language, advance_s, tokens)

    def tokens(self, text: str) -> tuple[int, ...]:
        return tuple(int(word[1:]) for word in text.split() if word != "half")


class StopsEarly(NumberedWords):
    """One that now and then writes only the first half of what it was given, like Whisper."""

    def __init__(self, every: int) -> None:
        super().__init__()
        self._every = every

    def decode(self, piece: Chunk, language: str, *, context: tuple[int, ...]) -> Decoded:
        decoded = super().decode(piece, language, context=context)
        words = decoded.segments[0].words
        if len(self.pieces) % self._every or len(words) < 2:
            return decoded
        return replace(decoded, segments=(Segment(words[: len(words) // 2]),))


def said_in(sound: Samples) -> list[str]:
    """The whole words of so much sound."""
    return [f"w{n}" for n in range(int((len(sound) / RATE + 0.05) / EVERY_S))]


def heard(engine: NumberedWords, sound: Samples, work_every: int = 1) -> list[str]:
    """What is heard of a sound spoken to it, when it may work after every so many blocks."""
    listening = WindowedTranscriber(engine, "en")
    for number, start in enumerate(range(0, len(sound), BLOCK)):
        listening.feed(sound[start : start + BLOCK])
        if number % work_every == 0:
            listening.work(ahead=True)
    engine.pieces.append(Chunk(0.0, sound[:0], ()))
    words = listening.finish().transcript.text.split()
    return [word for word in words if word != "half"]


@pytest.mark.parametrize("seconds", [3, 14, 29, 31, 44])
@pytest.mark.parametrize("work_every", [1, 12, 1000])
def test_every_word_is_heard_once_whenever_the_answer_ends_and_however_busy_the_machine_is(
    speech: Samples, seconds: int, work_every: int
) -> None:
    sound = speech[: seconds * RATE]
    words = heard(NumberedWords(), sound, work_every)
    # The first word may lie before the voice that the detector finds.
    assert [word for word in words if word != "w0"] == said_in(sound)[1:]


@pytest.mark.parametrize("seconds", [14, 29, 44])
@pytest.mark.parametrize("every", [2, 3, 4, 5])
def test_what_an_answer_left_out_is_heard_by_the_next(
    speech: Samples, seconds: int, every: int
) -> None:
    sound = speech[: seconds * RATE]
    words = heard(StopsEarly(every), sound)
    assert [word for word in words if word != "w0"] == said_in(sound)[1:]


@pytest.mark.parametrize("seconds", [14, 21, 28, 39, 44])
def test_at_the_end_only_the_last_seconds_are_left(speech: Samples, seconds: int) -> None:
    engine = NumberedWords()
    heard(engine, speech[: seconds * RATE])
    end = next(i for i, piece in enumerate(engine.pieces) if not len(piece.samples))
    assert sum(piece.length_s for piece in engine.pieces[end:]) < 8.0


def test_most_of_what_is_heard_ahead_is_only_what_is_new(speech: Samples) -> None:
    engine = NumberedWords()
    heard(engine, speech[: 29 * RATE])
    long = [piece for piece in engine.pieces if piece.length_s > 9.0]
    assert len(engine.pieces) > 8
    assert len(long) <= 3


@pytest.mark.parametrize("seconds", [14, 25, 44])
def test_the_last_seconds_are_heard_with_all_the_words_before_them_as_context(
    speech: Samples, seconds: int
) -> None:
    engine = NumberedWords()
    heard(engine, speech[: seconds * RATE])
    last = [piece for piece in engine.pieces if len(piece.samples)][-1]
    before = [word for word in said_in(speech[: round(last.start_s * RATE)]) if word != "w0"]
    assert [word for word in engine.contexts[-1] if word != "w0"] == before
