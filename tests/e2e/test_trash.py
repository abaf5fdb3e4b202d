"""Deleted sessions come back for thirty days; then a start of the program ends them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from interview_app.services.history.history import TRASH_DAYS
from tests.e2e.conftest import OpenWindow
from tests.integration.kept_sessions import keep_session, open_folder
from tests.sound import wait_for

pytestmark = pytest.mark.timeout(300)


def moved_to_trash(folder: Path, days_ago: int) -> int:
    """The number of a session that was kept with its sound and deleted so long ago."""
    application = open_folder(folder)
    number = keep_session(application).id or 0
    application.kept.history.move_to_trash(number)
    application.close()
    with closing(sqlite3.connect(folder / "interviews.sqlite3")) as database, database:
        (at,) = database.execute("SELECT deleted_at FROM sessions").fetchone()
        then = datetime.fromisoformat(at) - timedelta(days=days_ago)
        database.execute("UPDATE sessions SET deleted_at = ?", (then.isoformat(),))
    return number


@pytest.mark.parametrize(("days_ago", "is_kept"), [(TRASH_DAYS - 1, True), (TRASH_DAYS + 1, False)])
def test_a_start_ends_what_was_deleted_thirty_days_ago_and_nothing_younger(
    open_window: OpenWindow, tmp_path: Path, days_ago: int, is_kept: bool
) -> None:
    folder = tmp_path / "data"
    number = moved_to_trash(folder, days_ago)
    sounds = list((folder / "takes").iterdir())
    (folder / "settings.json").write_text('{"is_sound_checked": true}', encoding="utf-8")
    window = open_window(folder)
    window.wait_to_see("^Begin")
    window.press("ctrl+4")
    window.wait_to_see("^Your data$")
    if not is_kept:
        wait_for(lambda: not list((folder / "takes").iterdir()), what="the sound is gone")
    assert window.quit() == 0
    assert sounds
    assert list((folder / "takes").iterdir()) == (sounds if is_kept else [])
    with closing(sqlite3.connect(folder / "interviews.sqlite3")) as database:
        assert database.execute("SELECT id FROM sessions").fetchall() == [(number,)] * is_kept
