"""How well the recognizer hears while somebody speaks, and how long one waits at the end.

Every figure stands beside plain faster-whisper, or beside the same recordings read from the file,
in the same run. ``quick`` hears a few recordings of each kind; all of them take hours, because a
take heard live lasts as long as it was spoken.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import soundfile

from interview_app.cli.live_file import hear_live
from interview_app.recognition.client import RecognizerClient
from interview_app.services.jobs import JobContext
from interview_app.services.ports import Heard
from interview_app.support.paths import AppPaths
from tests.benchmarks.hesitation_scores import Score, score
from tests.benchmarks.recognition import (
    MODELS,
    Recording,
    plain_texts,
    recordings,
    word_error_rate,
)
from tests.benchmarks.table import Row, row

_RATE = 16_000


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is heard: recordings of each kind, and answers of each length in seconds."""

    models: tuple[str, ...]
    accuracy: dict[str, int]
    live: int
    hesitations: int
    noises: int
    answers: dict[int, int]


QUICK = Extent(
    models=("base",),
    accuracy={"res": 4, "ls": 5},
    live=3,
    hesitations=12,
    noises=5,
    answers={30: 3, 60: 2},
)
FULL = Extent(
    models=MODELS,
    accuracy={"res": 31, "ls": 51, "so": 42, "wuw": 98, "rosehill": 1},
    live=31,
    hesitations=98,
    noises=14,
    answers={30: 10, 60: 6, 120: 4, 240: 2, 480: 2},
)


class Hearing:
    """One resident recognizer, with what it cost."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._client = RecognizerClient(AppPaths.choose().models)

    def from_file(self, path: Path) -> Heard:
        """What is heard in a file."""
        return self._client.transcribe(path, self.model, "en", JobContext())

    def live(self, path: Path) -> tuple[Heard, float]:
        """What is heard in a file spoken at its own speed, and the wait after it in seconds."""
        return hear_live(self._client, path, self.model, "en", JobContext())

    @property
    def cpu_s(self) -> float:
        """Processor time of the helper so far, in seconds of one core."""
        times = psutil.Process(self._client.helper_pid).cpu_times()
        return float(times.user + times.system)

    @property
    def memory_mb(self) -> float:
        """Memory of the helper now."""
        return float(psutil.Process(self._client.helper_pid).memory_info().rss / 1e6)

    def close(self) -> None:
        """End the helper."""
        self._client.close()


def measure(extent: Extent) -> list[Row]:
    """Everything, one model after the other."""
    rows: list[Row] = []
    for model in extent.models:
        hearing = Hearing(model)
        try:
            hearing.from_file(recordings("jfk")[0].path)
            rows += _accuracy(hearing, extent)
            rows += _hesitations(hearing, extent)
            rows.append(_inventions(hearing, extent))
            rows += _live(hearing, extent)
            rows += _waits(hearing, extent)
            rows.append(row(f"{model}: memory of the helper", hearing.memory_mb, "MB"))
        finally:
            hearing.close()
    return rows


def _accuracy(hearing: Hearing, extent: Extent) -> Iterator[Row]:
    for kind, count in extent.accuracy.items():
        chosen = recordings(kind, count)
        seconds = sum(r.seconds for r in chosen)
        before = hearing.cpu_s
        ours = [hearing.from_file(r.path).transcript.text for r in chosen]
        cost = (hearing.cpu_s - before) / seconds
        plain = plain_texts(hearing.model, chosen)
        references = [r.reference for r in chosen]
        yield row(
            f"{hearing.model}: word error rate, {kind}, from the file",
            word_error_rate(references, ours),
            "%",
            baseline=word_error_rate(references, plain),
            note=f"{len(chosen)} recordings; {cost:.2f} s of one core for each second",
        )


def _hesitations(hearing: Hearing, extent: Extent) -> Iterator[Row]:
    chosen = [*recordings("mfa"), *recordings("wuw", extent.hesitations)]
    total = _scored(chosen, [hearing.from_file(r.path).transcript.text for r in chosen])
    plain = _scored(chosen, plain_texts(hearing.model, chosen))
    note = f"{total.said} said, {total.written} written in {len(chosen)} recordings"
    yield row(
        f"{hearing.model}: hesitations found",
        total.recall_percent,
        "%",
        baseline=plain.recall_percent,
        promise="75 % or more",
        note=note,
    )
    yield row(
        f"{hearing.model}: hesitations that were said",
        total.precision_percent,
        "%",
        baseline=plain.precision_percent,
        promise="85 % or more",
    )


def _scored(chosen: Sequence[Recording], texts: Sequence[str]) -> Score:
    scores = (score(r.reference, text) for r, text in zip(chosen, texts, strict=True))
    return sum(scores, Score())


def _inventions(hearing: Hearing, extent: Extent) -> Row:
    chosen = recordings("noise", extent.noises)
    with_words = sum(bool(hearing.from_file(r.path).transcript.words) for r in chosen)
    plain = sum(bool(text.split()) for text in plain_texts(hearing.model, chosen))
    return row(
        f"{hearing.model}: recordings without speech that gave words",
        with_words,
        f"of {len(chosen)}",
        promise="0",
        note=f"plain faster-whisper: {plain}",
    )


def _live(hearing: Hearing, extent: Extent) -> Iterator[Row]:
    """Interview-like speech as it is spoken, beside the same from the file and plain."""
    chosen = recordings("res", extent.live)
    references = [r.reference for r in chosen]
    from_file = [hearing.from_file(r.path).transcript.text for r in chosen]
    before = hearing.cpu_s
    heard = [hearing.live(r.path) for r in chosen]
    cost = (hearing.cpu_s - before) / sum(r.seconds for r in chosen)
    live = word_error_rate(references, [h.transcript.text for h, _ in heard])
    plain = word_error_rate(references, plain_texts(hearing.model, chosen))
    file_rate = word_error_rate(references, from_file)
    yield row(
        f"{hearing.model}: word error rate, res, live",
        live,
        "%",
        baseline=plain,
        promise="0.5 points over plain",
        note=f"{len(chosen)} recordings; from the file {file_rate} %; "
        f"{cost:.2f} s of one core for each second",
    )
    yield _wait_row(f"{hearing.model}: wait after 22 to 126 s, res", [wait for _, wait in heard])


def _waits(hearing: Hearing, extent: Extent) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        for length_s, count in extent.answers.items():
            waits = [
                hearing.live(joined(Path(folder), length_s, number))[1] for number in range(count)
            ]
            yield _wait_row(f"{hearing.model}: wait after {length_s} s", waits)


def _wait_row(what: str, waits: Sequence[float]) -> Row:
    ordered = sorted(waits)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return row(
        what,
        statistics.median(waits),
        "s",
        promise="median 1 s, 95 of 100 in 2 s",
        note=f"95 of 100 within {late:.2f} s, {len(waits)} answers",
    )


def joined(folder: Path, length_s: int, number: int) -> Path:
    """An answer of that length, put together from interview-like recordings; each another."""
    pool = recordings("res")
    samples = np.zeros(0, dtype=np.int16)
    at = number * 7
    while len(samples) < length_s * _RATE:
        sound, _ = soundfile.read(pool[at % len(pool)].path, dtype="int16")
        samples = np.concatenate([samples, sound])
        at += 1
    path = folder / f"{length_s}-{number}.wav"
    soundfile.write(path, samples[: length_s * _RATE], _RATE)
    return path
