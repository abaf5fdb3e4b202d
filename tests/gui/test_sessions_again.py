"""What is open on the Sessions page is as the session is now, whatever happened to it since."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.history_world import HistoryWorld, make_session, make_take
from tests.gui.test_sessions_page import open_first, show


def leave_and_come_back(past: HistoryWorld, qtbot: QtBot) -> None:
    """To another page and back."""
    past.page.hide()
    show(past, qtbot)


def test_an_open_session_that_went_on_elsewhere_is_read_anew(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    session = make_session(past.clock, takes=(), is_over=False)
    number = past.keep(session)
    open_first(past, qtbot)
    view = past.page.session
    assert view.continue_button.isVisible()
    assert "0 of 3 answered" in view.head.facts.text()

    ended = replace(session, id=number, ended_at=past.clock.now())
    with past.database.new_unit() as unit:
        unit.sessions.update(ended)
        for position in (0, 1):
            unit.sessions.save_take(number, make_take(session, position))
        unit.commit()
    leave_and_come_back(past, qtbot)

    qtbot.waitUntil(lambda: "2 of 3 answered" in view.head.facts.text())
    assert not view.continue_button.isVisible()
    assert view.take is not None


def test_the_question_in_front_stays_in_front(past: HistoryWorld, qtbot: QtBot) -> None:
    session = make_session(past.clock)
    number = past.keep(session)
    open_first(past, qtbot)
    view = past.page.session
    QTest.keyClick(view.list, Qt.Key.Key_N)
    assert view.position == 1

    with past.database.new_unit() as unit:
        unit.sessions.save_take(number, make_take(session, 1, 2, text="Another one"))
        unit.commit()
    leave_and_come_back(past, qtbot)

    qtbot.waitUntil(lambda: view.take_view.answer.box.count() == 2)
    assert view.position == 1
    assert view.take is not None
    assert view.take.number == 1


def test_a_broken_recording_is_told_each_time_it_is_opened(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    session = make_session(past.clock)
    past.keep(session)
    (past.paths.root / str(session.takes[0].sound)).write_bytes(b"no sound at all")
    open_first(past, qtbot)
    view = past.page.session
    notice = view.take_view.notice
    qtbot.waitUntil(notice.isVisible)
    assert "cannot be heard" in notice.text()

    QTest.keyClick(view.list, Qt.Key.Key_Escape)
    open_first(past, qtbot)
    qtbot.waitUntil(notice.isVisible)
    assert "cannot be heard" in notice.text()
