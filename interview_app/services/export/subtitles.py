"""A transcript as subtitles: SubRip (SRT) and WebVTT.

Times are written as both formats want them; a cue holds at most two lines of about 42 characters,
the usual limit for reading along (BBC subtitle guidelines: 37 to 42).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from interview_app.domain.transcript import Transcript, Word

LINE_CHARACTERS = 42
CUE_LINES = 2


def srt(transcript: Transcript) -> str:
    """The transcript as SubRip; empty when nothing was heard."""
    cues = (
        f"{number}\n{_time(words[0].start_s, ',')} --> {_time(_end(words), ',')}\n{_text(words)}\n"
        for number, words in enumerate(_cues(transcript), 1)
    )
    return "\n".join(cues)


def vtt(transcript: Transcript) -> str:
    """The transcript as WebVTT; the header alone when nothing was heard."""
    cues = (
        f"{_time(words[0].start_s, '.')} --> {_time(_end(words), '.')}\n{_escaped(_text(words))}\n"
        for words in _cues(transcript)
    )
    return "\n".join(("WEBVTT\n", *cues))


def _cues(transcript: Transcript) -> Iterator[Sequence[Word]]:
    for segment in transcript.segments:
        cue: list[Word] = []
        for word in segment.words:
            if cue and len(_lines((*cue, word))) > CUE_LINES:
                yield cue
                cue = []
            cue.append(word)
        if cue:
            yield cue


def _end(words: Sequence[Word]) -> float:
    # A cue of no length is not shown by players.
    return max(words[-1].end_s, words[0].start_s + 0.1)


def _text(words: Sequence[Word]) -> str:
    return "\n".join(_lines(words))


def _lines(words: Sequence[Word]) -> list[str]:
    text = " ".join(word.text for word in words)
    return textwrap.wrap(text, LINE_CHARACTERS, break_long_words=False, break_on_hyphens=False)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"
