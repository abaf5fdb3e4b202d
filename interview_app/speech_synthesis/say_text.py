"""What is said of a text shown on the screen: words without markup, and where each one stands.

A question is shown as it was written, with emphasis, links or an emoji; a speech engine would read
those signs aloud or stumble over them. :func:`spoken_text` leaves them out and remembers for every
character it keeps where in the shown text it came from, so that the shown word can be highlighted.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from interview_app.speech_synthesis.pronunciations import Said, bundled_pronunciations, pattern_of

Part = int | str
"""Of a replacement: the number of a group that is kept, or a literal that stands in its place."""


@dataclass(frozen=True, slots=True)
class SpokenText:
    """A text for the speech engine; ``origin[i]`` is the shown text's index of character ``i``."""

    text: str
    origin: tuple[int, ...]

    @property
    def has_words(self) -> bool:
        """Whether there is anything a voice could say."""
        return any(character.isalnum() for character in self.text)

    def replaced(self, pattern: re.Pattern[str], *parts: Part) -> SpokenText:
        """Every match put together anew from kept groups and literals."""
        text: list[str] = []
        origin: list[int] = []
        end = 0
        for match in pattern.finditer(self.text):
            text.append(self.text[end : match.start()])
            origin.extend(self.origin[end : match.start()])
            reached = match.start()
            for number, part in enumerate(parts):
                if isinstance(part, int):
                    start, reached = match.span(part)
                    text.append(self.text[start:reached])
                    origin.extend(self.origin[start:reached])
                else:
                    text.append(part)
                    until = _next_start(match, parts[number + 1 :])
                    origin.extend(self._spread(len(part), reached, until))
            end = match.end()
        if not end:
            return self
        text.append(self.text[end:])
        origin.extend(self.origin[end:])
        return SpokenText("".join(text), tuple(origin))

    def mapped(self, change: Callable[[str], str]) -> SpokenText:
        """Every character put through ``change``, which may answer none or several."""
        changed = [change(character) for character in self.text]
        return SpokenText(
            "".join(changed),
            tuple(place for piece, place in zip(changed, self.origin, strict=True) for _ in piece),
        )

    def _spread(self, count: int, start: int, end: int) -> Iterator[int]:
        """Where a literal of so many characters belongs: evenly from ``start`` to ``end``.

        Where nothing lies between, it belongs to the character before, or to the one after.
        """
        if start >= end:
            start, end = max(start - 1, 0), max(start, 1)
        for index in range(count):
            yield self.origin[start + index * (end - start) // count]


def _next_start(match: re.Match[str], parts: tuple[Part, ...]) -> int:
    """Where the next kept group begins, or the match ends."""
    return next((match.start(part) for part in parts if isinstance(part, int)), match.end())


Rule = tuple[re.Pattern[str], tuple[Part, ...]]

_MARKUP: tuple[Rule, ...] = (
    # A heading, a list item or a paragraph ends a sentence even without a full stop.
    (re.compile(r"([^\s.!?:;,…])[ \t]*\n(?=\s*(?:\n|[-*+•#>]\s|\d+[.)]\s))"), (1, ".\n")),
    (re.compile(r"<!--.*?-->", re.DOTALL), (" ",)),
    (re.compile(r"<(https?://[^<>\s]+)>"), (1,)),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), ("",)),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"), (1,)),
    (re.compile(r"https?://(?:www\.)?([\w.-]*\w)(?:[/?#:](?:[^\s)\]>]*[\w/])?)?"), (1,)),
    (re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+•][ \t]+)", re.MULTILINE), ("",)),
)
_EMPHASIS: Rule = (
    re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3}|~~|`{1,3})(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)", re.DOTALL),
    (2,),
)
_SIGNS: tuple[Rule, ...] = (
    (re.compile(r"\\([!-/:-@\[-`{-~])"), (1,)),
    (re.compile(r"\s*[—―]\s*|\s+[–-]{1,2}\s+"), (", ",)),
    (re.compile(r"[\[\]{}|\\^]+"), (" ",)),  # [[ ]] are commands to the macOS voice
    (re.compile(r"[’‘]"), ("'",)),
    (re.compile(r"[“”„«»]"), ('"',)),
    (re.compile(r"\s+"), (" ",)),
    (re.compile(r"^ | $"), ("",)),
)
_ENGLISH: tuple[Rule, ...] = (
    (re.compile(r"\be\.\s?g\.,?", re.IGNORECASE), ("for example,",)),
    (re.compile(r"\bi\.\s?e\.,?", re.IGNORECASE), ("that is,",)),
    (re.compile(r"(?<![\d-])(\d{1,3})\s?[–-]\s?(\d{1,3})(?![\d-])"), (1, " to ", 2)),
    (re.compile(r"<"), (" less than ",)),
    (re.compile(r">"), (" greater than ",)),
)
_MAGNITUDES = (
    ("[kK]|thousand", " thousand"),
    ("[mM]|million", " million"),
    ("[bB]n?|billion", " billion"),
)
_CURRENCIES = (("$", " dollars"), ("€", " euros"), ("£", " pounds"))
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_AMOUNTS: tuple[Rule, ...] = (
    *(
        (re.compile(rf"{re.escape(sign)}\s?{_NUMBER}[ -]?(?:{letter})\b"), (1, magnitude + name))
        for sign, name in _CURRENCIES
        for letter, magnitude in _MAGNITUDES
    ),
    *((re.compile(rf"{re.escape(sign)}\s?{_NUMBER}"), (1, name)) for sign, name in _CURRENCIES),
    *(
        (re.compile(rf"\b{_NUMBER}(?:{letter})\b"), (1, magnitude))
        for letter, magnitude in (("[kK]", " thousand"), ("M", " million"), ("bn", " billion"))
    ),
    (re.compile(r"\b(\d+)x\b"), (1, " times")),
    (re.compile(r"(?<!\w)#(?=\d)"), ("number ",)),
)
_PLACES: tuple[Rule, ...] = (
    (
        re.compile(r"(?<=\w)\.(?=(?:com|org|net|io|dev|ai|co|gov|edu|uk|de|eu)\b)"),
        (" dot ",),
    ),
    (re.compile(r"(?<=\b[A-Z])/(?=[A-Z]\b)"), ("-",)),
    (re.compile(r"(?<=\w)/(?=\w)"), (" ",)),
)
_OTHER_LANGUAGES: tuple[Rule, ...] = ((re.compile(r"[<>]"), (" ",)),)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,5}|#x[0-9A-Fa-f]{2,5});")
_SPOKEN_SYMBOLS = "°©®™№"
_UNSPOKEN = {"So", "Sk", "Cs", "Co", "Cn", "Cf", "Cc", "Me"}
"""Unicode categories of emoji, their joiners and tones, control signs and lone surrogates."""


def spoken_text(text: str, language: str = "en", said: Said = ()) -> SpokenText:
    """What a voice of that language says of a shown text.

    Args:
        text: as shown, plain or with Markdown or HTML inline markup.
        language: of the voice, as ``en`` or ``en-gb``; signs are put into words for English only.
        said: the person's own pronunciations, which come before all others.
    """
    spoken = _without_entities(SpokenText(text, tuple(range(len(text)))))
    spoken = spoken.mapped(_sayable)
    for pattern, parts in _MARKUP:
        spoken = spoken.replaced(pattern, *parts)
    for _ in range(3):  # bold around italics around code
        spoken = spoken.replaced(_EMPHASIS[0], *_EMPHASIS[1])
    for word, sounds in said:
        spoken = _said_as(spoken, word, sounds)
    is_english = language.lower().startswith("en")
    for pattern, parts in (*(_english_rules() if is_english else _OTHER_LANGUAGES), *_SIGNS):
        spoken = spoken.replaced(pattern, *parts)
    return spoken


@cache
def _english_rules() -> tuple[Rule, ...]:
    words = tuple((pattern_of(word), (sounds, 1)) for word, sounds in bundled_pronunciations())
    return (*_AMOUNTS, *words, *_PLACES, *_ENGLISH)


def _said_as(spoken: SpokenText, word: str, sounds: str) -> SpokenText:
    return spoken.replaced(pattern_of(word), sounds, 1)


def _without_entities(spoken: SpokenText) -> SpokenText:
    """``&amp;`` as ``&``, and so on."""
    for entity in set(_ENTITY.findall(spoken.text)):
        spoken = spoken.replaced(re.compile(re.escape(entity)), html.unescape(entity))
    return spoken


def _sayable(character: str) -> str:
    """A character a speech engine can read: emoji become spaces, styled letters plain ones."""
    if character.isspace() or (character.isascii() and character.isprintable()):
        return character
    if character == "\N{VARIATION SELECTOR-16}":
        return ""
    if unicodedata.category(character) in _UNSPOKEN and character not in _SPOKEN_SYMBOLS:
        return " "
    if ord(character) > 0xFFFF:
        return unicodedata.normalize("NFKC", character)
    return character
