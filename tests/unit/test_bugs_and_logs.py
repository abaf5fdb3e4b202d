"""What is told of a bug, and what the log holds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_app.domain.errors import MicrophoneUnavailable
from interview_app.support.bugs import Bug, BugWatch, bug_of, trace_of
from interview_app.support.logs import start_log

ANSWER = "we removed two steps from the process"


def caught(call: object) -> BaseException:
    assert callable(call)
    try:
        call()
    except Exception as error:  # noqa: BLE001 - whatever it was is what is looked at
        return error
    raise AssertionError("nothing was raised")


def fail_over(text: str) -> None:
    try:
        int(text)
    except ValueError as error:
        raise KeyError(text) from error


def recurse(depth: int) -> None:
    if depth == 0:
        raise AttributeError("'NoneType' object has no attribute 'page'")
    recurse(depth - 1)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A started log; its file."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    start_log(tmp_path)
    yield tmp_path / "interview-app.log"
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def told() -> Iterator[list[Bug]]:
    """The bugs a watch tells of while the test runs."""
    bugs: list[Bug] = []
    watch = BugWatch(bugs.append)
    yield bugs
    watch.close()


def test_a_bug_is_told_by_its_place_and_not_by_the_words_it_choked_on() -> None:
    bug = bug_of(caught(lambda: fail_over(ANSWER)))
    assert bug.summary.startswith("KeyError (its text is left out")
    assert "test_bugs_and_logs.py, line" in bug.summary
    assert "int(text)" in bug.trace
    assert "which led to" in bug.trace
    assert "removed" not in bug.summary + bug.trace


def test_errors_that_speak_of_code_keep_their_text() -> None:
    bug = bug_of(caught(lambda: recurse(0)))
    assert "has no attribute 'page'" in bug.summary


def test_a_deep_recursion_is_told_by_its_end() -> None:
    assert len(trace_of(caught(lambda: recurse(500))).splitlines()) < 130


def test_the_same_error_at_the_same_place_has_one_signature() -> None:
    first, again = (
        bug_of(caught(lambda: fail_over("one"))),
        bug_of(caught(lambda: fail_over("two"))),
    )
    assert first.signature == again.signature
    assert first.signature != bug_of(caught(lambda: recurse(0))).signature


def test_nothing_is_written_before_there_is_something_to_say(log: Path) -> None:
    assert not log.exists()
    logging.getLogger("x").info("Database upgraded")
    assert "INFO x: Database upgraded" in log.read_text(encoding="utf-8")


def test_the_log_holds_no_word_an_error_quotes(log: Path) -> None:
    logging.getLogger("x").error("A job failed", exc_info=caught(lambda: fail_over(ANSWER)))
    text = log.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "int(text)" in text
    assert "removed" not in text


def test_an_error_in_every_paint_does_not_fill_the_log(log: Path) -> None:
    error = caught(lambda: recurse(0))
    for _ in range(100):
        logging.getLogger("x").error("Again", exc_info=error)
    assert log.read_text(encoding="utf-8").count("ERROR") == 3


def test_logs_rotate_and_stay_small(log: Path) -> None:
    for number in range(25_000):
        logging.getLogger("x").info("line %d %s", number, "." * 150)
    files = sorted(path.name for path in log.parent.glob("interview-app.log*"))
    assert files == ["interview-app.log", "interview-app.log.1", "interview-app.log.2"]
    assert all(path.stat().st_size <= 1_000_000 for path in log.parent.glob("interview-app*"))
    assert "line 24999" in log.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_costs_the_log_alone(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    start_log(in_the_way)
    logging.getLogger("x").error("still going")
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_what_a_thread_did_not_catch_is_told(
    told: list[Bug], capsys: pytest.CaptureFixture[str]
) -> None:
    thread = threading.Thread(target=fail_over, args=[ANSWER])
    thread.start()
    thread.join()
    (bug,) = told
    assert bug.summary.startswith("KeyError")
    assert ANSWER not in capsys.readouterr().err


def test_what_a_person_can_act_on_is_no_bug(told: list[Bug]) -> None:
    logging.getLogger("x").error("Lost", exc_info=MicrophoneUnavailable("It was pulled out."))
    logging.getLogger("x").error("No cause is known")
    logging.getLogger("x").warning("A small thing", exc_info=ValueError())
    assert told == []
