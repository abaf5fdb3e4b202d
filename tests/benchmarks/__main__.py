"""``make bench``: measures, prints tables, and writes ``build/bench/bench.json``.

Names of tables may be given to run only those. A table whose recordings are not there is left out
with a line that says so.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import soundfile

from tests.benchmarks import (
    follow_ups,
    guides,
    hearing,
    hearing_words,
    history,
    package,
    recognition,
    replay,
    sound,
    voice_keys,
    voices,
    window,
)
from tests.benchmarks.table import Row, keep, row, show

_SAMPLE_RATE = 16_000


def rehearsing() -> list[Row]:
    """The first session: opening, speaking, waiting, stalling, memory."""
    rows = [*window.measure_start(), *window.measure_first_sound(), *transcripts()]
    rows += voice_keys.measure_voice_keys()
    if recognition.SPEECH.is_dir():
        with tempfile.TemporaryDirectory() as folder:
            rows += window.measure_session(_real_speech(Path(folder), 30))
    return rows


def transcripts() -> list[Row]:
    """The wait for the transcript of 30, 60 and 120 s of real speech, read from the file."""
    if not recognition.SPEECH.is_dir():
        sys.stderr.write("The recordings of shared/speech are not here: no waits are measured.\n")
        return []
    rows = []
    for model in recognition.MODELS:
        found = recognition.measure_resources(model)
        for length in (30, 60, 120):
            waited = float(found[f"wait_{length}_s"])
            rows.append(
                row(
                    f"transcript of {length} s, {model}, from the file",
                    waited,
                    "s",
                    note=f"{waited / length:.2f} of the sound's length",
                )
            )
    return rows


def guide_search() -> list[Row]:
    """500 guides of 50 questions."""
    return [
        row(name.replace("_", " "), float(value), name.rsplit("_", 1)[-1])
        for measure in _measures_of(guides)
        for name, value in measure().items()
        if isinstance(value, int | float)
    ]


def _measures_of(module: object) -> list[Callable[[], dict[str, float | str]]]:
    return [getattr(module, name) for name in sorted(dir(module)) if name.startswith("measure_")]


def _real_speech(folder: Path, seconds: int) -> Path:
    samples, rate = soundfile.read(
        recognition.SPEECH / "rosehill_v1.flac", dtype="int16", stop=seconds * _SAMPLE_RATE
    )
    path = folder / "answer.wav"
    soundfile.write(path, samples, rate)
    return path


def speaking() -> list[Row]:
    """The voices: speed, waits, memory, what a recognizer hears of them, the highlight."""
    natural = f" ({voices.FIRST})"
    return [*voices.measure(), *window.measure_first_sound(voices.FIRST, natural)]


def hearing_rows(extents: Sequence[hearing.Extent]) -> list[Row]:
    """Accuracy, hesitations, inventions, waits and cost, beside plain faster-whisper."""
    if not recognition.SPEECH.is_dir():
        sys.stderr.write("The recordings of shared/speech are not here: nothing is heard.\n")
        return []
    return hearing.measure(extents)


TABLES: dict[str, Callable[[], Sequence[Row]]] = {
    "rehearsing": rehearsing,
    "sound": sound.measure,
    "guides": guide_search,
    "follow-ups": follow_ups.measure,
    "history": history.measure,
    "replay": replay.measure,
    "voices": speaking,
    "hearing": lambda: hearing_rows(hearing.QUICK),
    "package": package.measure,
}
ON_REQUEST: dict[str, Callable[[], Sequence[Row]]] = {
    "hearing-waits": lambda: hearing_rows(hearing.WAITS),
    "voices-full": lambda: voices.measure(every_voice=True),
    "hearing-words": hearing_words.measure,
}
"""Tables that take about an hour, measured only when they are named."""


def main() -> int:
    """Measure the tables named on the command line, or all of them."""
    wanted = sys.argv[1:] or list(TABLES)
    tables = TABLES | ON_REQUEST
    unknown = [name for name in wanted if name not in tables]
    if unknown:
        sys.stderr.write(f"There is no table {unknown[0]}; there are {', '.join(tables)}.\n")
        return 2
    measured = {}
    for name in wanted:
        measured[name] = tables[name]()
        show(name, measured[name])
    sys.stdout.write(f"Written to {keep(measured)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
