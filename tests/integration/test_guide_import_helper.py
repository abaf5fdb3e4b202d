"""Understanding a file in a helper process: the same guide, cancelled at once, killed at will."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from interview_app.domain.errors import GuideFileError
from interview_app.guide_formats import import_client
from interview_app.guide_formats.import_client import understand
from interview_app.guide_formats.import_wire import MessageAssembler, messages_of
from interview_app.guide_formats.importing import import_guide
from interview_app.services.jobs import JobCancelled, JobContext, Progress
from interview_app.support.helper_process import HelperProcess

FIXTURES = sorted((Path(__file__).resolve().parents[1] / "fixtures" / "guides").iterdir())
QUESTION = """
How do you check figure number {0}?
Why they ask: They want care, {0} times.
Sample answer: I follow row {0} by hand from the source to the report.
"""


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_messages_carry_everything(path: Path) -> None:
    imported = import_guide(path)
    parts = MessageAssembler()
    for message in messages_of(imported):
        parts.add(message)
    assert parts.result() == imported


def test_the_helper_understands_what_the_command_line_understands() -> None:
    path = next(path for path in FIXTURES if path.name == "pasted_page.txt")
    progress: list[Progress] = []
    understood = understand(path, JobContext(progress.append))
    assert understood.imported == import_guide(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert understood.imported.warnings
    for warning in understood.imported.warnings:
        assert understood.lines[warning.line] == lines[warning.line - 1]


def test_a_pasted_text_is_understood_whatever_is_in_it() -> None:
    text = "Größe?\r\nWhy they ask: “ß”\n\nPK: what is it?\nWhy they ask: a \ud800 sign"
    understood = understand(text, JobContext())
    assert [question.prompt for question in understood.imported.guide.questions] == [
        "Größe?",
        "PK: what is it?",
    ]


def test_what_cannot_be_read_is_said_as_it_is_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "photo.docx"
    path.write_bytes(b"\x00\x01" * 200)
    with pytest.raises(GuideFileError) as there:
        understand(path, JobContext())
    with pytest.raises(GuideFileError) as here:
        import_guide(path)
    assert str(there.value) == str(here.value)


class Started:
    """The helpers that were started."""

    def __init__(self) -> None:
        self.helpers: list[HelperProcess] = []

    def __call__(self, *args: Any, **values: Any) -> HelperProcess:  # noqa: ANN401
        self.helpers.append(HelperProcess(*args, **values))
        return self.helpers[-1]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    started = Started()
    monkeypatch.setattr(import_client, "HelperProcess", started)
    return started


def wait_for_helper(started: Started) -> HelperProcess:
    limit = time.monotonic() + 60
    while not started.helpers:
        assert time.monotonic() < limit, "no helper was started"
        time.sleep(0.01)
    return started.helpers[0]


def long_text() -> str:
    return "".join(QUESTION.format(number) for number in range(40_000))


def test_cancelling_kills_the_helper_in_the_midst_of_its_work(started: Started) -> None:
    job = JobContext()
    text = long_text()

    def cancel() -> None:
        wait_for_helper(started)
        job.cancel()

    canceller = threading.Thread(target=cancel)
    canceller.start()
    with pytest.raises(JobCancelled):
        understand(text, job)
    canceller.join()
    assert not started.helpers[0].is_alive


def test_a_helper_that_dies_is_told_and_nothing_is_kept(started: Started) -> None:
    text = long_text()

    def kill() -> None:
        wait_for_helper(started).kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(
        GuideFileError,
        match="the process that read them took longer than any guide takes, or is gone",
    ):
        understand(text, JobContext())
    killer.join()
