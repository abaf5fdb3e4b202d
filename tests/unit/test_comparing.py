"""Comparing two transcripts: what stands beside what, with every word of both sides there."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.analysis.alignment import Pair, by_sentence, by_time, sentences
from interview_app.domain.transcript import Segment, Transcript, Word


def spoken(*segments: str, model: str = "base", offset_s: float = 0.0) -> Transcript:
    """A word every half second, one segment after another."""
    found, at = [], offset_s
    for text in segments:
        words = []
        for word in text.split():
            words.append(Word(word, at, at + 0.4))
            at += 0.5
        found.append(Segment(tuple(words)))
    return Transcript("en", "whisper", model, tuple(found))


def read(pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
    """Both sides of each pair; what only one side says stands in brackets."""

    def side(pieces: object) -> str:
        return " ".join(
            piece.word.text if piece.is_shared else f"[{piece.word.text}]"
            for piece in pieces  # type: ignore[attr-defined]
        )

    return [(side(pair.left), side(pair.right)) for pair in pairs]


def test_sentences_stand_beside_those_that_say_the_same() -> None:
    first = spoken("We had three weeks to launch. QA found a bug in the payment flow.")
    second = spoken(
        "Our customer was waiting. We had only three weeks to launch. QA found a serious bug."
    )
    assert read(by_sentence(first, second)) == [
        ("", "[Our] [customer] [was] [waiting.]"),
        ("We had three weeks to launch.", "We had [only] three weeks to launch."),
        ("QA found a bug [in] [the] [payment] [flow.]", "QA found a [serious] bug."),
    ]


def test_what_was_dropped_stands_alone() -> None:
    first = spoken("We launched late. Nobody asked for a refund. I was proud.")
    second = spoken("We launched late. I was proud.")
    assert read(by_sentence(first, second))[1] == ("[Nobody] [asked] [for] [a] [refund.]", "")


def test_little_words_alone_bring_nothing_together() -> None:
    first = spoken("I looked at the costs and the risks.")
    second = spoken("I asked the team and the customer.")
    assert len(by_sentence(first, second)) == 2


def test_a_sentence_stands_beside_two_that_say_it_in_parts() -> None:
    first = spoken("We brought engineering together and we proposed cutting one report.")
    second = spoken("We brought engineering together. We proposed cutting one report.")
    pairs = by_sentence(first, second)
    assert len(pairs) == 1
    assert [piece.word.text for piece in pairs[0].left if not piece.is_shared] == ["and"]


def test_case_and_punctuation_make_no_difference() -> None:
    pairs = by_sentence(spoken("So, We launched!"), spoken("so we launched."))
    assert [pair.is_same for pair in pairs] == [True]


def test_a_transcript_without_punctuation_is_cut_at_long_pauses() -> None:
    first, second = spoken("we had three weeks"), spoken("qa found a bug", offset_s=4.0)
    whole = replace(first, segments=(*first.segments, *second.segments))
    assert [len(sentence) for sentence in sentences(whole)] == [4, 4]
    near = spoken("we had three weeks", "to launch")
    assert [len(sentence) for sentence in sentences(near)] == [6]


def test_paragraphs_of_a_typed_answer_are_sentences() -> None:
    typed = Transcript.typed("first of all I asked\nthen I wrote", "en")
    assert [len(sentence) for sentence in sentences(typed)] == [5, 3]


def test_two_transcripts_of_one_sound_are_aligned_by_time() -> None:
    small = spoken("We had three weaks to lunch. Q found a bug.", model="tiny.en")
    large = spoken("We had three weeks to launch. QA found a bug.", model="base")
    assert read(by_time(small, large)) == [
        ("We had three [weaks] to [lunch.]", "We had three [weeks] to [launch.]"),
        ("[Q] found a bug.", "[QA] found a bug."),
    ]


def test_the_same_word_at_another_time_is_not_the_same() -> None:
    early = spoken("yes we can")
    late = spoken("yes we can", offset_s=30.0)
    assert all(not piece.is_shared for pair in by_time(early, late) for piece in pair.left)


def test_a_model_that_heard_nothing_stands_beside_what_the_other_heard() -> None:
    nothing = Transcript("en", "whisper", "tiny.en")
    assert read(by_time(nothing, spoken("We launched."))) == [("", "[We] [launched.]")]
    assert read(by_time(spoken("We launched."), nothing)) == [("[We] [launched.]", "")]
    assert by_time(nothing, nothing) == ()


words = st.builds(
    Word,
    st.sampled_from(["we", "We", "the", "bug.", "launch?", "um", "team,", "—", "", "three"]),
    st.floats(0.0, 20.0),
    st.floats(0.0, 20.0),
)
transcripts = st.builds(
    lambda segments, kind: Transcript(
        "en", kind, "base", tuple(Segment(tuple(segment)) for segment in segments)
    ),
    st.lists(st.lists(words, max_size=8), max_size=5),
    st.sampled_from(["whisper", "typed"]),
)


@given(transcripts)
def test_every_word_is_in_one_sentence_in_order(transcript: Transcript) -> None:
    found = sentences(transcript)
    assert tuple(word for sentence in found for word in sentence) == transcript.words
    assert all(found)


@given(transcripts, transcripts, st.sampled_from([by_sentence, by_time]))
def test_the_words_of_both_sides_are_complete_and_in_order(
    left: Transcript, right: Transcript, compare: object
) -> None:
    pairs: tuple[Pair, ...] = compare(left, right)  # type: ignore[operator]
    assert tuple(piece.word for pair in pairs for piece in pair.left) == left.words
    assert tuple(piece.word for pair in pairs for piece in pair.right) == right.words
    assert all(pair.left or pair.right for pair in pairs)
    for pair in pairs:
        shared_left, shared_right = (
            [piece.word.text.strip("?.,").lower() for piece in side if piece.is_shared]
            for side in (pair.left, pair.right)
        )
        if compare is by_sentence:
            assert shared_left == shared_right, "what both say is said in the same order"
    sides = ([p for pair in pairs for p in pair.left], [p for pair in pairs for p in pair.right])
    assert sum(p.is_shared for p in sides[0]) == sum(p.is_shared for p in sides[1])


@given(transcripts, st.sampled_from([by_sentence, by_time]))
def test_a_transcript_beside_itself_is_all_shared(transcript: Transcript, compare: object) -> None:
    pairs: tuple[Pair, ...] = compare(transcript, transcript)  # type: ignore[operator]
    assert all(pair.is_same for pair in pairs)
    assert len(pairs) == len(sentences(transcript))


@given(transcripts, transcripts)
def test_what_both_heard_at_the_same_time_stands_side_by_side(
    left: Transcript, right: Transcript
) -> None:
    for pair in by_time(left, right):
        assert sum(p.is_shared for p in pair.left) == sum(p.is_shared for p in pair.right)
