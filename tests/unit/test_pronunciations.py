"""The person's own pronunciations: kept whole, found in texts, never lost."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from interview_app.domain.errors import DataFolderUnusable, UsageError
from interview_app.services.ports.pronunciations import LONGEST
from interview_app.speech_synthesis.pronunciations import Pronunciations


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pronunciations.json"


@pytest.fixture
def own(path: Path) -> Pronunciations:
    return Pronunciations(path)


def test_words_are_kept_and_found_by_the_text_that_holds_them(
    own: Pronunciations, path: Path
) -> None:
    assert own.of("Kubernetes") == []
    own.change({"Kubernetes": "koo-ber-netties", " gif ": " jif "})
    for each in (own, Pronunciations(path)):
        assert each.of("A GIF of kubernetes") == [("gif", "jif")]
        assert each.of("Kubernetes, please") == [("Kubernetes", "koo-ber-netties")]


def test_a_change_given_back_is_undone(own: Pronunciations) -> None:
    own.change({"SQL": "sequel"})
    renamed = own.change({"SQL": None, "MySQL": "my sequel"})
    assert own.all() == {"MySQL": "my sequel"}
    own.change(renamed)
    assert own.all() == {"SQL": "sequel"}
    own.change(own.change({"SQL": "squeal"}))
    assert own.all() == {"SQL": "sequel"}


@pytest.mark.parametrize(
    ("word", "said", "why"),
    [
        (" ", "nothing", "The word is missing"),
        ("SQL", " ", 'How "SQL" is said is missing'),
        ("SQL", "s" * (LONGEST + 1), "too long"),
        ("?!", "what", "no letter or digit"),
        ("SQL", None, "not in your list"),
    ],
)
def test_what_cannot_be_kept_is_named_and_changes_nothing(
    own: Pronunciations, word: str, said: str | None, why: str
) -> None:
    own.change({"gif": "jif"})
    with pytest.raises(UsageError, match=why):
        own.change({"first": "furst", word: said})
    assert own.all() == {"gif": "jif"}


@pytest.mark.parametrize("content", ['["no list"]', '{"half', "\udcff"])
def test_a_damaged_list_is_told_spoken_without_and_not_written_over(
    own: Pronunciations, path: Path, content: str
) -> None:
    path.write_bytes(content.encode(errors="surrogateescape"))
    before = path.read_bytes()
    with pytest.raises(DataFolderUnusable, match="damaged"):
        own.all()
    with pytest.raises(DataFolderUnusable, match="damaged"):
        own.change({"SQL": "sequel"})
    assert own.of("SQL") == []
    assert path.read_bytes() == before


def test_a_list_that_cannot_be_written_stays_as_it_was(own: Pronunciations, path: Path) -> None:
    own.change({"gif": "jif"})
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, before[1]))
    try:
        with pytest.raises(DataFolderUnusable, match="cannot be written"):
            own.change({"SQL": "sequel"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert own.all() == {"gif": "jif"}
    assert [file.name for file in path.parent.iterdir()] == [path.name]
