"""`guides check` tells anybody what they would mend in a guide, naming lines."""

from __future__ import annotations

from interview_app.guide_formats.markdown_form import parse_source
from interview_app.services.guides.checks import check
from interview_app.services.guides.source import Severity

WORDS = " ".join(f"word{number}" for number in range(200))


def _question(prompt: str, *, answer: str = WORDS, extra: str = "", why: str = "Because.") -> str:
    return (
        f"### {prompt}\n**Why they ask:** {why}\n**Target length:** 90 s\n{extra}"
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


def test_prompts_alone_are_a_guide_too() -> None:
    prompts = "---\ntitle: Mine\n---\n## Tomorrow\n### Why?\n### How?\n"
    assert check(parse_source(prompts, "x.md")) == ()


def test_a_field_that_some_questions_lack_is_told_once() -> None:
    text = _guide(_question("One?"), "### Two?\n", "### Three?\n")
    assert _messages(text) == []
    assert _messages(text, Severity.WARNING) == [
        ("### Two?", f"2 of 3 questions have no {field}; this is the first of them.")
        for field in ("personalization tip", "sample answer", "why they ask")
    ]


def test_one_question_that_lacks_a_field_is_told_in_the_singular() -> None:
    text = _guide(
        _question("One?"), _question("Two?").replace("**Personalization tip:**", "**STAR:**")
    )
    assert "1 of 2 questions has no personalization tip" in str(_messages(text, Severity.WARNING))


def test_a_star_outline_that_was_begun_is_wanted_whole() -> None:
    star = "**STAR:**\n- Situation: s\n- Task: t\n"
    assert _messages(_guide(_question("One?", extra=star)), Severity.WARNING) == [
        ("**STAR:**", "The STAR outline has no action and no result.")
    ]


def test_a_sample_answer_longer_than_its_target_is_told_at_the_target() -> None:
    for count, is_wrong in ((225, False), (226, True)):
        answer = " ".join(f"w{number}" for number in range(count))
        found = _messages(_guide(_question("One?", answer=answer)), Severity.WARNING)
        assert [row for row, _ in found] == ["**Target length:** 90 s"] * is_wrong, count


def test_a_prompt_that_comes_twice_is_an_error_whatever_its_case_and_marks() -> None:
    other = _question("one", answer=WORDS.replace("word", "other"))
    text = _guide(_question("One?"), other)
    assert _messages(text) == [("### one", "This is the prompt of line 10 again.")]


def test_an_id_used_twice_is_an_error() -> None:
    other = _question("Two? {#a}", answer=WORDS.replace("word", "other"))
    text = _guide(_question("One? {#a}"), other)
    assert _messages(text) == [("### Two? {#a}", "The id “a” is used by another question.")]


def test_a_sentence_repeated_in_another_question_is_told() -> None:
    why = "This shows how calmly you can decide."
    text = _guide(
        _question("One?", why=f"First. {why}"),
        _question("Two?", answer=WORDS.replace("word", "other"), why=why),
    )
    found = _messages(text, Severity.WARNING)
    assert [row for row, _ in found] == [f"**Why they ask:** {why}"]
    assert "line 11 already" in found[0][1]


def test_a_misspelt_label_is_an_error_that_names_the_right_one() -> None:
    text = _guide(_question("One?").replace("**Sample answer:**", "**Sampel answer:**"))
    assert ("**Sampel answer:** " + WORDS, "“Sampel answer” is no label; did you mean"
            " “Sample answer”?") in _messages(text)  # fmt: skip


def test_text_outside_every_label_is_told() -> None:
    text = _guide("### One?\nStray words.\n" + _question("")[5:])
    assert _messages(text, Severity.WARNING) == [
        ("Stray words.", "Some text stands outside every label.")
    ]
