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
from interview_app.services.export.ports import DocumentWriter, Form, TakeWriter
from interview_app.services.export.subtitles import srt, vtt


def document_writers() -> Mapping[str, DocumentWriter]:
    """The writers of forms that hold a whole document."""
    return {
        Form.MARKDOWN: MarkdownWriter(),
        Form.HTML: HtmlWriter(),
        Form.PDF: PdfWriter(),
        Form.DOCX: DocxWriter(),
        Form.JSON: JsonWriter(),
        Form.CSV: CsvWriter(),
    }


def take_writers() -> Mapping[str, TakeWriter]:
    """The writers of forms that are one file a take."""
    return {
        Form.SRT: SubtitleWriter(srt),
        Form.VTT: SubtitleWriter(vtt),
        **{form: SoundWriter(form) for form in (Form.FLAC, Form.WAV, Form.MP3)},
    }
