"""What the guides that come with the application are held to, beyond what anybody would mend."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields

from interview_app.domain.guide import Question, Section, StarOutline
from interview_app.domain.question_fields import FIELD
from interview_app.domain.text.american_spelling import british_spellings
from interview_app.domain.text.figures import figures_in
from interview_app.domain.text.readability import flesch_kincaid_grade
from interview_app.services.guides.checks import SPOKEN_WPM, plain_words, shortened, spoken_s
from interview_app.services.guides.follow_ups import reasons_bound
from interview_app.services.guides.source import GuideFinding, GuideSource, Severity

SAMPLE_WORDS = (140, 320)
"""Words of a sample answer: about one to two minutes aloud."""
PROMPT_WORDS = 35
COUNTS = {"key_points": (3, 5), "follow_ups": (2, 2), "asked_as": (2, 2), "competencies": (1, 3)}
"""How many items a list of a question has, least and most."""
HARDEST_GRADE = 9.0
"""School grade (Flesch and Kincaid) above which a text is hard to follow by ear."""
SHARED_WORDS = 8
"""A run of so many words that stands in two questions was copied."""

_REQUIRED = ("why_they_ask", "sample_answer", "tip", "target_s")
_BEHAVIORAL = re.compile(r"behaviou?r|\bstar\b|situational", re.IGNORECASE)
_TECHNICAL = re.compile(r"technical|case\b", re.IGNORECASE)
_UNSPEAKABLE = re.compile(r"[()\[\]{}/\\<>&+=]")

Place = tuple[str, int]
"""The path of a guide's file, and a line in it."""


def check_house_rules(
    source: GuideSource, competencies: Collection[str]
) -> tuple[GuideFinding, ...]:
    """Return what a guide of the application still lacks; ``competencies`` are those there are."""
    guide = source.guide
    findings: list[GuideFinding] = []
    if not guide.introduction:
        findings.append(_error(1, "The guide has no introduction."))
    for section in guide.sections:
        if not section.introduction:
            line = source.lines.get(("", section.title), 1)
            findings.append(_error(line, f"The section “{section.title}” has no introduction."))
        for question in section.questions:
            findings.extend(_check_fields(source, section, question))
            findings.extend(_check_prompts(source, question))
            findings.extend(_check_sample(source, question))
            findings.extend(_check_competencies(source, question, competencies))
            findings.extend(_check_follow_ups(source, question))
            findings.extend(_check_outline(source, question))
            findings.extend(_check_words(source, question))
    return tuple(sorted(findings))


def shared_runs(sources: Mapping[str, GuideSource]) -> dict[str, list[GuideFinding]]:
    """Return, by file, each run of words that stands in another question as well."""
    first: dict[tuple[str, ...], tuple[tuple[str, str], Place]] = {}
    found: dict[str, list[GuideFinding]] = {name: [] for name in sources}
    for name, source in sources.items():
        for question_id, line, text in _texts(source):
            words = plain_words(text)
            told_until = 0
            for start in range(len(words) - SHARED_WORDS + 1):
                run = tuple(words[start : start + SHARED_WORDS])
                owner, place = first.setdefault(run, ((name, question_id), (name, line)))
                if owner != (name, question_id) and start >= told_until:
                    told_until = start + SHARED_WORDS
                    file = place[0].rsplit("/", 1)[-1]
                    where = f"line {place[1]}" if place[0] == name else f"{file}:{place[1]}"
                    message = f"“{' '.join(run)}” stands at {where} already."
                    found[name].append(_error(line, message))
    return found


def _texts(source: GuideSource) -> Iterator[tuple[str, int, str]]:
    """Every text of a guide with its question's id and its line."""
    yield "", 1, source.guide.introduction or ""
    for section in source.guide.sections:
        yield "", source.lines.get(("", section.title), 1), section.introduction or ""
        for question in section.questions:
            yield question.id, source.line(question.id), question.prompt
            for name, text in question.named_texts:
                yield question.id, source.line(question.id, name), text


def _check_fields(
    source: GuideSource, section: Section, question: Question
) -> Iterator[GuideFinding]:
    line = source.line(question.id)
    missing = [FIELD[name].label.lower() for name in _REQUIRED if not getattr(question, name)]
    if _BEHAVIORAL.search(section.title):
        missing.extend(_missing_steps(question.star))
    if _TECHNICAL.search(section.title) and not question.approach:
        missing.append("approach")
    for label in missing:
        yield _error(line, f"The question has no {label}.")
    for name, (least, most) in COUNTS.items():
        count = len(getattr(question, name))
        if not least <= count <= most:
            wanted = f"{least} to {most}" if least < most else str(most)
            message = f"“{FIELD[name].label}” has {count} entries; {wanted} are wanted."
            yield _error(source.line(question.id, name), message)


def _missing_steps(star: StarOutline | None) -> list[str]:
    if star is None:
        return ["STAR outline"]
    return [
        f"{step.name} in its STAR outline" for step in fields(star) if not getattr(star, step.name)
    ]


def _check_prompts(source: GuideSource, question: Question) -> Iterator[GuideFinding]:
    """The prompt and its rewordings are said aloud, and ask."""
    own = plain_words(question.prompt)
    for name, prompt in (
        ("prompt", question.prompt),
        *(("asked_as", t) for t in question.asked_as),
    ):
        line = source.line(question.id, name)
        if len(prompt.split()) > PROMPT_WORDS:
            yield _error(line, f"“{shortened(prompt)}” is longer than {PROMPT_WORDS} words.")
        if sign := _UNSPEAKABLE.search(prompt):
            yield _error(line, f"No voice can say “{sign[0]}” in “{shortened(prompt)}”.")
        if not prompt.endswith(("?", ".")):
            yield _error(line, f"“{shortened(prompt)}” ends without “?” or “.”.")
        if name == "asked_as" and plain_words(prompt) == own:
            yield _error(line, f"“{shortened(prompt)}” is the prompt itself.")


def _check_sample(source: GuideSource, question: Question) -> Iterator[GuideFinding]:
    if not question.sample_answer:
        return
    line = source.line(question.id, "sample_answer")
    least, most = SAMPLE_WORDS
    count = len(question.sample_answer.split())
    if not least <= count <= most:
        yield _error(line, f"The sample answer has {count} words; {least} to {most} are wanted.")
    seconds = spoken_s(question.sample_answer)
    if question.target_s is not None and seconds > question.target_s:
        message = (
            f"The sample answer takes {seconds:.0f} s ({count} words at {SPOKEN_WPM} a minute),"
            f" longer than the target of {question.target_s} s."
        )
        yield _error(source.line(question.id, "target_s"), message)


def _check_competencies(
    source: GuideSource, question: Question, known: Collection[str]
) -> Iterator[GuideFinding]:
    for competency in question.competencies:
        if competency not in known:
            message = f"“{competency}” is no competency of data/competencies.toml."
            yield _error(source.line(question.id, "competencies"), message)


def _check_follow_ups(source: GuideSource, question: Question) -> Iterator[GuideFinding]:
    line = source.line(question.id, "follow_ups")
    for follow_up in question.follow_ups:
        if reasons := list(dict.fromkeys(reasons_bound(follow_up, question))):
            why = " and ".join(reasons)
            message = f"“{shortened(follow_up)}” fits the sample answer alone: it {why}."
            yield GuideFinding(line, Severity.WARNING, message)


def _check_outline(source: GuideSource, question: Question) -> Iterator[GuideFinding]:
    """The figures of the outline are those of the sample answer."""
    if question.star is None or not question.sample_answer:
        return
    told = set(figures_in(question.sample_answer))
    told |= {1000 * figure for figure in told}  # "fifty-five" of what was counted in thousands
    for step in fields(question.star):
        for figure in figures_in(getattr(question.star, step.name) or ""):
            if figure >= 3 and figure not in told:
                message = f"The {step.name} says {figure:g}, and the sample answer doesn't."
                yield GuideFinding(source.line(question.id, "star"), Severity.WARNING, message)


def _check_words(source: GuideSource, question: Question) -> Iterator[GuideFinding]:
    for name, text in (("prompt", question.prompt), *question.named_texts):
        for british, american in british_spellings(text):
            message = f"“{british}” is British; Americans write “{american}”."
            yield _error(source.line(question.id, name), message)
    help_texts = "\n\n".join(filter(None, (question.why_they_ask, question.tip)))
    for name, label, text in (
        ("sample_answer", "The sample answer", question.sample_answer or ""),
        ("why_they_ask", "What helps to answer", help_texts),
    ):
        grade = flesch_kincaid_grade(text)
        if grade > HARDEST_GRADE:
            message = f"{label} reads at grade {grade:.1f}; {HARDEST_GRADE:g} is the most."
            yield GuideFinding(source.line(question.id, name), Severity.WARNING, message)


def _error(line: int, message: str) -> GuideFinding:
    return GuideFinding(line, Severity.ERROR, message)
