"""Notes to takes: kept, found by search, untouched by what happens to the take."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from interview_app.app.container import Application
from interview_app.cli.main import interview_app
from interview_app.domain.errors import UsageError
from interview_app.domain.session import Session


def test_notes_are_kept_changed_and_forgotten_when_emptied(
    application: Application, session: Session
) -> None:
    assert session.id is not None
    notes, uid = application.kept.take_notes, session.takes[0].uid
    notes.keep(uid, "  Slower.\n")
    notes.keep(session.takes[1].uid, "Better.")
    notes.keep(uid, "Much slower.")
    assert notes.of_session(session.id) == {uid: "Much slower.", session.takes[1].uid: "Better."}
    notes.keep(uid, "   ")
    assert notes.of_session(session.id) == {session.takes[1].uid: "Better."}


def test_notes_stay_when_the_take_is_stored_anew(
    application: Application, session: Session
) -> None:
    assert session.id is not None
    take = session.takes[0]
    application.kept.take_notes.keep(take.uid, "Slower.")
    with application.new_unit() as unit:
        unit.sessions.save_take(session.id, replace(take, is_best=True))
        unit.sessions.update(session)
        unit.commit()
    assert application.kept.take_notes.of_session(session.id) == {take.uid: "Slower."}


def test_notes_go_with_their_session(application: Application, session: Session) -> None:
    assert session.id is not None
    application.kept.take_notes.keep(session.takes[0].uid, "Slower.")
    application.kept.history.delete(session.id)
    assert application.kept.take_notes.of_session(session.id) == {}
    with pytest.raises(UsageError, match="deleted since"):
        application.kept.take_notes.keep(session.takes[0].uid, "Too late.")


def test_search_finds_a_note(application: Application, session: Session) -> None:
    application.kept.take_notes.keep(session.takes[0].uid, "Mention the xylophone.")
    assert [hit.take_uid for hit in application.kept.history.search("xylophone")] == [
        session.takes[0].uid
    ]
    application.kept.take_notes.keep(session.takes[0].uid, "")
    assert list(application.kept.history.search("xylophone")) == []


def test_the_command_line_shows_them(application: Application, session: Session) -> None:
    application.kept.take_notes.keep(session.takes[0].uid, "Slower.")
    folder = str(application.paths.root)
    shown = CliRunner().invoke(
        interview_app, ["--data-dir", folder, "sessions", "show", "1", "--json"]
    )
    takes = json.loads(shown.stdout)["takes"]
    assert [take["notes"] for take in takes] == ["Slower.", None, None]
