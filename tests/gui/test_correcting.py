"""Correcting words of a take on the Sessions page, over a real database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from interview_app.domain.session import Take
from interview_app.domain.transcript import Transcript
from interview_app.services.history.corrections import CorrectionService
from interview_app.services.rehearsal.session_store import SessionStore
from tests.fakes import WORD_S, transcript_of
from tests.gui.history_world import (
    SAID,
    HistoryWorld,
    make_session,
    make_take,
    make_typed,
)
from tests.gui.naming import nameless

_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


def open_take(past: HistoryWorld, qtbot: QtBot, text: str = SAID) -> int:
    """A session whose first take says that, in front; its number."""
    session = make_session(past.clock, takes=())
    number = past.keep(replace(session, takes=(make_take(session, 0, text=text),)))
    show(past, qtbot, number)
    return number


def show(past: HistoryWorld, qtbot: QtBot, number: int) -> None:
    """Bring a session to the front."""
    past.page.show()
    past.page.activateWindow()
    past.page.open_session(number)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)
    past.page.words.transcript.setFocus()


def press(past: HistoryWorld, key: Qt.Key, modifier: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(past.page.window().focusWidget() or past.page, key, modifier)


def write(past: HistoryWorld, text: str) -> None:
    """Write in place of the word that is being corrected."""
    editor = past.page.words.editor
    assert editor.isVisible()
    assert editor.hasFocus()
    editor.selectAll()
    press(past, Qt.Key.Key_Backspace)
    QTest.keyClicks(editor, text)


def said(past: HistoryWorld) -> str:
    """What the transcript in front says."""
    return past.page.words.transcript.text()


def stored(past: HistoryWorld, number: int) -> Take:
    """The first take as the database has it."""
    return past.stored(number).takes[0]


def words_of(take: Take) -> Transcript:
    assert take.transcript is not None
    return take.transcript


def walk(past: HistoryWorld, count: int) -> None:
    """Choose the word so many arrow keys on; the first arrow chooses the first word."""
    for _ in range(count):
        press(past, Qt.Key.Key_Right)


def test_f2_writes_the_chosen_word_anew(past: HistoryWorld, qtbot: QtBot) -> None:
    number = open_take(past, qtbot, "I worked with Cone. It went well.")
    walk(past, 4)
    press(past, Qt.Key.Key_F2)
    assert past.page.words.editor.text() == "Cone."
    write(past, "Cohen.")
    press(past, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(past) == "I worked with Cohen. It went well.")
    assert words_of(stored(past, number)).text == "I worked with Cohen. It went well."
    with past.database.new_unit() as unit:
        assert [hit.session_id for hit in unit.history.search("cohen")] == [number]
    transcript = past.page.words.transcript
    assert transcript.hasFocus()
    assert transcript.chosen_word == 3
    assert underlined(past) == ["Cohen."]
    assert past.page.words.line.text() == "1 word corrected"


def underlined(past: HistoryWorld) -> list[str]:
    """The words that are marked as corrected."""
    transcript = past.page.words.transcript
    found = []
    block = transcript.document().begin()
    while block.isValid():
        marked = [each for each in block.textFormats() if each.format.toolTip()]
        found += [block.text()[each.start : each.start + each.length] for each in marked]
        block = block.next()
    return found


def test_hidden_hesitations_are_passed_over_while_words_are_corrected(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    number = open_take(past, qtbot, "I um led it")
    press(past, Qt.Key.Key_U)
    assert said(past) == "I led it"
    editor = past.page.words.editor

    past.page.words.begin()
    assert editor.text() == "I"
    write(past, "We")
    press(past, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: editor.isVisible() and editor.text() == "led")
    press(past, Qt.Key.Key_Backtab)
    qtbot.waitUntil(lambda: editor.text() == "We")
    press(past, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: editor.text() == "led")
    press(past, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: editor.text() == "it")
    press(past, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not editor.isVisible())

    assert words_of(stored(past, number)).text == "We um led it"


def test_a_click_plays_from_the_corrected_word_as_before(past: HistoryWorld, qtbot: QtBot) -> None:
    open_take(past, qtbot, "we launched gonnado it")
    walk(past, 3)
    press(past, Qt.Key.Key_F2)
    write(past, "going to do")
    press(past, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(past) == "we launched going to do it")
    press(past, Qt.Key.Key_Return)
    assert past.player.position_s == pytest.approx(2 * WORD_S)


def test_escape_leaves_the_word_and_not_the_session(past: HistoryWorld, qtbot: QtBot) -> None:
    number = open_take(past, qtbot, "I led it")
    walk(past, 2)
    press(past, Qt.Key.Key_F2)
    write(past, "wrote")
    press(past, Qt.Key.Key_Escape)
    assert not past.page.words.editor.isVisible()
    assert past.page.words.transcript.hasFocus()
    assert past.page.currentWidget() is past.page.session
    assert said(past) == "I led it"
    assert not words_of(stored(past, number)).is_corrected


def test_tab_keeps_the_word_and_goes_on_with_the_next(past: HistoryWorld, qtbot: QtBot) -> None:
    open_take(past, qtbot, "eye lead it")
    walk(past, 1)
    press(past, Qt.Key.Key_F2)
    write(past, "I")
    press(past, Qt.Key.Key_Tab)
    editor = past.page.words.editor
    qtbot.waitUntil(lambda: editor.isVisible() and editor.text() == "lead")
    write(past, "led")
    press(past, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: editor.isVisible() and editor.text() == "it")
    assert said(past) == "I led it"
    press(past, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert editor.text() == "led", "a word that was not changed is left without storing anything"


def test_delete_takes_a_word_away_and_undo_brings_it_back(past: HistoryWorld, qtbot: QtBot) -> None:
    number = open_take(past, qtbot, "I I led it")
    walk(past, 2)
    press(past, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: said(past) == "I led it")
    assert past.page.words.line.text() == "Corrected"
    press(past, Qt.Key.Key_Z, _CTRL)
    qtbot.waitUntil(lambda: said(past) == "I I led it")
    assert not words_of(stored(past, number)).is_corrected
    assert not past.page.words.line.isVisible()
    press(past, Qt.Key.Key_Z, _CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: said(past) == "I led it")


def test_an_emptied_word_is_deleted(past: HistoryWorld, qtbot: QtBot) -> None:
    open_take(past, qtbot, "I I led it")
    walk(past, 1)
    press(past, Qt.Key.Key_F2)
    write(past, "")
    press(past, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(past) == "I led it")


def test_figures_follow_the_correction(past: HistoryWorld, qtbot: QtBot) -> None:
    open_take(past, qtbot, "so um we launched")
    figures = past.page.session.take_view.figures
    assert "1 hesitation" in figures.words
    walk(past, 2)
    press(past, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: said(past) == "so we launched")
    assert "no hesitation found" in figures.words


def test_restore_brings_back_every_word_and_can_be_undone(past: HistoryWorld, qtbot: QtBot) -> None:
    number = open_take(past, qtbot, "we had three weaks to lunch")
    for place, text in ((3, "weeks"), (5, "launch")):
        past.page.words.edit(place)
        write(past, text)
        press(past, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda text=text: text in said(past))  # type: ignore[misc]
    line = past.page.words.line
    assert line.text() == "2 words corrected"
    line.restore.click()
    qtbot.waitUntil(lambda: said(past) == "we had three weaks to lunch")
    assert not words_of(stored(past, number)).is_corrected
    assert line.text() == "As it was heard"
    line.undo.click()
    qtbot.waitUntil(lambda: said(past) == "we had three weeks to launch")
    assert words_of(stored(past, number)).is_corrected


def test_a_typed_answer_is_corrected_too(past: HistoryWorld, qtbot: QtBot) -> None:
    session = make_session(past.clock, takes=())
    take = make_typed(session, 0, "First I asked.\nThen I rote.")
    number = past.keep(replace(session, takes=(take,)))
    show(past, qtbot, number)
    past.page.words.edit(5)
    write(past, "wrote.")
    press(past, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(past) == "First I asked. Then I wrote.")
    assert len(words_of(stored(past, number)).segments) == 2


def test_going_elsewhere_keeps_what_was_written(past: HistoryWorld, qtbot: QtBot) -> None:
    open_take(past, qtbot, "I lead it")
    past.page.words.edit(1)
    write(past, "led")
    past.page.session.list.setFocus()
    qtbot.waitUntil(lambda: said(past) == "I led it")


def test_letters_that_are_keys_of_the_page_can_be_written(past: HistoryWorld, qtbot: QtBot) -> None:
    open_take(past, qtbot, "I lead it")
    past.page.words.edit(1)
    write(past, "L N P T C B V")
    assert past.page.words.editor.text() == "L N P T C B V"
    assert past.player.token == ""


def test_words_changed_by_someone_else_are_not_replaced(past: HistoryWorld, qtbot: QtBot) -> None:
    number = open_take(past, qtbot, "I lead it")
    take = stored(past, number)
    CorrectionService(past.database.new_unit, past.clock).correct(
        number, take.uid, words_of(take), 0, "We"
    )
    past.page.words.edit(1)
    write(past, "led")
    press(past, Qt.Key.Key_Return)
    notice = past.page.session.take_view.notice
    qtbot.waitUntil(notice.isVisible)
    assert "Nothing was replaced" in notice.text()
    assert words_of(stored(past, number)).text == "We lead it"


def test_a_rehearsal_of_the_session_does_not_undo_the_correction(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    number = open_take(past, qtbot, "I lead it")
    rehearsed = past.stored(number)
    past.open_ids.add(number)
    past.page.words.edit(1)
    write(past, "led")
    press(past, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(past) == "I led it")
    SessionStore(past.database.new_unit, number).keep_session(replace(rehearsed, position=1))
    assert words_of(stored(past, number)).text == "I led it"


def test_the_editor_and_the_line_can_be_named_by_a_screen_reader(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    open_take(past, qtbot, "I lead it")
    past.page.words.edit(1)
    assert nameless(past.page.session) == []
    write(past, "led")
    press(past, Qt.Key.Key_Return)
    qtbot.waitUntil(past.page.words.line.isVisible)
    assert nameless(past.page.session) == []
    told_by_page = past.page.session.keys()
    told = [line.key for line in told_by_page]
    assert {"F2", "Del", "Ctrl+Z", "E", "W"} <= set(told)
    twice = {key for key in told if told.count(key) > 1}
    assert twice <= {"F2"}, "F2 renames the session, and in the transcript corrects a word"


def test_the_first_word_is_corrected_from_anywhere_in_the_session(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    open_take(past, qtbot, "eye led it")
    past.page.session.list.setFocus()
    press(past, Qt.Key.Key_E)
    write(past, "I")
    press(past, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(past) == "I led it")


def hear_again(past: HistoryWorld, qtbot: QtBot, model: str) -> None:
    """Choose a model to hear the take in front again."""
    view = past.page.session.take_view
    view.again.click()
    qtbot.waitUntil(view.ask.isVisible)
    next(button for button in view.ask.buttons if button.text() == model).click()


def heard_otherwise(past: HistoryWorld, qtbot: QtBot, text: str) -> None:
    """Have another model hear that, and its difference in front."""
    past.transcriber.says = text
    hear_again(past, qtbot, "tiny.en")
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.again.difference)


def test_the_models_that_are_here_are_offered_and_escape_chooses_none(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    open_take(past, qtbot, "I lead it")
    view = past.page.session.take_view
    press(past, Qt.Key.Key_W)
    qtbot.waitUntil(view.ask.isVisible)
    names = [button.text() for button in view.ask.buttons]
    assert names == ["tiny.en", "base", "Cancel"], "the model that made these words stands last"
    assert "come from base" in view.ask.text()
    press(past, Qt.Key.Key_Escape)
    assert not view.ask.isVisible()
    assert past.page.currentWidget() is past.page.session


def test_another_model_shows_what_differs_and_replaces_nothing(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    number = open_take(past, qtbot, "we had three weaks. we launched.")
    heard_otherwise(past, qtbot, "we had three weeks. we launched.")
    view = past.page.again.difference
    assert view.text.marked(0) == "weaks."
    assert view.text.marked(1) == "weeks."
    assert "1 of 2 sentences differ" in view.told.text()
    assert "Words: 6, 6, the same" in view.figures.words()
    assert words_of(stored(past, number)).text == "we had three weaks. we launched."
    assert nameless(view) == []


def test_the_new_words_are_kept_when_the_person_says_so(past: HistoryWorld, qtbot: QtBot) -> None:
    number = open_take(past, qtbot, "we had three weaks")
    heard_otherwise(past, qtbot, "we had three weeks")
    press(past, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)
    assert said(past) == "we had three weeks"
    assert words_of(stored(past, number)).model == "tiny.en"
    assert "those of tiny.en" in past.page.session.take_view.notice.text()


def test_escape_keeps_the_words_there_are(past: HistoryWorld, qtbot: QtBot) -> None:
    number = open_take(past, qtbot, "we had three weaks")
    heard_otherwise(past, qtbot, "we had three weeks")
    press(past, Qt.Key.Key_Escape)
    assert past.page.currentWidget() is past.page.session
    assert said(past) == "we had three weaks"
    assert words_of(stored(past, number)).model == "base"


def test_corrected_words_are_replaced_only_after_asking(past: HistoryWorld, qtbot: QtBot) -> None:
    number = open_take(past, qtbot, "we had three weaks")
    past.page.words.edit(0)
    write(past, "They")
    press(past, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(past) == "They had three weaks")
    heard_otherwise(past, qtbot, "we had three weeks")
    view = past.page.again.difference
    view.keep_new.click()
    assert view.ask.isVisible()
    assert "your corrections are gone" in view.ask.text()
    press(past, Qt.Key.Key_Escape)
    assert past.page.currentWidget() is view, "Escape takes back the question first"
    assert words_of(stored(past, number)).text == "They had three weaks"
    view.keep_new.click()
    view.ask.buttons[0].click()
    qtbot.waitUntil(lambda: said(past) == "we had three weeks")
    assert not words_of(stored(past, number)).is_corrected
    assert not past.page.words.line.isVisible(), "an undo would mix words of two models"


def test_what_is_heard_while_the_person_is_elsewhere_waits_for_them(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    session = make_session(past.clock)
    number = past.keep(session)
    show(past, qtbot, number)
    past.transcriber.says = "other words"
    past.transcriber.gate.clear()
    hear_again(past, qtbot, "tiny.en")
    press(past, Qt.Key.Key_N)
    past.transcriber.gate.set()
    view = past.page.session
    qtbot.waitUntil(lambda: past.jobs.is_idle)
    QApplication.processEvents()
    assert past.page.currentWidget() is view, "nobody is taken away from what they look at"
    assert view.position == 1
    press(past, Qt.Key.Key_P)
    notice = view.take_view.notice
    assert "tiny.en has heard this take anew" in notice.text()
    notice.button.click()
    assert past.page.currentWidget() is past.page.again.difference


def test_words_corrected_while_another_model_listens_are_kept(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    number = open_take(past, qtbot, "we had three weaks")
    past.transcriber.says = "we had three weeks"
    past.transcriber.gate.clear()
    hear_again(past, qtbot, "tiny.en")
    past.page.words.edit(0)
    write(past, "They")
    press(past, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words_of(stored(past, number)).is_corrected)
    past.transcriber.gate.set()
    notice = past.page.session.take_view.notice
    qtbot.waitUntil(lambda: "words were changed while tiny.en" in notice.text())
    assert past.page.currentWidget() is past.page.session
    assert words_of(stored(past, number)).text == "They had three weaks"


def test_the_same_words_are_said_to_be_the_same(past: HistoryWorld, qtbot: QtBot) -> None:
    open_take(past, qtbot, "we had three weeks")
    past.transcriber.says = "We had three weeks."
    hear_again(past, qtbot, "tiny.en")
    notice = past.page.session.take_view.notice
    qtbot.waitUntil(notice.isVisible)
    assert "tiny.en heard the same words" in notice.text()
    assert past.page.currentWidget() is past.page.session


def test_the_difference_plays_from_a_chosen_word(past: HistoryWorld, qtbot: QtBot) -> None:
    open_take(past, qtbot, "we had three weaks")
    heard_otherwise(past, qtbot, "we had three weeks")
    view = past.page.again.difference
    view.text.setFocus()
    for _ in range(3):
        press(past, Qt.Key.Key_Right)
    assert view.text.chosen == (0, "three")
    press(past, Qt.Key.Key_Return)
    assert past.player.position_s == pytest.approx(2 * WORD_S)
    past.player.go_to(3 * WORD_S + 0.1)
    qtbot.waitUntil(lambda: played(view) == "weaks")


def played(view: QWidget) -> str:
    """The word that is highlighted as being heard."""
    selections = view.text.extraSelections()  # type: ignore[attr-defined]
    return str(selections[-1].cursor.selectedText()) if selections else ""


def test_a_failure_is_said_and_changes_nothing(past: HistoryWorld, qtbot: QtBot) -> None:
    number = open_take(past, qtbot, "we had three weeks")
    (past.paths.root / str(stored(past, number).sound)).unlink()
    hear_again(past, qtbot, "tiny.en")
    notice = past.page.session.take_view.notice
    qtbot.waitUntil(lambda: "no longer there" in notice.text())
    assert words_of(stored(past, number)) == transcript_of("we had three weeks")
