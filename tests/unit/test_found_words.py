"""Words are found whatever their case and accents, where they stand in the text as written."""

from __future__ import annotations

import unicodedata

import pytest

from interview_app.domain.text.folding import found_in, wanted_words


def marked(text: str, wanted: str) -> list[str]:
    return [text[start:end] for start, end in found_in(text, wanted_words(wanted))]


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Zürich, ZURICH and azure", "zur", ["Zürich", "ZURICH"]),
        ("Zürich, ZURICH and azure", "ZÜR", ["Zürich", "ZURICH"]),
        ("a résumé of mine", "resume", ["résumé"]),
        ("İstanbul and Ørsted", "istanbul", ["İstanbul"]),
        ("re-read the_rest", "re read", ["re", "read", "rest"]),
        ("the customer’s customers", "customer", ["customer", "customers"]),
        ("한국어 배우기", "한국", ["한국어"]),
        ("nothing here", "", []),
        ("c++ and (brackets", "c++ (", ["c"]),
    ],
)
def test_words_are_found_as_the_index_finds_them(text: str, wanted: str, found: list[str]) -> None:
    assert marked(text, wanted) == found


def test_accents_written_apart_do_not_shift_what_is_marked() -> None:
    text = unicodedata.normalize("NFD", "Mit Übung nach Zürich")
    assert [unicodedata.normalize("NFC", one) for one in marked(text, "zurich ubung")] == [
        "Übung",
        "Zürich",
    ]
