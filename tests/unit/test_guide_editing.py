"""Changing guides: questions and sections added, moved and taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.guide import Guide, Question
from interview_app.domain.text.rich_text import as_html, plain_paragraphs
from interview_app.services.guides import editing as guide_editing
from tests.fakes import GUIDE

IDS = ("prioritize", "why", "trade-off")


def ids(guide: Guide) -> list[list[str]]:
    return [[question.id for question in section.questions] for section in guide.sections]


def test_a_question_moves_within_its_section_and_into_the_next() -> None:
    down = guide_editing.with_question_moved(GUIDE, "prioritize", 1)
    assert ids(down) == [["why", "prioritize"], ["trade-off"]]
    further = guide_editing.with_question_moved(down, "prioritize", 1)
    assert ids(further) == [["why"], ["prioritize", "trade-off"]]
    assert ids(guide_editing.with_question_moved(further, "prioritize", -1)) == ids(down)


def test_the_first_and_the_last_question_stay_where_they_are() -> None:
    assert guide_editing.with_question_moved(GUIDE, "prioritize", -1) == GUIDE
    assert guide_editing.with_question_moved(GUIDE, "trade-off", 1) == GUIDE


@given(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from((-1, 1))), max_size=12))
def test_no_move_loses_or_doubles_a_question(moves: list[tuple[str, int]]) -> None:
    guide = GUIDE
    for question_id, step in moves:
        guide = guide_editing.with_question_moved(guide, question_id, step)
    assert sorted(question.id for question in guide.questions) == sorted(IDS)
    assert [section.title for section in guide.sections] == [s.title for s in GUIDE.sections]


def test_a_new_question_gets_an_id_of_its_own_and_stands_where_it_was_wanted() -> None:
    same = Question("", "Why?")
    guide = guide_editing.with_new_question(GUIDE, 0, same, after="prioritize")
    assert ids(guide) == [["prioritize", "why-2", "why"], ["trade-off"]]
    last = guide_editing.with_new_question(guide, 1, same)
    assert ids(last)[1] == ["trade-off", "why-3"]


def test_a_guide_without_sections_takes_a_question() -> None:
    guide = guide_editing.with_new_question(Guide("g", "Gardener"), -1, Question("", "Why roses?"))
    assert [(s.title, [q.prompt for q in s.questions]) for s in guide.sections] == [
        ("Gardener", ["Why roses?"])
    ]


def test_sections_are_renamed_moved_added_and_taken_away() -> None:
    named = guide_editing.with_section(GUIDE, 0, "First", "Begin here.")
    assert (named.sections[0].title, named.sections[0].introduction) == ("First", "Begin here.")
    assert ids(guide_editing.with_section_moved(GUIDE, 0, 1)) == list(reversed(ids(GUIDE)))
    assert guide_editing.with_section_moved(GUIDE, 0, -1) == GUIDE
    added = guide_editing.with_new_section(GUIDE, "Technical", None)
    assert [section.title for section in added.sections][-1] == "Technical"
    assert ids(guide_editing.without_section(GUIDE, 0)) == [["trade-off"]]


def test_a_changed_question_keeps_its_place() -> None:
    question = replace(GUIDE.sections[0].questions[1], prompt="Why us?")
    guide = guide_editing.with_question(GUIDE, question)
    assert ids(guide) == ids(GUIDE)
    assert guide.question("why") == question
    assert ids(guide_editing.without_question(guide, "trade-off")) == [["prioritize", "why"], []]


def test_what_is_read_aloud_has_no_signs_of_markup() -> None:
    text = "We **really** had *no* time.\nSee [the page](https://example.org).\n\n- One\n- Two"
    assert list(plain_paragraphs(text)) == [
        "We really had no time. See the page.",
        "One",
        "Two",
    ]


def test_signs_that_are_no_markup_are_read_aloud_as_they_stand() -> None:
    text = "The field user_id, `user_id_map`, 3*2*5 and __init__ with a_b_c"
    assert list(plain_paragraphs(text)) == [
        "The field user_id, user_id_map, 3*2*5 and init with a_b_c"
    ]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "vbscript:x", "data:text/html,x"]
)
def test_no_address_that_runs_or_opens_something_is_kept(address: str) -> None:
    html = str(as_html(f"Read [this]({address}) and ![a plan]({address})"))
    assert html == "<p>Read <a>this</a> and a plan</p>"
    assert "href" in as_html("[here](https://example.org)")
