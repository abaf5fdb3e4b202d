"""The draft of a release is written by a runner's bare Python, and names the right version."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from interview_app import __version__
from tests.packaging.scripts import PACKAGING, ROOT, bare_pythons, run, script

OLDEST = (3, 10)
"""The oldest Python that a runner may have as its own."""
SCRIPT = PACKAGING / "changelog.py"


@pytest.mark.parametrize("python", bare_pythons(f"{OLDEST[0]}.{OLDEST[1]}"))
def test_the_text_of_a_draft_needs_neither_libraries_nor_this_environment(python: str) -> None:
    done = run(python, "-I", "-S", SCRIPT, f"v{__version__}")
    assert done.returncode == 0, done.stderr
    newest = script("changelog").releases()[0]
    assert done.stdout.splitlines() == [f"- {change}" for change in newest.changes]


def test_a_tag_that_is_not_the_version_drafts_nothing() -> None:
    done = run(sys.executable, "-I", "-S", SCRIPT, "v9.9.9")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == f"The tag is v9.9.9, the version {__version__}.\n"


def test_the_script_is_written_for_the_oldest_python() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=OLDEST)
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [f"{node.module}.{alias.name}" for alias in node.names]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert {name.partition(".")[0] for name in imported} <= set(sys.stdlib_module_names)
    newer = {"datetime.UTC", "tomllib", "typing.Self", "enum.StrEnum", "itertools.batched"}
    assert imported & newer == set()


def test_sources_without_gits_history_are_as_old_as_their_changelog(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changes = script("changes")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shutil.copy(ROOT / "CHANGELOG.md", tmp_path)
    os.utime(tmp_path / "CHANGELOG.md", (1_790_000_000, 1_790_000_000))
    monkeypatch.setattr(changes, "ROOT", tmp_path)
    assert changes.build_date().timestamp() == 1_790_000_000
    monkeypatch.setenv("PATH", str(tmp_path))
    assert changes.build_date().timestamp() == 1_790_000_000, "nor is Git needed"


def test_a_build_is_dated_with_its_commit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    changes = script("changes")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    when = {"GIT_AUTHOR_DATE": "@1790000001 +0000", "GIT_COMMITTER_DATE": "@1790000001 +0000"}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], [*who, "commit", "-q", "--allow-empty", "-m", "one"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, env={**os.environ, **when})
    monkeypatch.setattr(changes, "ROOT", tmp_path)
    assert changes.build_date().timestamp() == 1_790_000_001
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000002")
    assert changes.build_date().timestamp() == 1_790_000_002
