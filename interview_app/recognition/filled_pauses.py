"""Finds the "um" and "uh" that an accurate transcript leaves out, and puts them where they were.

A second, light model (tiny.en) hears every piece of speech again, with a prompt full of hesitation
sounds that makes it write what it else leaves out. Only the hesitations are taken from it, placed
beside the words of the accurate transcript; no word of that is touched. Pieces come from the same
voice activity gate, so that noise and silence give none.

What was tried on the 96 hesitations of the ``wuw`` and ``mfa`` recordings (tests/benchmarks):

- base without a prompt writes 6 of them; tiny.en with the prompt 89, and 24 that the references
  do not have.
- The light model's probability alone tells these apart badly: true ones that begin a sentence are
  as unlikely as false ones. Voiced sound between the words beside an unlikely one does better:
  88 of 96 are kept then (92 %), of 102 (86 % right).
- Gaps in the accurate transcript do not help: Whisper's word times swallow hesitations.
- Pieces cut from 4 s on, and an encoder that sees less than 30 s, are faster and end in runs of
  "ah, ah, ah": 147 inventions of the first; of the second 81 with 2 s of silence after the piece,
  56 with 4 s, 29 with 6 s, where all 30 s give 14. One answer weighed instead of five: 80.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Protocol

import numpy as np

from interview_app.domain.analysis.filler_words import is_hesitation, plain
from interview_app.domain.transcript import Segment, Word
from interview_app.recognition.chunks import Chunk, ChunkRules
from interview_app.recognition.sound_files import SAMPLE_RATE

PIECES = ChunkRules(steps=((16.0, 0.2), (10.0, 0.3), (0.0, 5.0)), longest_s=25.0)
"""Shorter pieces would leave less to hear at the end, but see above."""
PROMPT = (
    "Um, uh, so, ah, I was, um, hmm, thinking, uh, you know, er, that, ah, we, um, could, uh, "
    "well, um, yeah. Uh,"
)
LEAST_PROBABILITY = 0.0003
"""Below this an answer is the prompt's echo."""
SURE_PROBABILITY = 0.1
"""From here on an answer is believed without voiced sound: breathy telephone speech has none."""
LEAST_VOICED_S = 0.06
"""Voiced sound that an unlikely hesitation must have."""
_VOICED = 0.55
"""Normalized autocorrelation from which a frame is voiced."""
_QUIET = 0.25
"""Share of the piece's level under which a frame is not speech."""
_LEAST_LENGTH_S, _MOST_LENGTH_S = 0.15, 0.5
"""How long a hesitation is taken to be where the models disagree on its place; most are between."""
_NEAR_S = 1.0
"""How far apart two models may hear the same word."""


@dataclass(frozen=True, slots=True)
class FilledPauseResult:
    """What the light model wrote of one piece: where it lies, and its words in order."""

    start_s: float
    end_s: float
    words: tuple[Word, ...]


class FilledPauseDetector(Protocol):
    """A light model that writes hesitations."""

    def echo(self, piece: Chunk) -> FilledPauseResult:
        """What it writes of a piece; of the hesitations only those that can be believed."""
        ...


def with_filled_pauses(
    segments: tuple[Segment, ...], echo: FilledPauseResult
) -> tuple[Segment, ...]:
    """Segments with the hesitations of a piece among their words; none of these is changed."""
    places = [
        (s, w)
        for s, segment in enumerate(segments)
        for w, word in enumerate(segment.words)
        if word.end_s >= echo.start_s - _NEAR_S and word.start_s <= echo.end_s + _NEAR_S
    ]
    near = [segments[s].words[w] for s, w in places]
    added = [(before, word) for before, word in _placed(near, echo.words)]
    if not near:
        return segments
    words = [list(segment.words) for segment in segments]
    for before, word in reversed(added):
        s, w = places[before] if before < len(places) else (places[-1][0], places[-1][1] + 1)
        words[s].insert(w, _between(word, words[s][:w], words[s][w:]))
    return tuple(Segment(tuple(each)) for each in words)


def _placed(near: Sequence[Word], echoed: Sequence[Word]) -> Iterable[tuple[int, Word]]:
    """Each hesitation that the words do not have yet, with the index it comes before."""
    other = [plain(word.text) for word in near]
    mine = [plain(word.text) for word in echoed]
    matcher = SequenceMatcher(None, mine, other, autojunk=False)
    partner = {
        block.a + i: block.b + i
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    }
    for index, word in enumerate(echoed):
        if not is_hesitation(word.text) or index in partner:
            continue
        place = _place(index, word, partner, near)
        around = near[max(0, place - 1) : place + 1]
        if not any(is_hesitation(beside.text) for beside in around):
            yield place, word


def _place(index: int, word: Word, partner: dict[int, int], near: Sequence[Word]) -> int:
    """Behind the word both heard before it, or in front of the one after it, or by its time."""
    if index - 1 in partner:
        return partner[index - 1] + 1
    if index + 1 in partner:
        return partner[index + 1]
    middle = (word.start_s + word.end_s) / 2
    return sum((other.start_s + other.end_s) / 2 < middle for other in near)


def _between(word: Word, before: Sequence[Word], after: Sequence[Word]) -> Word:
    """The hesitation as a word whose times keep the order of the words beside it."""
    least = before[-1].start_s if before else 0.0
    most = after[0].start_s if after else max(word.end_s, least)
    start = min(max(word.start_s, least), max(most, least))
    end = min(max(word.end_s, start), max(most, start))
    if end - start < _LEAST_LENGTH_S / 2:
        # The light model heard it inside the word that follows: it was just before that.
        silence = before[-1].end_s if before else 0.0
        length = min(max(word.end_s - word.start_s, _LEAST_LENGTH_S), _MOST_LENGTH_S)
        end = max(most, least)
        start = max(least, min(max(silence, end - length), end - _LEAST_LENGTH_S))
    return replace(word, text=plain(word.text), start_s=start, end_s=end)


class WhisperFilledPauseDetector:
    """tiny.en with a prompt full of hesitations."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401 - faster-whisper has no types
        self._model = model
        prompt = model.hf_tokenizer.encode(" " + PROMPT, add_special_tokens=False)
        self._prompt_tokens = len(prompt.ids)

    def echo(self, piece: Chunk) -> FilledPauseResult:
        """What it writes of a piece, without the hesitations that cannot be believed."""
        return FilledPauseResult(
            piece.start_s, piece.end_s, tuple(believed(self.hear(piece), piece))
        )

    def hear(self, piece: Chunk) -> tuple[Word, ...]:
        """Everything it writes of a piece."""
        from interview_app.recognition.window_model import token_limit

        found = self._model.decode_window(
            piece.samples,
            is_last=True,
            language="en",
            beam_size=5,
            temperature=0.0,
            initial_prompt=PROMPT,
            condition_on_previous_text=False,
            max_new_tokens=token_limit(piece.length_s, self._prompt_tokens),
            no_repeat_ngram_size=5,
        )
        return tuple(
            Word(
                str(word.word).strip(),
                round(piece.start_s + min(float(word.start), piece.length_s), 3),
                round(piece.start_s + min(float(word.end), piece.length_s), 3),
                round(float(word.probability), 4),
            )
            for segment in found.segments
            for word in segment.words or ()
        )


def believed(words: Sequence[Word], piece: Chunk) -> Iterable[Word]:
    """The words without the hesitations that nothing in the sound speaks for."""
    for index, word in enumerate(words):
        if not is_hesitation(word.text) or re.search(r"uh-?huh|mm-?hm", word.text.lower()):
            yield word
            continue
        start = words[index - 1].end_s if index else word.start_s - 0.3
        end = words[index + 1].start_s if index + 1 < len(words) else word.end_s + 0.3
        start, end = min(start, word.start_s), max(end, word.end_s)
        if word.probability < LEAST_PROBABILITY:
            continue
        if word.probability >= SURE_PROBABILITY or voiced_s(piece, start, end) >= LEAST_VOICED_S:
            yield word


def voiced_s(piece: Chunk, start_s: float, end_s: float) -> float:
    """Seconds of voiced sound between two moments: frames that repeat 80 to 400 times a second."""
    first = max(0, round((start_s - piece.start_s) * SAMPLE_RATE))
    sound = piece.samples[first : round((end_s - piece.start_s) * SAMPLE_RATE)]
    level = float(np.sqrt(np.mean(piece.samples**2)))
    size, hop = SAMPLE_RATE // 25, SAMPLE_RATE // 100
    voiced = 0
    for begin in range(0, len(sound) - size, hop):
        frame = sound[begin : begin + size] - sound[begin : begin + size].mean()
        energy = float(np.dot(frame, frame))
        if np.sqrt(energy / size) <= _QUIET * level:
            continue
        repeats = np.correlate(frame, frame, "full")[size - 1 :]
        voiced += bool(repeats[40:200].max() / energy > _VOICED)
    return voiced * hop / SAMPLE_RATE
