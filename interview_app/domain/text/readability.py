"""How hard a text is to read and to follow by ear."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*(?:\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<=[^aeiouyscxzgh])es$|(?<=[^aeiouytdr])ed$|(?<=[aeiouy]r)ed$|(?<=[^l])e$|(?<=[aeiouyrl]l)e$"
)
_ONE_LESS = re.compile(
    r"cia[ln]|tia[ln]|c[ei]ous|giu|[stc]ion|[tg]ious|gion|sia$|[^aeiou]ely$|busi"
)
_ONE_MORE = re.compile(
    r"ia|riet|dien|iu|io|ii|[aeiou]{3}(?<!queue)|ism$|[^gq]ua[^auieo]|creat|[ae]ing$|quiet|scien"
    r"|oing$|[^aeiou]eo(?!p)|[ds]n$"
)


def flesch_kincaid_grade(text: str) -> float:
    """Return the school grade in which a text can be read; 0 for one without words.

    The formula is that of Kincaid, Fishburne, Rogers and Chissom (1975), *Derivation of New
    Readability Formulas for Navy Enlisted Personnel*, Research Branch Report 8-75; syllables are
    counted by rule, without a dictionary.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part)))
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def count_syllables(word: str) -> int:
    """Return how many syllables an English word has, by rule."""
    parts = [part for part in re.split(r"[-'’]", word.casefold()) if _VOWELS.search(part)]
    return max(1, sum(_count_plain(part) for part in parts))


def _count_plain(word: str) -> int:
    bare = _SILENT.sub("", word)
    count = len(_VOWELS.findall(bare))
    return max(1, count + len(_ONE_MORE.findall(bare)) - len(_ONE_LESS.findall(bare)))
