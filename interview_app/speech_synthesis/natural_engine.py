"""Kokoro-82M inside its helper process: texts to sounds, with the moment of every word."""

from __future__ import annotations

import os
import tempfile
import time
import wave
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from kokoro_onnx import Kokoro
from phonemizer.backend import EspeakBackend

from interview_app.speech_synthesis.engine import EngineProblem
from interview_app.speech_synthesis.loudness import Samples, levelled
from interview_app.speech_synthesis.natural_files import MODEL, STYLES
from interview_app.speech_synthesis.phoneme_words import spoken_words, word_events
from interview_app.speech_synthesis.say_text import spoken_text
from interview_app.speech_synthesis.word_times import word_times

SLOWEST, FASTEST = 0.5, 2.0
"""The range of speeds the model takes."""
_STYLE_SHAPE = (510, 1, 256)
_MOST_THREADS = 4
_LANGUAGES = ("en-us", "en-gb")
_DURATIONS = "/encoder/Clip_output_0"
"""Where the model keeps how many frames each sound lasts; kokoro-onnx reads times from an output
called ``duration``, which this published file computes but does not give."""
_EARLIER_S = 0.0625
"""A sound is heard so long before the model's durations say: 2.5 of its frames of 25 ms. Measured
against forced alignment on half of the bundled prompts (502 words, 62 ms), shown on the other."""
_AFTER_S = 0.15
"""Silence after the last sound, so that no player cuts it."""


class NaturalEngine:
    """The model with its styles; loading takes some seconds and 0.6 GB."""

    def __init__(self, folder: Path) -> None:
        try:
            session = _session(folder / MODEL.name)
            self._styles = {
                name: np.fromfile(folder / file.name, "<f4").reshape(_STYLE_SHAPE)
                for name, file in STYLES.items()
            }
        except Exception as error:
            raise EngineProblem("damaged", f"{type(error).__name__}: {error}"[:300]) from error
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as nowhere:
            # kokoro-onnx wants a file of styles; ours are given with each text.
            none = Path(nowhere) / "styles.npz"
            np.savez(none, none=np.zeros(1))
            self._kokoro = Kokoro.from_session(session, str(none))
            self._kokoro.voices.close()
        self._phonemes = {
            language: EspeakBackend(language, preserve_punctuation=True, with_stress=True)
            for language in _LANGUAGES
        }

    def render(self, request: dict[str, Any]) -> dict[str, Any]:
        """Speak ``text`` into ``part``; length, words, and how long it took, in seconds.

        Raises:
            EngineProblem: an unknown style, nothing to say, or a file that cannot be written.
        """
        began = time.monotonic()
        style, language = self._styles.get(request["style"]), request["language"]
        if style is None:
            raise EngineProblem("voice", request["style"])
        spoken = spoken_text(request["text"], language, request["said"])
        words = spoken_words(spoken.text)
        whole, *alone = self._sounds([spoken.text, *(word for _, word in words)], language)
        if not whole:
            raise EngineProblem("failed", "the text holds no sound")
        speed = min(max(request["speed"], SLOWEST), FASTEST)
        samples, rate_hz, timings = self._kokoro.create_timed(
            whole, style, speed, language, is_phonemes=True
        )
        duration_s = _write(Path(request["part"]), samples, rate_hz)
        sounds = [(each.phoneme, max(each.start - _EARLIER_S, 0.0)) for each in timings]
        events = word_events(words, alone, sounds)
        times = word_times(request["text"], spoken, events, duration_s)
        return {
            "duration_s": duration_s,
            "words": [[word.start, word.end, word.start_s] for word in times],
            "took_s": time.monotonic() - began,
        }

    def _sounds(self, texts: list[str], language: str) -> list[str]:
        known = self._kokoro.tokenizer.known
        found = self._phonemes[language].phonemize(texts, strip=True)
        return [known(" ".join(each.split())) for each in found]


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.intra_op_num_threads = min(_MOST_THREADS, os.cpu_count() or 1)
    session = onnxruntime.InferenceSession(
        model.read_bytes() + _duration_output(), options, providers=["CPUExecutionProvider"]
    )
    session._model_path = str(model)  # kokoro-onnx looks whether it is there
    return session


def _duration_output() -> bytes:
    """What turns the model's inner durations into an output when appended to the file.

    Protocol buffers join a field that comes twice, so the file stays the published one: graph (7)
    gets a node (1) ``duration = Identity(durations)`` and an output (12) of that name.
    """
    node = _field(1, _DURATIONS.encode()) + _field(2, b"duration") + _field(4, b"Identity")
    return _field(7, _field(1, node) + _field(12, _field(1, b"duration")))


def _field(number: int, content: bytes) -> bytes:
    """A field of bytes; numbers to 15 and lengths to 127, as used here."""
    return bytes([number << 3 | 2, len(content)]) + content


def _write(part: Path, samples: Samples, rate_hz: int) -> float:
    """Write 16-bit WAV at the common loudness; its length in seconds."""
    silence = np.zeros(round(_AFTER_S * rate_hz), dtype=np.float32)
    sound = np.concatenate([levelled(samples, rate_hz), silence])
    try:
        with wave.open(str(part), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate_hz)
            file.writeframes((sound * 32767).astype("<i2").tobytes())
    except OSError as error:
        raise EngineProblem("write", error.strerror or str(error)) from error
    return len(sound) / rate_hz
