"""Where words that were searched for stand in a text, whatever their case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")


class _Folding(dict[int, str]):
    """Each letter as the search index keeps it: lower case, without its accent."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        base = [part for part in unicodedata.normalize("NFD", sign) if not _is_accent(part)]
        # What falls into several letters (a Hangul syllable) stays one.
        folded = (base[0] if len(base) == 1 else sign if base else "").lower()
        self[code] = folded[:1]
        return self[code]


def wanted_words(text: str) -> tuple[str, ...]:
    """The words of what a person searches for, folded."""
    return tuple(_WORD.findall(text.translate(_FOLDING)))


def found_in(text: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each word that begins like one of ``wanted_words``."""
    if not wanted:
        return
    folded = text.translate(_FOLDING)
    places = range(len(text) + 1) if len(folded) == len(text) else _places(text)
    for word in _pattern(tuple(wanted)).finditer(folded):
        yield places[word.start()], places[word.end() - 1] + 1


def _places(text: str) -> list[int]:
    """Where each letter of the folded text came from; accents that stand alone are left out."""
    return [place for place, sign in enumerate(text) if sign.translate(_FOLDING)]


@lru_cache(maxsize=64)
def _pattern(wanted: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, wanted))})[^\W_]*")


def _is_accent(sign: str) -> bool:
    return unicodedata.combining(sign) != 0


_FOLDING = _Folding()
