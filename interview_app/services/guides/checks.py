"""What a good guide has: every field, answers of a speakable length, nothing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from interview_app.domain.guide import Question, Section, StarOutline
from interview_app.services.guides.source import GuideFinding, GuideSource, Severity

SPOKEN_WPM = 150
"""Words a minute at which the length of a sample answer is judged (NCVS: conversation 110–150)."""

SAMPLE_BAND_S = (60, 120)
"""Seconds a sample answer should take (Cornell's career service: up to two minutes)."""

KEY_POINTS = (3, 5)
FOLLOW_UPS = 2
REPEATED_WORDS = 6
"""A sentence of at least so many words that stands in two questions was copied."""

_BEHAVIORAL = re.compile(r"behaviou?r|\bstar\b|situational", re.IGNORECASE)
_TECHNICAL = re.compile(r"technical|case\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MARKS = re.compile(r"[*_`]")


def check(source: GuideSource) -> tuple[GuideFinding, ...]:
    """Everything about a guide that its writer should see, by line."""
    guide = source.guide
    findings = [*source.findings]
    if not guide.introduction:
        findings.append(GuideFinding(1, Severity.WARNING, "The guide has no introduction."))
    for section in guide.sections:
        if not section.introduction:
            line = source.lines.get(("", section.title), 1)
            message = f"The section “{section.title}” has no introduction."
            findings.append(GuideFinding(line, Severity.WARNING, message))
        for question in section.questions:
            findings.extend(_check_fields(source, section, question))
            findings.extend(_check_length(source, question))
    findings.extend(_duplicate_prompts(source))
    findings.extend(_repeated_sentences(source))
    return tuple(sorted(findings))


def spoken_s(text: str) -> float:
    """Seconds it takes to say a text at :data:`SPOKEN_WPM`."""
    return len(text.split()) / SPOKEN_WPM * 60


def _check_fields(
    source: GuideSource, section: Section, question: Question
) -> Iterator[GuideFinding]:
    line = source.line(question.id)
    missing = [
        label
        for label, value in (
            ("why they ask", question.why_they_ask),
            ("sample answer", question.sample_answer),
            ("personalization tip", question.tip),
        )
        if not value
    ]
    if _BEHAVIORAL.search(section.title):
        missing.extend(_missing_steps(question.star))
    if _TECHNICAL.search(section.title) and not question.approach:
        missing.append("approach")
    for label in missing:
        yield GuideFinding(line, Severity.ERROR, f"The question has no {label}.")
    yield from _check_extras(source, question)


def _missing_steps(star: StarOutline | None) -> list[str]:
    if star is None:
        return ["STAR outline"]
    return [
        f"{step.name} in its STAR outline" for step in fields(star) if not getattr(star, step.name)
    ]


def _check_extras(source: GuideSource, question: Question) -> Iterator[GuideFinding]:
    low, high = KEY_POINTS
    points, follow_ups = len(question.key_points), len(question.follow_ups)
    if not low <= points <= high:
        line = source.line(question.id, "key_points")
        message = f"It has {points} key points; {low} to {high} help most."
        yield GuideFinding(line, Severity.WARNING, message)
    if follow_ups != FOLLOW_UPS:
        line = source.line(question.id, "follow_ups")
        message = f"It has {follow_ups} follow-up questions instead of {FOLLOW_UPS}."
        yield GuideFinding(line, Severity.WARNING, message)
    if question.target_s is None:
        message = "The question has no target length."
        yield GuideFinding(source.line(question.id), Severity.WARNING, message)
    if question.notes:
        message = "Some text stands outside every label."
        yield GuideFinding(source.line(question.id, "notes"), Severity.WARNING, message)


def _check_length(source: GuideSource, question: Question) -> Iterator[GuideFinding]:
    if not question.sample_answer:
        return
    low, high = SAMPLE_BAND_S
    seconds = spoken_s(question.sample_answer)
    if not low <= seconds <= high:
        words = len(question.sample_answer.split())
        message = (
            f"The sample answer takes {seconds:.0f} s to say ({words} words at {SPOKEN_WPM} a"
            f" minute); {low} to {high} s are wanted."
        )
        yield GuideFinding(source.line(question.id, "sample_answer"), Severity.ERROR, message)


def _duplicate_prompts(source: GuideSource) -> Iterator[GuideFinding]:
    first: dict[str, int] = {}
    for question in source.guide.questions:
        line = source.line(question.id)
        known = first.setdefault(_normal(question.prompt), line)
        if known != line:
            message = f"This is the prompt of line {known} again."
            yield GuideFinding(line, Severity.ERROR, message)


def _repeated_sentences(source: GuideSource) -> Iterator[GuideFinding]:
    first: dict[str, tuple[str, int]] = {}
    for question in source.guide.questions:
        for part, text in question.named_texts:
            line = source.line(question.id, part)
            for sentence in _SENTENCE_END.split(text):
                normal = _normal(sentence)
                if len(normal.split()) < REPEATED_WORDS:
                    continue
                known, known_line = first.setdefault(normal, (question.id, line))
                if known != question.id:
                    message = f"“{_short(sentence)}” stands at line {known_line} already."
                    yield GuideFinding(line, Severity.ERROR, message)


def _normal(text: str) -> str:
    return " ".join(_WORD.findall(_MARKS.sub("", text).casefold().replace("’", "'")))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
