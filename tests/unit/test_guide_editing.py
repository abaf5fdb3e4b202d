"""Changes to a guide: nothing but what was asked for changes, and no question gets lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.errors import UnknownQuestion
from interview_app.domain.guide import Guide, Question, Section
from interview_app.services.guide_editing import (
    duplicated,
    moved,
    new_question_id,
    with_question,
    without_question,
)

GUIDE = Guide(
    "g",
    "Guide",
    (
        Section("First", (Question("a", "A?"), Question("b", "B?"))),
        Section("Empty"),
        Section("Last", (Question("c", "C?"),)),
    ),
)


def ids(guide: Guide) -> list[list[str]]:
    """Ids by section."""
    return [[question.id for question in section.questions] for section in guide.sections]


def test_a_changed_question_stays_in_its_place() -> None:
    changed = with_question(GUIDE, Question("a", "A, really?"), "First")
    assert ids(changed) == ids(GUIDE)
    assert changed.sections[0].questions[0].prompt == "A, really?"


def test_a_question_goes_to_another_section_a_new_one_too() -> None:
    assert ids(with_question(GUIDE, Question("a", "A?"), "Last")) == [["b"], [], ["c", "a"]]
    added = with_question(GUIDE, Question("d", "D?"), "More")
    assert ids(added) == [["a", "b"], [], ["c"], ["d"]]
    assert added.sections[-1].title == "More"


def test_a_copy_stands_after_its_original_with_an_id_of_its_own() -> None:
    guide, copy = duplicated(GUIDE, "a")
    assert ids(guide) == [["a", copy, "b"], [], ["c"]]
    assert copy not in {"a", "b", "c"}


@pytest.mark.parametrize(
    ("question", "step", "expected"),
    [
        ("a", 1, [["b", "a"], [], ["c"]]),
        ("a", -1, [["a", "b"], [], ["c"]]),
        ("b", 1, [["a"], ["b"], ["c"]]),
        ("c", -1, [["a", "b"], ["c"], []]),
        ("c", 1, [["a", "b"], [], ["c"]]),
    ],
)
def test_a_question_moves_past_the_edge_of_its_section(
    question: str, step: int, expected: list[list[str]]
) -> None:
    assert ids(moved(GUIDE, question, step)) == expected


def test_two_sections_of_the_same_title_are_kept_apart() -> None:
    twice = (Section("Same", (Question("a", "A?"),)), Section("Same", (Question("b", "B?"),)))
    guide = replace(GUIDE, sections=twice)
    assert ids(moved(guide, "b", -1)) == [["a", "b"], []]
    assert ids(without_question(guide, "b")) == [["a"], []]
    assert ids(duplicated(guide, "b")[0]) == [["a"], ["b", "b-2"]]


def test_an_unknown_question_is_an_error_that_names_the_guide() -> None:
    with pytest.raises(UnknownQuestion, match="Guide"):
        without_question(GUIDE, "zebra")


def test_ids_of_new_questions_are_unlike_the_others() -> None:
    guide = replace(GUIDE, sections=(Section("S", (Question("why", "Why?"),)),))
    assert new_question_id(guide, "Why?") == "why-2"
    assert new_question_id(guide, "???") == "question"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from((-1, 1))), max_size=20))
def test_however_questions_are_moved_none_gets_lost(moves: list[tuple[str, int]]) -> None:
    guide = GUIDE
    for question, step in moves:
        guide = moved(guide, question, step)
    assert sorted(question.id for question in guide.questions) == ["a", "b", "c"]
    assert [section.title for section in guide.sections] == ["First", "Empty", "Last"]
