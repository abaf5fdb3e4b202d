"""What a transcript shows: its words, with hesitations and long pauses in their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from interview_app.domain.analysis.measures import Mark, Measures
from interview_app.domain.transcript import Transcript, Word


class TokenKind(StrEnum):
    """A word as recognized, a hesitation, or a long pause."""

    WORD = "word"
    HESITATION = "hesitation"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Token:
    """One thing the transcript shows; ``segment`` is the number of the segment it stands in.

    ``word`` is its index among the words of the transcript; ``None`` for what is no word of it.
    """

    kind: TokenKind
    text: str
    start_s: float
    end_s: float
    segment: int = 0
    word: int | None = None
    is_corrected: bool = False


def tokens_of(transcript: Transcript, measures: Measures | None) -> tuple[Token, ...]:
    """Words and marks in order of time.

    A hesitation that the recognizer wrote as a word is shown once, as that word; one found by
    other means stands where it was said. A typed answer has no times and keeps its order.
    """
    hesitations = _Marks(measures.hesitations if measures else ())
    tokens: list[Token] = []
    for number, segment in enumerate(transcript.segments):
        for word in segment.words:
            is_mark = hesitations.take(word)
            kind = TokenKind.HESITATION if is_mark else TokenKind.WORD
            place = number, len(tokens), word.is_corrected
            tokens.append(Token(kind, word.text, word.start_s, word.end_s, *place))
    extra = [Token(TokenKind.HESITATION, m.text, m.start_s, m.end_s) for m in hesitations.left]
    pauses = measures.long_pauses if measures else ()
    extra += [Token(TokenKind.PAUSE, "", m.start_s, m.end_s) for m in pauses]
    return _placed(tokens, sorted(extra, key=lambda token: token.start_s))


class _Marks:
    """Marks to be found by when they were said: an hour holds hundreds, and thousands of words."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._by_second: dict[int, list[Mark]] = {}
        self.left: dict[Mark, None] = dict.fromkeys(marks)
        for mark in self.left:
            for second in range(int(mark.start_s), int(mark.end_s) + 1):
                self._by_second.setdefault(second, []).append(mark)

    def take(self, word: Word) -> bool:
        """Let go of the mark that this word is; whether there was one."""
        near = (
            mark
            for second in range(int(word.start_s), int(word.end_s) + 1)
            for mark in self._by_second.get(second, ())
        )
        found = next((mark for mark in near if mark in self.left and _is(mark, word)), None)
        if found is not None:
            del self.left[found]
        return found is not None


def _is(mark: Mark, word: Word) -> bool:
    is_then = mark.start_s < word.end_s and word.start_s < mark.end_s
    return is_then and _plain(mark.text) == _plain(word.text)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _placed(tokens: list[Token], extra: list[Token]) -> tuple[Token, ...]:
    """The extra tokens put before the first word that starts later than they do."""
    placed: list[Token] = []
    waiting = list(extra)
    for token in tokens:
        while waiting and waiting[0].start_s < token.start_s:
            placed.append(_in_segment(waiting.pop(0), token.segment))
        placed.append(token)
    last = tokens[-1].segment if tokens else 0
    placed.extend(_in_segment(token, last) for token in waiting)
    return tuple(placed)


def _in_segment(token: Token, segment: int) -> Token:
    return Token(token.kind, token.text, token.start_s, token.end_s, segment)
