"""What faster-whisper cuts at punctuation is one word again, with its times."""

from __future__ import annotations

import pytest
from faster_whisper.transcribe import Word

from interview_app.recognition.word_pieces import join_word_pieces


def pieces(*texts: str) -> list[Word]:
    return [Word(float(i), i + 1.0, text, 0.9 - i / 10) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ((" a", " well", "-known", " team"), "a well-known team"),
        ((" by", " 30", "%", " or", " $1", ".2M"), "by 30% or $1.2M"),
        ((" uh", "-huh,", " yes."), "uh-huh, yes."),
        (("-", " dropped"), "- dropped"),
    ],
)
def test_a_piece_without_a_space_belongs_to_the_word_before(
    cut: tuple[str, ...], whole: str
) -> None:
    assert [word.word.strip() for word in join_word_pieces(pieces(*cut), "en")] == whole.split()


def test_a_word_lasts_as_long_as_its_pieces_and_is_as_sure_as_the_least_sure() -> None:
    (word,) = join_word_pieces(pieces(" state", "-of", "-the", "-art"), "en")
    assert (word.word, word.start, word.end) == (" state-of-the-art", 0.0, 4.0)
    assert word.probability == pytest.approx(0.6)


def test_languages_without_spaces_keep_their_words_apart() -> None:
    assert [word.word for word in join_word_pieces(pieces("我", "们"), "zh")] == ["我", "们"]
