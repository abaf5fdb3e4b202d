"""Tests of dates, numbers and lists are green in any zone and language, and on any day.

They are the ones marked ``anywhere``; each place runs them once more, in a process of its own.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.elsewhere import ELSEWHERE, ROOT, Elsewhere

MARK = "mark.anywhere"


def marked_files() -> list[str]:
    """The files that hold such tests; to collect all the others would take longer than to run."""
    folders = [ROOT / "tests" / name for name in ("unit", "integration", "gui")]
    files = [file for folder in folders for file in sorted(folder.glob("test_*.py"))]
    return [str(file) for file in files if file != Path(__file__) and _is_marked(file)]


def _is_marked(file: Path) -> bool:
    return MARK in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ELSEWHERE, ids=str)
def test_dates_numbers_and_lists_are_right_elsewhere(place: Elsewhere) -> None:
    files = marked_files()
    assert len(files) > 10
    done = subprocess.run(
        [*place.pytest(), "-m", "anywhere", *files],
        env=place.environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, f"{place}:\n{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
