"""A guide's file is read as people write it, and written so that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from interview_app.domain.errors import GuideFileError
from interview_app.domain.guide import Guide
from interview_app.guide_formats.markdown_form import parse_source, read_guide
from interview_app.guide_formats.markdown_writer import tidy_guide, write_guide
from interview_app.guide_formats.texts import tidy
from tests.unit.full_guide import FULL
from tests.unit.guide_strategies import guides, texts


def test_the_documented_form_is_read_field_by_field() -> None:
    guide = parse_source(FULL, "x.md").guide
    assert (guide.id, guide.title, guide.language) == (
        "it-product-manager", "IT Product Manager", "en",
    )  # fmt: skip
    assert guide.introduction == "First paragraph, wrapped.\n\nSecond *paragraph*."
    common, behavioral = guide.sections
    assert (common.title, common.introduction) == ("Common questions", None)
    assert (behavioral.title, behavioral.introduction) == (
        "Behavioral questions", "About your past.",
    )  # fmt: skip
    first = common.questions[0]
    assert (first.id, first.prompt) == ("prioritize", "How do you prioritize?")
    assert first.why_they_ask == "To see how you think."
    assert first.key_points == ("One", "Two, wrapped over a line")
    assert first.follow_ups == ("And if they disagree?",)
    assert first.asked_as == ("What comes first, and why?", "Which request wins?")
    assert first.competencies == ("prioritization", "stakeholder management")
    assert first.target_s == 90
    assert first.sample_answer == "I count.\n\nThen I decide."
    assert first.tip == "Use your own figures."
    second, third = behavioral.questions
    assert second.star is not None
    assert (second.star.situation, second.star.task) == ("Two teams", "Decide")
    assert (second.star.action, second.star.result) == ("I listened", "Peace")
    assert second.tip == "Be kind."
    assert third.approach == ("Ask", "Draw\n\n- a box\n- an arrow")
    assert third.notes == "Left over."


def test_questions_without_an_id_get_one_each_from_their_prompt() -> None:
    ids = [question.id for question in parse_source(FULL, "x.md").guide.questions]
    assert ids == ["prioritize", "tell-me-about-a-conflict", "tell-me-about-a-conflict-2"]


def test_each_field_knows_its_line() -> None:
    source = parse_source(FULL, "x.md")
    rows = FULL.split("\n")
    line = source.line("prioritize", "sample_answer")
    assert rows[line - 1] == "**Sample answer:** I count."
    assert rows[source.line("tell-me-about-a-conflict") - 1] == "### Tell me about a conflict"
    assert rows[source.lines["", "Behavioral questions"] - 1] == "## Behavioral questions"


@given(guides)
def test_any_guide_survives_writing_and_reading(guide: Guide) -> None:
    assert parse_source(write_guide(guide), "x.md").guide == tidy_guide(guide)


@given(texts)
def test_tidying_twice_changes_nothing_more(text: str | None) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_writing_what_was_read_changes_no_more_on_the_second_time() -> None:
    once = write_guide(parse_source(FULL, "x.md").guide)
    assert write_guide(parse_source(once, "x.md").guide) == once


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: X\n\n## A\n### B\n", 1, "not closed"),
        ("---\ntitle: [X\nlanguage: en\n---\n## A\n### B\n", 2, "cannot be read"),
        ("---\nid: a\ntitle: 'X\n---\n## A\n", 3, "cannot be read"),
        ("---\njust words\n---\n## A\n### B\n", 2, "holds no"),
        ("---\nid: ../up\ntitle: X\n---\n## A\n### B\n", 2, "is no id"),
        ("---\ntitle: X\nlanguage: 12\n---\n## A\n### B\n", 3, "is no language"),
        ("---\nid: x\n---\n## A\n### B\n", 1, "has no title"),
        ("---\ntitle: X\n---\nOnly words.\n", 4, "no question"),
    ],
)
def test_a_broken_file_is_named_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(GuideFileError) as caught:
        parse_source(text, "mine.md")
    assert caught.value.message.startswith(f"mine.md, line {line}: ")
    assert words in caught.value.message
    assert caught.value.remedy


def test_a_file_that_is_no_text_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"---\ntitle: X\n---\n\xff\xfe\n")
    with pytest.raises(GuideFileError, match=r"x\.md, line 4: this is not UTF-8"):
        read_guide(path)
    with pytest.raises(GuideFileError, match="cannot be read"):
        read_guide(tmp_path / "absent.md")


def test_title_comes_from_a_heading_and_id_from_the_file_name_without_a_header() -> None:
    guide = parse_source("# My *role*\n\n### Why us?\n", "Data Analyst.md").guide
    assert (guide.id, guide.title, guide.introduction) == ("data-analyst", "My *role*", None)
    assert guide.sections[0].title == "Questions"


def test_norwegian_is_a_language_though_yaml_says_false() -> None:
    assert parse_source("---\ntitle: X\nlanguage: no\n---\n### A\n", "x").guide.language == "no"


@pytest.mark.parametrize(
    "written",
    [
        " agile methods, user research",
        " agile methods; user research, agile methods",
        " agile\nmethods, user research,",
        "\n- agile methods\n- user research",
        "\n\n1. agile methods\n2. user research",
    ],
)
def test_competencies_are_read_in_the_ways_people_write_them(written: str) -> None:
    source = parse_source(f"# T\n### Q\n**Competencies:**{written}\n", "x")
    assert next(source.guide.questions).competencies == ("agile methods", "user research")
    assert "**Competencies:** agile methods, user research\n" in write_guide(source.guide)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90 s", 90), ("2 min", 120), ("1:30", 90), ("1.5 minutes", 90), ("75", 75), ("soon", None)],
)
def test_a_target_length_is_read_in_the_ways_people_write_it(
    written: str, seconds: int | None
) -> None:
    source = parse_source(f"# T\n### Q\n**Target length:** {written}\n", "x")
    question = next(source.guide.questions)
    assert question.target_s == seconds
    if seconds is None:
        assert question.notes == "soon"
        assert [finding.line for finding in source.findings if "length" in finding.message] == [3]
