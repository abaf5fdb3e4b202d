"""What a listener can reach and leave out is found in the words and in the sound."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.analysis.landmarks import KEPT_S, SILENCE_S, Landmarks, landmarks_of
from interview_app.domain.analysis.measures import measure
from interview_app.domain.session import Take
from interview_app.domain.transcript import Segment, Span, Transcript, Word


def take_of(
    *words: Word, speech: tuple[Span, ...] = (), duration_s: float = 20.0, typed: str = ""
) -> Take:
    transcript = Transcript("en", "whisper", "base", (Segment(words),) if words else ())
    if typed:
        transcript = Transcript.typed(typed, "en")
    measures = measure(transcript, speech, duration_s)
    return Take(
        "t",
        0,
        1,
        datetime(2026, 11, 22, tzinfo=UTC),
        duration_s=duration_s,
        transcript=transcript,
        speech=speech,
        measures=measures,
    )


def test_a_sentence_is_heard_whole_but_not_into_the_next() -> None:
    take = take_of(
        Word("First", 1.0, 1.5),
        Word("one.", 1.6, 2.0),
        Word("Second.", 2.1, 3.0),
        Word("Third.", 8.0, 9.0),
    )
    spans = landmarks_of(take).sentences
    assert [(s.start_s, s.end_s) for s in spans] == [
        pytest.approx((0.9, 2.1)),
        pytest.approx((2.0, 3.3)),
        pytest.approx((7.9, 9.3)),
    ]


def test_silences_come_from_the_sound_at_its_begin_and_end_too() -> None:
    speech = (Span(2.0, 5.0), Span(5.5, 9.0), Span(12.0, 15.0))
    found = landmarks_of(take_of(Word("All.", 2.0, 15.0), speech=speech))
    assert found.silences == (Span(0, 2), Span(9, 12), Span(15, 20))
    assert found.left_out[1] == Span(9 + KEPT_S, 12 - KEPT_S)
    assert [(p.start_s, p.end_s) for p in found.long_pauses] == [(9.0, 12.0)]


def test_where_the_sound_is_not_known_words_tell_of_silence() -> None:
    found = landmarks_of(take_of(Word("One", 0.5, 1.0), Word("two.", 4.0, 19.5)))
    assert found.silences == (Span(1.0, 4.0),)


def test_a_typed_answer_and_one_not_transcribed_have_nothing_to_jump_to() -> None:
    assert landmarks_of(take_of(typed="In writing. Two sentences.")) == Landmarks()
    silent = take_of()
    assert landmarks_of(silent) == Landmarks()


def test_hesitations_are_reached() -> None:
    found = landmarks_of(take_of(Word("Um,", 1.0, 1.4), Word("well.", 1.5, 2.0)))
    assert found.hesitations == (Span(1.0, 1.4),)


@given(
    st.lists(st.tuples(st.floats(0, 60), st.floats(0, 60)), max_size=8),
    st.floats(0.0, 60.0),
)
def test_what_is_left_out_is_silent_inside_the_take_and_never_speech(
    spans: list[tuple[float, float]], duration_s: float
) -> None:
    speech = tuple(Span(min(a, b), max(a, b)) for a, b in spans)
    speech = tuple(Span(s.start_s, min(s.end_s, duration_s)) for s in speech)
    speech = tuple(span for span in speech if span.start_s < span.end_s)
    found = landmarks_of(take_of(speech=speech, duration_s=duration_s))
    for silence, out in zip(found.silences, found.left_out, strict=True):
        assert silence.length_s > SILENCE_S
        assert 0 <= silence.start_s < out.start_s < out.end_s < silence.end_s <= duration_s
        assert not any(s.start_s < silence.end_s and silence.start_s < s.end_s for s in speech)
