"""Which writer makes which form; each brings its libraries only when it writes."""

from __future__ import annotations

from collections.abc import Mapping

from interview_app.exports.docx import DocxWriter
from interview_app.exports.html import HtmlWriter
from interview_app.exports.markdown import MarkdownWriter
from interview_app.exports.pdf import PdfWriter
from interview_app.exports.records import CsvWriter, JsonWriter
from interview_app.exports.sound import SoundWriter
from interview_app.exports.subtitles import SubtitleWriter
from interview_app.services.export.ports import DocumentWriter, SessionFormat, TakeWriter
from interview_app.services.export.subtitles import srt, vtt


def document_writers() -> Mapping[str, DocumentWriter]:
    """The writers of forms that hold a whole document."""
    return {
        SessionFormat.MARKDOWN: MarkdownWriter(),
        SessionFormat.HTML: HtmlWriter(),
        SessionFormat.PDF: PdfWriter(),
        SessionFormat.DOCX: DocxWriter(),
        SessionFormat.JSON: JsonWriter(),
        SessionFormat.CSV: CsvWriter(),
    }


def take_writers() -> Mapping[str, TakeWriter]:
    """The writers of forms that are one file a take."""
    return {
        SessionFormat.SRT: SubtitleWriter(srt),
        SessionFormat.VTT: SubtitleWriter(vtt),
        **{
            form: SoundWriter(form)
            for form in (SessionFormat.FLAC, SessionFormat.WAV, SessionFormat.MP3)
        },
    }
