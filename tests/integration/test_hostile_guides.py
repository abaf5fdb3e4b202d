"""Files made to break a reader: one line says so, within bounds of memory and time."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from interview_app.domain.errors import GuideFileError
from interview_app.guide_formats.import_client import understand
from interview_app.services.jobs import JobContext
from tests.e2e.program import Program

_TYPES = (
    '<?xml version="1.0"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    '<?xml version="1.0"?><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{0}</w:document>'
)
_ASKED = "<w:r><w:t>Why us?</w:t></w:r>"
_SPAN = (
    '<w:body><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>'
    f"<w:p>{_ASKED}</w:p></w:tc></w:tr></w:tbl></w:body>"
)
_LEVEL = (
    '<w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="abc"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    f"{_ASKED}</w:p></w:body>"
)


def word_file(path: Path, inside: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", _DOCUMENT.format(inside))
    return path


def aliases() -> str:
    """Nine lines of YAML that stand for hundreds of millions of values."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    return "\n".join(lines)


@pytest.mark.parametrize("inside", [_SPAN, _LEVEL], ids=["span", "level"])
def test_absurd_numbers_in_a_word_file_are_read_past(tmp_path: Path, inside: str) -> None:
    file = word_file(tmp_path / "guide.docx", inside)
    imported = understand(file, JobContext()).imported
    assert [question.prompt for question in imported.guide.questions] == ["Why us?"]


def test_a_word_file_without_a_body_is_no_word_document(tmp_path: Path) -> None:
    with pytest.raises(GuideFileError, match="no Word document that can be opened"):
        understand(word_file(tmp_path / "guide.docx", ""), JobContext())


def test_a_list_numbered_with_no_number_is_read(tmp_path: Path) -> None:
    file = tmp_path / "guide.html"
    file.write_text("<h1>G</h1><ol start='²'><li>Why us?</li><li>Why now?</li></ol>", "utf-8")
    imported = understand(file, JobContext()).imported
    assert [question.prompt for question in imported.guide.questions] == ["Why us?", "Why now?"]


def test_a_header_of_aliases_costs_nothing_and_the_questions_below_it_are_read(
    tmp_path: Path,
) -> None:
    file = tmp_path / "guide.md"
    file.write_text(f"---\n{aliases()}\ntitle: *i\n---\n# G\n\n### Why us?\n", encoding="utf-8")
    imported = understand(file, JobContext()).imported
    assert [question.prompt for question in imported.guide.questions] == ["Why us?"]


def test_our_own_form_with_a_header_of_aliases_is_refused_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "guide.md"
    file.write_text(
        f"---\nid: bomb\n{aliases()}\ntitle: *i\n---\n## S\n\n### Why?\n**Why they ask:** x\n",
        "utf-8",
    )
    done = Program(tmp_path / "data").run("guides", "import", file)
    assert "Traceback" not in done.err
    assert done.status in {0, 1}
    assert done.status == 0 or "line " in done.err


def test_the_reader_gets_no_more_memory_than_any_guide_needs() -> None:
    code = (
        "from interview_app.guide_formats import import_helper as helper; "
        "helper.bound_this_process(); bytearray(helper.MOST_MEMORY)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "MemoryError" in done.stderr


def test_a_reader_that_is_ended_by_the_system_is_told_in_a_line_and_nothing_is_kept(
    tmp_path: Path,
) -> None:
    file = tmp_path / "guide.txt"
    file.write_bytes(b"Why us? Because.\n" * 400_000)
    data = tmp_path / "data"
    command = [sys.executable, "-m", "interview_app", "--data-dir", data, "guides", "import", file]
    done = subprocess.run(
        ["prlimit", "--cpu=2", *map(str, command)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list((data / "guides").glob("*")) if (data / "guides").is_dir() else True
