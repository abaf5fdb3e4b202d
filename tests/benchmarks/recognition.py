"""How well and how fast the recognizer hears real recordings, beside plain faster-whisper.

The recordings lie in ``shared/speech`` beside the project. Word error rates leave hesitation
sounds out on both sides.
"""

from __future__ import annotations

import csv
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jiwer
import psutil
import soundfile

from interview_app.domain.analysis.filler_words import is_hesitation
from interview_app.recognition.client import RecognizerClient
from interview_app.recognition.models import ModelStore
from interview_app.services.jobs import JobContext
from interview_app.support.paths import AppPaths

SPEECH = Path(__file__).resolve().parents[2] / ".." / "shared" / "speech"
MODELS = ("tiny.en", "base")
Figures = dict[str, float | str]


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording with the words that were said."""

    path: Path
    seconds: float
    reference: str


def recordings(kind: str, count: int | None = None) -> list[Recording]:
    """The recordings whose name begins with ``kind``, thinned out evenly to ``count``."""
    with (SPEECH / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        found = [
            Recording(SPEECH / row["file"], float(row["seconds"]), row["reference"])
            for row in rows
            if row["file"].startswith(kind)
        ]
    step = max(1, len(found) // count) if count else 1
    return found[::step][:count]


def normal(text: str) -> str:
    """Words in lower case without punctuation and without hesitation sounds."""
    words = re.sub(r"[^\w' ]", " ", text.lower().replace("’", "'")).split()
    return " ".join(word for word in words if not is_hesitation(word))


def word_error_rate(references: Sequence[str], texts: Sequence[str]) -> float:
    """Per cent of words wrong, left out or invented, over all recordings together."""
    result: float = jiwer.wer([normal(r) for r in references], [normal(t) for t in texts])
    return round(100 * result, 2)


def measure_resources(model: str) -> Figures:
    """Seconds from start to a loaded model, then the wait for 30 to 120 s of real speech; MB."""
    client = RecognizerClient(AppPaths.choose().models)
    try:
        ModelStore(AppPaths.choose().models).locate(model)
        begin = time.perf_counter()
        client.transcribe(SPEECH / "noise_room_trn08_003.flac", model, "en", JobContext())
        figures: Figures = {"model": model, "load_s": round(time.perf_counter() - begin, 2)}
        reading = SPEECH / "rosehill_v1.flac"
        for length in (30, 60, 120):
            figures[f"wait_{length}_s"] = _wait(client, model, reading, length)
        process = psutil.Process(client.helper_pid)
        figures["memory_mb"] = round(process.memory_info().rss / 1e6)
        return figures
    finally:
        client.close()


def _wait(client: RecognizerClient, model: str, sound: Path, length_s: int) -> float:
    samples, rate = soundfile.read(sound, dtype="int16", stop=length_s * 16_000)
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.wav"
        soundfile.write(part, samples, rate)
        begin = time.perf_counter()
        client.transcribe(part, model, "en", JobContext())
        return round(time.perf_counter() - begin, 2)


class Plain:
    """faster-whisper by its own defaults, as the baseline; with what it cost."""

    def __init__(self, model: str) -> None:
        from faster_whisper import WhisperModel

        before = _own_memory_mb()
        folder = ModelStore(AppPaths.choose().models).locate(model)
        self._whisper = WhisperModel(str(folder), device="cpu", compute_type="int8")
        self._known: dict[Path, str] = {}
        self.seconds = self.wall_s = self.cpu_s = 0.0
        """Sound heard so far, and the time it took: on the clock, and of all cores together."""
        list(self._whisper.transcribe(str(recordings("jfk")[0].path), language="en")[0])
        self.memory_mb = _own_memory_mb() - before

    def texts(self, chosen: Sequence[Recording]) -> list[str]:
        """What it writes of each recording."""
        return [self._text(recording) for recording in chosen]

    def _text(self, recording: Recording) -> str:
        if recording.path not in self._known:
            begin, cpu = time.perf_counter(), time.process_time()
            segments, _ = self._whisper.transcribe(str(recording.path), language="en")
            self._known[recording.path] = " ".join(segment.text.strip() for segment in segments)
            self.seconds += recording.seconds
            self.wall_s += time.perf_counter() - begin
            self.cpu_s += time.process_time() - cpu
        return self._known[recording.path]


def _own_memory_mb() -> float:
    return float(psutil.Process().memory_info().rss / 1e6)
