"""Correcting words: what a person writes stands where the word was, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.analysis.corrections import corrected, measured_again, says_the_same
from interview_app.domain.analysis.measures import Mark, measure
from interview_app.domain.session import Take
from interview_app.domain.transcript import Segment, Span, Transcript, Word
from interview_app.services.export.json import transcript_json

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
WORD_S = 0.4


def spoken(*sentences: str) -> Transcript:
    """A segment a sentence, a word every half second."""
    segments, at = [], 0.0
    for sentence in sentences:
        words = []
        for text in sentence.split():
            words.append(Word(text, at, at + WORD_S, 0.9))
            at += 0.5
        segments.append(Segment(tuple(words)))
    return Transcript("en", "whisper", "base", tuple(segments))


def take_of(transcript: Transcript, *speech: Span, duration_s: float = 10.0) -> Take:
    """A take with that transcript and its figures."""
    figures = measure(transcript, speech, duration_s)
    return Take(
        "s-q01-t01",
        0,
        1,
        NOW,
        duration_s=duration_s,
        transcript=transcript,
        speech=speech,
        measures=figures,
    )


def test_a_word_is_written_anew_in_its_place_in_the_sound() -> None:
    heard = spoken("I worked with Sarah Cone.", "It went well.")
    said = corrected(heard, 4, "Cohen.")
    assert said.text == "I worked with Sarah Cohen. It went well."
    assert said.words[4] == Word("Cohen.", 2.0, 2.4, 1.0, is_corrected=True)
    assert said.is_corrected
    assert [word for word in said.words if not word.is_corrected] == [
        word for word in heard.words if word.text != "Cone."
    ]


def test_several_words_share_the_extent_of_the_one_they_replace() -> None:
    said = corrected(spoken("the gonnado list"), 1, "going to do")
    assert [word.text for word in said.words] == ["the", "going", "to", "do", "list"]
    starts = [(word.start_s, word.end_s) for word in said.words[1:4]]
    assert starts[0][0] == 0.5
    assert starts[2][1] == 0.9
    assert starts[0][1] - starts[0][0] == pytest.approx(0.4 * 5 / 9)
    assert starts[0][1] == starts[1][0]


def test_a_word_that_stays_among_new_ones_is_not_called_corrected() -> None:
    said = corrected(spoken("we met customer today"), 2, "our customer")
    assert [(word.text, word.is_corrected) for word in said.words[2:4]] == [
        ("our", True),
        ("customer", False),
    ]


def test_nothing_in_place_of_a_word_deletes_it_and_a_segment_left_empty() -> None:
    said = corrected(spoken("Well.", "We launched."), 0, "  ")
    assert said.text == "We launched."
    assert len(said.segments) == 1
    assert said.is_corrected


def test_the_same_word_changes_nothing() -> None:
    heard = spoken("We launched.")
    assert corrected(heard, 1, " launched. ") is heard


def test_a_word_that_is_not_there_cannot_be_corrected() -> None:
    with pytest.raises(IndexError):
        corrected(spoken("We launched."), 2, "x")


def test_a_word_of_a_typed_answer_is_corrected_in_its_paragraph() -> None:
    typed = Transcript.typed("First I asked.\nThen I rote.", "en")
    said = corrected(typed, 5, "wrote.")
    assert [segment.text for segment in said.segments] == ["First I asked.", "Then I wrote."]
    assert [word.is_corrected for word in said.words] == [False] * 5 + [True]


def test_the_json_says_what_was_corrected_and_else_nothing_of_it() -> None:
    heard = spoken("We lunched.")
    assert "corrected" not in transcript_json(heard)
    shape = transcript_json(corrected(heard, 1, "launched."))
    assert shape["corrected"] is True
    assert "corrected" not in shape["words"][0]
    assert shape["words"][1] == {
        "text": "launched.",
        "start_s": 0.5,
        "end_s": 0.9,
        "probability": 1.0,
        "corrected": True,
    }


def test_words_and_pace_follow_the_correction_and_pauses_do_not() -> None:
    heard = spoken("we gonna go")
    take = take_of(heard, Span(0.0, 0.9), Span(5.0, 5.4))
    figures = measured_again(take, corrected(heard, 1, "are going to"), heard)
    assert take.measures is not None
    assert (take.measures.words, figures.words) == (3, 5)
    assert figures.pace_wpm > take.measures.pace_wpm
    assert figures.long_pauses == take.measures.long_pauses
    assert figures.speech_s == take.measures.speech_s


def test_deleting_a_word_leaves_the_speaking_time_where_only_words_tell_it() -> None:
    heard = spoken("one two three")
    take = take_of(heard)
    figures = measured_again(take, corrected(heard, 1, ""), heard)
    assert take.measures is not None
    assert figures.words == 2
    assert figures.speech_s == take.measures.speech_s


def test_a_hesitation_goes_only_with_its_own_word() -> None:
    heard = spoken("so um we uh went")
    take = take_of(heard, Span(0.0, 2.5))
    other = measured_again(take, corrected(heard, 4, "met"), heard)
    assert [mark.text for mark in other.hesitations] == ["um", "uh"]
    without = measured_again(take, corrected(heard, 1, ""), heard)
    assert [mark.text for mark in without.hesitations] == ["uh"]


def test_a_hesitation_that_no_word_stands_for_stays() -> None:
    heard = spoken("so we went")
    take = take_of(heard, Span(0.0, 2.5))
    assert take.measures is not None
    found = Mark("uh", 2.0, 2.2)
    take = replace(take, measures=replace(take.measures, hesitations=(found,)))
    figures = measured_again(take, corrected(heard, 2, "met"), heard)
    assert figures.hesitations == (found,)


def test_a_correction_may_be_a_hesitation() -> None:
    heard = spoken("so I'm we went")
    figures = measured_again(take_of(heard), corrected(heard, 1, "um,"), heard)
    assert [mark.text for mark in figures.hesitations] == ["um"]
    assert figures.words == 3


texts = st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=6)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Words in order of time, in segments of any length."""
    at, segments = 0.0, []
    for count in draw(st.lists(st.integers(1, 4), min_size=1, max_size=4)):
        words = []
        for _ in range(count):
            start = at + draw(st.floats(0.0, 3.0))
            at = start + draw(st.floats(0.0, 2.0))
            words.append(Word(draw(texts), start, at, draw(st.floats(0, 1))))
        segments.append(Segment(tuple(words)))
    return Transcript("en", "whisper", "base", tuple(segments))


@given(transcripts(), st.data())
def test_every_correction_leaves_the_other_words_and_all_times_alone(
    heard: Transcript, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(heard.words) - 1))
    written = data.draw(st.lists(texts, max_size=4))
    said = corrected(heard, index, " ".join(written))

    pieces = " ".join(written).split()
    end = index + len(pieces)
    assert said.words[:index] == heard.words[:index]
    assert said.words[end:] == heard.words[index + 1 :]
    assert [word.text for word in said.words[index:end]] == pieces
    assert all(segment.words for segment in said.segments)
    place, old = said.words[index:end], heard.words[index]
    if place:
        assert (place[0].start_s, place[-1].end_s) == (old.start_s, old.end_s)
    for word, following in pairwise(place):
        assert word.start_s <= word.end_s == following.start_s
    assert says_the_same(said, heard) == (pieces == [old.text])


@given(transcripts(), st.data())
def test_figures_of_the_original_come_back_with_it(heard: Transcript, data: st.DataObject) -> None:
    take = take_of(heard, Span(0.0, heard.words[-1].end_s), duration_s=heard.words[-1].end_s)
    index = data.draw(st.integers(0, len(heard.words) - 1))
    said = corrected(heard, index, " ".join(data.draw(st.lists(texts, max_size=3))))
    after = replace(take, transcript=said, measures=measured_again(take, said, heard))
    assert measured_again(after, heard, heard) == take.measures
