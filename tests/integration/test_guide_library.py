"""Guides in real folders: a broken one hides nothing, a change is whole or not at all."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from interview_app.cli.main import interview_app
from interview_app.domain.errors import (
    DataFolderUnusable,
    GuideFileError,
    UnknownGuide,
    UsageError,
)
from interview_app.domain.guide import Guide, Question, Section
from interview_app.guide_formats.markdown_form import read_guide
from interview_app.guide_formats.markdown_writer import write_guide
from interview_app.services.guides.library import GuideLibrary
from interview_app.support.paths import AppPaths
from tests.unit.full_guide import FULL


def _guide(guide_id: str, title: str = "", prompt: str = "Why?") -> Guide:
    return Guide(guide_id, title or guide_id, (Section("Common", (Question("q", prompt),)),))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    bundled, own = tmp_path / "bundled", tmp_path / "own"
    bundled.mkdir()
    for guide in (_guide("it-product-manager", "B"), _guide("data-analyst", "A")):
        (bundled / f"{guide.id}.md").write_text(write_guide(guide), encoding="utf-8")
    return bundled, own


@pytest.fixture
def library(folders: tuple[Path, Path]) -> GuideLibrary:
    return GuideLibrary(*folders, read_guide, write_guide)


def test_guides_are_listed_by_title_also_while_there_is_no_own_folder(
    library: GuideLibrary,
) -> None:
    assert [guide.id for guide in library.all()] == ["data-analyst", "it-product-manager"]


def test_a_broken_file_is_told_and_hides_no_other(
    library: GuideLibrary, folders: tuple[Path, Path]
) -> None:
    broken = folders[0] / "broken.md"
    broken.write_text("---\ntitle: [\n---\n## A\n", encoding="utf-8")
    assert len(library.all()) == 2
    (problem,) = library.problems()
    assert problem.path == broken
    assert problem.message.startswith("broken.md, line 2")


def test_an_unknown_id_is_answered_with_the_ids_there_are_nearest_first(
    library: GuideLibrary,
) -> None:
    with pytest.raises(UnknownGuide) as caught:
        library.get("it-product-manger")
    assert caught.value.remedy == "There are: it-product-manager, data-analyst."


def test_an_own_guide_hides_the_bundled_one_until_it_is_removed_and_again_after_restoring(
    library: GuideLibrary,
) -> None:
    library.add(_guide("data-analyst", prompt="Mine?"))
    assert library.is_own("data-analyst")
    assert next(library.get("data-analyst").questions).prompt == "Mine?"
    original = library.original("data-analyst")
    assert original is not None
    assert next(original.questions).prompt == "Why?"
    removed = library.remove("data-analyst")
    assert next(library.get("data-analyst").questions).prompt == "Why?"
    library.restore(removed)
    assert next(library.get("data-analyst").questions).prompt == "Mine?"
    assert not removed.exists()


def test_a_bundled_guide_cannot_be_removed(library: GuideLibrary) -> None:
    with pytest.raises(UsageError, match="comes with the application"):
        library.remove("data-analyst")
    with pytest.raises(UnknownGuide):
        library.remove("nothing")


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(
    folders: tuple[Path, Path],
) -> None:
    reads: list[str] = []

    def read(path: Path) -> Guide:
        reads.append(path.name)
        return read_guide(path)

    library = GuideLibrary(*folders, read, write_guide)
    library.all()
    library.all()
    assert sorted(reads) == ["data-analyst.md", "it-product-manager.md"]
    changed = folders[0] / "data-analyst.md"
    changed.write_text(write_guide(_guide("data-analyst", "Another")), encoding="utf-8")
    assert library.get("data-analyst").title == "Another"


def test_a_guide_that_would_not_read_again_is_not_kept(folders: tuple[Path, Path]) -> None:
    library = GuideLibrary(*folders, read_guide, lambda _: "---\nno header")
    with pytest.raises(GuideFileError):
        library.add(_guide("mine"))
    assert list(folders[1].iterdir()) == []
    assert len(library.all()) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_cannot_be_written_to_is_said_and_nothing_changes(
    library: GuideLibrary, folders: tuple[Path, Path]
) -> None:
    library.add(_guide("mine", "Before"))
    folders[1].chmod(0o500)
    try:
        with pytest.raises(DataFolderUnusable):
            library.add(_guide("mine", "After"))
        with pytest.raises(DataFolderUnusable):
            library.remove("mine")
    finally:
        folders[1].chmod(0o700)
    assert library.get("mine").title == "Before"


def test_an_own_folder_that_is_a_file_is_said(
    library: GuideLibrary, folders: tuple[Path, Path]
) -> None:
    folders[1].write_text("", encoding="utf-8")
    with pytest.raises(DataFolderUnusable):
        library.add(_guide("mine"))


def test_a_changed_guide_takes_the_place_of_the_old_file_in_one_step(
    library: GuideLibrary, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    library.add(_guide("mine", "Before"))
    same_file = tmp_path / "linked.md"
    os.link(folders[1] / "mine.md", same_file)
    library.add(_guide("mine", "After"))
    assert read_guide(same_file).title == "Before"
    assert [path.name for path in folders[1].iterdir()] == ["mine.md"]


def test_a_full_disk_leaves_the_old_guide_and_no_half_file(
    library: GuideLibrary, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(_guide("mine", "Before"))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataFolderUnusable, match="No space left"):
        library.add(_guide("mine", "After"))
    assert library.get("mine").title == "Before"
    assert [path.name for path in folders[1].iterdir()] == ["mine.md"]


def test_two_own_files_of_one_id_are_told(
    library: GuideLibrary, folders: tuple[Path, Path]
) -> None:
    library.add(_guide("mine", "First"))
    (folders[1] / "other.md").write_text(write_guide(_guide("mine", "Second")), encoding="utf-8")
    assert library.get("mine").title == "First"
    assert [problem.path.name for problem in library.problems()] == ["other.md"]


def test_the_command_line_shows_a_guide_whole(tmp_path: Path) -> None:
    own = AppPaths(tmp_path).guides
    own.mkdir(parents=True)
    (own / "it-product-manager.md").write_text(FULL, encoding="utf-8")
    data = ["--data-dir", str(tmp_path), "guides", "show", "it-product-manager"]
    shown = CliRunner().invoke(interview_app, data).stdout
    for line in (
        "  Why they ask: To see how you think.",
        "    - Two, wrapped over a line",
        "    - What comes first, and why?",
        "  Competencies: prioritization, stakeholder management",
        "  Target length: 90 s",
        "    - Situation: Two teams",
        "  Notes: Left over.",
    ):
        assert line in shown.split("\n"), shown
    shape = json.loads(CliRunner().invoke(interview_app, [*data, "--json"]).stdout)
    first, second = (
        shape["guide"]["sections"][0]["questions"][0],
        (shape["guide"]["sections"][1]["questions"][0]),
    )
    assert first["competencies"] == ["prioritization", "stakeholder management"]
    assert (second["asked_as"], second["competencies"]) == (None, None)
