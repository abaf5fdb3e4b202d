"""Whisper sometimes writes the last sentence once more in the silence after it."""

from __future__ import annotations

from interview_app.domain.transcript import Segment, Word
from interview_app.recognition.repetition_filter import without_repetition


def spoken(text: str, start_s: float) -> list[Word]:
    """Words that take a third of a second each."""
    return [
        Word(word, start_s + 0.3 * n, start_s + 0.3 * (n + 1))
        for n, word in enumerate(text.split())
    ]


def at_once(text: str, time_s: float) -> list[Word]:
    """Words without a time of their own."""
    return [Word(word, time_s, time_s) for word in text.split()]


def said(*words: list[Word]) -> str:
    """What is left of these words, each list a segment."""
    segments = tuple(Segment(tuple(each)) for each in words)
    return " ".join(segment.text for segment in without_repetition(segments))


def test_a_last_sentence_written_twice_stands_once() -> None:
    words = spoken("It was really hard to breathe.", 2.0)
    again = at_once("it was really hard to breathe", 3.8)
    assert said(words, again) == "It was really hard to breathe."


def test_a_sentence_written_again_within_a_segment_stands_once() -> None:
    assert said(spoken("We shipped it.", 0.0) + at_once("We shipped it.", 0.9)) == "We shipped it."


def test_one_word_written_many_times_is_left_out() -> None:
    assert said(spoken("Night sweats?", 0.0), at_once("no " * 15, 0.6)) == "Night sweats?"


def test_one_sound_is_one_hesitation() -> None:
    assert said(spoken("Um,", 0.0) + at_once("um,", 0.4)) == "Um,"


def test_what_somebody_says_twice_stands_twice() -> None:
    words = spoken("This is probably, this is probably the worst.", 0.0)
    assert said(words) == "This is probably, this is probably the worst."


def test_hurried_last_words_that_were_not_written_before_stay() -> None:
    words = spoken("I have had that", 0.0), at_once("before I was sick", 1.2)
    assert said(*words) == "I have had that before I was sick"


def test_nothing_stays_nothing() -> None:
    assert without_repetition(()) == ()
