"""Every recording of ``shared/speech``: as a whole file, heard live, and by plain faster-whisper.

Heard live by a clock of its own: a take goes in as fast as the machine allows, and each decoding
takes the time on that clock which it takes on two quiet cores. So an hour of speech needs no hour,
and a run gives the same words on a busy machine. What was written of each recording is kept in
``build/bench/words-MODEL.json``.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import jiwer
import soundfile

from interview_app.recognition.chunked_transcriber import transcribe_file
from interview_app.recognition.chunks import Chunk
from interview_app.recognition.helper import REST_SHARE
from interview_app.recognition.known_models import EAR_MODEL
from interview_app.recognition.models import ModelStore
from interview_app.recognition.whisper_engine import WhisperEngine
from interview_app.recognition.windowed_transcriber import Decoded
from interview_app.support.paths import AppPaths
from tests.benchmarks.hearing import hesitation_rows
from tests.benchmarks.hesitation_scores import Score, score
from tests.benchmarks.recognition import MODELS, SPEECH, Plain, Recording, normal, recordings
from tests.benchmarks.table import TARGET, Row, row

_KINDS = {
    "res": "interview-like talk",
    "rosehill": "a talk of 4½ minutes",
    "wuw": "spontaneous, short",
    "mfa": "spontaneous, exact",
    "ls": "read books",
    "so": "read, short",
    "noise": "no speech",
}
_RATE = 16_000
_BLOCK = _RATE // 10
_DECODING_S, _DECODING_S_PER_S, _DECODING_S_PER_TOKEN = 0.1, 0.02, 0.011
"""About what a decoding by ``base`` takes on two quiet cores: at all, for each second of sound, for
each token of the answer. Fixed, so that every run hears the same."""
_RESAMPLED = 1000


class _Clocked(WhisperEngine):
    """The real engine, which adds up what its decodings take on the clock of the recording."""

    spent_s = 0.0

    def decode(self, piece: Chunk, language: str, *, context: tuple[int, ...]) -> Decoded:
        decoded = super().decode(piece, language, context=context)
        self.spent_s += (
            _DECODING_S
            + _DECODING_S_PER_S * piece.length_s
            + _DECODING_S_PER_TOKEN * len(decoded.tokens)
        )
        return decoded

    def live(self, recording: Recording) -> str:
        """What is heard of a recording while it is spoken."""
        samples, _ = soundfile.read(recording.path, dtype="float32")
        listening = self.listen("en")
        free_s = ahead_from_s = 0.0
        for start in range(0, len(samples), _BLOCK):
            block = samples[start : start + _BLOCK]
            listening.feed(block)
            now_s = (start + len(block)) / _RATE
            while free_s <= now_s:
                self.spent_s = 0.0
                if not listening.work(ahead=now_s >= ahead_from_s):
                    break
                free_s = now_s + self.spent_s
                ahead_from_s = free_s + REST_SHARE * self.spent_s
        return listening.finish().transcript.text

    def whole(self, recording: Recording) -> str:
        """What is heard of it as a file."""
        return transcribe_file(recording.path, self, "en", lambda _fraction: None).transcript.text


@dataclass(slots=True)
class _Heard:
    """What the three ways gave of the recordings of one kind, in the same order."""

    chosen: Sequence[Recording]
    texts: dict[str, list[str]] = field(default_factory=dict)

    def errors(self, way: str) -> list[int]:
        """Words wrong, left out or invented of each recording."""
        return [
            _errors(r.reference, text) for r, text in zip(self.chosen, self.texts[way], strict=True)
        ]

    @property
    def words(self) -> list[int]:
        """Words said in each recording."""
        return [len(normal(r.reference).split()) for r in self.chosen]

    def score(self, way: str) -> Score:
        """Its hesitations."""
        pairs = zip(self.chosen, self.texts[way], strict=True)
        return sum((score(r.reference, text) for r, text in pairs), Score())


def measure() -> list[Row]:
    """Every model that needs no download, over every recording."""
    if not SPEECH.is_dir():
        sys.stderr.write("The recordings of shared/speech are not here: nothing is heard.\n")
        return []
    return [each for model in MODELS for each in _measure(model)]


def _measure(model: str) -> Iterator[Row]:
    store = ModelStore(AppPaths.choose().models)
    engine = _Clocked(store.locate(model), model, store.locate(EAR_MODEL))
    plain = Plain(model)
    found: dict[str, _Heard] = {}
    for kind in _KINDS:
        heard = found[kind] = _Heard(recordings(kind))
        heard.texts["plain"] = plain.texts(heard.chosen)
        heard.texts["whole file"] = [engine.whole(each) for each in heard.chosen]
        heard.texts["live"] = [engine.live(each) for each in heard.chosen]
        _keep(model, found)
        sys.stderr.write(f"{model}: {kind} heard\n")
    for way in ("whole file", "live"):
        spoken = [found[kind] for kind in _KINDS if kind != "noise"]
        for kind, said in _KINDS.items():
            if kind != "noise":
                yield _word_errors(
                    f"{model}: word errors, {kind} ({said}), {way}", way, [found[kind]]
                )
        yield _word_errors(f"{model}: word errors, all together, {way}", way, spoken)
        exact = [found["wuw"], found["mfa"]]
        total = sum((each.score(way) for each in exact), Score())
        before = sum((each.score("plain") for each in exact), Score())
        yield from hesitation_rows(model, total, before, way)
        silent = found["noise"].texts
        yield row(
            f"{model}: recordings without speech that gave words, {way}",
            sum(bool(text) for text in silent[way]),
            f"of {len(silent[way])}",
            promise="0",
            note=f"plain: {sum(bool(text) for text in silent['plain'])}",
        )


def _word_errors(what: str, way: str, spoken: Sequence[_Heard]) -> Row:
    words = [count for each in spoken for count in each.words]
    ours = [count for each in spoken for count in each.errors(way)]
    theirs = [count for each in spoken for count in each.errors("plain")]
    low, high = _interval([a - b for a, b in zip(ours, theirs, strict=True)], words)
    return row(
        what,
        100 * sum(ours) / sum(words),
        "%",
        baseline=100 * sum(theirs) / sum(words),
        promise="0.5 points over plain",
        note=f"{len(words)} recordings, {sum(words)} words; {low:+.1f} to {high:+.1f} points "
        "(95 of 100 draws of recordings)",
    )


def _interval(differences: Sequence[int], words: Sequence[int]) -> tuple[float, float]:
    """Between which points the difference of two word error rates lies, by the bootstrap.

    Recordings are drawn with replacement (Bisani & Ney 2004), 95 of 100 draws lie between.
    """
    chance = random.Random(1)
    pairs = list(zip(differences, words, strict=True))
    drawn = []
    for _ in range(_RESAMPLED):
        sample = chance.choices(pairs, k=len(pairs))
        drawn.append(100 * sum(d for d, _ in sample) / sum(w for _, w in sample))
    drawn.sort()
    return drawn[round(0.025 * _RESAMPLED)], drawn[round(0.975 * _RESAMPLED) - 1]


def _errors(reference: str, text: str) -> int:
    said = normal(reference)
    if not said:
        return len(normal(text).split())
    found = jiwer.process_words(said, normal(text))
    return int(found.substitutions + found.deletions + found.insertions)


def _keep(model: str, found: dict[str, _Heard]) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    texts = {
        recording.path.name: {
            "reference": recording.reference,
            **{way: written[number] for way, written in heard.texts.items()},
        }
        for heard in found.values()
        for number, recording in enumerate(heard.chosen)
    }
    (TARGET / f"words-{model}.json").write_text(json.dumps(texts, indent=1), encoding="utf-8")
