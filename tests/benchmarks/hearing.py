"""How well the recognizer hears while somebody speaks, and how long one waits at the end.

Every figure stands beside plain faster-whisper, or beside the same recordings read from the file,
in the same run. A take heard live lasts as long as it was spoken, so the quick table hears a
sample. What each recording gave is kept in ``build/bench/hearing-texts-MODEL.json``.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
import soundfile

from interview_app.cli.live_file import hear_live
from interview_app.recognition.client import RecognizerClient
from interview_app.services.jobs import JobContext
from interview_app.services.ports.recognizer import RecognitionResult
from interview_app.support.paths import AppPaths
from tests.benchmarks.hesitation_scores import Score, score
from tests.benchmarks.recognition import Plain, Recording, recordings, word_error_rate
from tests.benchmarks.table import TARGET, Row, row

_RATE = 16_000


@dataclass(frozen=True, slots=True)
class Extent:
    """How much one model hears: recordings of each kind, and answers of each length in seconds."""

    model: str
    accuracy: dict[str, int] = field(default_factory=dict)
    hesitations: int = 0
    noises: int = 0
    live: dict[str, int] = field(default_factory=dict)
    live_noises: int = 0
    answers: dict[int, int] = field(default_factory=dict)


QUICK = (
    Extent(
        "base",
        accuracy={"res": 6, "ls": 8, "rosehill": 1},
        hesitations=24,
        noises=14,
        live={"res": 2},
        live_noises=1,
        answers={30: 3, 60: 2},
    ),
    Extent(
        "tiny.en",
        accuracy={"res": 6},
        hesitations=12,
        noises=14,
        live={"res": 1},
        live_noises=1,
        answers={30: 2},
    ),
)
"""About a quarter of an hour on two quiet cores."""
WAITS = (Extent("base", answers={30: 8, 60: 5, 120: 3, 240: 2, 480: 2}),)
"""Three quarters of an hour."""


class Hearing:
    """One resident recognizer, with what it cost."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._client = RecognizerClient(AppPaths.choose().models)
        self.from_file(recordings("jfk")[0].path)

    def from_file(self, path: Path) -> RecognitionResult:
        """What is heard in a file."""
        return self._client.transcribe(path, self.model, "en", JobContext())

    def live(self, path: Path) -> tuple[RecognitionResult, float]:
        """What is heard in a file spoken at its own speed, and the wait after it in seconds."""
        return hear_live(self._client, path, self.model, "en", JobContext())

    @property
    def cpu_s(self) -> float:
        """Processor time of the helper so far, all cores together, in seconds."""
        times = psutil.Process(self._client.helper_pid).cpu_times()
        return float(times.user + times.system)

    @property
    def memory_mb(self) -> float:
        """Memory of the helper now."""
        return float(psutil.Process(self._client.helper_pid).memory_info().rss / 1e6)

    def close(self) -> None:
        """End the helper."""
        self._client.close()


def measure(extents: Sequence[Extent]) -> list[Row]:
    """Everything, one model after the other; each row is also told as soon as it is there."""
    rows: list[Row] = []
    for extent in extents:
        run = _Run(extent)
        try:
            for each in run.rows():
                figures = f"{each.figure:.3g} {each.unit} (baseline {each.baseline}) {each.note}"
                sys.stderr.write(f"{each.what}: {figures}\n")
                rows.append(each)
        finally:
            run.close()
    return rows


class _Run:
    """One model measured, with plain faster-whisper beside it."""

    def __init__(self, extent: Extent) -> None:
        self._extent = extent
        self._model = extent.model
        self._hearing = Hearing(extent.model)
        self._plain = Plain(extent.model)
        self._files: dict[Path, RecognitionResult] = {}
        self._texts: dict[str, dict[str, str]] = {}
        self._file_s = self._file_wall_s = self._file_cpu_s = 0.0
        self._live_s = self._live_cpu_s = 0.0

    def rows(self) -> Iterator[Row]:
        """Every figure of this model."""
        for kind, count in self._extent.accuracy.items():
            yield self._accuracy(kind, count)
        if self._extent.hesitations:
            yield from self._hesitations()
        if self._extent.noises:
            yield self._inventions()
        if self._file_s:
            yield from self._cost()
        for kind, count in self._extent.live.items():
            yield from self._live(kind, count)
        if self._extent.live_noises:
            yield self._live_inventions()
        yield from self._waits()
        if self._live_s:
            yield row(
                f"{self._model}: processor time, live",
                self._live_cpu_s / self._live_s,
                "s/s",
                note="of all cores, for each second spoken",
            )
        yield row(
            f"{self._model}: memory of the helper",
            self._hearing.memory_mb,
            "MB",
            baseline=self._plain.memory_mb or None,
            note="with the light model for hesitations, unlike the baseline",
        )

    def close(self) -> None:
        """End the helper and keep what was written of each recording."""
        self._hearing.close()
        TARGET.mkdir(parents=True, exist_ok=True)
        path = TARGET / f"hearing-texts-{self._model}.json"
        path.write_text(json.dumps(self._texts, indent=1), encoding="utf-8")

    def _from_file(self, chosen: Sequence[Recording]) -> list[str]:
        for recording in chosen:
            if recording.path in self._files:
                continue
            begin, cpu = time.perf_counter(), self._hearing.cpu_s
            self._files[recording.path] = self._hearing.from_file(recording.path)
            self._file_s += recording.seconds
            self._file_wall_s += time.perf_counter() - begin
            self._file_cpu_s += self._hearing.cpu_s - cpu
        return self._noted("file", chosen, [self._files[r.path].transcript.text for r in chosen])

    def _plain_texts(self, chosen: Sequence[Recording]) -> list[str]:
        return self._noted("plain", chosen, self._plain.texts(chosen))

    def _heard_live(self, path: Path) -> tuple[RecognitionResult, float]:
        cpu = self._hearing.cpu_s
        heard, wait_s = self._hearing.live(path)
        self._live_s += heard.duration_s
        self._live_cpu_s += self._hearing.cpu_s - cpu
        return heard, wait_s

    def _noted(self, how: str, chosen: Sequence[Recording], texts: list[str]) -> list[str]:
        for recording, text in zip(chosen, texts, strict=True):
            noted = self._texts.setdefault(recording.path.name, {"reference": recording.reference})
            noted[how] = text
        return texts

    def _accuracy(self, kind: str, count: int) -> Row:
        chosen = recordings(kind, count)
        references = [r.reference for r in chosen]
        return row(
            f"{self._model}: word error rate, {kind}, whole file",
            word_error_rate(references, self._from_file(chosen)),
            "%",
            baseline=word_error_rate(references, self._plain_texts(chosen)),
            promise="0.5 points over plain",
            note=f"{len(chosen)} recordings, {sum(r.seconds for r in chosen):.0f} s",
        )

    def _hesitations(self) -> Iterator[Row]:
        chosen = [*recordings("mfa"), *recordings("wuw", self._extent.hesitations)]
        total = _scored(chosen, self._from_file(chosen))
        plain = _scored(chosen, self._plain_texts(chosen))
        yield from hesitation_rows(self._model, total, plain, f"{len(chosen)} recordings")
        references = [r.reference for r in chosen]
        yield row(
            f"{self._model}: word error rate of the same",
            word_error_rate(references, self._from_file(chosen)),
            "%",
            baseline=word_error_rate(references, self._plain_texts(chosen)),
        )

    def _inventions(self) -> Row:
        chosen = recordings("noise", self._extent.noises)
        texts, plain = self._from_file(chosen), self._plain_texts(chosen)
        return row(
            f"{self._model}: recordings without speech that gave words, whole file",
            sum(bool(text) for text in texts),
            f"of {len(chosen)}",
            promise="0",
            note=f"plain faster-whisper: {sum(bool(text.split()) for text in plain)}",
        )

    def _live_inventions(self) -> Row:
        chosen = recordings("noise", self._extent.live_noises)
        texts = [self._heard_live(r.path)[0].transcript.text for r in chosen]
        return row(
            f"{self._model}: recordings without speech that gave words, live",
            sum(bool(text) for text in texts),
            f"of {len(chosen)}",
            promise="0",
        )

    def _cost(self) -> Iterator[Row]:
        seconds, plain = self._file_s, self._plain
        yield row(
            f"{self._model}: real-time factor, whole file",
            self._file_wall_s / seconds,
            "s/s",
            baseline=plain.wall_s / plain.seconds,
            note="with hesitations, unlike the baseline",
        )
        yield row(
            f"{self._model}: processor time, whole file",
            self._file_cpu_s / seconds,
            "s/s",
            baseline=plain.cpu_s / plain.seconds,
            note="of all cores, for each second of sound",
        )

    def _live(self, kind: str, count: int) -> Iterator[Row]:
        """Recordings as they are spoken, beside the same from the file and plain."""
        chosen = recordings(kind, count)
        references = [r.reference for r in chosen]
        from_file, plain = self._from_file(chosen), self._plain_texts(chosen)
        heard = [self._heard_live(r.path) for r in chosen]
        texts = self._noted("live", chosen, [h.transcript.text for h, _ in heard])
        found = _scored(chosen, texts)
        yield row(
            f"{self._model}: word error rate, {kind}, live",
            word_error_rate(references, texts),
            "%",
            baseline=word_error_rate(references, plain),
            promise="0.5 points over plain",
            note=f"{len(chosen)} recordings; whole file "
            f"{word_error_rate(references, from_file)} %; other than there "
            f"{word_error_rate(from_file, texts)} % of the words; hesitations found "
            f"{found.found} of {found.said}, {found.written} written",
        )
        yield _wait_row(f"{self._model}: wait after {kind}", [wait for _, wait in heard])

    def _waits(self) -> Iterator[Row]:
        """Answers that end abruptly, in mid-speech, for each length."""
        with tempfile.TemporaryDirectory() as folder:
            for length_s, count in self._extent.answers.items():
                paths = [joined(Path(folder), length_s, number) for number in range(count)]
                heard = [self._heard_live(path) for path in paths]
                from_file = [self._hearing.from_file(path).transcript.text for path in paths]
                live = [each.transcript.text for each, _ in heard]
                yield _wait_row(
                    f"{self._model}: wait after {length_s} s",
                    [wait for _, wait in heard],
                    f"; other than from the file {word_error_rate(from_file, live)} % of the words",
                )


def hesitation_rows(model: str, total: Score, plain: Score, of: str) -> Iterator[Row]:
    """How many hesitations were found, and how many of those written were said."""
    note = f"{of}: {total.said} said, {total.written} written; plain wrote {plain.written}"
    yield row(
        f"{model}: hesitations found",
        total.recall_percent,
        "%",
        baseline=plain.recall_percent,
        promise="75 % or more",
        note=note,
    )
    yield row(
        f"{model}: hesitations that were said",
        total.precision_percent,
        "%",
        baseline=plain.precision_percent,
        promise="85 % or more",
        note=note,
    )


def _scored(chosen: Sequence[Recording], texts: Sequence[str]) -> Score:
    scores = (score(r.reference, text) for r, text in zip(chosen, texts, strict=True))
    return sum(scores, Score())


def _wait_row(what: str, waits: Sequence[float], note: str = "") -> Row:
    ordered = sorted(waits)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    each = ", ".join(f"{wait:.2f}" for wait in waits[:12])
    return row(
        what,
        statistics.median(waits),
        "s",
        promise="median 1 s, 95 of 100 in 2 s",
        note=f"95 of 100 within {late:.2f} s, {len(waits)} answers: {each}{note}",
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
