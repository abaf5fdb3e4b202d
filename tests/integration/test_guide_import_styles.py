"""The manners of many publishers, each with what must be understood of it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from interview_app.domain.guide import Question
from interview_app.guide_formats.importing import import_guide

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
    "lists_and_answers.txt": [
        ("General project coordinator interview questions", 4, set()),
        ("Questions about experience and background", 3, set()),
        ("In-depth questions", 2, set()),
        ("Project coordinator interview questions with example answers", 3, {WHY, ANSWER}),
        ("Related Articles", 0, set()),
    ],
    "q_and_a_dots.txt": [("Questions", 3, {ANSWER})],
    "numbered_alone.txt": [
        ("Fundamentals", 2, {WHY, ANSWER, TIP}),
        ("Behavioural", 1, {WHY, STAR, TIP}),
    ],
    "faq_at_the_end.txt": [
        ("Questions", 2, {WHY, ANSWER, "key_points"}),
        ("Frequently Asked Questions", 1, {ANSWER}),
    ],
    "roman_parts.txt": [("Warm-up", 2, {WHY, ANSWER}), ("Depth", 1, {WHY, ANSWER})],
    "indented_pages.txt": [("Questions", 2, {WHY, ANSWER, "notes"})],
    "star_letters_under_how.txt": [("Questions", 2, {WHY, STAR, TIP})],
    "answers_with_code.md": [("HTML", 2, {ANSWER, "notes"}), ("JavaScript", 1, {ANSWER, "notes"})],
    "signs_before_labels.txt": [("Questions", 2, {WHY, ANSWER, TIP})],
    "question_prefix.html": [
        ("Common Chef Interview Questions", 2, {ANSWER, "notes"}),
        ("Additional Chef Interview Questions", 2, set()),
        ("How To Prepare for an Interview", 0, set()),
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


def questions(name: str) -> dict[str, Question]:
    """The questions of a sample by the first three words of their prompts."""
    guide = import_guide(FIXTURES / name).guide
    return {" ".join(question.prompt.split()[:3]): question for question in guide.questions}


def test_the_title_is_the_line_that_names_the_page_not_the_way_back_above_it() -> None:
    guide = import_guide(FIXTURES / "lists_and_answers.txt").guide
    assert guide.title == "35 Project Coordinator Interview Questions (With Example Answers)"
    assert (guide.introduction or "").startswith("Skip to main content")


@pytest.mark.parametrize("name", ["star_letters.html", "star_letters.csv"])
def test_s_t_a_r_are_the_steps_wherever_all_four_stand(name: str) -> None:
    *_, last = questions(name).values()
    assert last.star is not None
    assert all((last.star.situation, last.star.task, last.star.action, last.star.result))
    assert last.sample_answer is None


def test_a_line_between_a_prompt_and_its_first_label_hides_no_question() -> None:
    imported = import_guide(FIXTURES / "line_between.txt")
    assert [section.title for section in imported.guide.sections] == [
        "Common questions",
        "Behavioral questions",
    ]
    last = questions("line_between.txt")["Tell me about"]
    assert last.notes == "Most asked by managers of small teams."
    assert any(warning.line == 17 for warning in imported.warnings)


def test_what_introduces_the_guide_is_no_part_and_a_time_is_the_target() -> None:
    guide = import_guide(FIXTURES / "rounds.txt").guide
    assert guide.introduction == "This guide prepares you for three rounds."
    assert [section.title for section in guide.sections] == [
        "ROUND 1: TECHNICAL SCREEN",
        "ROUND 2: BEHAVIOURAL",
    ]
    assert questions("rounds.txt")["Design a rate"].target_s == 180


def test_questions_in_bullets_and_in_numbers_stand_in_one_page() -> None:
    guide = import_guide(FIXTURES / "bullets_and_numbers.md").guide
    assert [len(section.questions) for section in guide.sections] == [2, 2]


def test_one_wrapped_sentence_stays_one() -> None:
    answer = questions("q_and_a_dots.txt")["Who orders the"].sample_answer
    assert answer == "The product owner. The team may advise, but the order is theirs."


def test_a_whole_star_outline_is_no_cut_off_question() -> None:
    imported = import_guide(FIXTURES / "rounds.txt")
    assert [w.line for w in imported.warnings if "cut off" in w.message] == []


def test_sentences_go_on_over_the_lines_of_an_indented_page() -> None:
    first = questions("indented_pages.txt")["Tell me about"]
    assert first.why_they_ask == "we want to see the whole way, not a notebook."
