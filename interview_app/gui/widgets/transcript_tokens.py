"""What a transcript shows: its words, with hesitations and long pauses in their places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from interview_app.domain.measures import Mark, Measures
from interview_app.domain.transcript import Transcript


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
    hesitations = list(measures.hesitations) if measures else []
    tokens: list[Token] = []
    for number, segment in enumerate(transcript.segments):
        for word in segment.words:
            mark = _mark_over(word.text, word.start_s, word.end_s, hesitations)
            if mark is not None:
                hesitations.remove(mark)
            kind = TokenKind.HESITATION if mark else TokenKind.WORD
            place = number, len(tokens), word.is_corrected
            tokens.append(Token(kind, word.text, word.start_s, word.end_s, *place))
    extra = [Token(TokenKind.HESITATION, m.text, m.start_s, m.end_s) for m in hesitations]
    pauses = measures.long_pauses if measures else ()
    extra += [Token(TokenKind.PAUSE, "", m.start_s, m.end_s) for m in pauses]
    return _placed(tokens, sorted(extra, key=lambda token: token.start_s))


def _mark_over(text: str, start_s: float, end_s: float, marks: list[Mark]) -> Mark | None:
    plain = _plain(text)
    return next(
        (m for m in marks if _plain(m.text) == plain and m.start_s < end_s and start_s < m.end_s),
        None,
    )


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
