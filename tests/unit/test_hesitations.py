"""Hesitations are put among the accurate words without changing one of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.analysis.filler_words import is_hesitation
from interview_app.domain.transcript import Segment, Word
from interview_app.recognition.filled_pauses import FilledPauseResult, with_filled_pauses


def spoken(text: str, start_s: float = 0.0) -> tuple[Word, ...]:
    return tuple(
        Word(word, start_s + 0.4 * i, start_s + 0.4 * i + 0.3)
        for i, word in enumerate(text.split())
    )


def merged(accurate: str, echoed: str) -> str:
    words = spoken(echoed)
    echo = FilledPauseResult(0.0, words[-1].end_s, words)
    return " ".join(s.text for s in with_filled_pauses((Segment(spoken(accurate)),), echo))


def test_a_hesitation_goes_behind_the_word_both_models_heard_before_it() -> None:
    assert merged("We had three weeks.", "we had, um, three weeks") == "We had um three weeks."


def test_a_hesitation_at_the_beginning_goes_in_front_of_the_first_word() -> None:
    assert merged("There is a fire.", "Uh, there is a fire") == "uh There is a fire."


def test_a_hesitation_at_the_end_stays_at_the_end() -> None:
    assert merged("I think so.", "I think so, um.") == "I think so. um"


def test_words_the_light_model_got_wrong_are_not_taken() -> None:
    assert merged("The wildfire spread.", "the wild fire, uh, spread") == "The wildfire uh spread."


def test_a_hesitation_the_accurate_model_wrote_itself_is_not_put_in_twice() -> None:
    assert merged("And, um, QA found it.", "and uh QA found it") == "And, um, QA found it."


def test_a_hesitation_heard_inside_the_next_word_is_put_before_it_with_a_length() -> None:
    accurate = (Word("care.", 0.0, 0.3), Word("This", 1.2, 1.5))
    echo = FilledPauseResult(
        0.0, 1.5, (Word("care", 0.0, 0.3), Word("um", 1.25, 1.25), Word("this", 1.3, 1.5))
    )
    (segment,) = with_filled_pauses((Segment(accurate),), echo)
    before, um, after = segment.words
    assert (before, after) == accurate
    assert 0.3 <= um.start_s < um.end_s <= 1.2


def test_without_any_accurate_word_nothing_is_put_in() -> None:
    assert with_filled_pauses((), FilledPauseResult(0.0, 1.0, spoken("um"))) == ()


WORDS = st.lists(st.sampled_from(["we", "had", "three", "weeks", "and", "then"]), max_size=12)
ECHOES = st.lists(st.sampled_from(["we", "had", "um,", "Uh", "three", "then", "ah"]), min_size=1)


@given(WORDS, ECHOES, st.floats(0.0, 5.0))
def test_no_accurate_word_is_changed_or_lost_and_times_stay_in_order(
    accurate: list[str], echoed: list[str], late_s: float
) -> None:
    words = spoken(" ".join(accurate))
    echo_words = spoken(" ".join(echoed), late_s)
    segments = (Segment(words),) if words else ()

    found = with_filled_pauses(
        segments, FilledPauseResult(late_s, echo_words[-1].end_s, echo_words)
    )

    every = [word for segment in found for word in segment.words]
    assert tuple(word for word in every if not is_hesitation(word.text)) == words
    starts = [word.start_s for word in every]
    assert starts == sorted(starts)
    assert all(word.start_s <= word.end_s for word in every)
