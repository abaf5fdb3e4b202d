"""A document as a Word file (DOCX), in Word's own styles."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interview_app.domain.session import Take
from interview_app.domain.text import rich_text
from interview_app.exports.spoken import TranscriptLine, lines_of
from interview_app.services.export.content import (
    TAKE_NOTES,
    ExportDocument,
    Fact,
    Passage,
    QuestionEntry,
    SessionEntry,
    TakeEntry,
    clock,
)
from interview_app.services.export.ports import SoundOf
from interview_app.services.jobs import JobContext

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""


class DocxWriter:
    """Writes a document as DOCX."""

    def __call__(
        self, document: ExportDocument, target: Path, sound_of: SoundOf, job: JobContext
    ) -> Sequence[str]:
        """Write it; see ``DocumentWriter``."""
        import docx

        del sound_of
        word = docx.Document()
        properties = word.core_properties
        properties.title, properties.author = _clean(document.title)[:255], "Mock Interview"
        properties.comments = ""
        if len(document.sessions) != 1:
            word.add_heading(_clean(document.title), 0)
        for remark in document.remarks:
            _say(word, remark)
        for number, session in enumerate(document.sessions):
            job.report(number / len(document.sessions), "Writing")
            _session(word, session, job)
        packed = io.BytesIO()  # a zip that cannot be written to its end complains once more later
        word.save(packed)
        target.write_bytes(packed.getvalue())
        return ()


def _session(word: WordDocument, entry: SessionEntry, job: JobContext) -> None:
    word.add_heading(_clean(entry.title), 1)
    _facts(word, entry.facts)
    for question in entry.questions:
        job.check()
        _question(word, question)


def _question(word: WordDocument, entry: QuestionEntry) -> None:
    word.add_heading(_clean(f"{entry.number}. {entry.prompt}"), 2)
    if entry.section:
        word.add_paragraph().add_run(_clean(entry.section)).italic = True
    for take in entry.takes:
        _take(word, take)
    if not entry.takes:
        word.add_paragraph("Not answered.")
    for passage in entry.passages:
        _passage(word, passage)


def _take(word: WordDocument, entry: TakeEntry) -> None:
    word.add_heading(_clean(entry.heading), 3)
    _facts(word, entry.figures)
    for line in entry.missing:
        _say(word, line)
    for spoken in lines_of(entry.take):
        _line(word.add_paragraph(), entry.take, spoken)
    if entry.notes:
        word.add_heading(TAKE_NOTES, 4)
        for line in filter(str.strip, entry.notes.splitlines()):
            word.add_paragraph(_clean(line))


def _line(paragraph: Paragraph, take: Take, spoken: TranscriptLine) -> None:
    if not take.is_typed:
        paragraph.add_run(f"{clock(spoken.start_s)}  ").bold = True
    for word in spoken.words:
        if word.pause_s:
            paragraph.add_run(f"(pause of {word.pause_s:.1f} s) ").italic = True
        paragraph.add_run(_clean(word.word.text)).underline = word.is_hesitation or None
        paragraph.add_run(" ")


def _passage(word: WordDocument, passage: Passage) -> None:
    word.add_heading(_clean(passage.title), 4)
    for runs in rich_text.paragraphs(passage.text):
        _runs(word.add_paragraph(), runs)
    for item in passage.items:
        _runs(word.add_paragraph(style="List Bullet"), rich_text.line(item))


def _runs(paragraph: Paragraph, runs: Iterable[rich_text.TextRun]) -> None:
    for run in runs:
        written = paragraph.add_run(_clean(run.text))
        written.bold, written.italic = run.is_bold or None, run.is_italic or None
        if run.is_break:
            written.add_break()


def _facts(word: WordDocument, facts: Sequence[Fact]) -> None:
    if facts:
        word.add_paragraph(_clean(" · ".join(f"{fact.name}: {fact.value}" for fact in facts)))


def _say(word: WordDocument, line: str) -> None:
    word.add_paragraph().add_run(_clean(line)).bold = True


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
