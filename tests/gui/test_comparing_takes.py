"""Two takes side by side on the Sessions page, over a real database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from interview_app.domain.analysis.alignment import by_sentence
from interview_app.domain.analysis.compared_figures import (
    ComparedFigure,
    FigureKind,
    compared_figures,
)
from interview_app.domain.session import Session
from interview_app.gui.answer.figures_comparison import change_of, value_of
from interview_app.gui.answer.text_comparison import TextComparison
from interview_app.gui.sessions.comparison import CompareView
from interview_app.gui.theme import Theme
from tests.fakes import WORD_S, transcript_of
from tests.gui.history_world import (
    HistoryWorld,
    make_session,
    make_take,
    make_typed,
)
from tests.gui.naming import nameless

FIRST = "We had three weeks to launch. QA found a bug in the payment flow. I was nervous."
SECOND = "Our customer was waiting. We had only three weeks to launch. QA found a serious bug."


@pytest.fixture
def past(past: HistoryWorld) -> HistoryWorld:
    """Wide enough for two takes side by side."""
    past.page.resize(1100, 760)
    return past


def keep_two(past: HistoryWorld) -> tuple[int, Session]:
    """A session whose first question was answered twice; the first take is the best."""
    session = make_session(past.clock, takes=())
    takes = (
        replace(make_take(session, 0, 1, text=FIRST), is_best=True),
        make_take(session, 0, 2, text=SECOND),
    )
    session = replace(session, takes=takes)
    return past.keep(session), session


def show(past: HistoryWorld, qtbot: QtBot, number: int) -> None:
    """Bring a session to the front."""
    past.page.show()
    past.page.activateWindow()
    past.page.open_session(number)
    qtbot.waitUntil(lambda: past.page.currentWidget() is past.page.session)


def compare(past: HistoryWorld, qtbot: QtBot) -> CompareView:
    """Compare the take in front, by its key."""
    press(past, Qt.Key.Key_V)
    view = past.page.compared.compare
    qtbot.waitUntil(lambda: past.page.currentWidget() is view)
    return view


def press(
    past: HistoryWorld,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(past.page.window().focusWidget() or past.page, key, modifier)


def shown(view: CompareView) -> list[str]:
    """The uids of the takes side by side."""
    return [head.side.take.uid for head in view.sides if head.side is not None]


def choices(view: CompareView, side: int) -> list[str]:
    """What can be chosen on a side."""
    box = view.sides[side].box
    return [box.itemText(number) for number in range(box.count())]


def test_two_takes_stand_side_by_side_the_earlier_on_the_left(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    number, session = keep_two(past)
    show(past, qtbot, number)
    view = compare(past, qtbot)
    assert shown(view) == [take.uid for take in session.takes]
    assert view.question.text() == session.asked[0].question.prompt
    assert view.text.marked(0) == "in the payment flow. I was nervous."
    assert view.text.marked(1) == "Our customer was waiting. only serious"
    assert "2 changed, 1 only on the right, 1 only on the left, 0 the same" in view.told.text()
    assert view.text.text().count("not in this take") == 2


def test_figures_stand_next_to_each_other_with_their_change(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    number, _ = keep_two(past)
    show(past, qtbot, number)
    view = compare(past, qtbot)
    words = view.figures.words().splitlines()
    assert "Length: 0:07, 0:07, the same" in words
    assert "Words: 17, 16, 1 fewer" in words


def test_the_best_take_is_named_first_and_with_a_star(past: HistoryWorld, qtbot: QtBot) -> None:
    number, _ = keep_two(past)
    other = make_session(past.clock, "s2", days_ago=3, takes=())
    past.keep(replace(other, takes=(make_take(other, 0, text="Another one."),)))
    show(past, qtbot, number)
    view = compare(past, qtbot)
    assert [text.split(" · ")[-1] for text in choices(view, 0)] == ["Take 1", "Take 2", "Take 1"]
    assert choices(view, 0)[0].startswith("★")
    assert not choices(view, 0)[2].startswith("★")


def test_a_take_of_another_session_is_chosen_by_keyboard(past: HistoryWorld, qtbot: QtBot) -> None:
    number, session = keep_two(past)
    other = make_session(past.clock, "s2", days_ago=3, takes=())
    past.keep(replace(other, takes=(make_take(other, 0, text="Another one."),)))
    show(past, qtbot, number)
    view = compare(past, qtbot)
    box = view.sides[1].box
    assert box.hasFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: shown(view) == [session.takes[0].uid, "s2-q01-t01"])
    assert "Another one." in view.text.text()


def test_choosing_the_take_of_the_other_side_swaps_them(past: HistoryWorld, qtbot: QtBot) -> None:
    number, session = keep_two(past)
    show(past, qtbot, number)
    view = compare(past, qtbot)
    QTest.keyClick(view.sides[1].box, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: shown(view) == [session.takes[1].uid, session.takes[0].uid])
    view.text.setFocus()
    press(past, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: shown(view) == [take.uid for take in session.takes])


def test_one_take_alone_says_that_there_is_nothing_to_compare_with(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    number = past.keep(make_session(past.clock))
    show(past, qtbot, number)
    press(past, Qt.Key.Key_V)
    notice = past.page.session.take_view.notice
    qtbot.waitUntil(notice.isVisible)
    assert "no other take of this question" in notice.text()
    assert past.page.currentWidget() is past.page.session


def test_a_typed_take_is_compared_by_its_words(past: HistoryWorld, qtbot: QtBot) -> None:
    session = make_session(past.clock, takes=())
    typed = replace(make_typed(session, 0, "We had three weeks.\nI wrote."), number=2, uid="s1-t2")
    takes = (make_take(session, 0, text=FIRST), typed)
    number = past.keep(replace(session, takes=takes))
    show(past, qtbot, number)
    view = compare(past, qtbot)
    right = view.sides[1]
    assert right.time.text() == "typed"
    assert not right.listen.isEnabled()
    assert "Length: 0:07, –, –" in view.figures.words().splitlines()


def test_both_takes_are_heard_one_after_the_other(past: HistoryWorld, qtbot: QtBot) -> None:
    number, session = keep_two(past)
    show(past, qtbot, number)
    view = compare(past, qtbot)
    view.text.setFocus()
    press(past, Qt.Key.Key_1)
    assert past.player.sound == past.paths.root / str(session.takes[0].sound)
    assert view.sides[0].listen.text() == "Pause"
    past.player.go_to(3 * WORD_S)
    qtbot.waitUntil(lambda: heard(view) == "weeks")
    press(past, Qt.Key.Key_2)
    assert past.player.sound == past.paths.root / str(session.takes[1].sound)
    assert view.sides[0].listen.text() == "Listen"
    assert view.sides[1].listen.text() == "Pause"
    press(past, Qt.Key.Key_2)
    assert past.player.is_paused


def heard(view: CompareView) -> str:
    """The word that is highlighted."""
    selections = view.text.extraSelections()
    return str(selections[-1].cursor.selectedText()) if selections else ""


def test_a_word_plays_its_own_side(past: HistoryWorld, qtbot: QtBot) -> None:
    number, session = keep_two(past)
    show(past, qtbot, number)
    view = compare(past, qtbot)
    cursor = view.text.document().find("serious")
    box = view.text.cursorRect(cursor)
    place = QPoint(box.left() - 4, box.center().y())
    QTest.mouseClick(view.text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert past.player.sound == past.paths.root / str(session.takes[1].sound)
    assert past.player.position_s == pytest.approx(SECOND.split().index("serious") * WORD_S)


def test_going_back_has_the_take_of_the_session_ready_again(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    number, session = keep_two(past)
    show(past, qtbot, number)
    in_front = past.page.session.take
    view = compare(past, qtbot)
    view.text.setFocus()
    press(past, Qt.Key.Key_2)
    press(past, Qt.Key.Key_Escape)
    assert past.page.currentWidget() is past.page.session
    assert past.player.token == ""
    assert past.page.session.take == in_front == session.takes[0]
    assert past.page.replaying.state.uid == session.takes[0].uid


def test_a_take_whose_sound_is_gone_says_so_and_is_compared(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    number, session = keep_two(past)
    (past.paths.root / str(session.takes[1].sound)).unlink()
    show(past, qtbot, number)
    view = compare(past, qtbot)
    assert view.sides[1].time.text() == "its recording is gone"
    assert not view.sides[1].listen.isEnabled()
    assert "serious" in view.text.marked(1)


def test_the_other_take_is_kept_as_the_best(past: HistoryWorld, qtbot: QtBot) -> None:
    number, session = keep_two(past)
    show(past, qtbot, number)
    view = compare(past, qtbot)
    view.text.setFocus()
    view.sides[1].best.click()
    qtbot.waitUntil(lambda: view.sides[1].best.text() == "The best take")
    assert view.sides[0].best.text() == "Keep as best"
    assert [take.is_best for take in past.stored(number).takes] == [False, True]
    press(past, Qt.Key.Key_Escape)
    past.page.open_session(number)
    second = session.takes[1].uid
    qtbot.waitUntil(lambda: past.page.session.take is not None)
    qtbot.waitUntil(lambda: past.page.session.take.uid == second)  # type: ignore[union-attr]


def test_a_session_that_is_rehearsed_keeps_its_marks(past: HistoryWorld, qtbot: QtBot) -> None:
    number, _ = keep_two(past)
    show(past, qtbot, number)
    view = compare(past, qtbot)
    past.open_ids.add(number)
    view.sides[1].best.click()
    assert "open under Rehearse" in view.notice.text()
    assert [take.is_best for take in past.stored(number).takes] == [True, False]


def test_every_control_has_a_name_and_every_key_is_told(past: HistoryWorld, qtbot: QtBot) -> None:
    number, _ = keep_two(past)
    show(past, qtbot, number)
    view = compare(past, qtbot)
    assert nameless(view) == []
    told_by_page = past.page.keys()
    assert {"1", "2", "X", "Esc", "Ctrl+F"} <= {line.key for line in told_by_page}


def test_a_search_leaves_the_comparison(past: HistoryWorld, qtbot: QtBot) -> None:
    number, _ = keep_two(past)
    show(past, qtbot, number)
    compare(past, qtbot)
    press(past, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert past.page.currentWidget() is past.page.history


def test_narrow_sides_stand_under_one_another(theme: Theme, qtbot: QtBot) -> None:
    text = TextComparison(theme)
    qtbot.addWidget(text)
    text.resize(900, 400)
    text.show()
    pairs = by_sentence(transcript_of(FIRST), transcript_of(SECOND))
    text.show_pairs(pairs, ("Take 1", "Take 2"), "not in this take")
    assert not text.is_folded
    wide = text.height()
    text.resize(400, 400)
    assert text.is_folded
    qtbot.waitUntil(lambda: text.height() > wide)
    assert "Take 1: We had three weeks to launch." in text.text()
    assert text.marked(1) == "Our customer was waiting. only serious"


def test_arrow_keys_walk_words_and_rows(theme: Theme, qtbot: QtBot) -> None:
    text = TextComparison(theme)
    qtbot.addWidget(text)
    text.resize(900, 400)
    text.show()
    pairs = by_sentence(transcript_of(FIRST), transcript_of(SECOND))
    text.show_pairs(pairs, ("Take 1", "Take 2"), "not in this take")
    walked = []
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up)
    for key in keys:
        QTest.keyClick(text, key)
        walked.append(text.chosen)
    assert walked == [(1, "Our"), (1, "We"), (1, "had"), (1, "QA"), (1, "We")]
    activated = []
    text.word_activated.connect(lambda side, at_s: activated.append((side, at_s)))
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert activated == [(1, pytest.approx(4 * WORD_S))]


def test_a_long_answer_is_complete_on_both_sides(theme: Theme, qtbot: QtBot) -> None:
    text = TextComparison(theme)
    qtbot.addWidget(text)
    left = " ".join(f"Sentence {n} says something of its own." for n in range(120))
    right = left.replace("something", "nothing")
    text.show_pairs(by_sentence(transcript_of(left), transcript_of(right)), ("A", "B"), "–")
    assert text.text().count("something") == text.text().count("nothing") == 120


@pytest.mark.parametrize(
    ("figure", "change"),
    [
        (ComparedFigure(FigureKind.LENGTH, 100.0, 108.4), "8 s longer"),
        (ComparedFigure(FigureKind.LENGTH, 100.0, 60.0), "40 s shorter"),
        (ComparedFigure(FigureKind.LENGTH, 7.9, 8.0), "1 s longer"),
        (ComparedFigure(FigureKind.ONSET, 1.0, 1.6), "0.6 s later"),
        (ComparedFigure(FigureKind.PACE, 142.4, 150.6), "9 more"),
        (ComparedFigure(FigureKind.HESITATIONS, 4, 2), "2 fewer"),
        (ComparedFigure(FigureKind.LONG_PAUSES, 1, 1), "the same"),
        (ComparedFigure(FigureKind.PACE, 142.4, None), "–"),
    ],
)
def test_changes_are_told_without_judging(figure: ComparedFigure, change: str) -> None:
    assert change_of(figure) == change


def test_figures_are_shown_as_they_are_compared() -> None:
    assert value_of(FigureKind.LENGTH, 108.0) == "1:48"
    assert value_of(FigureKind.PACE, 142.4) == "142"
    assert value_of(FigureKind.PACE, None) == "–"


def test_a_typed_answer_has_fewer_figures(past: HistoryWorld) -> None:
    session = make_session(past.clock, takes=())
    typed, spoken = make_typed(session, 0, "Two words"), make_take(session, 0, text=FIRST)
    kinds = {figure.kind for figure in compared_figures(typed, typed)}
    assert FigureKind.PACE not in kinds
    assert FigureKind.WORDS in kinds
    both = {figure.kind: figure for figure in compared_figures(typed, spoken)}
    assert both[FigureKind.PACE].left is None
    assert both[FigureKind.PACE].change is None
