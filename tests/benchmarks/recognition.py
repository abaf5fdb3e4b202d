"""How well and how fast the recognizer hears real recordings, beside plain faster-whisper.

The recordings lie in ``shared/speech`` beside the project. Each function measures one thing for
one model and returns figures by name; word error rates leave hesitation sounds out on both sides.
"""

from __future__ import annotations

import csv
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jiwer
import psutil
import soundfile

from interview_app.domain.spoken_words import is_hesitation
from interview_app.recognition.client import RecognizerClient
from interview_app.recognition.models import ModelStore
from interview_app.services.jobs import JobContext
from interview_app.services.ports import Heard
from interview_app.support.paths import AppPaths

SPEECH = Path(__file__).resolve().parents[2] / ".." / "shared" / "speech"
MODELS = ("tiny.en", "base")
SAMPLED = {"res": 7, "wuw": 8, "ls": 7, "so": 6, "mfa": 11, "rosehill": 1}
"""How many recordings of each kind are heard: spread evenly over the list."""

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


def measure_accuracy(model: str, kind: str) -> Figures:
    """Word error rate and seconds of work a second of sound, here and of plain faster-whisper."""
    chosen = recordings(kind, SAMPLED.get(kind))
    seconds = sum(r.seconds for r in chosen)
    begin = time.perf_counter()
    ours = [heard.transcript.text for heard in _heard(model, chosen)]
    between = time.perf_counter()
    plain = list(_plain(model, chosen))
    end = time.perf_counter()
    references = [r.reference for r in chosen]
    return {
        "model": model,
        "kind": kind,
        "recordings": len(chosen),
        "seconds": round(seconds, 1),
        "wer_percent": word_error_rate(references, ours),
        "plain_wer_percent": word_error_rate(references, plain),
        "real_time_factor": round((between - begin) / seconds, 3),
        "plain_real_time_factor": round((end - between) / seconds, 3),
    }


def measure_invented_words(model: str) -> Figures:
    """Words heard in recordings that hold none: noise, music, rooms, silence."""
    chosen = recordings("noise")
    words = [len(heard.transcript.words) for heard in _heard(model, chosen)]
    plain = [len(text.split()) for text in _plain(model, chosen)]
    return {
        "model": model,
        "recordings": len(chosen),
        "with_words": sum(count > 0 for count in words),
        "plain_with_words": sum(count > 0 for count in plain),
    }


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


def _heard(model: str, chosen: Sequence[Recording]) -> Iterator[Heard]:
    client = RecognizerClient(AppPaths.choose().models)
    try:
        for recording in chosen:
            yield client.transcribe(recording.path, model, "en", JobContext())
    finally:
        client.close()


def plain_texts(model: str, chosen: Sequence[Recording]) -> list[str]:
    """What faster-whisper writes by its own defaults of each recording."""
    return list(_plain(model, chosen))


def _plain(model: str, chosen: Sequence[Recording]) -> Iterator[str]:
    """What faster-whisper writes by its own defaults."""
    from faster_whisper import WhisperModel

    folder = ModelStore(AppPaths.choose().models).locate(model)
    whisper = WhisperModel(str(folder), device="cpu", compute_type="int8")
    for recording in chosen:
        segments, _ = whisper.transcribe(str(recording.path), language="en")
        yield " ".join(segment.text.strip() for segment in segments)
