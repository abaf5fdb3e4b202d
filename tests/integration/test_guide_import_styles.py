"""The manners of many publishers, each with what must be understood of it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from interview_app.domain.guide import Question
from interview_app.guide_files.importing import import_guide

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "guides"
Expected = list[tuple[str, int, set[str]]]
"""Section, number of its questions, and the fields that each of them has."""

WHY, ANSWER, TIP, HOW, STAR = "why_they_ask", "sample_answer", "tip", "approach", "star"

STYLES: dict[str, Expected] = {
    "buttons.html": [("Questions", 2, {WHY, ANSWER, HOW})],
    "table_page.html": [("Questions", 2, {ANSWER, TIP})],
    "table.md": [("Questions", 2, {WHY, ANSWER})],
    "underlined.md": [("Portfolio", 2, {WHY, ANSWER, TIP})],
    "pasted_page.txt": [
        ("General Interview Questions", 2, {WHY, ANSWER, TIP}),
        ("Behavioral Interview Questions", 1, {WHY, ANSWER, TIP, STAR}),
        ("Share this article", 0, set()),
    ],
    "by_section.json": [("Common", 2, {ANSWER}), ("Technical", 1, {ANSWER, HOW})],
    "good_and_bad.txt": [("Questions", 2, {WHY, ANSWER, "notes"})],
    "star_columns.csv": [("Questions", 1, {WHY, STAR, ANSWER, "follow_ups"})],
    "dashes_and_capitals.txt": [
        ("COMMON QUESTIONS", 2, {WHY, ANSWER, TIP}),
        ("BEHAVIORAL QUESTIONS", 1, {WHY, ANSWER, TIP, STAR}),
    ],
    "without_labels.txt": [("Questions", 3, {WHY, ANSWER})],
    "dialogue.txt": [("Questions", 2, {ANSWER})],
    "tabs_in.csv": [("Technical", 1, {WHY, HOW, ANSWER, TIP})],
    "bold_before_colon.html": [
        ("Behavioral", 1, {WHY, STAR, ANSWER, TIP}),
        ("Technical", 1, {WHY, HOW, ANSWER}),
    ],
    "teacher.html": [
        ("What does a teacher do?", 0, set()),
        ("Interview Questions for Teachers", 3, {WHY, ANSWER}),
        ("Questions to ask your interviewer", 0, set()),
        ("How to prepare for a teacher interview", 0, set()),
    ],
    "nested_lists.md": [
        ("Behavioral Questions", 2, {WHY, STAR, ANSWER, TIP}),
        ("Technical Questions", 1, {WHY, HOW, ANSWER, TIP}),
    ],
}


def _filled(question: Question) -> set[str]:
    return {
        field.name
        for field in fields(question)
        if field.name not in ("id", "prompt") and getattr(question, field.name)
    }


@pytest.mark.parametrize("name", STYLES)
def test_sections_questions_and_fields_are_understood(name: str) -> None:
    guide = import_guide(FIXTURES / name).guide
    found = [
        (section.title, len(section.questions), fields)
        for section in guide.sections
        for fields in ([_filled(q) for q in section.questions[:1]] or [set[str]()])
    ]
    assert found == STYLES[name]
    for section in guide.sections:
        for question in section.questions:
            assert _filled(question) == _filled(section.questions[0]), question.prompt


def test_an_answer_in_a_quotation_without_a_label_is_the_sample_answer() -> None:
    first = next(import_guide(FIXTURES / "teacher.html").guide.questions)
    assert first.why_they_ask == "Will you stay?"
    assert first.sample_answer == "Because somebody taught me.\n\nAnd because I stayed."


def test_a_text_without_labels_below_the_last_question_is_not_taken_for_a_title() -> None:
    imported = import_guide(FIXTURES / "mail_list.txt")
    assert [question.prompt for question in imported.guide.questions] == [
        "Tell me about yourself",
        "Why this company?",
        "Biggest failure?",
        "Salary expectations",
    ]
    assert (imported.guide.introduction or "").startswith("Hi,")


def test_a_step_that_is_a_paragraph_and_a_list_keeps_both() -> None:
    *_, consistency = import_guide(FIXTURES / "nested_lists.md").guide.questions
    assert consistency.approach == (
        "Start with one replica, then two.",
        "What happens on a write?",
        "What happens on a read?",
    )


def test_a_page_pasted_twice_gives_every_question_twice() -> None:
    text = (FIXTURES / "pasted_page.txt").read_text(encoding="utf-8")
    assert len(list(import_guide(f"{text}\n{text}").guide.questions)) == 6
