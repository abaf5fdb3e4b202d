"""What was heard while somebody spoke and what was heard of the end become one text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.transcript import Segment, Span, Word
from interview_app.recognition.chunks import Chunk
from interview_app.recognition.joining import joined, place_to_cut

EACH_S = 0.4
SENTENCE = "we moved the whole team to weekly releases and the customers noticed it at once"


def spoken(text: str, start_s: float = 0.0) -> tuple[Segment, ...]:
    """One segment, a word every 0.4 s."""
    words = text.split()
    if not words:
        return ()
    starts = (start_s + EACH_S * i for i in range(len(words)))
    return (
        Segment(tuple(Word(word, at, at + EACH_S) for word, at in zip(words, starts, strict=True))),
    )


def text_of(segments: tuple[Segment, ...] | None) -> str:
    assert segments is not None
    return " ".join(segment.text for segment in segments)


def test_what_both_heard_stands_once_and_the_new_words_follow() -> None:
    before, after = spoken("I led the team that"), spoken("The team that shipped it", 0.8)
    assert text_of(joined(before, after, 0.8, is_pause=False)) == "I led the team that shipped it"


def test_a_full_stop_at_the_end_of_what_was_heard_does_not_stay_in_mid_sentence() -> None:
    before, after = spoken("We removed two steps."), spoken("two steps from the process", 0.8)
    assert (
        text_of(joined(before, after, 0.8, is_pause=False))
        == "We removed two steps from the process"
    )


def test_a_capital_at_the_beginning_of_what_is_heard_next_does_not_stay_in_mid_sentence() -> None:
    before, after = spoken("We removed two steps"), spoken("Two steps from", 0.8)
    assert text_of(joined(before, after, 0.8, is_pause=False)) == "We removed two steps from"


def test_half_a_word_at_the_cut_is_not_taken() -> None:
    before = spoken("I led the migration last")
    after = (Segment((Word("gration", 1.4, 1.6), *spoken("last year", 1.6)[0].words)),)
    assert text_of(joined(before, after, 1.4, is_pause=True)) == "I led the migration last year"


def test_the_end_that_was_guessed_too_soon_is_heard_anew() -> None:
    before = spoken("we met every wednesday to plan the rel")
    after = spoken("to plan the release together", 1.6)
    assert (
        text_of(joined(before, after, 1.5, is_pause=False))
        == "we met every wednesday to plan the release together"
    )


def test_after_a_pause_the_new_words_follow_even_if_none_is_the_same() -> None:
    before, after = spoken("That was it. Then"), spoken("When we began again", 1.2)
    assert text_of(joined(before, after, 1.2, is_pause=True)) == "That was it. When we began again"


def test_without_a_pause_two_texts_that_do_not_fit_are_not_joined() -> None:
    before, after = spoken("we met every wednesday"), spoken("quite another thing", 0.8)
    assert joined(before, after, 0.8, is_pause=False) is None


def test_the_same_words_at_another_time_are_not_taken_for_the_same() -> None:
    before, after = spoken("no one knew"), spoken("no one asked", 4.0)
    assert text_of(joined(before, after, 3.5, is_pause=True)) == "no one knew no one asked"


def test_nothing_heard_at_the_end_leaves_what_was_heard_before() -> None:
    before = spoken("that is all")
    assert joined(before, (), 0.8, is_pause=False) == before


@given(st.integers(1, 12), st.integers(0, 13), st.booleans())
def test_a_sentence_cut_anywhere_and_heard_right_is_whole_again(
    known: int, cut: int, is_pause: bool
) -> None:
    words = SENTENCE.split()
    cut = min(cut, max(0, known - 2))
    before = spoken(" ".join(words[:known]))
    after = spoken(" ".join(words[cut:]), cut * EACH_S)

    found = joined(before, after, cut * EACH_S, is_pause=is_pause)

    assert found is None if known < 2 and not is_pause else text_of(found) == SENTENCE


def piece(length_s: float, *speech: tuple[float, float]) -> Chunk:
    samples = np.full(round(length_s * 16_000), 0.1, dtype=np.float32)
    return Chunk(0.0, samples, tuple(Span(*each) for each in speech))


def test_the_cut_lies_in_the_latest_pause_that_was_heard_with_what_follows_it() -> None:
    sound = piece(20.0, (0.4, 13.0), (13.5, 15.0), (15.4, 19.8))
    later_s, is_pause = place_to_cut(sound, 18.0)
    earlier_s, is_pause_too = place_to_cut(sound, 16.0)
    assert [later_s, earlier_s] == pytest.approx([15.2, 13.25])
    assert is_pause
    assert is_pause_too


def test_without_a_pause_the_cut_lies_where_it_is_quietest() -> None:
    sound = piece(20.0, (0.4, 19.8))
    sound.samples[round(15.3 * 16_000) : round(15.5 * 16_000)] = 0.0
    cut_s, is_pause = place_to_cut(sound, 18.0)
    assert cut_s == pytest.approx(15.4, abs=0.1)
    assert not is_pause
