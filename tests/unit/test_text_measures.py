"""Figures, reading level and spelling of English texts."""

from __future__ import annotations

import pytest

from interview_app.domain.text.american_spelling import BRITISH, british_spellings
from interview_app.domain.text.figures import figures_in
from interview_app.domain.text.readability import count_syllables, flesch_kincaid_grade


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("twelve hundred and sixty of them", [1260]),
        ("a hundred and eighty thousand people", [180_000]),
        ("about two point three million", [2_300_000]),
        ("seventeen and a half thousand a month", [17_500]),
        ("twenty-seven thousand six hundred households", [27_600]),
        ("1,260 members, or 14.5%", [1260, 14.5]),
        ("3 million", [3_000_000]),
        ("between eight and nine, forty-four", [8, 9, 44]),
        ("from six people to three hundred", [6, 300]),
        ("one of them, often someone weighty", []),
    ],
)
def test_figures_are_read_in_digits_and_in_words(text: str, figures: list[float]) -> None:
    assert list(figures_in(text)) == figures


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1), ("looked", 1), ("wanted", 2), ("changes", 2), ("rules", 1), ("people", 2),
        ("couldn’t", 2), ("twenty-five", 3), ("hundred", 2), ("decision", 3), ("question", 2),
        ("usually", 4), ("business", 2), ("creation", 3), ("radio", 3), ("various", 3),
        ("responsible", 4), ("7", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_rule(word: str, count: int) -> None:
    assert count_syllables(word) == count


def test_the_reading_level_is_that_of_the_formula() -> None:
    # Nine words, ten syllables, one sentence.
    text = "The cat sat on the mat in the kitchen."
    assert count_syllables("kitchen") == 2
    assert flesch_kincaid_grade(text) == pytest.approx(0.39 * 9 + 11.8 * 10 / 9 - 15.59)
    assert flesch_kincaid_grade(f"{text} {text}") == pytest.approx(flesch_kincaid_grade(text))
    assert flesch_kincaid_grade("") == 0.0


def test_british_spellings_are_found_with_the_american_ones() -> None:
    text = "Whilst we organised the catalogues, labelling in colour was cancelled."
    assert list(british_spellings(text)) == [
        ("Whilst", "while"), ("organised", "organized"), ("catalogues", "catalogs"),
        ("labelling", "labeling"), ("colour", "color"), ("cancelled", "canceled"),
    ]  # fmt: skip


def test_names_keep_their_spelling() -> None:
    assert list(british_spellings("I worked at the Harbour Centre, near Grey Street.")) == []
    assert list(british_spellings("Nobody cares. Colours do.")) == [("Colours", "colors")]


def test_american_spellings_are_left_alone() -> None:
    text = (
        "We organized our four hours of revised, promised exercise; the supervisor advertised a"
        " surprise, and controlled, compelling, referring, excelled entries were enrolled."
    )
    assert list(british_spellings(text)) == []
    assert not set(BRITISH) & set(BRITISH.values())
