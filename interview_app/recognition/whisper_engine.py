"""One resident Whisper model behind SpeechRecognition's interface."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from interview_app.domain.transcript import Segment, Word
from interview_app.recognition.slices import Slice
from interview_app.recognition.sound_files import SAMPLE_RATE

if TYPE_CHECKING:
    from faster_whisper import transcribe

UNHEARD_MARGIN_S = 0.5
"""A word that lies further than this from all speech was not said; Whisper's word times are off
by up to half a second round pauses."""
NO_SPEECH = 0.6
"""Whisper's own threshold of ``no_speech_prob``."""
UNSURE = -0.7
"""Mean log probability under which a segment that may be no speech is not believed. Whisper's
own rule waits for -1."""


def decoding_threads() -> int:
    """How many threads decode: the machine's cores up to 4, at a lower priority than the window."""
    return max(1, min(4, os.cpu_count() or 1))


class WhisperEngine:
    """Words from slices of sound, by a faster-whisper model that stays loaded."""

    recognizer = "whisper"

    def __init__(self, folder: Path, model: str) -> None:
        """Load the model of a verified folder; takes about a second and a few hundred MB."""
        from faster_whisper import WhisperModel
        from speech_recognition.recognizers.whisper_local.base import WhisperCompatibleRecognizer
        from speech_recognition.recognizers.whisper_local.faster_whisper import (
            TranscribableAdapter,
        )

        self.model = model
        resident = WhisperModel(
            str(folder),
            device="cpu",
            compute_type="int8",
            cpu_threads=decoding_threads(),
            local_files_only=True,
        )
        self._is_multilingual = bool(resident.model.is_multilingual)
        self._recognizer = WhisperCompatibleRecognizer(TranscribableAdapter(resident))

    def hear(self, piece: Slice, language: str) -> tuple[tuple[Segment, ...], str]:
        """What was said in a slice, timed from the start of the whole sound, and its language."""
        import ctranslate2
        from speech_recognition import AudioData

        ctranslate2.set_random_seed(0)
        pcm = (piece.samples * 32767.0).astype("<i2").tobytes()
        result: Any = self._recognizer.recognize(
            AudioData(pcm, SAMPLE_RATE, 2),
            show_dict=True,
            language=self._language(language),
            beam_size=5,
            temperature=[0.0, 0.2, 0.4],
            condition_on_previous_text=False,
            word_timestamps=True,
        )
        segments = (self._segment(found, piece) for found in result["segments"])
        return tuple(s for s in segments if s is not None), str(result["language"])

    def _language(self, language: str) -> str | None:
        if not self._is_multilingual:
            return "en"
        return language.split("-", maxsplit=1)[0].lower() or None

    def _segment(self, found: transcribe.Segment, piece: Slice) -> Segment | None:
        if found.no_speech_prob > NO_SPEECH and found.avg_logprob < UNSURE:
            return None
        words = (_word(word, piece) for word in found.words or ())
        said = tuple(word for word in words if word is not None)
        return Segment(said) if said else None


def _word(word: transcribe.Word, piece: Slice) -> Word | None:
    text = str(word.word).strip()
    start = float(np.clip(word.start, 0.0, piece.length_s)) + piece.start_s
    end = float(np.clip(word.end, 0.0, piece.length_s)) + piece.start_s
    heard = any(
        start <= span.end_s + UNHEARD_MARGIN_S and end >= span.start_s - UNHEARD_MARGIN_S
        for span in piece.speech
    )
    if not text or not heard:
        return None
    return Word(text, round(start, 3), round(max(start, end), 3), round(float(word.probability), 4))
