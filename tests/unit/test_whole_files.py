"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from interview_app.support.atomic_files import atomic_write, place


def write(target: Path, text: str, meanwhile: Callable[[], object]) -> None:
    with atomic_write(target) as temporary:
        temporary.write_text(text)
        meanwhile()


def raise_(error: type[BaseException]) -> None:
    raise error


def test_a_file_gets_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "answer.md"
    with atomic_write(target) as temporary:
        temporary.write_text("half")
        assert not target.exists()
        temporary.write_text("whole")
    assert target.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt, RuntimeError])
def test_nothing_is_left_of_a_file_that_was_not_finished(
    tmp_path: Path, error: type[BaseException]
) -> None:
    with pytest.raises(error):
        write(tmp_path / "answer.md", "half", lambda: raise_(error))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_never_replaced_silently(tmp_path: Path) -> None:
    target = tmp_path / "answer.md"
    target.write_text("mine")
    with pytest.raises(FileExistsError), atomic_write(target):
        raise AssertionError("nothing is written before the name is known to be free")
    assert target.read_text() == "mine"
    with atomic_write(target, overwrite=True) as temporary:
        temporary.write_text("new")
    assert target.read_text() == "new"


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "answer.md"
    with pytest.raises(FileExistsError):
        write(target, "new", lambda: target.write_text("came first"))
    assert target.read_text() == "came first"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_system_without_links_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_text("new")
    place(source, target)
    assert target.read_text() == "new"
    source.write_text("newer")
    with pytest.raises(FileExistsError):
        place(source, target)
    assert target.read_text() == "new"
