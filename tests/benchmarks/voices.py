"""How the voices speak: speed, waits, memory, how well they are heard, and the highlight's error.

Every prompt of both bundled guides is rendered by the system's voice and by the natural ones,
which take turns, and heard by the recognizer; each word it heard otherwise is listed on standard
error, to be looked at. The highlight is compared with what a recognizer of another kind finds when
it is given the words and looks for their places in the sound (pocketsphinx, forced alignment).
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jiwer
import numpy as np
import psutil
import soundfile
import soxr

from interview_app.guide_formats import markdown_form, markdown_writer
from interview_app.recognition.client import RecognizerClient
from interview_app.services.event_loop import EventLoop
from interview_app.services.guides.library import GuideLibrary
from interview_app.services.jobs import JobContext
from interview_app.services.ports.voice import Speech
from interview_app.speech_synthesis.cache import VoiceCache
from interview_app.speech_synthesis.interview_voice import InterviewVoice
from interview_app.speech_synthesis.interviewers import interviewers
from interview_app.speech_synthesis.natural_files import NaturalFiles
from interview_app.speech_synthesis.natural_voice import NaturalVoice
from interview_app.speech_synthesis.pronunciations import Pronunciations
from interview_app.speech_synthesis.pyttsx_voice import PyttsxVoice
from interview_app.speech_synthesis.say_text import spoken_text
from interview_app.support.paths import AppPaths, bundled
from tests.benchmarks.recognition import normal
from tests.benchmarks.table import Row, row

MODEL = "base"
FIRST = interviewers()[0].id
RATE_WPM = 165
_ALIGNED_HZ = 16_000
_FRAME_S = 0.01
_LARGE_ERROR_S = 0.08
_SPECIMENS = (
    "Tell me about a time you used RICE or MoSCoW with an OKR or a KPI.",
    "How would you price a SaaS API for B2B, e.g. at $1.2M in Q3?",
    "Why did SQL use drop by 40%?",
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt as a voice said it; ``wait_s`` from asking until it could be played."""

    prompt: str
    voice: str
    speech: Speech
    wait_s: float


def measure(*, every_voice: bool = False) -> list[Row]:
    """The table; ``every_voice``: each natural voice says every prompt, which takes an hour."""
    with tempfile.TemporaryDirectory() as folder:
        voice = make_voice(Path(folder))
        try:
            system = list(_render(voice, [(prompt, "") for prompt in prompts()]))
            rows = _waits("system", system)
            natural: list[Rendered] = []
            if voice.natural.files.place() is None:
                sys.stderr.write("The natural voices are not here (make voices): not measured.\n")
            else:
                natural = list(_render(voice, _pairs(every_voice=every_voice)))
                rows += _waits("natural", natural)
                rows += _cost(voice, natural)
                rows += _pace(natural)
            rows += _heard({"system": system, "natural": natural})
            for engine, rendered in (("system", system), ("natural", natural)):
                rows += _highlight(engine, rendered)
            return rows
        finally:
            voice.close()


def make_voice(folder: Path) -> InterviewVoice:
    """Both engines over a cache of their own."""
    cache, own = VoiceCache(folder / "cache"), Pronunciations()
    files = NaturalFiles(AppPaths.choose().models)
    natural = NaturalVoice(files, cache, own, folder / "speed.json")
    return InterviewVoice(PyttsxVoice(cache, own), natural)


def prompts() -> list[str]:
    """Every prompt of the bundled guides."""
    with tempfile.TemporaryDirectory() as own:
        library = GuideLibrary(
            bundled("data", "guides"),
            Path(own),
            markdown_form.read_guide,
            markdown_writer.write_guide,
        )
        return [question.prompt for guide in library.all() for question in guide.questions]


def _pairs(*, every_voice: bool) -> list[tuple[str, str]]:
    voices = [each.id for each in interviewers()]
    texts = [*_SPECIMENS, *prompts()]
    if every_voice:
        return [(text, voice) for voice in voices for text in texts]
    return [(text, voices[number % len(voices)]) for number, text in enumerate(texts)]


def _render(voice: InterviewVoice, wanted: Sequence[tuple[str, str]]) -> Iterator[Rendered]:
    for text, who in wanted:
        began = time.perf_counter()
        speech = voice.render(text, who, RATE_WPM, JobContext())
        if speech.instead:
            raise RuntimeError(speech.instead)
        yield Rendered(text, who, speech, time.perf_counter() - began)


def _waits(engine: str, rendered: Sequence[Rendered]) -> list[Row]:
    factors = [each.wait_s / each.speech.duration_s for each in rendered[1:]]
    waits = [each.wait_s for each in rendered[1:]]
    return [
        row(f"real-time factor, {engine} (median)", statistics.median(factors), ""),
        row(f"a question rendered, {engine} (median)", statistics.median(waits), "s"),
    ]


def _cost(voice: InterviewVoice, rendered: Sequence[Rendered]) -> list[Row]:
    helpers = [
        child.memory_info().rss
        for child in psutil.Process().children()
        if child.cmdline()[-1:] == ["natural-voice"]
    ]
    some = rendered[0]
    found: list[float] = []
    for _ in range(20):
        began = time.perf_counter()
        voice.render_quickest(some.prompt, some.voice, RATE_WPM, JobContext())
        found.append(time.perf_counter() - began)
    began = time.perf_counter()
    voice.render_quickest("What have we not talked about yet?", some.voice, RATE_WPM, JobContext())
    late = time.perf_counter() - began
    return [
        row("the first text, with the model loaded before it", rendered[0].wait_s, "s"),
        row("memory of the natural voices' helper", max(helpers, default=0) / 1e6, "MB"),
        row("sound at hand, rendered ahead (median)", statistics.median(found) * 1000, "ms"),
        row("sound at hand, not rendered: the system's voice", late * 1000, "ms"),
    ]


def _pace(rendered: Sequence[Rendered]) -> list[Row]:
    """Words a minute really spoken, where 165 were asked for."""
    rows = []
    for who in interviewers():
        own = [each for each in rendered if each.voice == who.id]
        words = sum(len(each.prompt.split()) for each in own)
        spoken = sum(each.speech.duration_s for each in own)
        if spoken:
            rows.append(
                row(f"words a minute, {who.name}, asked for {RATE_WPM}", words / spoken * 60, "")
            )
    return rows


def _heard(rendered: dict[str, Sequence[Rendered]]) -> list[Row]:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        client = RecognizerClient(AppPaths.choose().models, post=EventLoop().post)
        try:
            for engine, all_of_them in rendered.items():
                some = [each for each in all_of_them if each.prompt not in _SPECIMENS]
                texts = [_text(client, each) for each in some]
                if some:
                    wrong = jiwer.process_words(
                        [_plain(each.prompt) for each in some], [_plain(text) for text in texts]
                    )
                    rows.append(row(f"heard word error rate, {engine}", wrong.wer * 100, "%"))
                    _list_misses(engine, some, texts)
                for each in all_of_them:
                    if each.prompt in _SPECIMENS:
                        _tell(f"{each.voice}: {each.prompt} -> {_text(client, each)}")
        finally:
            client.close()
    del folder
    return rows


def _text(client: RecognizerClient, rendered: Rendered) -> str:
    heard = client.transcribe(rendered.speech.sound, MODEL, "en", JobContext())
    return " ".join(segment.text for segment in heard.transcript.segments)


def _plain(text: str) -> str:
    """Lower case without marks; how a number or a compound is written is no error of speech."""
    plain = normal(text.replace("-", " "))
    plain = re.sub(r"(?<=\d) (?=000\b)", "", plain)
    return re.sub(r"\b(road|micro) (?=maps?\b|services?\b)", r"\1", plain)


def _list_misses(engine: str, some: Sequence[Rendered], texts: Sequence[str]) -> None:
    for each, text in zip(some, texts, strict=True):
        if _plain(each.prompt) != _plain(text):
            _tell(f"{engine} {each.voice}: {_plain(each.prompt)} -> {_plain(text)}")


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _highlight(engine: str, rendered: Sequence[Rendered]) -> list[Row]:
    """How far a word's highlight begins from where forced alignment finds the word.

    After a rest the alignment now and then finds a word at the beginning of the silence before it,
    0.3 s early; the few largest errors are its own.
    """
    errors = [pair for each in rendered for pair in _errors(each)]
    name = f"highlight error, {engine}"
    found = {
        name: [error for _, error in errors],
        f"{name}, words that begin with a vowel": [e for word, e in errors if word[0] in "aeiou"],
    }
    return [_within(name, some) for name, some in found.items() if some]


def _within(name: str, errors: Sequence[float]) -> Row:
    late = sum(error > _LARGE_ERROR_S for error in errors) / len(errors) * 100
    return row(
        f"{name} (95 of 100 words)",
        float(np.percentile(errors, 95)) * 1000,
        "ms",
        promise="at most 80 ms",
        note=f"median {statistics.median(errors) * 1000:.0f} ms, {len(errors)} words, "
        f"{late:.1f} % over 80 ms",
    )


def _errors(rendered: Rendered) -> list[tuple[str, float]]:
    """Each word, and the seconds between its highlight and its alignment.

    None where the alignment knows not every word.
    """
    shown = [rendered.prompt[word.start : word.end] for word in rendered.speech.words]
    words = [normal(word).strip("'") for word in shown]
    plain = [word.strip(".,;:?!'").lower() for word in spoken_text(rendered.prompt).text.split()]
    if words != [word for word in plain if word] or any(" " in word for word in words):
        return []
    found = _aligned(rendered.speech.sound, words)
    if len(found) != len(words):
        return []
    return [
        (word, abs(spoken.start_s - start_s))
        for word, spoken, start_s in zip(words, rendered.speech.words, found, strict=True)
    ]


def _aligned(sound: Path, words: Sequence[str]) -> list[float]:
    """Where each word begins, in seconds; empty where one is not in the dictionary."""
    from pocketsphinx import Decoder

    decoder = Decoder(lm=None, samprate=_ALIGNED_HZ, loglevel="FATAL")
    if any(decoder.lookup_word(word) is None for word in words):
        return []
    samples, rate_hz = soundfile.read(sound, dtype="float32")
    pcm = (soxr.resample(samples, rate_hz, _ALIGNED_HZ) * 32767).astype("<i2").tobytes()
    decoder.set_align_text(" ".join(words))
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
    segments = decoder.seg() or ()
    return [
        segment.start_frame * _FRAME_S
        for segment in segments
        if not segment.word.startswith(("<", "[", "("))
    ]
