"""Widgets by themselves: what they show of what they are given."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from interview_app.domain.analysis.measures import Mark, Measures
from interview_app.domain.session import Take, TakeStatus, TranscriptionStatus
from interview_app.domain.transcript import Segment, Transcript, Word
from interview_app.gui.answer.answer_column import AnswerColumn
from interview_app.gui.answer.figures import FiguresLine, figures_of
from interview_app.gui.answer.transcript_tokens import TokenKind, tokens_of
from interview_app.gui.answer.transcript_view import TranscriptView
from interview_app.gui.dispatcher import Dispatcher
from interview_app.gui.text.durations import as_clock
from interview_app.gui.theme import Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.folding import Fold, FoldingColumns
from interview_app.gui.widgets.level_meter import RunningWave, loudness
from interview_app.gui.widgets.reading_text import ReadingText

pytestmark = pytest.mark.anywhere

SAID = Transcript(
    "en",
    "whisper",
    "base",
    (
        Segment(
            (
                Word("We", 0.0, 0.3),
                Word("um,", 0.4, 0.7),
                Word("had", 1.2, 1.5),
                Word("time.", 5.0, 5.4),
            )
        ),
    ),
)
MARKED = Measures(
    words=4,
    pace_wpm=142.4,
    articulation_wpm=160,
    hesitations=(Mark("um", 0.4, 0.7), Mark("uh", 0.8, 1.1)),
    long_pauses=(Mark("", 1.6, 4.8),),
)


def take(measures: Measures | None = MARKED, duration_s: float = 108) -> Take:
    return Take(
        "u-q01-t01",
        0,
        1,
        datetime(2026, 11, 22, tzinfo=UTC),
        TakeStatus.KEPT,
        duration_s,
        "takes/u.wav",
        TranscriptionStatus.DONE if measures else TranscriptionStatus.PENDING,
        transcript=SAID if measures else None,
        measures=measures,
    )


def test_the_figures_say_what_is_known_and_no_more(theme: Theme, qtbot: QtBot) -> None:
    line = FiguresLine(theme)
    qtbot.addWidget(line)
    line.show_take(take(), 120)
    assert line.words == (
        "1:48 of 2:00 · 142 words a minute · at least 2 hesitations · 1 long pause"
    )
    line.show_take(take(None), 120)
    assert line.words == "1:48 of 2:00"


def test_only_what_is_outside_the_usual_is_coloured_and_says_why() -> None:
    calm = figures_of(take(), 120)
    assert not any(figure.is_noteworthy for figure in calm)
    fast = figures_of(take(Measures(words=9, pace_wpm=190), 130), 120)
    assert [figure.text for figure in fast if figure.is_noteworthy] == [
        "2:10 of 2:00, past the target",
        "190 words a minute, faster than 175",
    ]
    slow = figures_of(take(Measures(words=9, pace_wpm=80)), 120)
    assert any(figure.text == "80 words a minute, slower than 110" for figure in slow)
    assert all("NCVS" in f.explanation for f in (fast[1], slow[1]))


def test_times_read_as_on_a_clock() -> None:
    assert [as_clock(s) for s in (0, 9.9, 60, 108, 3723)] == [
        "0:00",
        "0:09",
        "1:00",
        "1:48",
        "1:02:03",
    ]


def test_hesitations_and_pauses_stand_where_they_were_heard() -> None:
    kinds = [(token.kind, token.text) for token in tokens_of(SAID, MARKED)]
    assert kinds == [
        (TokenKind.WORD, "We"),
        (TokenKind.HESITATION, "um,"),
        (TokenKind.HESITATION, "uh"),
        (TokenKind.WORD, "had"),
        (TokenKind.PAUSE, ""),
        (TokenKind.WORD, "time."),
    ]


def make_view(theme: Theme, qtbot: QtBot) -> TranscriptView:
    view = TranscriptView(theme)
    qtbot.addWidget(view)
    view.resize(500, 100)
    view.show_transcript(SAID, MARKED)
    view.show()
    return view


def test_hesitations_and_long_pauses_stand_among_the_words(theme: Theme, qtbot: QtBot) -> None:
    view = make_view(theme, qtbot)
    assert view.text() == "We um, uh had pause 3.2 s time."


def test_a_click_on_a_word_asks_to_hear_it(theme: Theme, qtbot: QtBot) -> None:
    view = make_view(theme, qtbot)
    cursor = view.textCursor()
    cursor.setPosition(view.toPlainText().index("time") + 2)
    spot: QPoint = view.cursorRect(cursor).center()
    with qtbot.waitSignal(view.word_activated) as asked:
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
        )
    assert asked.args == [5.0]


@pytest.mark.parametrize(("mark", "from_s"), [("um,", 0.4), ("uh", 0.8), ("pause", 1.6)])
def test_a_click_on_a_mark_plays_from_it(
    theme: Theme, qtbot: QtBot, mark: str, from_s: float
) -> None:
    view = make_view(theme, qtbot)
    cursor = view.textCursor()
    cursor.setPosition(view.toPlainText().index(mark) + 1)
    with qtbot.waitSignal(view.word_activated) as asked:
        QTest.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            view.cursorRect(cursor).center(),
        )
    assert asked.args == [from_s]


def test_the_arrows_and_enter_play_from_a_pause(theme: Theme, qtbot: QtBot) -> None:
    view = make_view(theme, qtbot)
    for _ in range(5):
        QTest.keyClick(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(view.word_activated) as asked:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [1.6]


def test_marks_can_be_hidden_and_the_chosen_place_stays(theme: Theme, qtbot: QtBot) -> None:
    view = make_view(theme, qtbot)
    view.choose_word(2)

    view.show_marks(shown=False)
    assert view.text() == "We had time."
    with qtbot.waitSignal(view.word_activated) as asked:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [1.2]

    view.show_marks(shown=True)
    assert view.text() == "We um, uh had pause 3.2 s time."
    assert view.chosen_word == 2


def test_an_answer_with_nothing_to_mark_offers_nothing_to_hide(theme: Theme, qtbot: QtBot) -> None:
    column = AnswerColumn(theme)
    qtbot.addWidget(column)
    column.show()
    marked, unmarked = take(), take(Measures(words=4))
    column.show_takes((marked,), marked)
    assert column.marks.isVisible()
    assert column.marks.accessibleName() == "Hide marks"
    column.show_takes((unmarked,), unmarked)
    assert not column.marks.isVisible()


def test_the_word_that_is_heard_is_highlighted(theme: Theme, qtbot: QtBot) -> None:
    view = make_view(theme, qtbot)
    for second, word in ((0.1, "We"), (1.3, "had"), (9.0, "time.")):
        view.set_position(second)
        assert view.played_word == word
        assert len(view.extraSelections()) == 1
    view.set_position(None)
    assert view.extraSelections() == []


def test_a_typed_answer_keeps_its_paragraphs_and_cannot_be_played(
    theme: Theme, qtbot: QtBot
) -> None:
    view = make_view(theme, qtbot)
    view.show_transcript(Transcript.typed("One line.\nAnother.", "en"))
    assert view.toPlainText() == "One line.\nAnother."
    with qtbot.assertNotEmitted(view.word_activated):
        QTest.keyClick(view, Qt.Key.Key_Right)
        QTest.keyClick(view, Qt.Key.Key_Return)


def test_text_of_a_guide_shows_markdown_and_no_foreign_markup(theme: Theme, qtbot: QtBot) -> None:
    text = ReadingText(theme, "Sample answer")
    qtbot.addWidget(text)
    text.set_text("I **led** it.\n\n<img src='http://example.org/x.png'> stays text")
    assert text.text().startswith("I led it.")
    assert "<img" in text.text()


def test_a_text_is_as_tall_as_its_words(theme: Theme, qtbot: QtBot) -> None:
    text = ReadingText(theme, "Sample answer")
    qtbot.addWidget(text)
    text.set_text("word " * 200)
    text.resize(400, 50)
    text.show()
    tall = text.height()
    assert tall >= text.document().size().height()
    text.resize(800, 50)
    assert text.height() < tall


def test_columns_fold_under_one_another_when_narrow(theme: Theme, qtbot: QtBot) -> None:
    columns = FoldingColumns(theme, 200)
    qtbot.addWidget(columns)
    for name in "abc":
        columns.add(QLabel(name))
    columns.resize(700, 100)
    columns.show()
    assert not columns.is_folded
    columns.resize(500, 100)
    assert columns.is_folded


def test_a_fold_hides_and_shows_its_content(theme: Theme, qtbot: QtBot) -> None:
    content = QLabel("Situation")
    fold = Fold(theme, "STAR outline", content)
    qtbot.addWidget(fold)
    fold.show()
    fold.button.click()
    assert not content.isVisible()
    assert fold.button.accessibleDescription() == "folded away"
    fold.button.click()
    assert content.isVisible()


def test_short_work_shows_nothing_and_long_work_can_be_cancelled(
    theme: Theme, qtbot: QtBot
) -> None:
    line = BusyLine(theme, patience_ms=20)
    qtbot.addWidget(line)
    stopped: list[bool] = []
    line.start("Reading…", lambda: stopped.append(True))
    assert not line.isVisible()
    assert line.is_busy
    qtbot.waitUntil(line.isVisible)
    line.set_fraction(0.5)
    line.cancel_button.click()
    assert stopped == [True]
    assert not line.is_busy


def test_loudness_is_as_ears_hear_it() -> None:
    assert loudness(0) == 0.0
    assert loudness(1.0) == 1.0
    assert loudness(0.001) == 0.0
    assert 0.6 < loudness(0.1) < 0.7


def test_the_wave_keeps_a_bounded_past(theme: Theme, qtbot: QtBot) -> None:
    wave = RunningWave(theme)
    qtbot.addWidget(wave)
    for _ in range(5000):
        wave.add(0.5)
    assert len(wave.bars) <= 600
    wave.clear()
    assert wave.bars == ()


def test_posted_calls_run_on_the_gui_thread_and_never_inside_post(qtbot: QtBot) -> None:
    dispatcher = Dispatcher()
    ran: list[threading.Thread] = []

    def call() -> None:
        ran.append(threading.current_thread())

    dispatcher.post(call)
    assert ran == []
    thread = threading.Thread(target=lambda: dispatcher.post(call))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(ran) == 2)
    assert set(ran) == {threading.main_thread()}


def test_what_is_posted_to_a_closed_window_is_dropped(qtbot: QtBot, qapp: object) -> None:
    dispatcher = Dispatcher()
    ran: list[int] = []
    dispatcher.post(lambda: ran.append(1))
    dispatcher.close()
    dispatcher.post(lambda: ran.append(2))
    open_one = Dispatcher()
    open_one.post(lambda: ran.append(3))
    qtbot.waitUntil(lambda: 3 in ran)
    assert ran == [3], "and what was posted after it ran"
