"""Transcripts as subtitles."""

from __future__ import annotations

import pytest

from interview_app.domain.transcript import Segment, Transcript, Word
from interview_app.services.export.subtitles import srt, vtt

pytestmark = pytest.mark.anywhere


def transcript(*words: Word) -> Transcript:
    return Transcript("en", "whisper", "base", (Segment(words),) if words else ())


SHORT = transcript(Word("I", 0.5, 0.6), Word("led.", 3599.96, 3661.2345))


def test_subrip_numbers_its_cues_and_writes_a_comma() -> None:
    assert srt(SHORT) == "1\n00:00:00,500 --> 01:01:01,234\nI led.\n"


def test_webvtt_has_its_header_and_writes_a_point() -> None:
    assert vtt(SHORT) == "WEBVTT\n\n00:00:00.500 --> 01:01:01.234\nI led.\n"


def test_nothing_heard_is_an_empty_file_with_the_header_its_format_wants() -> None:
    assert srt(transcript()) == ""
    assert vtt(transcript()) == "WEBVTT\n"


def test_a_long_sentence_is_cut_into_cues_of_two_lines_without_losing_a_word() -> None:
    words = tuple(Word(f"word{n}", n / 2, n / 2 + 0.4) for n in range(60))
    blocks = srt(transcript(*words)).strip().split("\n\n")
    texts = [block.splitlines()[2:] for block in blocks]
    assert all(len(lines) <= 2 and max(map(len, lines)) <= 42 for lines in texts)
    assert " ".join(" ".join(lines) for lines in texts).split() == [word.text for word in words]


def test_webvtt_escapes_what_would_be_markup() -> None:
    assert "a &lt;b&gt; &amp; c" in vtt(
        transcript(*(Word(text, 0.0, 1.0) for text in ("a", "<b>", "&", "c")))
    )
