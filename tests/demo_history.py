"""The scene of the history: a year of rehearsals as a table and a calendar, found and tidied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interview_app.domain.session import Mode
from interview_app.domain.session_labels import SessionLabels
from interview_app.services.history.history import History
from interview_app.storage.database import open_database
from interview_app.support.paths import AppPaths
from tests.fakes import FakeClock, write_wav
from tests.gui.history_world import make_session, make_take

if TYPE_CHECKING:
    from tests.demo import Stage

SESSIONS = 140
_GUIDES = (
    ("it-product-manager", "IT Product Manager"),
    ("digital-product-owner", "Digital Product Owner"),
    ("data-analyst", "Data Analyst"),
)
_LABELS = {
    1: SessionLabels("Board rehearsal with Mara", 4, ("final round",)),
    2: SessionLabels("", 3, ("phone",)),
    4: SessionLabels("Morning warm-up", 5, ("final round", "English")),
    7: SessionLabels("", 2),
    8: SessionLabels("First try after the holidays", None, ("phone",)),
}
_SAID = (
    "I would start with the customers who leave. We asked twelve of them, and nine named the same "
    "two steps.",
    "In my last team the budget was fixed. So I cut the scope twice, and we launched on the day.",
    "First I read the numbers. Then I call three people who use it every day.",
)


def make_past(folder: Path) -> None:
    """Fill a data folder with a year of sessions, newest today."""
    paths = AppPaths(folder)
    database = open_database(paths)
    clock = FakeClock()
    clock.time = datetime.now(UTC)
    history = History(database.new_unit, paths, clock)
    numbers = []
    for number, days_ago in enumerate(_days()):
        empty = make_session(
            clock,
            f"past{number}",
            days_ago=days_ago,
            mode=Mode.INTERVIEW if number % 4 == 1 else Mode.PRACTICE,
            is_over=number != 3,
            takes=(),
        )
        guide_id, title = _GUIDES[number % 7 % len(_GUIDES)]
        count = 1 + number % len(empty.asked)
        takes = tuple(
            make_take(empty, position, text=" ".join(_SAID[: 1 + (number + position) % 3]))
            for position in range(count)
        )
        for take in takes:
            write_wav(paths.root / (take.sound or ""), min(take.duration_s, 8.0))
        with database.new_unit() as unit:
            session = replace(empty, guide_id=guide_id, guide_title=title, takes=takes)
            numbers.append(unit.sessions.add(session))
            unit.commit()
    for place, labels in _LABELS.items():
        history.change_labels([numbers[place]], lambda _old, kept=labels: kept)  # type: ignore[misc]
    database.close()


def _days() -> Iterator[float]:
    """Days between then and now: close together lately, further apart before."""
    ago = 0.1
    for number in range(SESSIONS):
        yield ago
        ago += 0.2 if number % 3 == 0 else 1.3 + number / 40


def history(stage: Stage) -> None:
    """Table, filters, calendar, search, details, export, room of sound; then the smallest size."""
    data = stage.data("past")
    make_past(data)
    window = stage.open("past")
    window.wait_to_see("^2 questions", 60)
    window.press("ctrl+2")
    window.wait_to_see("Board rehearsal")
    stage.picture(window, "history-table")
    window.press("f")
    window.wait_to_see("Any guide")
    stage.picture(window, "history-filters")
    window.ask("size", width=1024, height=640)
    stage.picture(window, "history-1024")
    window.ask("size", width=1200, height=760)
    window.press("f", "ctrl+2", "Home", "m")
    window.wait_to_see(r", \d sessions?$")
    stage.picture(window, "history-calendar")
    window.ask("size", width=1024, height=640)
    stage.picture(window, "history-calendar-1024")
    window.ask("size", width=1200, height=760)
    window.press("m", "ctrl+f")
    window.write("customers numb")
    window.wait_to_see(r"^1 of \d\d")
    stage.picture(window, "history-search")
    window.press("Escape", "Home", "Down", "F2")
    window.wait_to_see("^Details of")
    stage.picture(window, "history-details")
    window.press("Escape")
    window.focus()
    window.press("ctrl+e")
    window.wait_to_see("^Where to$")
    stage.picture(window, "history-export")
    window.press("Escape")
    window.focus()
    window.press("r")
    window.wait_to_see("Sound takes")
    stage.picture(window, "history-storage")
    window.quit()
