"""Encodings, Word documents, damaged and hostile files: a guide, or one sentence why not."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument

from interview_app.domain.errors import GuideFileError
from interview_app.guide_formats.importing import import_bytes, import_guide
from interview_app.services.guides.source import Imported

TEXT = (
    "Café interview\r\n\r\nWhat’s a “flat white”?\r\nWhy they ask: You’ll make many.\r\n"
    "Sample answer: “A double shot – with thin foam.”\r\nTip: Don’t rush.\r\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_usual_encoding_gives_the_same_guide(encoding: str) -> None:
    imported = import_bytes(TEXT.encode(encoding), "cafe.txt")
    (question,) = imported.guide.questions
    assert imported.guide.title == "Café interview"
    assert question.prompt == "What’s a “flat white”?"
    assert question.sample_answer == "A double shot – with thin foam."
    assert question.tip == "Don’t rush."


def test_unbreakable_spaces_are_spaces() -> None:
    text = "What is a\u00a0bond?\nSample\u00a0answer:\u00a0A loan you can sell.\nTip:\u00a0Smile.\n"
    (question,) = import_guide(text).guide.questions
    assert question.prompt == "What is a bond?"
    assert question.sample_answer == "A loan you can sell."


def test_a_web_page_in_the_charset_it_names() -> None:
    page = (
        '<html><head><meta charset="iso-8859-2"></head><body><h1>Řidič</h1>'
        "<h3>Proč řídíte?</h3><p>Protože rád.</p><h3>Kam?</h3><p>Domů.</p></body></html>"
    )
    imported = import_bytes(page.encode("iso-8859-2"), "page.html")
    assert imported.guide.title == "Řidič"
    assert next(imported.guide.questions).sample_answer == "Protože rád."


def _word_import(document: WordDocument) -> Imported:
    stream = io.BytesIO()
    document.save(stream)
    return import_bytes(stream.getvalue(), "guide.docx")


def test_a_word_document_with_headings_bold_labels_lists_and_a_table() -> None:
    document = docx.Document()
    document.add_heading("Tailor interview", 0)
    document.add_paragraph("Collected over three years.")
    document.add_heading("Common questions", 1)
    document.add_heading("1. Why do you sew?", 2)
    paragraph = document.add_paragraph()
    paragraph.add_run("Why they ask: ").bold = True
    paragraph.add_run("They want to see love for cloth.")
    paragraph = document.add_paragraph()
    paragraph.add_run("Example answer").bold = True
    document.add_paragraph("“Because my grandmother's coat still fits me.”")
    document.add_heading("2. Tell me about a coat you ruined.", 2)
    document.add_paragraph("STAR method").runs[0].bold = True
    for step in ("Situation: A wedding.", "Task: A coat.", "Action: I cut.", "Result: Too short."):
        document.add_paragraph(step, style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Tip"
    table.rows[0].cells[1].text = "Measure twice."
    imported = _word_import(document)
    sew, ruined = imported.guide.questions
    assert (imported.guide.title, imported.guide.introduction) == (
        "Tailor interview",
        "Collected over three years.",
    )
    assert imported.guide.sections[0].title == "Common questions"
    assert sew.prompt == "Why do you sew?"
    assert sew.why_they_ask == "They want to see love for cloth."
    assert sew.sample_answer == "Because my grandmother's coat still fits me."
    assert ruined.star is not None
    assert ruined.star.result == "Too short."
    assert ruined.tip == "Measure twice."


def test_a_word_document_without_any_style() -> None:
    document = docx.Document()
    for line in TEXT.split("\r\n"):
        document.add_paragraph(line)
    (question,) = _word_import(document).guide.questions
    assert question.sample_answer == "A double shot – with thin foam."


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \r\n \t\n",
    "noise.txt": bytes(range(256)) * 40,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "page.pdf": b"%PDF-1.7 and so on",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "half.docx": b"PK\x03\x04 and nothing else",
    "no.docx": b"Just words, is that a question?",
    "archive.zip": _zip({"a.txt": b"What?"}),
    "bomb.docx": _zip({"word/document.xml": b"<w>" + b" " * 60_000_000}),
    "broken.json": b'{"questions": ["What?",\n ]',
    "deep.json": b"[" * 100_000,
    "words.txt": b"Nothing is asked here.\nNothing at all.",
    "empty.json": b"{}",
    "names.csv": b"Question,Answer\n",
    "empty.html": b"<html><body><script>What?</script></body></html>",
    "header.md": b"---\nid: x\ntitle: [\n---\n## A\n### B\n",
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_guide_is_refused_in_one_sentence_naming_file_and_line(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name])
    with pytest.raises(GuideFileError) as caught:
        import_guide(path)
    assert caught.value.message.startswith(f"{name}, line ")
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_a_word_document_that_unpacks_to_far_more_than_it_is_is_not_opened() -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/huge.xml", b" " * 60_000_000)
    assert len(stream.getvalue()) < 200_000
    with pytest.raises(GuideFileError, match=r"would unpack to \d+ MB and was not opened"):
        import_bytes(stream.getvalue(), "bomb.docx")


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.txt"):
        with pytest.raises(GuideFileError, match="cannot be read"):
            import_guide(path)


def test_a_file_larger_than_any_guide_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(GuideFileError, match="more than a guide can have"):
        import_guide(path)


def test_entities_of_a_word_document_reach_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("What is the secret?", encoding="utf-8")
    stream = io.BytesIO()
    docx.Document().save(stream)
    parts = {}
    with zipfile.ZipFile(stream) as archive:
        for part in archive.namelist():
            parts[part] = archive.read(part)
    parts["word/document.xml"] = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>Why do you ask? &x;</w:t></w:r></w:p></w:body></w:document>"
    ).encode()
    try:
        imported = import_bytes(_zip(parts), "x.docx")
    except GuideFileError:
        return
    assert "secret" not in str(imported.guide)


def test_markup_nested_thousands_deep_is_read_all_the_same() -> None:
    page = "<html><body>" + "<div>" * 3000 + "What is depth?" + "</div>" * 3000 + "</body></html>"
    assert [q.prompt for q in import_guide(page).guide.questions] == ["What is depth?"]


REWORDED = {
    "questions": [
        {
            "question": "How do you say no?",
            "answer": "Early, and with a reason.",
            "asked_as": ["When did you last refuse?", "How do you turn someone down?"],
            "competencies": "communication, negotiation",
        }
    ]
}


def test_rewordings_and_competencies_are_understood_in_json_and_tables_of_others() -> None:
    table = (
        "Question;Answer;Also asked as;Competency\r\n"
        "How do you say no?;Early, and with a reason.;"
        "When did you last refuse? | How do you turn someone down?;communication, negotiation\r\n"
    )
    for data, name in ((json.dumps(REWORDED), "no.json"), (table, "no.csv")):
        imported = import_bytes(data.encode(), name)
        (question,) = imported.guide.questions
        assert imported.warnings == (), name
        assert question.asked_as == (
            "When did you last refuse?", "How do you turn someone down?",
        )  # fmt: skip
        assert question.competencies == ("communication", "negotiation")
        assert question.notes is None
