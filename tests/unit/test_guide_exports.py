"""A guide that is exported and imported again is the same guide."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from interview_app.domain.errors import GuideFileError, UsageError
from interview_app.domain.guide import Guide
from interview_app.guide_formats.exporting import (
    ExportFormat,
    export_guide,
    format_for,
    save_export,
)
from interview_app.guide_formats.importing import import_bytes, import_guide
from interview_app.guide_formats.markdown_form import parse_source
from interview_app.guide_formats.markdown_writer import tidy_guide
from tests.unit.full_guide import FULL
from tests.unit.guide_strategies import guides


@pytest.mark.parametrize("form", list(ExportFormat))
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(guide=guides)
def test_any_guide_survives_export_and_import(form: ExportFormat, guide: Guide) -> None:
    again = import_bytes(export_guide(guide, form), f"guide.{form}").guide
    assert again == tidy_guide(guide)


def test_json_holds_rewordings_and_competencies_and_null_where_a_guide_has_none() -> None:
    shape = json.loads(export_guide(parse_source(FULL, "x.md").guide, ExportFormat.JSON))
    first, second = (section["questions"][0] for section in shape["guide"]["sections"])
    assert first["asked_as"] == ["What comes first, and why?", "Which request wins?"]
    assert first["competencies"] == ["prioritization", "stakeholder management"]
    assert (second["asked_as"], second["competencies"]) == (None, None)


@pytest.mark.parametrize("form", list(ExportFormat))
@pytest.mark.parametrize("text", ["*  *", "*a*  *b*", "**a**   **b**  c", "a  *b*\nc"])
def test_spaces_beside_emphasis_survive(form: ExportFormat, text: str) -> None:
    guide = Guide("x", "Title", parse_source(FULL, "x.md").guide.sections, introduction=text)
    again = import_bytes(export_guide(guide, form), f"guide.{form}").guide
    assert again.introduction == text


@pytest.mark.parametrize("form", list(ExportFormat))
def test_a_whole_guide_survives_and_nothing_is_warned_about(
    form: ExportFormat, tmp_path: Path
) -> None:
    guide = parse_source(FULL, "x.md").guide
    path = tmp_path / f"guide.{form}"
    save_export(guide, path)
    imported = import_guide(path)
    assert (imported.guide, imported.warnings) == (guide, ())
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_page_changed_by_hand_keeps_what_was_added() -> None:
    page = export_guide(parse_source(FULL, "x.md").guide, ExportFormat.HTML).decode()
    changed = page.replace("</h3>", "</h3>\n<p>Scribbled in between.</p>", 1)
    question = next(import_bytes(changed.encode(), "x.html").guide.questions)
    assert "Scribbled in between." in (question.notes or "")


def test_an_export_fetches_nothing_and_escapes_what_looks_like_code() -> None:
    guide = Guide("x", "<script>alert(1)</script>", parse_source(FULL, "x.md").guide.sections)
    page = export_guide(guide, ExportFormat.HTML).decode()
    assert "<script" not in page
    assert "http" not in page


def test_a_name_no_format_ends_like_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be exported"):
        format_for(Path("guide.pdf"))
    assert format_for(Path("A.HTM")) is ExportFormat.HTML


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(GuideFileError, match="cannot be written"):
        save_export(parse_source(FULL, "x.md").guide, tmp_path / "absent" / "guide.md")
