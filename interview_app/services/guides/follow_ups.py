"""Whether a follow-up question can be put to anybody's story, or only to the sample answer's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interview_app.domain.guide import Question
from interview_app.domain.text.figures import figures_in

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = re.compile(r"(?<=\w{3})(?:ies|ing|ed|es|e|s)$")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_QUOTED = re.compile(r"[“\"]\w")
_EVERYBODYS = (
    "answer business case change colleague company cost customer data day decision developer end"
    " engineer experience feature goal idea improvement interview job kind manager moment outcome"
    " people person problem product project question result role situation story team thing time"
    " user way word work year first last next other same most best"
    " a an any as be can could did do had has have is may might more one that there two was were"
    " what when where who will would you your"
)
"""Words that a question may take for granted: every story has them."""

_POINTED_AT = re.compile(r"\b(?:\w+ing|about|at|by|for|from|in|of|on|to|with) (?:that|this) (\w+)")
_DEFINITE = re.compile(
    r"\bthe ((?:\w+ )?\w+)(?=[?,.]| (?:after|before|had|if|stay|take|was|were)\b)"
)
_PRESUPPOSING = (
    (
        r"\bif [^?]*?\b(?:had(?! (?:a|no|the|to)\b)|hadn['’]t)\b",
        "asks what if it had gone otherwise",
    ),
    (r"\bif (?:you|they|he|she)['’]d \w+", "asks what if it had gone otherwise"),
    (r"\bhow would you have\b", "asks what if it had gone otherwise"),
    (r"\bhow did (?!you\b)", "takes for granted what somebody did"),
    (
        r"\bthe (?:two|three|four|five|others)(?=[?,.]| (?:do|did|had|has|have|of|were|would)\b)",
        "counts what only the sample answer has",
    ),
    (r"\bstill\b|\bafter all\b", "takes for granted how it went"),
    (r"\banother\b|\ba second\b", "takes for granted that there was one already"),
)
_COMPILED = tuple((re.compile(pattern), why) for pattern, why in _PRESUPPOSING)


def reasons_bound(follow_up: str, question: Question) -> Iterator[str]:
    """Yield why a follow-up fits the sample answer alone; nothing for one that fits any story.

    A name, a figure or a definite noun counts where the sample answer has it and neither prompt
    nor key points do; some turns of phrase take something for granted wherever they stand.
    """
    known = _stems(" ".join((question.prompt, *question.key_points)))
    sample = _stems(question.sample_answer or "")
    foreign = sample - known
    for name in _NAME.findall(follow_up):
        if _stem(name) in foreign:
            yield f"names “{name}”"
    figures = set(figures_in(question.sample_answer or "")) - set(
        figures_in(" ".join((question.prompt, *question.key_points)))
    )
    if any(figure >= 3 and figure in figures for figure in figures_in(follow_up)):
        yield "has a figure of the sample answer"
    if _QUOTED.search(follow_up):
        yield "quotes the sample answer"
    lower = follow_up.casefold()
    phrases = [*_POINTED_AT.findall(lower), *_DEFINITE.findall(lower)]
    for noun in (word for phrase in phrases for word in phrase.split()):
        if _stem(noun) in foreign and _stem(noun) not in _COMMON:
            yield f"names “{noun}”, which only the sample answer has"
    yield from (why for pattern, why in _COMPILED if pattern.search(lower))


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(text))


def _stem(word: str) -> str:
    bare = re.split("['’]", word.casefold())[0]
    stem = _ENDINGS.sub("", bare)
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


_COMMON = _stems(_EVERYBODYS)
