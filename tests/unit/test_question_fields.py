"""The table of a question's fields holds all of them, once."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.guide import Guide, Question
from interview_app.domain.question_fields import (
    FIELD,
    QUESTION_FIELDS,
    ReadingColumn,
    is_plain,
    join_terms,
    plain_values,
    split_terms,
    typed_values,
)
from tests.unit.guide_strategies import guides


def test_every_field_of_a_question_stands_in_the_table_once() -> None:
    names = [field.name for field in QUESTION_FIELDS]
    assert sorted(names) == sorted(
        field.name for field in fields(Question) if field.name not in ("id", "prompt")
    )


@pytest.mark.parametrize("side", list(ReadingColumn))
def test_no_two_fields_stand_at_one_place(side: ReadingColumn) -> None:
    ranks = [field.rank for field in QUESTION_FIELDS if field.side is side]
    assert len(ranks) == len(set(ranks)) > 0


@given(guides)
def test_any_question_is_the_same_after_json(guide: Guide) -> None:
    for question in guide.questions:
        plain = plain_values(question)
        assert all(is_plain(FIELD[name], value) for name, value in plain.items())
        assert Question(question.id, question.prompt, **typed_values(plain)) == question


@given(st.text())
def test_terms_on_one_line_are_the_same_terms_again(text: str) -> None:
    terms = split_terms(text)
    assert split_terms(join_terms(terms)) == terms
