"""When each shown word is spoken."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.speech_synthesis.phoneme_words import spoken_words, word_events
from interview_app.speech_synthesis.say_text import spoken_text
from interview_app.speech_synthesis.word_times import WordEvent, word_times


def words_of(shown: str, events: list[WordEvent], duration_s: float) -> list[tuple[str, float]]:
    times = word_times(shown, spoken_text(shown), events, duration_s)
    return [(shown[word.start : word.end], word.start_s) for word in times]


def test_events_are_carried_over_to_the_shown_words() -> None:
    shown = "🎉 **Tell** me (now)!"
    said = spoken_text(shown).text
    events = [
        WordEvent(said.index(word), at) for word, at in [("Tell", 0.0), ("me", 0.3), ("now", 0.5)]
    ]
    assert words_of(shown, events, 1.0) == [("Tell", 0.0), ("me", 0.3), ("now", 0.5)]


def test_a_word_said_as_several_is_highlighted_once_and_whole() -> None:
    shown = "With e.g. UX"
    said = spoken_text(shown).text
    events = [
        WordEvent(said.index(word), at)
        for word, at in [("for", 0.2), ("exam", 0.4), ("U", 0.9), ("X", 1.0)]
    ]
    assert words_of(shown, events, 1.4) == [("With", 0.0), ("e.g", 0.2), ("UX", 0.9)]


def test_an_event_that_leads_back_is_not_believed() -> None:
    events = [WordEvent(0, 0.0), WordEvent(4, 0.5), WordEvent(1, 0.7), WordEvent(8, 0.6)]
    assert words_of("one two six", events, 1.0) == [("one", 0.0), ("two", 0.5), ("six", 0.6)]


def test_words_without_an_event_share_the_time_between_their_neighbours() -> None:
    events = [WordEvent(0, 0.0), WordEvent(8, 0.8)]
    assert words_of("one two six", events, 1.2) == [("one", 0.0), ("two", 0.4), ("six", 0.8)]


def test_without_events_times_follow_the_characters_and_pauses() -> None:
    times = dict(words_of("Well, a considerable change. Then", [], 4.0))
    assert times["Well"] == 0.0
    assert times["change"] - times["considerable"] > times["considerable"] - times["a"]
    assert times["Then"] - times["change"] > 1.0
    assert times["Then"] < 4.0


@given(
    st.text(max_size=120),
    st.lists(st.tuples(st.integers(-5, 130), st.floats(0, 20)), max_size=20),
    st.floats(0.1, 10),
)
def test_times_never_fall_and_lie_within_the_sound(
    shown: str, pairs: list[tuple[int, float]], duration_s: float
) -> None:
    events = [WordEvent(*pair) for pair in pairs]
    times = word_times(shown, spoken_text(shown), events, duration_s)
    starts = [word.start_s for word in times]
    assert starts == sorted(starts)
    assert all(0 <= start <= duration_s + 0.001 for start in starts)
    assert all(0 <= word.start < word.end <= len(shown) for word in times)
    assert all(a.end <= b.start for a, b in pairwise(times))


def test_words_begin_with_their_first_sound_also_where_words_run_together() -> None:
    words = spoken_words("one of the best")
    alone = ["wˈʌn", "ʌv", "ðə", "bˈɛst"]
    together = "wˈʌn əvðə bˈɛst"
    sounds = [(sound, index * 0.1) for index, sound in enumerate(together)]
    events = word_events(words, alone, sounds)
    assert [event.position for event in events] == [0, 4, 7, 11]
    starts = [event.start_s for event in events]
    # Between two words the blank is shared; where they run together there is none.
    assert starts == pytest.approx([0.0, 0.45, 0.7, 0.95])


def test_a_vowel_begins_with_its_stress_and_a_consonant_with_itself() -> None:
    together = "ðə ˈæpəl bˈaɪk"
    sounds = [(sound, index * 0.1) for index, sound in enumerate(together)]
    events = word_events(spoken_words("the apple bike"), ["ðə", "ˈæpəl", "bˈaɪk"], sounds)
    starts = [event.start_s for event in events]
    assert starts == pytest.approx([0.0, 0.25, 0.85])


def test_the_length_of_a_vowel_stays_with_its_word_where_words_run_together() -> None:
    together = "tuːðə"
    sounds = [(sound, index * 0.1) for index, sound in enumerate(together)]
    events = word_events(spoken_words("to the"), ["tuː", "ðə"], sounds)
    assert [event.start_s for event in events] == pytest.approx([0.0, 0.3])


def test_the_first_word_begins_with_the_sound() -> None:
    sounds = [("ˈ", 0.05), ("a", 0.1), (" ", 0.2), ("b", 0.3)]
    (first, _) = word_events(spoken_words("a b"), ["ˈa", "b"], sounds)
    assert first.start_s == 0.0


def test_a_word_none_of_whose_sounds_is_found_has_no_event() -> None:
    events = word_events(
        spoken_words("a b c"), ["x", "y", "z"], [("x", 0.0), (" ", 0.1), ("z", 0.2)]
    )
    assert [event.position for event in events] == [0, 4]
