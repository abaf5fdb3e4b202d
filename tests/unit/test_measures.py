"""Measures of an answer: what is counted, what is not, and what must hold for any words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.analysis.measures import Mark, measure
from interview_app.domain.transcript import Segment, Span, Transcript, Word

pytestmark = pytest.mark.anywhere

WORD_S = 0.3


def spoken(text: str, *, gap_s: float = 0.05, language: str = "en") -> Transcript:
    """A transcript of words spoken one after another; ``|`` is a pause of half a second."""
    words, at = [], 0.0
    for piece in text.split():
        if piece == "|":
            at += 0.5
            continue
        words.append(Word(piece, at, at + WORD_S))
        at += WORD_S + gap_s
    return Transcript(language, "whisper", "base", (Segment(tuple(words)),))


def crutches(text: str, language: str = "en") -> list[str]:
    transcript = spoken(text, language=language)
    return [mark.text for mark in measure(transcript, (), 60.0).crutch_phrases]


def repeats(text: str) -> list[str]:
    return [mark.text for mark in measure(spoken(text), (), 60.0).repeated_words]


def test_pace_counts_the_whole_answer_and_articulation_only_speaking_time() -> None:
    figures = measure(spoken("one two three four five six"), (Span(1, 3), Span(4, 5)), 6.0)

    assert figures.words == 6
    assert figures.pace_wpm == pytest.approx(60.0)
    assert figures.speech_s == pytest.approx(3.0)
    assert figures.articulation_wpm == pytest.approx(120.0)
    assert figures.onset_s == pytest.approx(1.0)


def test_hesitations_are_listed_with_their_times_and_are_no_words() -> None:
    figures = measure(spoken("Um, I led uh... the team hmm"), (), 60.0)

    assert [mark.text for mark in figures.hesitations] == ["um", "uh", "hmm"]
    assert figures.hesitations[0] == Mark("um", 0.0, WORD_S)
    assert figures.words == 4


@pytest.mark.parametrize("word", ["um", "Umm,", "uh", "uhh", "er", "erm", "ah", "hm", "Mmm", "uhm"])
def test_every_common_spelling_of_a_hesitation_counts(word: str) -> None:
    assert len(measure(spoken(word), (), 60.0).hesitations) == 1


@pytest.mark.parametrize("word", ["umbrella", "her", "uh-huh", "hum", "I", "a", "mom", "—"])
def test_words_that_only_resemble_a_hesitation_do_not_count(word: str) -> None:
    assert measure(spoken(word), (), 60.0).hesitations == ()


def test_german_words_are_not_taken_for_english_hesitations() -> None:
    figures = measure(spoken("Er kam um ähm acht", language="de"), (), 60.0)

    assert [mark.text for mark in figures.hesitations] == ["ähm"]
    assert figures.words == 4


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("And, you know, I basically led it.", ["you know", "basically"]),
        ("It was sort of hard, I mean, actually kind of painful.",
         ["sort of", "i mean", "actually", "kind of"]),
        ("So, we shipped, like, ten of them, right?", ["so", "like", "right"]),
        ("We shipped | like | ten", ["like"]),
        ("What kind of product do you know?", []),
        ("I would like so many of the right things", []),
        ("Turn right. I feel like it. So I did that", []),
        ("That sort, of course", []),
        ("This is what I mean", []),
        ("I would um like um to say it was um so uh good and um right uh there", []),
        ("We shipped, um, like, um, ten of them", ["like"]),
        ("I would | like | to say why it took | so | long and what I do | right | now", []),
        ("Which um kind of work is another sort of work", []),
    ],
)  # fmt: skip
def test_crutch_phrases_count_only_where_they_carry_no_grammar(text: str, found: list[str]) -> None:
    assert crutches(text) == found


def test_crutch_phrases_are_known_in_english_only() -> None:
    assert crutches("so, right, literally", language="de") == []


def test_a_long_pause_inside_the_answer_is_marked_and_the_wait_before_it_is_not() -> None:
    figures = measure(spoken("a b"), (Span(4, 6), Span(8.4, 9), Span(12, 13)), 20.0)

    assert figures.long_pauses == (Mark("", 9, 12),)
    assert figures.onset_s == 4


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I I led the team", ["i i"]),
        ("we were we were going", ["we were we were"]),
        ("the um the the plan", ["the the the"]),
        ("I know that that team had had enough", []),
        ("It was done. Done was good", []),
        ("call 5 5 now", []),
    ],
)
def test_words_said_again_at_once_are_marked_unless_english_doubles_them(
    text: str, found: list[str]
) -> None:
    assert repeats(text) == found


def test_a_typed_answer_has_words_and_no_times() -> None:
    figures = measure(Transcript.typed("I basically led\n\nten people", "en"), (), 0.0)

    assert figures.words == 5
    assert figures.crutch_phrases == (Mark("basically", 0.0, 0.0),)
    assert (figures.pace_wpm, figures.articulation_wpm, figures.speech_s) == (0.0, 0.0, 0.0)
    assert figures.long_pauses == ()


def test_speaking_time_falls_back_to_the_words_where_the_sound_is_unknown() -> None:
    figures = measure(spoken("one two"), (), 6.0)

    assert figures.speech_s == pytest.approx(2 * WORD_S)


times = st.floats(-5.0, 700.0, allow_nan=False)
texts = st.sampled_from(["um", "I", "I", "like,", "so", "you", "know", "—", "the", "", "right?"])
words = st.builds(Word, texts, times, times, st.floats(0, 1))
transcripts = st.builds(
    lambda found: Transcript("en", "whisper", "base", (Segment(tuple(found)),)), st.lists(words)
)
spans = st.lists(st.builds(Span, times, times))


@given(transcripts, spans, st.floats(0.0, 600.0))
def test_any_words_give_sane_figures_and_marks_inside_the_take(
    transcript: Transcript, speech: list[Span], duration_s: float
) -> None:
    figures = measure(transcript, speech, duration_s)

    assert figures.pace_wpm >= 0
    assert figures.articulation_wpm >= figures.pace_wpm or figures.articulation_wpm == 0
    assert 0 <= figures.speech_s <= duration_s + 1e-6
    assert 0 <= figures.onset_s <= duration_s
    assert figures.words + len(figures.hesitations) <= len(transcript.words)
    for marks in (
        figures.hesitations,
        figures.crutch_phrases,
        figures.long_pauses,
        figures.repeated_words,
    ):
        assert all(0 <= mark.start_s <= mark.end_s <= duration_s for mark in marks)
    for pause in figures.long_pauses:
        assert not any(max(pause.start_s, s.start_s) < min(pause.end_s, s.end_s) for s in speech)


@given(transcripts, st.floats(0.1, 600.0))
def test_every_word_more_makes_the_pace_faster(transcript: Transcript, duration_s: float) -> None:
    longer = Transcript(
        "en", "whisper", "base", (*transcript.segments, Segment((Word("x", 0, 0),)))
    )

    assert measure(longer, (), duration_s).pace_wpm > measure(transcript, (), duration_s).pace_wpm
