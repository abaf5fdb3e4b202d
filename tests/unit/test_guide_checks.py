"""`guides check` holds a guide to what makes it good, naming lines."""

from __future__ import annotations

from interview_app.guide_formats.markdown_form import parse_source
from interview_app.services.guides.checks import check
from interview_app.services.guides.source import Severity

WORDS = " ".join(f"word{number}" for number in range(200))


def _question(prompt: str, *, answer: str = WORDS, extra: str = "", why: str = "Because.") -> str:
    return (
        f"### {prompt}\n**Why they ask:** {why}\n**Key points:**\n- a\n- b\n- c\n"
        f"**Follow-ups:**\n- d?\n- e?\n**Target length:** 90 s\n{extra}"
        f"**Sample answer:** {answer}\n**Personalization tip:** Change it.\n"
    )


def _guide(*questions: str, section: str = "Common questions") -> str:
    return f"---\nid: x\ntitle: X\n---\nHello.\n\n## {section}\nIntro.\n\n" + "\n".join(questions)


def _messages(text: str, severity: Severity = Severity.ERROR) -> list[tuple[str, str]]:
    """Each finding with the text of the line it names."""
    rows = text.split("\n")
    found = check(parse_source(text, "x.md"))
    return [(rows[f.line - 1], f.message) for f in found if f.severity == severity]


def test_a_complete_guide_has_no_findings() -> None:
    assert check(parse_source(_guide(_question("One?")), "x.md")) == ()


def test_missing_fields_are_errors_at_the_question() -> None:
    found = _messages(_guide("### Why?\n"))
    assert found == [
        ("### Why?", "The question has no personalization tip."),
        ("### Why?", "The question has no sample answer."),
        ("### Why?", "The question has no why they ask."),
    ]


def test_behavioral_questions_need_a_whole_star_outline_and_technical_ones_an_approach() -> None:
    star = "**STAR:**\n- Situation: s\n- Task: t\n- Action: a\n"
    behavioral = _guide(_question("One?", extra=star), section="Behavioral questions")
    assert _messages(behavioral) == [
        ("### One?", "The question has no result in its STAR outline.")
    ]
    technical = _guide(_question("One?"), section="Technical questions")
    assert _messages(technical) == [("### One?", "The question has no approach.")]


def test_a_sample_answer_is_held_to_one_to_two_minutes_at_150_words_a_minute() -> None:
    for count, is_wrong in ((149, True), (150, False), (300, False), (301, True)):
        answer = " ".join(f"w{number}" for number in range(count))
        found = _messages(_guide(_question("One?", answer=answer)))
        assert bool(found) is is_wrong, count
        assert all(row.startswith("**Sample answer:**") for row, _ in found)


def test_a_prompt_that_comes_twice_is_an_error_whatever_its_case_and_marks() -> None:
    other = _question("one", answer=WORDS.replace("word", "other"))
    text = _guide(_question("One?"), other)
    assert _messages(text) == [("### one", "This is the prompt of line 10 again.")]


def test_an_id_used_twice_is_an_error() -> None:
    other = _question("Two? {#a}", answer=WORDS.replace("word", "other"))
    text = _guide(_question("One? {#a}"), other)
    assert _messages(text) == [("### Two? {#a}", "The id “a” is used by another question.")]


def test_a_sentence_repeated_in_another_question_is_an_error() -> None:
    why = "This shows how calmly you can decide."
    text = _guide(
        _question("One?", why=f"First. {why}"),
        _question("Two?", answer=WORDS.replace("word", "other"), why=why),
    )
    found = _messages(text)
    assert [row for row, _ in found] == [f"**Why they ask:** {why}"]
    assert "line 11 already" in found[0][1]


def test_a_misspelt_label_is_an_error_that_names_the_right_one() -> None:
    text = _guide(_question("One?").replace("**Sample answer:**", "**Sampel answer:**"))
    assert ("**Sampel answer:** " + WORDS, "“Sampel answer” is no label; did you mean"
            " “Sample answer”?") in _messages(text)  # fmt: skip


def test_too_few_key_points_and_follow_ups_are_warnings() -> None:
    text = _guide(_question("One?").replace("- a\n- b\n- c\n", "- a\n").replace("- e?\n", ""))
    assert _messages(text) == []
    assert _messages(text, Severity.WARNING) == [
        ("**Key points:**", "It has 1 key points; 3 to 5 help most."),
        ("**Follow-ups:**", "It has 1 follow-up questions instead of 2."),
    ]
