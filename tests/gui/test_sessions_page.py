"""The Sessions page over a real database: found, heard, read, deleted, brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from interview_app.domain.session import Mode, Session, TakeStatus, TranscriptionStatus
from interview_app.gui.models.session_table import KEPT_PAGES, PAGE
from tests.fakes import WORD_S
from tests.gui.history_world import (
    SAID,
    HistoryWorld,
    make_session,
    make_take,
    make_typed,
)
from tests.gui.naming import nameless


def show(past: HistoryWorld, qtbot: QtBot) -> None:
    """Bring the page to the front and wait until it has read the history."""
    past.page.show()
    past.page.activateWindow()
    qtbot.waitUntil(lambda: not past.page.history.busy.is_busy)


def rows(past: HistoryWorld, role: int = Qt.ItemDataRole.AccessibleTextRole) -> list[str]:
    """What the rows of the list say."""
    model = past.page.history.sessions
    return [str(model.index(number, 0).data(role)) for number in range(model.rowCount())]


def open_first(past: HistoryWorld, qtbot: QtBot) -> None:
    """Open the session in front with Enter."""
    show(past, qtbot)
    QTest.keyClick(past.page.history.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)


def test_an_empty_history_says_what_to_do(past: HistoryWorld, qtbot: QtBot) -> None:
    show(past, qtbot)
    empty = past.page.history.empty
    assert empty.isVisible()
    assert "No sessions yet" in empty.text()
    with qtbot.waitSignal(past.page.rehearse_asked):
        QTest.keyClick(empty.button, Qt.Key.Key_Return)


@pytest.mark.anywhere
def test_sessions_stand_newest_first_with_their_day_in_words(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    past.keep(make_session(past.clock, "old", days_ago=40))
    past.keep(make_session(past.clock, "new", days_ago=0.01, mode=Mode.INTERVIEW))
    past.keep(make_session(past.clock, "day", days_ago=1.1, is_over=False))
    show(past, qtbot)
    said = rows(past)
    assert [text.split(". ")[1].split(",")[0] for text in said] == [
        "Today",
        "Yesterday",
        "13 October",
    ]
    assert "Interview · 3 of 3 answered · 1:19 of answers" in said[0]
    assert "Unfinished" in said[1]


def test_rows_come_as_they_are_looked_at_and_no_more_are_held(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    empty = make_session(past.clock, takes=())
    count = PAGE * (KEPT_PAGES + 2) + 30
    with past.database.new_unit() as unit:
        for number in range(count):
            started = past.clock.now() - timedelta(hours=number)
            unit.sessions.add(replace(empty, uid=f"s{number}", started_at=started))
        unit.commit()
    show(past, qtbot)
    view, model = past.page.history.list, past.page.history.sessions
    assert model.rowCount() == count
    assert len(model.held) == PAGE
    QTest.keyClick(view, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: view.session is not None)
    assert view.session is not None
    assert view.session.uid == f"s{count - 1}"
    for offset in range(0, count, PAGE):
        view.scrollTo(model.index(offset, 0))
        qtbot.waitUntil(lambda row=offset: model.session_at(row) is not None)  # type: ignore[misc]
    assert len(model.held) <= PAGE * KEPT_PAGES


def test_only_an_unfinished_session_offers_to_go_on(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock, "over", days_ago=0.01))
    wanted = past.keep(make_session(past.clock, "open", days_ago=2, is_over=False))
    show(past, qtbot)
    view = past.page.history
    assert not past.page.commands.continue_button.isVisible()
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    assert past.page.commands.continue_button.isVisible()
    with qtbot.waitSignal(past.page.continue_asked) as asked:
        QTest.keyClick(view.list, Qt.Key.Key_C)
    assert asked.args == [wanted]


def test_a_deleted_session_comes_back_with_undo(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock, "keep", days_ago=1))
    gone = past.keep(make_session(past.clock, "gone", days_ago=0.1))
    show(past, qtbot)
    view = past.page.history
    QTest.keyClick(view.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: view.sessions.rowCount() == 1)
    with past.database.new_unit() as unit:
        assert [session.id for session in unit.history.trash()] == [gone]
    assert "deleted" in view.notice.text()
    assert view.notice.button.text() == "Undo"
    QTest.keyClick(view.notice.button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.sessions.rowCount() == 2)
    assert view.session is not None
    assert view.session.id == gone
    assert past.stored(gone).uid == "gone"


def test_deleting_the_last_session_says_that_there_is_none(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    past.keep(make_session(past.clock))
    show(past, qtbot)
    QTest.keyClick(past.page.history.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(past.page.history.empty.isVisible)
    assert past.page.history.notice.button.isVisible()


def test_a_session_that_is_being_rehearsed_is_not_deleted(past: HistoryWorld, qtbot: QtBot) -> None:
    number = past.keep(make_session(past.clock, is_over=False))
    past.open_ids.add(number)
    show(past, qtbot)
    QTest.keyClick(past.page.history.list, Qt.Key.Key_Delete)
    assert "open under Rehearse" in past.page.history.notice.text()
    assert past.page.history.sessions.rowCount() == 1


def test_a_history_that_cannot_be_read_says_why_and_can_be_tried_again(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    past.keep(make_session(past.clock))
    with past.database.new_unit() as unit:
        unit._connection.exec_driver_sql("ALTER TABLE sessions RENAME TO elsewhere")  # type: ignore[union-attr]
        unit.commit()
    show(past, qtbot)
    empty = past.page.history.empty
    qtbot.waitUntil(lambda: "cannot be read" in empty.text())
    with past.database.new_unit() as unit:
        unit._connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO sessions")  # type: ignore[union-attr]
        unit.commit()
    QTest.keyClick(empty.button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: past.page.history.sessions.rowCount() == 1)


def test_a_session_opens_with_what_was_asked_said_and_advised(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    past.keep(make_session(past.clock))
    open_first(past, qtbot)
    view = past.page.session.take_view
    assert past.page.session.head.title.text() == "IT Product Manager"
    assert view.question.toPlainText().startswith("How do you prioritize")
    assert view.answer.transcript.text() == SAID
    assert "parcel company" in view.sample.reading.text()
    assert "one request you refused" in view.tip.reading.text()
    assert "at least 1 hesitation" in view.figures.words
    assert not view.notice.isVisible()


def test_keys_move_between_questions_and_takes_and_back_to_the_list(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    session = make_session(past.clock, takes=())
    takes = (make_take(session, 0), make_take(session, 0, 2), make_typed(session, 1, "Because."))
    past.keep(replace(session, takes=takes))
    open_first(past, qtbot)
    view = past.page.session
    assert view.take is not None
    assert view.take.number == 2, "the newest take is in front"
    QTest.keyClick(view.list, Qt.Key.Key_T)
    assert view.take.number == 1
    QTest.keyClick(view.list, Qt.Key.Key_N)
    assert view.take_view.answer.transcript.text() == "Because."
    assert not view.take_view.player.isVisible(), "a typed answer has no sound"
    QTest.keyClick(view.list, Qt.Key.Key_N)
    assert "not answered" in view.take_view.answer.message.text()
    QTest.keyClick(view.list, Qt.Key.Key_Escape)
    assert past.page.currentWidget() is past.page.history
    assert past.page.history.list.hasFocus()


def test_the_transcript_follows_the_sound_word_by_word(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock))
    open_first(past, qtbot)
    view = past.page.session
    QTest.keyClick(view.list, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: past.player.token != "")
    assert view.take_view.player.listen.text() == "Pause"
    past.player.go_to(6.1 * WORD_S)
    qtbot.waitUntil(lambda: highlighted(view.take_view.answer.transcript) == "and")
    assert view.take_view.player.time.text() == "0:02 / 0:26"
    QTest.keyClick(view.list, Qt.Key.Key_Space)
    assert past.player.is_paused
    past.player.end()
    qtbot.waitUntil(lambda: view.take_view.player.listen.text() == "Listen")


def highlighted(view: QWidget) -> str:
    """The word with the accent on it."""
    selections = view.extraSelections()  # type: ignore[attr-defined]
    return str(selections[-1].cursor.selectedText()) if selections else ""


def test_arrow_keys_jump_five_seconds(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock))
    open_first(past, qtbot)
    view = past.page.session
    QTest.keyClick(view.list, Qt.Key.Key_L)
    QTest.keyClick(view.list, Qt.Key.Key_Right)
    QTest.keyClick(view.list, Qt.Key.Key_Right)
    assert past.player.position_s == 10
    QTest.keyClick(view.list, Qt.Key.Key_Left)
    assert past.player.position_s == 5
    QTest.keyClick(view.take_view.player.slider, Qt.Key.Key_Right)
    assert past.player.position_s == 10
    QTest.keyClick(view.list, Qt.Key.Key_Left)
    QTest.keyClick(view.list, Qt.Key.Key_Left)
    QTest.keyClick(view.list, Qt.Key.Key_Left)
    assert past.player.position_s == 0, "never before the beginning"


def test_a_click_on_a_word_plays_from_it(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock))
    open_first(past, qtbot)
    transcript = past.page.session.take_view.answer.transcript
    cursor = transcript.textCursor()
    cursor.setPosition(SAID.index("largest") + 2)
    place = transcript.cursorRect(cursor).center()
    QTest.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert past.player.token != ""
    assert past.player.position_s == pytest.approx(SAID.split().index("largest") * WORD_S)


def test_enter_plays_from_the_word_the_arrows_chose(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock))
    open_first(past, qtbot)
    transcript = past.page.session.take_view.answer.transcript
    transcript.setFocus()
    for _ in range(3):
        QTest.keyClick(transcript, Qt.Key.Key_Right)
    assert past.player.token == "", "arrows choose words here, they do not jump"
    QTest.keyClick(transcript, Qt.Key.Key_Return)
    assert past.player.position_s == pytest.approx(2 * WORD_S)


def test_a_take_whose_sound_is_gone_keeps_its_words(past: HistoryWorld, qtbot: QtBot) -> None:
    session = make_session(past.clock)
    past.keep(session)
    (past.paths.root / str(session.takes[0].sound)).unlink()
    open_first(past, qtbot)
    view = past.page.session.take_view
    assert "recording of this take is gone" in view.notice.text()
    assert view.answer.transcript.text() == SAID
    assert not view.player.isVisible()
    assert not view.again.isVisible()


def test_a_damaged_sound_is_said_and_its_words_stay(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock))
    open_first(past, qtbot)
    view = past.page.session
    past.player.problem = "The file holds no sound that can be read."
    QTest.keyClick(view.list, Qt.Key.Key_L)
    qtbot.waitUntil(view.take_view.notice.isVisible)
    assert "cannot be heard" in view.take_view.notice.text()
    assert "holds no sound" in view.take_view.notice.text()
    assert view.take_view.answer.transcript.text() == SAID
    assert view.take_view.player.listen.text() == "Listen"


def test_a_recovered_take_is_marked(past: HistoryWorld, qtbot: QtBot) -> None:
    session = make_session(past.clock, takes=())
    take = make_take(session, 0, status=TakeStatus.RECOVERED)
    past.keep(replace(session, takes=(take,)))
    open_first(past, qtbot)
    assert "Take recovered" in past.page.session.take_view.notice.text()


@pytest.mark.parametrize(
    "status", [TranscriptionStatus.FAILED, TranscriptionStatus.PENDING], ids=str
)
def test_a_take_without_transcript_is_transcribed_again_and_kept(
    past: HistoryWorld, qtbot: QtBot, status: TranscriptionStatus
) -> None:
    session = make_session(past.clock, takes=())
    take = make_take(session, 0, transcription=status)
    number = past.keep(replace(session, takes=(take,)))
    open_first(past, qtbot)
    answer = past.page.session.take_view.answer
    assert "Not transcribed yet" in answer.message.text()
    past.transcriber.gate.clear()
    QTest.keyClick(answer.again, Qt.Key.Key_Return)
    busy = past.page.session.take_view.busy
    qtbot.waitUntil(busy.isVisible)
    past.transcriber.gate.set()
    qtbot.waitUntil(lambda: answer.transcript.text() == past.transcriber.says)
    assert not busy.is_busy
    stored = past.stored(number).takes[0].transcript
    assert stored is not None
    assert stored.text == past.transcriber.says


def test_transcribing_again_can_be_cancelled(past: HistoryWorld, qtbot: QtBot) -> None:
    session = make_session(past.clock, takes=())
    take = make_take(session, 0, transcription=TranscriptionStatus.FAILED)
    number = past.keep(replace(session, takes=(take,)))
    open_first(past, qtbot)
    answer = past.page.session.take_view.answer
    past.transcriber.gate.clear()
    answer.again.click()
    busy = past.page.session.take_view.busy
    qtbot.waitUntil(busy.isVisible)
    busy.cancel_button.click()
    assert not busy.is_busy
    assert answer.again.isVisible()
    assert past.stored(number).takes[0].transcript is None


def test_deleting_the_open_session_goes_back_to_the_list(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock))
    past.keep(make_session(past.clock, "other", days_ago=3))
    open_first(past, qtbot)
    past.page.session.delete_button.click()
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.history)
    qtbot.waitUntil(lambda: past.page.history.sessions.rowCount() == 1)
    assert past.page.history.notice.isVisible()


def test_leaving_the_page_pauses_the_sound(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock))
    open_first(past, qtbot)
    QTest.keyClick(past.page.session.list, Qt.Key.Key_L)
    past.page.hide()
    assert past.player.is_paused


def search(past: HistoryWorld, qtbot: QtBot, text: str) -> None:
    """Search as a person does: Ctrl+F, words, and the hits are there."""
    focus = past.page.focusWidget() or past.page
    QTest.keyClick(focus, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert past.page.history.search.hasFocus()
    QTest.keyClicks(past.page.history.search, text)
    with qtbot.waitSignal(past.page.history.search_asked):
        QTest.keyClick(past.page.history.search, Qt.Key.Key_Return)


def test_search_shows_hits_with_their_words_and_opens_the_take_there(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    session = make_session(past.clock)
    past.keep(session)
    show(past, qtbot)
    search(past, qtbot, "payment")
    view = past.page.history
    qtbot.waitUntil(lambda: view.hits.rowCount() == 3)
    assert view.count == "1 of 3"
    assert "payment" in str(view.hits.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    QTest.keyClick(view.search, Qt.Key.Key_F3)
    assert view.count == "2 of 3"
    QTest.keyClick(view.found, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)
    shown = past.page.session
    said_at = SAID.split().index("payment") * WORD_S
    assert past.page.replaying.state.position_s == pytest.approx(said_at)
    assert highlighted(shown.take_view.answer.transcript) == "payment"
    assert shown.hit_bar.text.text() == "“payment” · 2 of 3"
    before = shown.take.uid if shown.take else ""
    QTest.keyClick(shown.list, Qt.Key.Key_F3)
    assert shown.take is not None
    assert shown.take.uid != before
    assert shown.hit_bar.text.text() == "“payment” · 3 of 3"


def test_a_search_without_hits_says_so_and_escape_leaves_it(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    past.keep(make_session(past.clock))
    show(past, qtbot)
    search(past, qtbot, "zebra")
    view = past.page.history
    qtbot.waitUntil(view.none.isVisible)
    qtbot.waitUntil(lambda: "“zebra”" in view.none.text())
    QTest.keyClick(view.search, Qt.Key.Key_Escape)
    assert view.search.text() == ""
    assert view.list.isVisible()
    assert view.list.hasFocus()


def test_every_control_has_a_name(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock))
    show(past, qtbot)
    assert nameless(past.page.history) == []
    open_first(past, qtbot)
    assert nameless(past.page.session) == []


def test_tab_goes_through_every_control_of_an_open_session(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    past.keep(make_session(past.clock))
    open_first(past, qtbot)
    seen: list[QWidget] = []
    for _ in range(40):
        focus = past.page.window().focusWidget()
        if focus is None or focus in seen:
            break
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    view = past.page.session
    for wanted in (view.list, view.take_view.player.listen, view.take_view.answer.transcript):
        assert wanted in seen


def test_a_session_stays_open_while_others_are_added(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock, days_ago=1))
    open_first(past, qtbot)
    past.keep(make_session(past.clock, "newer"))
    past.page.refresh()
    qtbot.waitUntil(lambda: past.page.history.sessions.rowCount() == 2)
    assert past.page.currentWidget() is past.page.session
    session: Session | None = past.page.session.session
    assert session is not None
    assert session.uid == "s1"


def test_pointer_over_the_middle_of_a_row_opens_that_row(past: HistoryWorld, qtbot: QtBot) -> None:
    past.keep(make_session(past.clock))
    wanted = past.keep(make_session(past.clock, "second", days_ago=3))
    show(past, qtbot)
    view = past.page.history.list
    box = view.visualRect(past.page.history.sessions.index(1, 1))
    place = QPoint(box.center().x(), box.bottom() - 10)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)
    assert past.page.session.session is not None
    assert past.page.session.session.id == wanted
