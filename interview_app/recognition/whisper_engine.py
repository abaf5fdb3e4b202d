"""One resident Whisper model behind SpeechRecognition's interface."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from interview_app.domain.transcript import Segment, Word
from interview_app.recognition.chunked_transcriber import StreamingTranscriber
from interview_app.recognition.chunks import Chunk
from interview_app.recognition.filled_pauses import WhisperFilledPauseDetector
from interview_app.recognition.filler_aware_transcriber import (
    FilledPauseWorker,
    FillerAwareTranscriber,
)
from interview_app.recognition.repetition_filter import without_repetition
from interview_app.recognition.sound_files import SAMPLE_RATE, Samples
from interview_app.recognition.windowed_transcriber import WINDOW_S, Decoded, WindowedTranscriber

if TYPE_CHECKING:
    from faster_whisper import transcribe

    from interview_app.recognition.window_model import WindowModel, WindowResult

BEAM = 5
"""Answers weighed against each other, as faster-whisper does by default."""
UNHEARD_MARGIN_S = 0.5
"""A word that lies further than this from all speech needs more evidence; Whisper's word times are
off by up to half a second round pauses."""
FAINT_PROBABILITY, FAINT_LEVEL = 0.5, 0.1
"""It was said if it is that probable, and that loud beside the speech. Of 14 words far from all
speech in 130 recordings 11 were said; 8 are kept so, one of them wrong. Noise in the pauses of
speech (42 mixtures) gave no such word."""
NO_SPEECH = 0.6
"""Whisper's own threshold of ``no_speech_prob``."""
CIRCLING = 2.4
"""Text that compresses better than this repeats itself: Whisper's own threshold."""
_TINY = "tiny"
"""The smallest models hear worse unless they see all 30 s, and see them soon enough."""
UNSURE = -0.7
"""Mean log probability under which a segment that may be no speech is not believed. Whisper's
own rule waits for -1."""


def decoding_threads() -> int:
    """How many threads decode: the machine's cores up to 4, at a lower priority than the window."""
    return max(1, min(4, os.cpu_count() or 1))


class _Transcribable:
    """The resident model as SpeechRecognition calls one."""

    def __init__(self, resident: WindowModel) -> None:
        self._resident = resident

    def transcribe(
        self, audio_array: Samples, *, is_last: bool, margin_s: float, **options: object
    ) -> dict[str, Any]:
        """What a window holds."""
        window = self._resident.decode_window(
            audio_array, is_last=is_last, margin_s=margin_s, **options
        )
        text = " ".join(found.text for found in window.segments)
        return {
            "text": text,
            "segments": window.segments,
            "language": window.language,
            "window": window,
        }


class WhisperEngine:
    """Words from windows of sound, by a faster-whisper model that stays loaded."""

    recognizer = "whisper"

    def __init__(self, folder: Path, model: str, ear: Path | None = None) -> None:
        """Load the model of a verified folder; takes about a second and a few hundred MB.

        ``ear``: the folder of the light English model that hears hesitations, beside the
        other on a thread of its own.
        """
        from speech_recognition.recognizers.whisper_local.base import WhisperCompatibleRecognizer

        from interview_app.recognition.window_model import MARGIN_S, WindowModel

        self.model = model
        self._margin_s = WINDOW_S if model.startswith(_TINY) else MARGIN_S

        def load(path: Path) -> WindowModel:
            return WindowModel(
                str(path),
                device="cpu",
                compute_type="int8",
                cpu_threads=decoding_threads(),
                local_files_only=True,
            )

        self._resident = load(folder)
        self._ear = (
            FilledPauseWorker(WhisperFilledPauseDetector(load(ear))) if ear is not None else None
        )
        self._is_multilingual = bool(self._resident.model.is_multilingual)
        self._recognizer = WhisperCompatibleRecognizer(_Transcribable(self._resident))

    def listen(self, language: str) -> StreamingTranscriber:
        """Begin to hear a sound, in English with its hesitations."""
        accurate = WindowedTranscriber(self, language)
        if self._ear is None or self._language(language) != "en":
            return accurate
        return FillerAwareTranscriber(accurate, self._ear)

    def decode(
        self,
        piece: Chunk,
        language: str,
        *,
        context: tuple[int, ...],
    ) -> Decoded:
        """What was said in a window, timed from the start of the whole sound.

        An answer that goes in circles is thrown away and made again without the words before,
        and forbidden to say five tokens twice. (Whisper's own way out, chance at rising
        temperatures, took up to 40 s for one window and still ended in circles.)
        """
        result = self._decode(piece, language, context)
        is_repetitive = result.compression > CIRCLING
        if is_repetitive:
            result = self._decode(piece, language, (), no_repeat_ngram_size=5)
        believed = (self._segment(found, piece) for found in result.segments)
        written = tuple(segment for segment in believed if segment is not None)
        said = without_repetition(written)
        if said == written:
            tokens = tuple(t for found in result.segments for t in found.tokens)
        else:
            tokens = self.tokens(" ".join(segment.text for segment in said))
        return Decoded(said, result.language, result.advance_s, tokens, is_repetitive)

    def tokens(self, text: str) -> tuple[int, ...]:
        """A text as the model reads what was said before."""
        if not text:
            return ()
        return tuple(self._resident.hf_tokenizer.encode(f" {text}", add_special_tokens=False).ids)

    def _decode(
        self,
        piece: Chunk,
        language: str,
        context: tuple[int, ...],
        **options: object,
    ) -> WindowResult:
        from speech_recognition import AudioData

        from interview_app.recognition.window_model import token_limit

        pcm = (piece.samples * 32767.0).astype("<i2").tobytes()
        result: Any = self._recognizer.recognize(
            AudioData(pcm, SAMPLE_RATE, 2),
            show_dict=True,
            is_last=piece.length_s < WINDOW_S,
            language=self._language(language),
            temperature=0.0,
            beam_size=BEAM,
            margin_s=self._margin_s,
            max_new_tokens=token_limit(piece.length_s, len(context)),
            initial_prompt=list(context) or None,
            **options,
        )
        window: WindowResult = result["window"]
        return window

    def _language(self, language: str) -> str | None:
        if not self._is_multilingual:
            return "en"
        return language.split("-", maxsplit=1)[0].lower() or None

    def _segment(self, found: transcribe.Segment, piece: Chunk) -> Segment | None:
        if found.no_speech_prob > NO_SPEECH and found.avg_logprob < UNSURE:
            return None
        words = (_word(word, piece) for word in found.words or ())
        said = tuple(word for word in words if word is not None)
        return Segment(said) if said else None


def _word(word: transcribe.Word, piece: Chunk) -> Word | None:
    text = str(word.word).strip()
    start = float(np.clip(word.start, 0.0, piece.length_s)) + piece.start_s
    end = float(np.clip(word.end, 0.0, piece.length_s)) + piece.start_s
    if not text or not (_is_near_speech(start, end, piece) or _is_heard(word, start, end, piece)):
        return None
    return Word(text, round(start, 3), round(max(start, end), 3), round(float(word.probability), 4))


def _is_near_speech(start_s: float, end_s: float, piece: Chunk) -> bool:
    return any(
        start_s <= span.end_s + UNHEARD_MARGIN_S and end_s >= span.start_s - UNHEARD_MARGIN_S
        for span in piece.speech
    )


def _is_heard(word: transcribe.Word, start_s: float, end_s: float, piece: Chunk) -> bool:
    """Whether a word stands for itself where the detector found no speech: faint voices."""
    level = piece.level(start_s, end_s)
    spoken = max(piece.level(span.start_s, span.end_s) for span in piece.speech)
    return bool(word.probability >= FAINT_PROBABILITY and level >= FAINT_LEVEL * spoken)
