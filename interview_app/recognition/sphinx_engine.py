"""pocketsphinx behind SpeechRecognition's interface: needs no download, understands little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from interview_app.domain.transcript import Segment, Word
from interview_app.recognition.chunked_transcriber import ChunkedTranscriber
from interview_app.recognition.chunks import Chunk
from interview_app.recognition.known_models import POCKETSPHINX
from interview_app.recognition.sound_files import SAMPLE_RATE

if TYPE_CHECKING:
    import pocketsphinx

_FRAME_S = 0.01
"""pocketsphinx counts time in hundredths of a second."""


class SphinxEngine:
    """Words from slices of sound, by SpeechRecognition's bundled pocketsphinx model (English)."""

    recognizer = "sphinx"
    model = POCKETSPHINX

    def listen(self, language: str) -> ChunkedTranscriber:
        """Begin to hear a sound."""
        return ChunkedTranscriber(self, language)

    def hear(self, piece: Chunk, language: str) -> tuple[tuple[Segment, ...], str]:  # noqa: ARG002 - it knows English only
        """What was said in a slice, timed from the start of the whole sound; always English."""
        from speech_recognition import AudioData, Recognizer, UnknownValueError
        from speech_recognition.recognizers.pocketsphinx import recognize

        pcm = (piece.samples * 32767.0).astype("<i2").tobytes()
        try:
            decoder: Any = recognize(Recognizer(), AudioData(pcm, SAMPLE_RATE, 2), show_all=True)
        except UnknownValueError:
            return (), "en"
        logmath = decoder.get_logmath()
        words = tuple(
            _word(found, piece, logmath) for found in decoder.seg() or () if _is_word(found.word)
        )
        return ((Segment(words),) if words else ()), "en"


def _is_word(text: str) -> bool:
    return text[:1].isalpha() or text[:1] == "'"


def _word(found: pocketsphinx.Segment, piece: Chunk, logmath: pocketsphinx.LogMath) -> Word:
    text = str(found.word).split("(", maxsplit=1)[0]
    start = piece.start_s + min(found.start_frame * _FRAME_S, piece.length_s)
    end = piece.start_s + min((found.end_frame + 1) * _FRAME_S, piece.length_s)
    probability = min(1.0, max(0.0, float(logmath.exp(found.prob))))
    return Word(text, round(start, 3), round(end, 3), round(probability, 4))
