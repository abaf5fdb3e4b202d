"""What the writer of a guide should see: errors and doubts, each at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from interview_app.domain.guide import Question
from interview_app.domain.question_fields import FIELD
from interview_app.services.guides.source import GuideFinding, GuideSource, Severity

SPOKEN_WPM = 150
"""Words a minute at which the length of a sample answer is judged (NCVS: conversation 110–150)."""

SAMPLE_BAND_S = (60, 120)
"""Seconds a good answer takes (Cornell's career service: up to two minutes)."""

REPEATED_WORDS = 6
"""A sentence of at least so many words that stands in two questions was copied."""

_USUAL = ("why_they_ask", "sample_answer", "tip")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MARKS = re.compile(r"[*_`]")


def check(source: GuideSource) -> tuple[GuideFinding, ...]:
    """Return what anybody would mend in a guide, by line.

    What the application's own guides are held to beyond it stands in ``house_rules``.
    """
    findings = [*source.findings, *_missing_here_and_there(source)]
    for question in source.guide.questions:
        findings.extend(_check_question(source, question))
    findings.extend(_duplicate_prompts(source))
    findings.extend(_repeated_sentences(source))
    return tuple(sorted(findings))


def spoken_s(text: str) -> float:
    """Seconds it takes to say a text at :data:`SPOKEN_WPM`."""
    return len(text.split()) / SPOKEN_WPM * 60


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, without marks."""
    return _WORD.findall(_MARKS.sub("", text).casefold().replace("’", "'"))


def shortened(text: str, most: int = 60) -> str:
    """The beginning of a text, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 3].rstrip()}…"


def _missing_here_and_there(source: GuideSource) -> Iterator[GuideFinding]:
    """A field that some questions have and others lack, told once."""
    questions = list(source.guide.questions)
    for name in _USUAL:
        lacking = [question for question in questions if not getattr(question, name)]
        if lacking and len(lacking) < len(questions):
            have = "has" if len(lacking) == 1 else "have"
            count = f"{len(lacking)} of {len(questions)} questions {have}"
            label = FIELD[name].label.lower()
            message = f"{count} no {label}; this is the first of them."
            yield GuideFinding(source.line(lacking[0].id), Severity.WARNING, message)


def _check_question(source: GuideSource, question: Question) -> Iterator[GuideFinding]:
    if question.star is not None:
        lacking = [s.name for s in fields(question.star) if not getattr(question.star, s.name)]
        if lacking:
            message = f"The STAR outline has no {' and no '.join(lacking)}."
            yield GuideFinding(source.line(question.id, "star"), Severity.WARNING, message)
    seconds = spoken_s(question.sample_answer or "")
    if question.target_s is not None and seconds > question.target_s:
        message = (
            f"The sample answer takes {seconds:.0f} s to say, longer than its target of"
            f" {question.target_s} s."
        )
        yield GuideFinding(source.line(question.id, "target_s"), Severity.WARNING, message)
    if question.notes:
        message = "Some text stands outside every label."
        yield GuideFinding(source.line(question.id, "notes"), Severity.WARNING, message)


def _duplicate_prompts(source: GuideSource) -> Iterator[GuideFinding]:
    first: dict[str, int] = {}
    for question in source.guide.questions:
        line = source.line(question.id)
        known = first.setdefault(" ".join(plain_words(question.prompt)), line)
        if known != line:
            message = f"This is the prompt of line {known} again."
            yield GuideFinding(line, Severity.ERROR, message)


def _repeated_sentences(source: GuideSource) -> Iterator[GuideFinding]:
    first: dict[str, tuple[str, int]] = {}
    for question in source.guide.questions:
        for part, text in question.named_texts:
            line = source.line(question.id, part)
            for sentence in _SENTENCE_END.split(text):
                words = plain_words(sentence)
                if len(words) < REPEATED_WORDS:
                    continue
                known, known_line = first.setdefault(" ".join(words), (question.id, line))
                if known != question.id:
                    message = f"“{shortened(sentence)}” stands at line {known_line} already."
                    yield GuideFinding(line, Severity.WARNING, message)
