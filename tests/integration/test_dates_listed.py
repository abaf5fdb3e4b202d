"""The command line and exports write days of the person's zone, and the same in any language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from interview_app.cli.main import run
from interview_app.support.paths import AppPaths
from tests.elsewhere import AUCKLAND, ST_JOHNS
from tests.stored import keep, open_at_once
from tests.unit.session_strategies import rehearsed

pytestmark = pytest.mark.anywhere


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    """The option for a data folder with a session of 23 November 2026, 1:00 in UTC."""
    paths = AppPaths(tmp_path / "data")
    database = open_at_once(paths)
    session = rehearsed(said="we cut one report and then another", hours=15)
    keep(database, session)
    database.close()
    (paths.takes / f"{session.takes[0].uid}.wav").write_bytes(bytes(2_345_678))
    return ["--data-dir", str(paths.root)]


@pytest.mark.parametrize(
    ("zone", "day", "minute"),
    [(AUCKLAND, "2026-11-23", "14:00"), (ST_JOHNS, "2026-11-22", "21:30")],
    ids=["auckland", "st-johns"],
)
def test_lists_and_exports_tell_the_day_of_the_zone(
    data: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    set_zone: Callable[[str], None],
    zone: str,
    day: str,
    minute: str,
) -> None:
    set_zone(zone)
    assert run([*data, "sessions", "list"]) == 0
    assert run([*data, "sessions", "search", "report"]) == 0
    listed, found, _excerpt = capsys.readouterr().out.splitlines()
    assert f"  {day} {minute}  IT Product Manager" in listed
    assert f"  {day}  Why this role?" in found
    assert run([*data, "sessions", "export", "1", "--format", "md", "-o", str(tmp_path)]) == 0
    (written,) = tmp_path.glob("*.md")
    assert written.name.startswith(f"{day} IT Product Manager")
    assert f"{day} {minute}" in written.read_text(encoding="utf-8")


def test_numbers_have_an_english_point(data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*data, "sessions", "storage"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "2.3 MB of sound in 1 takes"
