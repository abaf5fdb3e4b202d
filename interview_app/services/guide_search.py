"""Search through every prompt, answer and tip of all guides, as the person types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interview_app.domain.guide import Guide, Question

_AROUND = 60
"""Characters an excerpt shows before what was found, at most."""
_EXCERPT = 200
_SPLIT = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class GuideHit:
    """A question that holds every word searched for, and the text where the first one stands."""

    guide_id: str
    guide_title: str
    question_id: str
    prompt: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Entry:
    question: Question
    folded: str


class GuideSearch:
    """Remembers the words of guides it has seen; used by one thread at a time."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[Guide, tuple[_Entry, ...]]] = {}

    def find(self, guides: Sequence[Guide], wanted: str, limit: int = 200) -> tuple[GuideHit, ...]:
        """Questions that hold words beginning with every word wanted, in the order of the guides.

        Case and accents make no difference. Nothing wanted finds nothing.
        """
        words = [f" {word}" for word in folded(wanted).split()]
        found: list[GuideHit] = []
        if not words:
            return ()
        for guide in guides:
            for entry in self._entries(guide):
                if all(word in entry.folded for word in words):
                    found.append(_hit(guide, entry.question, words))
                    if len(found) >= limit:
                        return tuple(found)
        return tuple(found)

    def _entries(self, guide: Guide) -> tuple[_Entry, ...]:
        seen = self._seen.get(guide.id)
        if seen is not None and seen[0] is guide:
            return seen[1]
        entries = tuple(
            _Entry(question, " " + folded("\n".join(texts_of(question))))
            for question in guide.questions
        )
        self._seen[guide.id] = (guide, entries)
        return entries


def texts_of(question: Question) -> Iterator[str]:
    """Every text of a question, the prompt first."""
    star = question.star
    single = (question.why_they_ask, question.sample_answer, question.tip, question.notes)
    steps = (star.situation, star.task, star.action, star.result) if star is not None else ()
    yield question.prompt
    for text in (*single, *steps):
        if text:
            yield text
    yield from (*question.approach, *question.key_points, *question.follow_ups)


def folded(text: str) -> str:
    """Lower-case words without accents, one space between them."""
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _SPLIT.sub(" ", plain).strip()


def _hit(guide: Guide, question: Question, words: Sequence[str]) -> GuideHit:
    texts = list(texts_of(question))[1:]
    holding = next((t for t in texts if any(w in " " + folded(t) for w in words)), None)
    excerpt = _excerpt(holding, words) if holding is not None else " ".join(texts[:1])[:_EXCERPT]
    return GuideHit(guide.id, guide.title, question.id, question.prompt, excerpt)


def _excerpt(text: str, words: Sequence[str]) -> str:
    """The text from a little before the first word found."""
    line = " ".join(text.split())
    for word in re.finditer(r"\S+", line):
        begun = " " + folded(word[0])
        if any(wanted in begun for wanted in words):
            if word.start() <= _AROUND:
                break
            start = line.rfind(" ", 0, word.start() - _AROUND // 2) + 1
            return "…" + line[start : start + _EXCERPT]
    return line[:_EXCERPT]
