"""One clock, one zone, one language: who reads them, and what the zone of the machine says."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from interview_app.support.clock import SystemClock, SystemZone
from tests.elsewhere import AUCKLAND, ST_JOHNS

ROOT = Path(__file__).resolve().parents[2]
READS_THE_CLOCK = "interview_app/support/clock.py"
READS_THE_LOCALE = "interview_app/gui/text/locale.py"
ZONE = SystemZone()

CLOCKS = {
    *(f"datetime.{name}" for name in ("now", "utcnow", "today", "utcfromtimestamp")),
    "date.today",
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime")),
    *(f"QDateTime.{name}" for name in ("currentDateTime", "currentDateTimeUtc")),
    *(f"QDateTime.{name}" for name in ("currentSecsSinceEpoch", "currentMSecsSinceEpoch")),
    "QDate.currentDate",
    "QTime.currentTime",
    "QTimeZone.systemTimeZone",
}
"""Calls that read the clock or the zone of the machine."""
WITHOUT_A_ZONE = {"astimezone", "fromtimestamp"}
"""Calls that do so unless a zone is given."""
LOCALES = {"QLocale.system", "QLocale.setDefault", "QLocale.c", "NativeText"}
IN_WORDS = re.compile(r"%-?[aAbBcxXpZ]|(?<![a-z])n$")
"""What the C library writes in the language of the machine: days, months, whole numbers."""


def _called(call: ast.Call) -> str:
    """``datetime.now`` of ``datetime.datetime.now()``; the name alone where nothing is before."""
    function = call.func
    if not isinstance(function, ast.Attribute):
        return function.id if isinstance(function, ast.Name) else ""
    owner = function.value
    before = getattr(owner, "attr", getattr(owner, "id", ""))
    return f"{before}.{function.attr}"


def _reads(node: ast.AST) -> tuple[str, str]:
    """What a piece of code reads of the machine, and which module alone may."""
    if isinstance(node, ast.Call):
        called = _called(node)
        name, given = called.rpartition(".")[2], len(node.args) + len(node.keywords)
        needs = {"astimezone": 1, "fromtimestamp": 2}.get(name, 0)
        if called in CLOCKS or given < needs:
            return called, READS_THE_CLOCK
        if called in LOCALES or (called == "QLocale" and not given):
            return called, READS_THE_LOCALE
        if called.startswith("locale."):
            return called, READS_THE_LOCALE
    if isinstance(node, ast.Attribute) and node.attr in LOCALES:
        return node.attr, READS_THE_LOCALE
    if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
        form = "".join(
            str(part.value) for part in ast.walk(node.format_spec) if isinstance(part, ast.Constant)
        )
        if IN_WORDS.search(form):
            return f"{{:{form}}}", ""
    return "", ""


def readings(source: str, path: str) -> list[str]:
    """Where code reads the clock, the zone or the language of the machine, but must not."""
    found = []
    for node in ast.walk(ast.parse(source)):
        what, allowed = _reads(node)
        if what and path != allowed:
            found.append(f"{path}:{getattr(node, 'lineno', 0)} {what}")
    return found


def test_no_other_module_reads_the_clock_the_zone_or_the_language_of_the_machine() -> None:
    files = sorted((ROOT / "interview_app").rglob("*.py"))
    assert len(files) > 100
    found = []
    for file in files:
        path = file.relative_to(ROOT).as_posix()
        found += readings(file.read_text(encoding="utf-8"), path)
    assert found == []


MAY_BE_IN_TESTS = {"time.time", "time.localtime"}
"""Stamps of files, which are compared with the clock of the machine, and its zone itself."""


def test_no_test_leans_on_the_day_it_is_run() -> None:
    found = []
    for folder in ("unit", "integration", "gui", "e2e", "packaging"):
        for file in sorted((ROOT / "tests" / folder).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            found += [
                line
                for line in readings(file.read_text(encoding="utf-8"), path)
                if line.split()[1] not in MAY_BE_IN_TESTS
            ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "date.today()",
        "moment.astimezone()",
        "datetime.fromtimestamp(1.0)",
        "time.time()",
        "QDate.currentDate()",
        "QLocale().toString(1)",
        "QLocale.system()",
        "locale.setlocale(locale.LC_ALL, '')",
        "key.toString(QKeySequence.SequenceFormat.NativeText)",
        "f'{day:%d %B}'",
        "f'{count:n}'",
    ],
)
def test_the_walk_sees_each_way_to_read_them(code: str) -> None:
    assert readings(code, "interview_app/gui/some.py") != []


@pytest.mark.parametrize(
    "code",
    [
        "clock.now()",
        "clock.today()",
        "moment.astimezone(zone)",
        "datetime.fromtimestamp(1.0, UTC)",
        "QLocale('de').language()",
        "time.monotonic()",
        "f'{day:%Y-%m-%d %H:%M}'",
        "f'{share:.1%}'",
    ],
)
def test_the_walk_lets_pass_what_reads_nothing_of_the_machine(code: str) -> None:
    assert readings(code, "interview_app/gui/some.py") == []


@pytest.fixture(params=[AUCKLAND, ST_JOHNS], ids=["auckland", "st-johns"])
def zone_rule(request: pytest.FixtureRequest, set_zone: Callable[[str], None]) -> str:
    """The machine stands in that zone."""
    set_zone(request.param)
    return str(request.param)


def test_a_moment_stands_where_the_clocks_on_the_wall_showed_it(zone_rule: str) -> None:
    summer, winter = datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 7, 10, 12, tzinfo=UTC)
    shown = [f"{moment.astimezone(ZONE):%d %H:%M %z}" for moment in (summer, winter)]
    assert (
        shown
        == {
            AUCKLAND: ["11 01:00 +1300", "11 00:00 +1200"],
            ST_JOHNS: ["10 08:30 -0330", "10 09:30 -0230"],
        }[zone_rule]
    )


def offset_s(moment: datetime) -> int:
    """How far the C library says the clocks on the wall were ahead of UTC."""
    return time.localtime(moment.timestamp()).tm_gmtoff


def test_each_half_hour_of_a_year_comes_back_and_none_is_told_twice(zone_rule: str) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(365 * 48):
        there = moment.astimezone(ZONE)
        assert there.astimezone(UTC) == moment
        assert there.utcoffset() == timedelta(seconds=offset_s(moment))
        moment += timedelta(minutes=30)


def test_a_day_begins_where_the_one_before_it_ends(zone_rule: str) -> None:
    day = date(2026, 1, 1)
    lengths = set()
    for _ in range(365):
        begins, ends = (
            datetime(each.year, each.month, each.day, tzinfo=ZONE).astimezone(UTC)
            for each in (day, day + timedelta(days=1))
        )
        assert begins.astimezone(ZONE).date() == day
        assert (begins - timedelta(seconds=1)).astimezone(ZONE).date() == day - timedelta(days=1)
        lengths.add((ends - begins) / timedelta(hours=1))
        day += timedelta(days=1)
    assert lengths == {23, 24, 25}


def test_the_clock_of_the_machine_goes_and_knows_its_day() -> None:
    clock = SystemClock()
    before = clock.now()
    assert before.utcoffset() == timedelta(0)
    assert clock.local_now() >= before
    assert clock.today() - before.date() in {timedelta(days=shift) for shift in (-1, 0, 1)}
    assert clock.zone is clock.local_now().tzinfo
