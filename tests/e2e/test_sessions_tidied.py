"""Labels, ranked search and the room of sound at the command line, over a real data folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interview_app.domain.session import Session
from interview_app.domain.session_labels import SessionLabels
from tests.e2e.program import Program
from tests.integration.kept_sessions import keep_session, open_folder


@pytest.fixture
def session(tmp_path: Path) -> Session:
    application = open_folder(tmp_path / "data")
    kept = keep_session(application)
    labels = SessionLabels("Board", 4, ("final",), is_archived=True)
    application.kept.history.change_labels([kept.id or 0], lambda _labels: labels)
    application.close()
    return kept


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "data")


def test_the_list_tells_labels_and_the_search_what_it_found_where(
    program: Program, session: Session
) -> None:
    (line,) = program.run("sessions", "list", "--json").json()
    assert (line["title"], line["rating"], line["tags"], line["archived"]) == (
        "Board",
        4,
        ["final"],
        True,
    )
    assert "Board" in program.run("sessions", "list").out
    hits = program.run("sessions", "search", "agreed", "--json").json()
    assert {hit["excerpt"] for hit in hits} == {"Then I asked four teams & *everyone* agreed."}
    assert {(hit["title"], hit["note"]) for hit in hits} == {("Board", False)}
    assert "2026-11-22" in program.run("sessions", "search", "agreed").out


def test_sound_is_weighed_and_made_smaller(program: Program, session: Session) -> None:
    before = program.run("sessions", "storage", "--json").json()
    assert (before["takes"], before["by_form"][0]["form"]) == (2, "wav")
    assert "2 takes" in program.run("sessions", "storage").out
    done = program.run("sessions", "convert", "opus")
    assert (done.status, done.out.split(",")[0]) == (0, "2 takes converted")
    after = json.loads(program.run("sessions", "storage", "--json").out)
    assert after["by_form"][0]["form"] == "opus"
    assert after["size"] < before["size"] / 4
    shown = program.run("sessions", "show", str(session.id), "--json").json()
    paths = [Path(take["audio"]) for take in shown["takes"] if take["audio"]]
    assert [path.suffix for path in paths] == [".opus", ".opus"]
    assert all(path.is_file() for path in paths)
    missing = program.run("sessions", "convert", "mp3")
    assert missing.status == 2
