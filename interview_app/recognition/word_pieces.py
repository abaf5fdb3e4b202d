"""Words as people write them, from the pieces that faster-whisper makes of Whisper's tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faster_whisper.transcribe import Word

_UNSPACED = frozenset({"zh", "ja", "th", "lo", "my", "yue"})
"""Languages that put no space between words; faster-whisper has the same list."""


def join_word_pieces(pieces: Iterable[Word], language: str) -> list[Word]:
    """The words: a piece that begins without a space belongs to the one before it.

    faster-whisper begins a new word at every sign of punctuation, and so makes two of "well-known",
    "30%" or "$1.2M". A word is as sure as its least sure piece.
    """
    words: list[Word] = []
    for piece in pieces:
        if not words or language in _UNSPACED or piece.word.startswith(" "):
            words.append(piece)
            continue
        before = words[-1]
        words[-1] = replace(
            before,
            end=max(before.end, piece.end),
            word=before.word + piece.word,
            probability=min(before.probability, piece.probability),
        )
    return words
