"""Correcting the words of a transcript: what a person writes takes the place of what was heard.

Times stay: what stands in place of a word has the word's extent in the sound. What the recognizer
wrote is kept beside it, and comes back whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from interview_app.domain.analysis.filler_words import plain
from interview_app.domain.analysis.measures import Mark, Measures, measure
from interview_app.domain.session import Take
from interview_app.domain.transcript import Segment, Span, Transcript, Word


def corrected(transcript: Transcript, index: int, text: str) -> Transcript:
    """The transcript with other words in place of the word at ``index``, counted from 0.

    Several words share its extent in proportion to their letters; none deletes it. A text that
    says the same changes nothing.

    Raises:
        IndexError: there is no such word.
    """
    word = transcript.words[index]
    texts = text.split()
    if texts == [word.text] or index < 0:
        return transcript
    found: list[Segment] = []
    before = 0
    for segment in transcript.segments:
        here = index - before
        before += len(segment.words)
        if 0 <= here < len(segment.words):
            words = (*segment.words[:here], *_in_place_of(word, texts), *segment.words[here + 1 :])
            if words:
                found.append(Segment(words))
        else:
            found.append(segment)
    return replace(transcript, segments=tuple(found), is_corrected=True)


def says_the_same(one: Transcript, other: Transcript) -> bool:
    """Whether two transcripts have the same words at the same times."""
    return [_said(word) for word in one.words] == [_said(word) for word in other.words]


def measured_again(take: Take, transcript: Transcript, original: Transcript) -> Measures:
    """The figures of a take with another transcript of it; ``original``: the recognizer's.

    Pauses and speaking time come from the sound, which a correction does not change. Hesitations
    that were found in the sound and never written as words stay.
    """
    speech: Sequence[Span] = take.speech
    if not speech and not take.is_typed:
        speech = [Span(word.start_s, word.end_s) for word in original.words if plain(word.text)]
    found = measure(transcript, speech, take.duration_s)
    marks = sorted(
        (*found.hesitations, *_unwritten(take)), key=lambda mark: (mark.start_s, mark.end_s)
    )
    return replace(found, hesitations=tuple(marks))


def _in_place_of(word: Word, texts: Sequence[str]) -> Iterator[Word]:
    letters = [len(text) for text in texts]
    length_s, whole = word.end_s - word.start_s, sum(letters)
    ends = [word.start_s + length_s * share / whole for share in accumulate(letters)]
    ends[-1:] = [word.end_s] if ends else []
    for text, start_s, end_s in zip(texts, [word.start_s, *ends], ends, strict=False):
        is_kept = text == word.text
        yield Word(
            text,
            start_s,
            end_s,
            word.probability if is_kept else 1.0,
            word.is_corrected or not is_kept,
        )


def _said(word: Word) -> tuple[str, float, float]:
    return word.text, word.start_s, word.end_s


def _unwritten(take: Take) -> Iterator[Mark]:
    """Hesitations of a take that none of its words stands for."""
    words = take.transcript.words if take.transcript is not None else ()
    for mark in take.measures.hesitations if take.measures is not None else ():
        if not any(
            plain(word.text) == plain(mark.text)
            and word.start_s <= mark.end_s
            and mark.start_s <= word.end_s
            for word in words
        ):
            yield mark
