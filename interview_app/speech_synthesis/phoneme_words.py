"""Which word each spoken sound belongs to, so that words can be followed while they are heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from interview_app.speech_synthesis.word_times import WordEvent

_WORD = re.compile(r"\S*\w\S*")
_STRESS = "ˈˌ"
_LENGTH = "ː"


def spoken_words(text: str) -> list[tuple[int, str]]:
    """Where each word of a spoken text begins, and the word."""
    return [(match.start(), match[0]) for match in _WORD.finditer(text)]


def word_events(
    words: Sequence[tuple[int, str]],
    alone: Sequence[str],
    sounds: Sequence[tuple[str, float]],
) -> list[WordEvent]:
    """When each word begins, from the moments of the sounds of the whole text.

    In a sentence words sound a little different than alone ("of the" becomes one, a "to" loses
    its vowel), so both rows of sounds are laid beside each other where they agree. A word of which
    no sound is found again has no event. The first word begins with the sound.

    Args:
        words: position in the spoken text, and word.
        alone: the sounds of each word spoken alone.
        sounds: each sound of the whole text and the second it begins.
    """
    places = [place for place, (sound, _) in enumerate(sounds) if sound not in _STRESS + _LENGTH]
    heard = [sounds[place][0] for place in places]
    row, owners = _row(alone)
    matcher = SequenceMatcher(None, row, heard, autojunk=False)
    first: dict[int, int] = {}
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            owner, within = owners[block.a + step]
            if owner >= 0 and owner not in first:
                first[owner] = _back(block.b + step, within, lambda at: heard[at] == " ")
    return [
        WordEvent(words[owner][0], _beginning(sounds, places[at]) if owner else 0.0)
        for owner, at in sorted(first.items())
    ]


def _beginning(sounds: Sequence[tuple[str, float]], at: int) -> float:
    """When the word whose first sound stands at that place begins.

    A stress mark has a length of its own, and before a vowel it stands in front of the word: the
    vowel sounds from there on. A blank has a length too, in which one word ends and the next
    begins, for nobody rests between words: it is shared.
    """
    while at and sounds[at - 1][0] in _STRESS:
        at -= 1
    start_s = sounds[at][1]
    if at and sounds[at - 1][0] == " ":
        return (sounds[at - 1][1] + start_s) / 2
    return start_s


def _row(alone: Sequence[str]) -> tuple[list[str], list[tuple[int, int]]]:
    """All words' sounds in a row, blanks between; for each its word (-1: none) and place in it."""
    row: list[str] = []
    owners: list[tuple[int, int]] = []
    for number, sounds in enumerate(alone):
        kept = [sound for sound in sounds if sound not in _STRESS + _LENGTH]
        row += [*kept, " "]
        owners += [(number, within) for within in range(len(kept))] + [(-1, 0)]
    return row, owners


def _back(at: int, steps: int, is_blank: Callable[[int], bool]) -> int:
    """Back to the word's first sound, where its beginning sounds otherwise in the sentence."""
    for _ in range(steps):
        if at == 0 or is_blank(at - 1):
            break
        at -= 1
    return at
