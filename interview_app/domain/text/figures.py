"""The figures of a text, whether written in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {
    **{word: value for value, word in enumerate(f"{_UNITS} {_TEENS}".split(), start=1)},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), start=2)},
}
_LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_SMALL = rf"(?:{_any(_TEENS)}|{_any(_TENS)}(?:[- ]{_any(_UNITS)})?|{_any(_UNITS)})"
_HUNDREDS = rf"(?:(?:{_SMALL}|a) hundred(?:(?: and)? {_SMALL})?|{_SMALL})"
_PART = rf"(?: point {_any(_UNITS)}| and a half)?"
_SIZE = _any(" ".join(_LARGE))
_FIGURE = re.compile(
    rf"\b(?:\d[\d,]*(?:\.\d+)?(?: (?:hundred|{_SIZE}))?"
    rf"|(?:{_HUNDREDS}{_PART}|a) {_SIZE}(?:,? (?:and )?{_HUNDREDS})?"
    rf"|{_HUNDREDS}{_PART})\b"
)
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")


def figures_in(text: str) -> Iterator[float]:
    """Yield the figures of an English text in their order: ``twelve hundred and sixty``, ``14%``.

    ``One`` alone is most often a pronoun and left out.
    """
    for found in _FIGURE.findall(" ".join(text.casefold().split())):
        if found != "one":
            yield _value(found)


def _value(words: str) -> float:
    total = current = 0.0
    is_part = False
    for token in _TOKEN.findall(words):
        if token[0].isdigit():
            current = float(token.replace(",", ""))
        elif token == "hundred":  # noqa: S105 - a token of a text
            current = (current or 1.0) * 100
        elif token in _LARGE:
            total += (current or 1.0) * _LARGE[token]
            current = 0.0
        elif token in _VALUES:
            current += _VALUES[token] / (10 if is_part else 1)
        elif token == "half":  # noqa: S105 - a token of a text
            current += 0.5
        is_part = token == "point"  # noqa: S105 - a token of a text
    return total + current
