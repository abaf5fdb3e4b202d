"""Guides in the project's own Markdown form: read with line numbers, written without a loss."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path

from interview_app.domain.errors import GuideFileError
from interview_app.domain.guide import Guide, Question, Section
from interview_app.domain.text.slugs import Slugs, slug
from interview_app.guide_formats.fields import read_fields
from interview_app.guide_formats.header import Header, broken, read_header
from interview_app.guide_formats.labels import BOLD_LEAD, FORM_LABEL, FORM_LABELS, form_field
from interview_app.guide_formats.meanings import is_label
from interview_app.guide_formats.texts import clean, read_text, tidy_line
from interview_app.services.guides.source import GuideFinding, GuideSource, Severity

UNTITLED_SECTION = "Questions"
"""The title of a section that a file does not name."""

_TITLE = re.compile(r"#[ \t]+(?=\S)")
_SECTION = re.compile(r"##(?:[ \t]+|$)")
_PROMPT = re.compile(r"###(?:[ \t]+|$)")
_PROMPT_ID = re.compile(r"[ \t]*\{#([^\s{}]+)\}$")


@dataclass(slots=True)
class _FormPart:
    """Lines that belong together, and the number of their first."""

    line: int
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _RawQuestion:
    line: int
    heading: str
    parts: list[tuple[str, _FormPart]]
    """Field to its lines; the first holds what stands before any label."""


@dataclass(slots=True)
class _RawSection:
    line: int
    title: str
    introduction: _FormPart
    questions: list[_RawQuestion] = field(default_factory=list)


def read_guide(path: Path) -> Guide:
    """The guide a Markdown file holds.

    Raises:
        GuideFileError: the file cannot be read; names file and line.
    """
    return read_source(path).guide


def read_source(path: Path) -> GuideSource:
    """The guide a Markdown file holds, with the lines of its parts and the reader's findings.

    Raises:
        GuideFileError: the file cannot be read; names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise broken(path.name, line, "this is not UTF-8 text", "Import it instead.") from error
    except OSError as error:
        raise GuideFileError(
            f"{path} cannot be read: {error.strerror or error}.",
            remedy="See that the file is there and yours to read.",
        ) from error
    return parse_source(text, path.name)


def parse_source(text: str, name: str) -> GuideSource:
    """The guide a text in the project's own form holds, its lines and the reader's findings.

    ``name`` stands in errors and as id.

    Raises:
        GuideFileError: the text is no guide of this form; names file and line.
    """
    lines = clean(text.removeprefix("\ufeff")).split("\n")
    header = read_header(lines, name)
    introduction, sections = _split(lines, header.body_line)
    title = _title(header, introduction, name)
    if not sections:
        raise broken(
            name,
            header.body_line,
            "there is no question in it",
            "Begin sections with ## and questions with ###.",
        )
    building = _Building()
    guide = Guide(
        id=header.id or slug(Path(name).stem),
        title=title,
        sections=tuple(building.section(raw) for raw in sections),
        introduction=read_text(introduction.lines),
        language=header.language,
    )
    return GuideSource(guide, building.lines, tuple(sorted(building.findings)))


def _title(header: Header, introduction: _FormPart, name: str) -> str:
    if header.title:
        return header.title
    for index, line in enumerate(introduction.lines):
        if title := _TITLE.match(line):
            introduction.lines[index] = ""
            return tidy_line(line[title.end() :])
    raise broken(name, 1, "the guide has no title", "Put `title: …` into the header.")


def _split(lines: list[str], first: int) -> tuple[_FormPart, list[_RawSection]]:
    """The introduction, and the sections with their questions' labelled parts."""
    introduction = part = _FormPart(first)
    sections: list[_RawSection] = []
    for number, line in enumerate(lines[first - 1 :], start=first):
        if prompt := _PROMPT.match(line):
            part = _FormPart(number + 1)
            if not sections:
                sections.append(_RawSection(number, "", _FormPart(number)))
            heading = line[prompt.end() :].strip()
            sections[-1].questions.append(_RawQuestion(number, heading, [("notes", part)]))
        elif section := _SECTION.match(line):
            part = _FormPart(number + 1)
            sections.append(_RawSection(number, tidy_line(line[section.end() :]), part))
        elif (label := FORM_LABEL.match(line)) and sections and sections[-1].questions:
            part = _FormPart(number, [line[label.end() :]])
            sections[-1].questions[-1].parts.append((form_field(label[1]), part))
        else:
            part.lines.append(line)
    return introduction, sections


class _Building:
    """Makes domain values of what was split, and notes lines and findings on the way."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, str], int] = {}
        self.findings: list[GuideFinding] = []
        self._ids = Slugs()

    def section(self, raw: _RawSection) -> Section:
        title = raw.title or UNTITLED_SECTION
        self.lines.setdefault(("", title), raw.line)
        if not raw.title:
            self._find(raw.line, Severity.WARNING, "A section has no title.")
        if not raw.questions:
            self._find(raw.line, Severity.WARNING, f"The section “{title}” holds no question.")
        return Section(
            title,
            tuple(question for q in raw.questions if (question := self._question(q))),
            read_text(raw.introduction.lines),
        )

    def _question(self, raw: _RawQuestion) -> Question:
        named = _PROMPT_ID.search(raw.heading)
        prompt = tidy_line(raw.heading[: named.start()] if named else raw.heading)
        if not prompt:
            self._find(raw.line, Severity.ERROR, "A question has no prompt.")
            prompt = "?"
        wanted = named[1] if named else slug(prompt, "question")
        question_id = self._ids.take(wanted)
        if named and question_id != wanted:
            self._find(raw.line, Severity.ERROR, f"The id “{wanted}” is used by another question.")
        self.lines[question_id, "prompt"] = raw.line
        for name, part in raw.parts:
            if name != "notes" or any(line.strip() for line in part.lines):
                self.lines.setdefault((question_id, name), part.line)
        self._check_labels(raw)
        fields, problems = read_fields([(name, part.line, part.lines) for name, part in raw.parts])
        for line, message in problems:
            self._find(line, Severity.WARNING, message)
        return Question(question_id, prompt, **fields)

    def _check_labels(self, raw: _RawQuestion) -> None:
        seen: set[str] = set()
        for name, part in raw.parts[1:]:
            if name in seen:
                label = FORM_LABELS[name]
                self._find(part.line, Severity.WARNING, f"“{label}” stands twice in a question.")
            seen.add(name)
        for _, part in raw.parts:
            for number, line in enumerate(part.lines, start=part.line):
                self._check_spelling(number, line)

    def _check_spelling(self, number: int, line: str) -> None:
        lead = BOLD_LEAD.match(line)
        if lead is None:
            return
        known = {label.casefold(): label for label in FORM_LABELS.values()}
        close = difflib.get_close_matches(lead[1].strip().casefold(), known, n=1, cutoff=0.6)
        if close:
            message = f"“{lead[1].strip()}” is no label; did you mean “{known[close[0]]}”?"
            self._find(number, Severity.ERROR, message)

    def _find(self, line: int, severity: Severity, message: str) -> None:
        self.findings.append(GuideFinding(line, severity, message))


def is_own_form(text: str) -> bool:
    """Whether a text says in its header that it is a guide, and uses no label of another form."""
    lines = clean(text.removeprefix("\ufeff")).split("\n")
    if not lines or lines[0].rstrip() != "---":
        return False
    header = "\n".join(lines[1:12])
    if not re.search(r"^id:\s*\S", header, re.MULTILINE):
        return False
    leads = [lead[1] for line in lines if (lead := BOLD_LEAD.match(line))]
    return all(FORM_LABEL.match(f"**{lead.strip()}:**") or not is_label(lead) for lead in leads)
