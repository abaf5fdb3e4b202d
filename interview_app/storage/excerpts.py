"""What is searched for as the index folds it, and the sentence in which a text holds it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WORDS_BEFORE, WORDS_AFTER = 14, 26
"""Of a sentence longer than a line or two, so many words round the hit are shown."""

_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class ExcerptPiece:
    """Tokens that follow one another; the last may be the beginning of a word."""

    tokens: tuple[str, ...]
    is_prefix: bool

    def begins(self, said: Sequence[str]) -> bool:
        """Whether these tokens begin with the piece."""
        count = len(self.tokens)
        if len(said) < count:
            return False
        *whole, last = self.tokens
        here = said[count - 1]
        is_last = here.startswith(last) if self.is_prefix else here == last
        return is_last and list(said[: count - 1]) == whole


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The sentence of a hit, and the number of the word where it begins."""

    text: str
    word: int


def pieces_of(wanted: str) -> list[ExcerptPiece]:
    """What a person wants: words, and words between double quotes that follow one another."""
    pieces = []
    for found in _PIECE.finditer(wanted):
        tokens = tokens_of(found[1] if found[1] is not None else found[2])
        if tokens:
            is_prefix = found[1] is None and found.end() == len(wanted)
            pieces.append(ExcerptPiece(tuple(tokens), is_prefix))
    return pieces


def match_query(wanted: str) -> str:
    """What FTS5 is asked to find every word wanted; the last may be unfinished."""
    return " ".join(
        f'"{" ".join(piece.tokens)}"{"*" * piece.is_prefix}' for piece in pieces_of(wanted)
    )


def tokens_of(said: str) -> list[str]:
    """Words as the index folds them: lower case, no diacritics, letters and digits only."""
    if said.isascii():
        return _TOKEN.findall(said.lower())
    spread = unicodedata.normalize("NFD", said.lower())
    return _TOKEN.findall("".join(sign for sign in spread if not unicodedata.combining(sign)))


def excerpt_of(words: Sequence[str], pieces: Sequence[ExcerptPiece]) -> Excerpt | None:
    """The sentence that holds the first of the pieces said; ``None`` where none is."""
    longest = max(len(piece.tokens) for piece in pieces)
    tokens: list[str] = []
    owners: list[int] = []
    at = 0
    for number, word in enumerate(words):
        found = tokens_of(word)
        tokens += found
        owners += [number] * len(found)
        # Read no further than it takes: most takes hold what is wanted near their beginning.
        while at + longest <= len(tokens):
            if any(piece.begins(tokens[at : at + longest]) for piece in pieces):
                return Excerpt(_sentence(words, owners[at]), owners[at])
            at += 1
    for rest in range(at, len(tokens)):
        if any(piece.begins(tokens[rest:]) for piece in pieces):
            return Excerpt(_sentence(words, owners[rest]), owners[rest])
    return None


def _sentence(words: Sequence[str], word: int) -> str:
    first = word
    while first > 0 and not _SENTENCE_END.search(words[first - 1]):
        first -= 1
    last = word
    while last + 1 < len(words) and not _SENTENCE_END.search(words[last]):
        last += 1
    begun, ended = max(first, word - WORDS_BEFORE), min(last, word + WORDS_AFTER)
    shown = " ".join(words[begun : ended + 1])
    return f"{'…' * (begun > first)}{shown}{'…' * (ended < last)}"
