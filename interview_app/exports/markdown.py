"""A document as Markdown: what was said is escaped, what a guide says stands in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from interview_app.domain.session import Take
from interview_app.exports.spoken import TranscriptLine, lines_of
from interview_app.services.export.content import (
    TAKE_NOTES,
    ExportDocument,
    Passage,
    QuestionEntry,
    SessionEntry,
    TakeEntry,
    clock,
)
from interview_app.services.export.ports import SoundOf
from interview_app.services.jobs import JobContext

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
_STARTS = re.compile(r"^([-+=]|\d+(?=[.)]))")
"""What begins a list or underlines a heading, at the start of a line only."""


class MarkdownWriter:
    """Writes a document as CommonMark."""

    def __call__(
        self, document: ExportDocument, target: Path, sound_of: SoundOf, job: JobContext
    ) -> Sequence[str]:
        """Write it; see ``DocumentWriter``."""
        del sound_of
        job.report(0.5, "Writing")
        text = "\n\n".join(_document(document)) + "\n"
        target.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        return ()


def escaped(text: str) -> str:
    """The text on one line such that CommonMark shows it as it is."""
    return _started(_SIGNS.sub(r"\\\1", " ".join(text.split())))


def _started(line: str) -> str:
    """The line such that its first signs begin nothing."""
    return _STARTS.sub(lambda at: f"\\{at[0]}" if at[0] in "-+=" else f"{at[0]}\\", line)


def _document(document: ExportDocument) -> Iterator[str]:
    if len(document.sessions) != 1:
        yield f"# {escaped(document.title)}"
    for remark in document.remarks:
        yield f"> {escaped(remark)}"
    for session in document.sessions:
        yield from _session(session)


def _session(entry: SessionEntry) -> Iterator[str]:
    yield f"# {escaped(entry.title)}"
    yield "\n".join(f"- {escaped(f.name)}: {escaped(f.value)}" for f in entry.facts)
    for question in entry.questions:
        yield from _question(question)


def _question(entry: QuestionEntry) -> Iterator[str]:
    yield f"## {entry.number}. {escaped(entry.prompt)}"
    if entry.section:
        yield f"*{escaped(entry.section)}*"
    for take in entry.takes:
        yield from _take(take)
    if not entry.takes:
        yield "Not answered."
    for passage in entry.passages:
        yield f"### {escaped(passage.title)}"
        yield _quoted(passage)


def _take(entry: TakeEntry) -> Iterator[str]:
    yield f"### {escaped(entry.heading)}"
    if entry.figures:
        yield " · ".join(f"{escaped(f.name)}: {escaped(f.value)}" for f in entry.figures)
    for line in entry.missing:
        yield f"**{escaped(line)}**"
    for spoken in lines_of(entry.take):
        yield _line(entry.take, spoken)
    if entry.notes:
        yield f"**{TAKE_NOTES}**"
        yield "\n>\n".join(
            f"> {escaped(line)}" for line in entry.notes.splitlines() if line.strip()
        )


def _line(take: Take, spoken: TranscriptLine) -> str:
    words = []
    for word in spoken.words:
        if word.pause_s:
            words.append(f"*(pause of {word.pause_s:.1f} s)*")
        text = _SIGNS.sub(r"\\\1", " ".join(word.word.text.split()))
        words.append(f"*{text}*" if word.is_hesitation and text else text)
    said = " ".join(words)
    return _started(said) if take.is_typed else f"`{clock(spoken.start_s)}` {said}"


def _quoted(passage: Passage) -> str:
    """A guide's text inside a quote, so that no heading or list of it gets out of its place."""
    items = (f"- {' '.join(item.split())}" for item in passage.items)
    text = passage.text or "\n".join(items)
    text = text.replace("<", "\\<").replace("![", "!\\[")
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
