"""Takes out what Whisper says again at the end of a sound though nobody did.

Where less than 30 s are shown to it, it sometimes goes on in the silence after the last word and
writes the last sentence once more. These words find no sound, so their times lie all at one
moment, the last: that tells them from what somebody really said twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from interview_app.domain.analysis.filler_words import plain
from interview_app.domain.transcript import Segment
from interview_app.recognition.joining import taken

_NO_TIME_S = 0.03
"""A word shorter than this has no sound; Whisper's times come in steps of 0.02 s."""
_LEAST_WORDS = 3
"""Fewer words without a time may be the last of a hurried sentence."""


def without_repetition(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments without a last run of words that have no time and stand elsewhere too.

    A single one must stand right before them: "um" after "um".
    """
    words = [word for segment in segments for word in segment.words]
    texts = [plain(word.text) for word in words]
    count = len(words)
    while count and words[count - 1].end_s - words[count - 1].start_s < _NO_TIME_S:
        count -= 1
    again = texts[count:]
    first = again[:_LEAST_WORDS]
    others = (texts[at : at + _LEAST_WORDS] for at in range(len(texts)) if at != count)
    is_again = len(first) == _LEAST_WORDS and first in others
    if again and (is_again or texts[:count][-len(again) :] == again):
        return taken(segments, 0, count)
    return tuple(segments)
