"""The guides of the application are held to house rules; a broken one is told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_app.guide_formats.checking import check_files
from interview_app.guide_formats.competencies import read_competencies
from interview_app.guide_formats.markdown_form import parse_source
from interview_app.services.guides.house_rules import check_house_rules, shared_runs
from interview_app.services.guides.source import Severity

DATA = Path(__file__).resolve().parents[2] / "data"
COMPETENCIES = DATA / "competencies.toml"

SENTENCE = "I met {0} people in week {0}, and we went on from there. "
ANSWER = "".join(SENTENCE.format(f"x{number}") for number in range(12))
STAR = "**STAR:**\n- Situation: s\n- Task: t\n- Action: a\n- Result: r\n"
QUESTION = f"""### How do you say no? {{#no}}
**Why they ask:** They want to know.
{STAR}
**Approach:**
1. Think
**Sample answer:** {ANSWER}
**Personalization tip:** Change it.
**Key points:**
- a
- b
- c
**Follow-ups:**
- What would you do differently today?
- What did you learn about yourself?
**Asked as:**
- When did you last refuse?
- Tell me how you turn people down.
**Competencies:** negotiation, communication
**Target length:** 90 s
"""


def _guide(question: str = QUESTION, section: str = "Common questions") -> str:
    return f"---\nid: x\ntitle: X\n---\nHello.\n\n## {section}\nIntro.\n\n{question}"


def _found(text: str) -> list[tuple[str, str, str]]:
    """Each finding: its severity, the text of its line, and what it says."""
    rows = text.split("\n")
    found = check_house_rules(parse_source(text, "x.md"), read_competencies(COMPETENCIES))
    return [(f.severity.value, rows[f.line - 1], f.message) for f in found]


@pytest.mark.parametrize("section", ["Common", "Behavioral questions", "Technical questions"])
def test_a_whole_question_has_no_findings(section: str) -> None:
    assert _found(_guide(section=section)) == []


@pytest.mark.parametrize(
    ("there", "instead", "row", "message"),
    [
        ("**Why they ask:** They want to know.\n", "", "### How", "has no why they ask."),
        ("**Personalization tip:** Change it.\n", "", "### How", "has no personalization tip."),
        ("**Target length:** 90 s\n", "", "### How", "has no target length."),
        ("- c\n", "", "**Key points:**", "“Key points” has 2 entries; 3 to 5 are wanted."),
        ("- When did you last refuse?\n", "", "**Asked as:**", "1 entries; 2 are wanted."),
        ("- When did you last refuse?", "- How do you say no?", "**Asked as:**", "the prompt"),
        ("last refuse?", "last refuse", "**Asked as:**", "ends without “?” or “.”."),
        ("last refuse?", "last refuse (really)?", "**Asked as:**", "No voice can say “(”"),
        ("say no?", f"say {'no ' * 33}?", "### How", "longer than 35 words."),
        ("negotiation,", "charm,", "**Competencies:**", "“charm” is no competency"),
        ("90 s", "45 s", "**Target length:**", "takes 62 s (156 words at 150 a minute)"),
        (SENTENCE.format("x1") + SENTENCE.format("x2"), "", "**Sample", "has 130 words; 140 to"),
        ("Change it.", "Organise the colours.", "**Pers", "“Organise” is British"),
        ("Change it.", "Organize the colours.", "**Pers", "Americans write “colors”."),
        ("Hello.", "", "---", "The guide has no introduction."),
        ("Intro.", "", "## Common questions", "“Common questions” has no introduction."),
    ],
)
def test_what_breaks_a_rule_is_an_error_at_its_line(
    there: str, instead: str, row: str, message: str
) -> None:
    text = _guide()
    assert there in text
    found = [f for f in _found(text.replace(there, instead, 1)) if message in f[2]]
    assert [(severity, line[: len(row)]) for severity, line, _ in found] == [("error", row)]


def test_behavioral_questions_need_a_whole_star_outline_and_technical_ones_an_approach() -> None:
    behavioral = _guide(QUESTION.replace("- Result: r\n", ""), "Behavioral questions")
    assert [message for *_, message in _found(behavioral)] == [
        "The question has no result in its STAR outline."
    ]
    technical = _guide(QUESTION.replace("**Approach:**\n1. Think\n", ""), "Technical questions")
    assert [message for *_, message in _found(technical)] == ["The question has no approach."]


@pytest.mark.parametrize(
    ("there", "instead", "row", "message"),
    [
        ("differently today?", "if x1 had refused?", "**Follow", "it had gone otherwise"),
        ("Action: a", "Action: wrote 14 letters", "**STAR", "The action says 14, and the sample"),
        (
            "Change it.",
            "Notwithstanding organizational heterogeneity, communicate institutional"
            " responsibilities comprehensively.",
            "**Why",
            "What helps to answer reads at grade",
        ),
    ],
)
def test_a_matter_of_taste_is_a_warning(there: str, instead: str, row: str, message: str) -> None:
    found = _found(_guide().replace(there, instead, 1))
    assert [(severity, line[: len(row)]) for severity, line, _ in found] == [("warning", row)]
    assert message in found[0][2]


def test_figures_of_the_outline_may_be_digits_of_what_is_told_in_words() -> None:
    told = ANSWER.replace("x3 people", "twelve hundred and sixty people", 1)
    text = _guide().replace(ANSWER, told).replace("Action: a", "Action: wrote to 1,260 members")
    assert _found(text) == []


def test_eight_words_in_a_row_belong_to_one_question_alone() -> None:
    run = "the ferry left before anybody had counted it"
    first = parse_source(_guide().replace("Change it.", f"Say that {run}."), "a.md")
    second = parse_source(
        _guide()
        .replace(ANSWER, "Nothing else.")
        .replace("Change it.", f"Note how The Ferry left, before anybody had counted: {run[-2:]}."),
        "b.md",
    )
    texts = shared_runs({"one/a.md": first, "one/b.md": second})
    (told,) = [f for f in texts["one/b.md"] if "ferry" in f.message]
    assert (
        told.message == "“the ferry left before anybody had counted it” stands at a.md:21 already."
    )
    assert texts["one/a.md"] == []
    other = parse_source(_guide().replace("Change it.", "The ferry left before anybody."), "c.md")
    assert not [f for f in shared_runs({"a": first, "c": other})["c"] if "ferry" in f.message]


def test_a_persons_own_guide_is_held_to_house_rules_only_when_asked(tmp_path: Path) -> None:
    mine = tmp_path / "mine.md"
    mine.write_text(
        "---\ntitle: Mine\n---\n## Mine\n### Why us?\n**Sample answer:** Because of the colour.\n"
    )
    bundled = DATA / "guides"
    assert check_files([mine], bundled, COMPETENCIES) == []
    strict = check_files([mine], bundled, COMPETENCIES, is_strict=True)
    assert (mine, "“colour” is British; Americans write “color”.") in [
        (path, finding.message) for path, finding in strict
    ]


def test_a_bundled_guide_is_held_to_house_rules_and_compared_with_the_others(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    first.write_text(_guide())
    second.write_text(_guide())
    assert {path for path, _ in check_files([first], tmp_path, COMPETENCIES)} == {first}
    found = check_files([second, first], tmp_path, COMPETENCIES)
    assert {path for path, finding in found if "stands at b.md:" in finding.message} == {first}


@pytest.mark.parametrize("path", sorted((DATA / "guides").glob("*.md")), ids=lambda path: path.stem)
def test_a_bundled_guide_keeps_the_house_rules(path: Path) -> None:
    found = check_files([path], path.parent, COMPETENCIES)
    assert [
        f"{path.name}:{f.line}: {f.message}" for _, f in found if f.severity is Severity.ERROR
    ] == []


def test_every_competency_has_eight_to_twenty_terms_each_once() -> None:
    for name, terms in read_competencies(COMPETENCIES).items():
        assert 8 <= len({term.casefold() for term in terms}) == len(terms) <= 20, name
