"""An open session is heard: one take or all of it, its sound seen, its notes kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from interview_app.domain.analysis.measures import Mark
from interview_app.domain.session import Session, Take
from interview_app.domain.transcript import Segment, Span, Transcript, Word
from interview_app.gui.sessions.session_view import SessionView
from interview_app.gui.theme import Theme
from interview_app.recording.waveforms import place_of
from interview_app.services.playback.take_player import PlaybackState
from tests.fakes import FakeVoice
from tests.gui.history_world import (
    HistoryWorld,
    build_history,
    make_session,
    make_take,
    make_typed,
)
from tests.gui.naming import nameless

LENGTH_S = 40.0
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def spoken(session: Session, position: int, number: int = 1) -> Take:
    """Two sentences of 8 s each, an "um" in either, and a long pause from 10 to 20 s."""
    first = ("We", "had", "um", "three", "weeks", "to", "launch", "it.")
    second = ("So", "I", "um", "cut", "one", "report", "at", "once.")
    segments = tuple(
        Segment(tuple(Word(text, begin + n, begin + n + 0.8) for n, text in enumerate(texts)))
        for begin, texts in ((2.0, first), (20.0, second))
    )
    take = make_take(session, position, number)
    assert take.measures is not None
    measures = replace(
        take.measures,
        hesitations=(Mark("um", 4.0, 4.8), Mark("um", 22.0, 22.8)),
        long_pauses=(Mark("", 10.0, 20.0),),
    )
    return replace(
        take,
        transcript=Transcript("en", "whisper", "base", segments),
        speech=(Span(2, 10), Span(20, 28)),
        measures=measures,
        duration_s=LENGTH_S,
    )


def keep(past: HistoryWorld, *, typed: bool = False) -> Session:
    """A session of three questions: two takes, one take (or a typed one), one take."""
    session = make_session(past.clock, takes=())
    takes = [
        spoken(session, 0, 1),
        spoken(session, 0, 2),
        make_typed(session, 1, "In writing.") if typed else spoken(session, 1),
        spoken(session, 2),
    ]
    for take in takes:
        session = session.with_take(take)
    return replace(session, id=past.keep(session))


def open_it(past: HistoryWorld, qtbot: QtBot, session: Session) -> SessionView:
    """Open a session, and wait until everything about its first take was read."""
    page = past.page
    page.show()
    page.activateWindow()
    assert session.id is not None
    page.open_session(session.id)
    qtbot.waitUntil(lambda: page.currentWidget() is page.session)
    settle(past, qtbot)
    return page.session


def settle(past: HistoryWorld, qtbot: QtBot) -> None:
    """Wait until no job is left and what jobs told has arrived."""
    qtbot.waitUntil(lambda: past.jobs.is_idle)
    QApplication.processEvents()


def press(view: SessionView, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key on the list of questions."""
    QTest.keyClick(view.list, key, modifier or Qt.KeyboardModifier.NoModifier)


def state(past: HistoryWorld) -> PlaybackState:
    return past.page.replaying.state


def test_hesitations_pauses_and_sentences_are_reached_by_keys(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = open_it(past, qtbot, keep(past))
    places = []
    for key, modifier in (
        (Qt.Key.Key_H, None),
        (Qt.Key.Key_H, None),
        (Qt.Key.Key_H, SHIFT),
        (Qt.Key.Key_J, None),
        (Qt.Key.Key_Right, CONTROL),
        (Qt.Key.Key_Left, CONTROL),
    ):
        press(view, key, modifier)
        places.append(state(past).position_s)
        assert state(past).is_playing
    assert places == pytest.approx([3.4, 21.4, 3.4, 9.4, 19.9, 1.9])


@pytest.mark.anywhere
def test_marks_are_hidden_by_key_and_stay_hidden_until_they_are_wanted(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = open_it(past, qtbot, keep(past))
    answer = view.take_view.answer
    marked = "We had um three weeks to launch it. pause 10.0 s So I um cut one report at once."
    assert answer.transcript.text() == marked

    press(view, Qt.Key.Key_U)
    plain = "We had three weeks to launch it. So I cut one report at once."
    assert answer.transcript.text() == plain
    assert answer.marks.text() == "Show marks"
    settle(past, qtbot)
    assert past.preferences.settings.shows_marks is False

    press(view, Qt.Key.Key_N)
    assert answer.transcript.text() == plain
    answer.marks.click()
    assert answer.transcript.text() == marked


def test_the_sentence_repeats_silences_are_skipped_and_both_are_shown(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = open_it(past, qtbot, keep(past))
    player = view.take_view.player
    press(view, Qt.Key.Key_L)
    past.player.go_to(4.0)
    qtbot.waitUntil(lambda: state(past).position_s == 4.0)
    press(view, Qt.Key.Key_R)
    loop = past.player.playback_options.loop
    assert loop is not None
    assert (loop.start_s, loop.end_s) == pytest.approx((1.9, 10.1))
    assert player.looping.isChecked()
    press(view, Qt.Key.Key_S)
    assert player.skipping.isChecked()
    assert player.wave.drawn.skips_silences
    assert player.wave.drawn.loop == loop
    press(view, Qt.Key.Key_R)
    assert past.player.playback_options.loop is None
    assert Span(10.2, 19.8) in past.player.playback_options.left_out
    assert past.preferences.settings.skips_silences


@pytest.mark.anywhere
def test_speed_is_chosen_by_key_or_list_and_remembered(past: HistoryWorld, qtbot: QtBot) -> None:
    view = open_it(past, qtbot, keep(past))
    player = view.take_view.player
    press(view, Qt.Key.Key_L)
    press(view, Qt.Key.Key_Period)
    press(view, Qt.Key.Key_Period)
    assert past.player.playback_options.speed == 1.25
    assert player.speed.currentText() == "1.25×"
    player.speed.setCurrentIndex(player.speed.count() - 1)
    assert past.player.playback_options.speed == 2.0
    press(view, Qt.Key.Key_Comma)
    assert past.player.playback_options.speed == 1.75
    assert past.preferences.settings.replay_speed == 1.75
    press(view, Qt.Key.Key_N)
    press(view, Qt.Key.Key_L)
    assert past.player.playback_options.speed == 1.75, "the next take goes as fast"


def test_every_key_is_told_once(past: HistoryWorld, qtbot: QtBot) -> None:
    open_it(past, qtbot, keep(past))
    told = Counter(line.key for line in past.page.keys())  # noqa: SIM118 - no mapping
    wanted = {"L", "Shift+L", "Left", "Right", "H", "Shift+H", "J", "Shift+J", "Ctrl+Left", "R"}
    wanted |= {"S", "Q", ".", ",", "+", "-", "0", "M", "B", "Ctrl+Right"}
    assert {key: told[key] for key in wanted} == dict.fromkeys(wanted, 1)


def test_the_waveform_is_read_in_a_job_and_kept_beside_the_take(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    session = keep(past)
    view = open_it(past, qtbot, session)
    wave = view.take_view.player.wave
    qtbot.waitUntil(lambda: wave.drawn.waveform is not None)
    assert len(wave.drawn.words) == 16
    assert place_of(past.paths.root / str(session.takes[1].sound)).is_file()
    assert past.player.token == "", "looking is not hearing"


def test_a_click_in_the_sound_goes_on_from_there(past: HistoryWorld, qtbot: QtBot) -> None:
    view = open_it(past, qtbot, keep(past))
    wave = view.take_view.player.wave
    press(view, Qt.Key.Key_L)
    place = QPoint(wave.width() * 3 // 4, wave.height() // 2)
    QTest.mouseClick(wave, Qt.MouseButton.LeftButton, pos=place)
    assert past.player.position_s == pytest.approx(LENGTH_S * 3 / 4, abs=0.2)
    assert wave.position_s == pytest.approx(LENGTH_S * 3 / 4, abs=0.2)


def test_the_sound_comes_closer_follows_and_is_shown_whole_again(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = open_it(past, qtbot, keep(past))
    wave = view.take_view.player.wave
    assert wave.in_sight == Span(0, LENGTH_S)
    press(view, Qt.Key.Key_Plus)
    press(view, Qt.Key.Key_Plus)
    assert wave.in_sight == Span(0, LENGTH_S / 4)
    press(view, Qt.Key.Key_L)
    past.player.go_to(25.0)
    qtbot.waitUntil(lambda: state(past).position_s == 25.0)
    assert wave.in_sight.start_s <= 25.0 <= wave.in_sight.end_s
    press(view, Qt.Key.Key_Minus)
    assert wave.in_sight.length_s == pytest.approx(LENGTH_S / 2)
    press(view, Qt.Key.Key_0)
    assert wave.in_sight == Span(0, LENGTH_S)
    for _ in range(12):
        press(view, Qt.Key.Key_Plus)
    assert wave.in_sight.length_s == pytest.approx(2.0), "no closer than two seconds"


def test_the_wheel_with_control_comes_closer_where_the_pointer_is(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = open_it(past, qtbot, keep(past))
    wave = view.take_view.player.wave
    turn(wave, QPointF(wave.width() / 2, 20), QPoint(0, 120), CONTROL)
    assert wave.in_sight.start_s == pytest.approx(LENGTH_S / 4, abs=0.5)
    assert wave.in_sight.length_s == pytest.approx(LENGTH_S / 2)
    turn(wave, QPointF(10, 20), QPoint(-120, 0))
    assert wave.in_sight.start_s == pytest.approx(LENGTH_S / 4 + LENGTH_S / 10, abs=0.5)


def turn(
    wave: object,
    place: QPointF,
    angle: QPoint,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Turn the wheel over a widget."""
    no_buttons, no_phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, place, QPoint(), angle, no_buttons, modifier, no_phase, False)
    wave.wheelEvent(event)  # type: ignore[attr-defined]


@pytest.mark.anywhere
def test_what_stands_at_a_place_of_the_sound_is_told(past: HistoryWorld, qtbot: QtBot) -> None:
    view = open_it(past, qtbot, keep(past))
    wave = view.take_view.player.wave
    assert wave.told_at(4.3) == "0:04 · hesitation · um"
    assert wave.told_at(12.0) == "0:12 · long pause, 10.0 s"
    assert wave.accessibleName() == "Place in the answer"
    assert wave.accessibleDescription() == "0:00 / 0:40"


def test_hesitations_pauses_and_what_was_heard_are_painted(
    past: HistoryWorld, qtbot: QtBot, theme: Theme
) -> None:
    view = open_it(past, qtbot, keep(past))
    wave = view.take_view.player.wave
    press(view, Qt.Key.Key_L)
    past.player.go_to(20.0)
    qtbot.waitUntil(lambda: state(past).position_s == 20.0)
    picture = wave.grab().toImage()
    ratio = picture.width() / wave.width()

    def colors(begin_s: float, end_s: float) -> set[str]:
        columns = range(
            int(begin_s / LENGTH_S * wave.width() * ratio),
            int(end_s / LENGTH_S * wave.width() * ratio),
        )
        return {picture.pixelColor(x, y).name() for x in columns for y in range(picture.height())}

    assert theme.colors.attention.lower() in colors(4.0, 4.8), "a triangle over each hesitation"
    assert theme.colors.attention.lower() not in colors(5.2, 9.0)
    assert theme.colors.accent.lower() in colors(2.0, 10.0), "what was heard"
    assert theme.colors.accent.lower() not in colors(21.0, 39.0)
    assert theme.colors.muted.lower() in colors(12.0, 18.0), "two bars in a long pause"


def test_a_session_is_heard_like_a_recording_and_the_view_goes_along(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = open_it(past, qtbot, keep(past))
    bar = past.page.listening.bar
    press(view, Qt.Key.Key_L, SHIFT)
    qtbot.waitUntil(lambda: past.player.token.startswith("asked-again"))
    assert bar.isVisible()
    assert bar.place.text() == "Question 1 · 0:00 / 2:40"
    past.player.go_to(0.5)
    qtbot.waitUntil(lambda: view.take_view.question.spoken_word != "")
    past.player.end()
    qtbot.waitUntil(lambda: past.player.token.startswith("replay"))
    assert view.take is not None
    assert (view.position, view.take.number) == (0, 1)
    past.player.go_to(6.0)
    qtbot.waitUntil(lambda: view.take_view.answer.transcript.played_word == "weeks")
    past.player.end()
    qtbot.waitUntil(lambda: view.take is not None and view.take.number == 2)
    assert bar.place.text().startswith("Answer to question 1 · 0:40")
    past.player.end()
    qtbot.waitUntil(lambda: view.position == 1)
    press(view, Qt.Key.Key_L)
    assert not past.page.listening.session_replay.state.is_playing
    assert bar.toggle.text() == "Go on"
    press(view, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: past.page.listening.session_replay.state.is_playing)


def test_a_session_without_its_questions_goes_from_answer_to_answer_and_is_over(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = open_it(past, qtbot, keep(past))
    press(view, Qt.Key.Key_Q)
    assert not past.preferences.settings.replays_questions
    press(view, Qt.Key.Key_L, SHIFT)
    positions = []
    for _ in range(4):
        qtbot.waitUntil(lambda: past.player.token.startswith("replay"))
        positions.append(view.position)
        past.player.end()
        QApplication.processEvents()
    assert positions == [0, 0, 1, 2]
    bar = past.page.listening.bar
    qtbot.waitUntil(lambda: "whole session" in bar.place.text())
    QTest.keyClick(bar.stop, Qt.Key.Key_Return)
    assert not bar.isVisible()


def test_what_cannot_be_heard_is_passed_over_with_a_line(past: HistoryWorld, qtbot: QtBot) -> None:
    session = keep(past, typed=True)
    (past.paths.root / str(session.takes[0].sound)).unlink()
    past.player.damaged = {Path(str(session.takes[1].sound)).name}
    view = open_it(past, qtbot, session)
    press(view, Qt.Key.Key_Q)
    press(view, Qt.Key.Key_L, SHIFT)
    qtbot.waitUntil(lambda: view.position == 2)
    lines = past.page.listening.bar.skipped.text().splitlines()
    assert lines == [
        "Question 1, take 1 was skipped: its recording is gone; what was written down is kept.",
        "Question 1, take 2 was skipped: its recording is damaged; what was written down is kept.",
        "Question 2, take 1 was skipped: it was typed, so there is nothing to hear.",
    ]
    assert past.player.token.startswith("replay")


def test_a_word_a_question_and_a_hit_lead_on_within_the_session(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = open_it(past, qtbot, keep(past))
    press(view, Qt.Key.Key_Q)
    press(view, Qt.Key.Key_L, SHIFT)
    transcript = view.take_view.answer.transcript
    transcript.setFocus()
    QTest.keyClick(transcript, Qt.Key.Key_Right)
    QTest.keyClick(transcript, Qt.Key.Key_Return)
    assert past.player.position_s == 2.0
    press(view, Qt.Key.Key_N)
    assert view.position == 1
    qtbot.waitUntil(lambda: past.player.token.startswith("replay"))
    replay = past.page.listening.session_replay
    assert replay.state.is_playing
    assert replay.state.part is not None
    assert replay.state.part.position == 1


def test_enter_on_a_hit_plays_from_it(past: HistoryWorld, qtbot: QtBot) -> None:
    view = open_it(past, qtbot, keep(past))
    press(view, Qt.Key.Key_F, CONTROL)
    search = past.page.history.search
    QTest.keyClicks(search, "report")
    qtbot.waitUntil(lambda: past.page.history.hits.rowCount() == 4)
    QTest.keyClick(past.page.history.found, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: past.page.currentWidget() is view)
    assert state(past).is_playing
    assert past.player.position_s == 25.0


def test_leaving_the_session_or_the_page_silences_it(past: HistoryWorld, qtbot: QtBot) -> None:
    session = keep(past)
    view = open_it(past, qtbot, session)
    press(view, Qt.Key.Key_L, SHIFT)
    qtbot.waitUntil(lambda: past.player.token.startswith("asked-again"))
    press(view, Qt.Key.Key_Escape)
    assert past.page.currentWidget() is past.page.history
    assert not past.page.listening.session_replay.is_on
    assert past.player.token == ""
    press(open_it(past, qtbot, session), Qt.Key.Key_L, SHIFT)
    qtbot.waitUntil(lambda: past.player.token.startswith("asked-again"))
    past.page.hide()
    assert past.player.is_paused


def test_a_recording_that_breaks_off_says_so_and_keeps_its_words(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    session = keep(past)
    path = past.paths.root / str(session.takes[1].sound)
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, 16_000 * 100)
    soundfile.write(path.with_suffix(".flac"), noise, 16_000)
    whole = path.with_suffix(".flac").read_bytes()
    path.write_bytes(whole[: len(whole) * 6 // 10])
    path.with_suffix(".flac").unlink()
    view = open_it(past, qtbot, session)
    assert "breaks off" in view.take_view.notice.text()
    assert view.take_view.answer.transcript.text().startswith("We had")


def test_a_file_that_is_no_sound_says_so_before_it_is_played(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    session = keep(past)
    (past.paths.root / str(session.takes[1].sound)).write_text("no sound")
    view = open_it(past, qtbot, session)
    assert "cannot be heard" in view.take_view.notice.text()
    assert view.take_view.answer.transcript.text().startswith("We had")
    assert view.take_view.player.wave.drawn.waveform is None


def test_notes_are_kept_while_they_are_written_and_shown_again(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    session = keep(past)
    view = open_it(past, qtbot, session)
    editor = past.page.take_notes.editor
    press(view, Qt.Key.Key_M)
    assert editor.hasFocus()
    QTest.keyClicks(editor, "Slower, lh")
    uid = session.takes[1].uid
    qtbot.waitUntil(lambda: notes_of(past, session).get(uid) == "Slower, lh")
    assert not state(past).is_playing, "letters in a text are no keys"
    qtbot.waitUntil(lambda: past.page.take_notes.state.text() == "Kept")
    press(view, Qt.Key.Key_T)
    assert editor.toPlainText() == ""
    QTest.keyClicks(editor, "First try")
    press(view, Qt.Key.Key_T)
    assert editor.toPlainText() == "Slower, lh"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert past.page.currentWidget() is view, "Escape leaves the text, not the session"
    press(view, Qt.Key.Key_Escape)
    settle(past, qtbot)
    assert notes_of(past, session) == {uid: "Slower, lh", session.takes[0].uid: "First try"}
    again = open_it(past, qtbot, session)
    assert again.take is not None
    assert editor.toPlainText() == "Slower, lh"


def test_notes_written_just_before_the_window_closes_are_kept(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    world = build_history(theme, tmp_path)
    qtbot.addWidget(world.page)
    session = keep(world)
    open_it(world, qtbot, session)
    world.page.take_notes.editor.setPlainText("At the last moment")
    world.page.close_page()
    world.jobs.close()
    assert notes_of(world, session) == {session.takes[1].uid: "At the last moment"}
    world.dispatcher.close()
    world.player.close()
    world.database.close()


def test_notes_that_cannot_be_kept_say_so_and_stay_in_sight(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    session = keep(past)
    open_it(past, qtbot, session)
    with past.database.new_unit() as unit:
        unit.sessions.drop_take(session.id or 0, session.takes[1].uid)
        unit.commit()
    notes = past.page.take_notes
    notes.editor.setPlainText("Where to?")
    notes.keep()
    qtbot.waitUntil(lambda: "deleted since" in notes.state.text())
    assert notes.editor.toPlainText() == "Where to?"


def notes_of(past: HistoryWorld, session: Session) -> dict[str, str]:
    assert session.id is not None
    with past.database.new_unit() as unit:
        return unit.take_notes.of_session(session.id)


def test_a_take_kept_as_best_is_shown_first(past: HistoryWorld, qtbot: QtBot) -> None:
    session = keep(past)
    view = open_it(past, qtbot, session)
    assert view.take is not None
    assert view.take.number == 2, "the latest, while none is marked"
    press(view, Qt.Key.Key_T)
    press(view, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: past.stored(session.id or 0).takes[0].is_best)
    qtbot.waitUntil(lambda: past.page.best.button.text() == "Best take")
    press(view, Qt.Key.Key_Escape)
    again = open_it(past, qtbot, session)
    assert again.take is not None
    assert again.take.number == 1
    press(again, Qt.Key.Key_T)
    press(again, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: past.stored(session.id or 0).takes[1].is_best)
    assert not past.stored(session.id or 0).takes[0].is_best
    qtbot.waitUntil(lambda: past.page.best.button.text() == "Best take")
    press(again, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: not past.stored(session.id or 0).takes[1].is_best)


def test_every_control_has_a_name_while_a_session_is_heard(
    past: HistoryWorld, qtbot: QtBot
) -> None:
    view = open_it(past, qtbot, keep(past))
    press(view, Qt.Key.Key_L, SHIFT)
    qtbot.waitUntil(past.page.listening.bar.isVisible)
    assert nameless(view) == []


def test_tab_reaches_the_sound_its_switches_and_the_notes(past: HistoryWorld, qtbot: QtBot) -> None:
    view = open_it(past, qtbot, keep(past))
    player = view.take_view.player
    seen: list[QWidget] = []
    focus = view.window().focusWidget()
    while focus is not None and focus not in seen:
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = view.window().focusWidget()
    wanted = (player.wave, player.listen, player.speed, player.skipping, player.looping)
    for widget in (*wanted, player.closer, past.page.best.button, past.page.take_notes.editor):
        assert widget in seen


@pytest.mark.parametrize("width", [1000, 620])
def test_nothing_of_the_player_is_cut_off(past: HistoryWorld, qtbot: QtBot, width: int) -> None:
    past.page.resize(width, 560)
    view = open_it(past, qtbot, keep(past))
    player = view.take_view.player
    for widget in (player.listen, player.closer, player.speed, past.page.best.button):
        right = widget.mapTo(view, QPoint(widget.width(), 0)).x()
        assert right <= view.width()


def test_the_voice_is_the_one_it_was_asked_in(
    past: HistoryWorld, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, int]] = []
    render = FakeVoice.render

    def noting(self: FakeVoice, text: str, voice: str, rate_wpm: int, job: object) -> object:
        asked.append((voice, rate_wpm))
        return render(self, text, voice, rate_wpm, job)  # type: ignore[arg-type]

    monkeypatch.setattr(FakeVoice, "render", noting)
    session = make_session(past.clock, takes=())
    settings = replace(session.settings, voice="en-gb", rate_wpm=150)
    session = replace(session, settings=settings).with_take(spoken(session, 0))
    session = replace(session, id=past.keep(session))
    view = open_it(past, qtbot, session)
    press(view, Qt.Key.Key_L, SHIFT)
    qtbot.waitUntil(lambda: past.player.token.startswith("asked-again"))
    assert asked == [("en-gb", 150)]


def test_another_take_of_the_same_length_is_shown_whole(past: HistoryWorld, qtbot: QtBot) -> None:
    session = keep(past)
    view = open_it(past, qtbot, session)
    wave = view.take_view.player.wave
    first = view.take
    assert first is not None
    wave.zoom_in()
    assert wave.in_sight.end_s < first.duration_s

    QTest.keyClick(view.list, Qt.Key.Key_N)

    assert view.take is not None
    assert view.take.uid != first.uid
    assert view.take.duration_s == first.duration_s
    assert wave.in_sight.end_s == pytest.approx(first.duration_s)
