"""A practice session, driven by the keyboard through the real page and the real machine."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from interview_app.domain.analysis.measures import Mark, Measures
from interview_app.domain.rehearsal.machine import Phase
from interview_app.domain.session import Mode
from interview_app.gui.rehearse.page import RehearsePage
from interview_app.gui.theme import Kind
from interview_app.gui.widgets.recording_badge import RecordingState
from tests.fakes import GUIDE
from tests.gui.conftest import MakeWorld, World
from tests.gui.keys import press
from tests.gui.rehearsing import answer, begin, phase_of, wait_for

Key = Qt.Key


def test_two_questions_are_asked_answered_and_reviewed_by_keyboard_alone(
    qtbot: QtBot, world: World
) -> None:
    page = world.page
    begin(qtbot, world)
    first = GUIDE.sections[0].questions[0]
    assert page.currentWidget() is page.room
    assert page.room.question.toPlainText() == first.prompt

    answer(qtbot, world)

    assert page.currentWidget() is page.review
    transcript = page.review.answer.transcript
    qtbot.waitUntil(lambda: transcript.text().startswith("We had three weeks"))
    assert page.review.sample.reading.text().startswith("I start from the outcome")
    assert page.review.tip.reading.text().startswith("Replace the parcel company")
    assert page.review.why.reading.text().startswith("They want to see a method")
    assert "0:30 of 2:00" in page.review.figures.words

    press(page, Key.Key_N)
    wait_for(qtbot, world, Phase.ASKING)
    assert page.room.question.toPlainText() == "Why do you want this role?"
    qtbot.waitUntil(lambda: bool(world.player.token))
    answer(qtbot, world)
    press(page, Key.Key_N)

    assert page.currentWidget() is page.summary
    assert "2 of 2 questions answered" in page.summary.total.text()
    qtbot.waitUntil(lambda: world.sessions.get(1).ended_at is not None)
    assert len(world.sessions.get(1).takes) == 2


def test_each_word_is_highlighted_when_it_is_spoken(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    question = world.page.room.question

    world.player.go_to(0.9)
    qtbot.waitUntil(lambda: question.spoken_word == "you")
    world.player.go_to(1.3)
    qtbot.waitUntil(lambda: question.spoken_word == "prioritize")
    world.player.end()
    qtbot.waitUntil(lambda: question.spoken_word == "")


def test_recording_cannot_be_mistaken(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    room = world.page.room
    assert not room.stage.sign.isVisible()

    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    assert room.stage.sign.sign is RecordingState.STARTING
    world.recorder.hear(72.0)

    qtbot.waitUntil(lambda: room.stage.sign.sign is RecordingState.RECORDING)
    assert room.stage.sign.isVisible()
    assert room.stage.sign.words == "Recording 1:12 / 2:00"
    assert room.stage.wave.bars
    assert room.stage.meter.level > 0
    assert room.bar.primary.property("kind") == Kind.RECORDING

    world.recorder.hear(60.0)
    qtbot.waitUntil(lambda: "0:12 past the target" in room.stage.sign.words)
    assert phase_of(world) is Phase.ANSWERING


def test_the_words_of_an_answer_appear_while_it_is_spoken(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    words = world.page.room.stage.words
    assert not words.isVisible()
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(5.0)

    world.transcriber.hear("we brought engineering and QA together")
    assert words.isVisible()
    assert words.text() == "we brought engineering and QA together"

    world.transcriber.hear("and " * 60 + "looked at what would really break")
    assert words.text().startswith("…and")
    assert words.text().endswith("looked at what would really break")

    world.transcriber.hear("and looked", behind_s=31.4)
    assert "31 seconds behind" in words.text()

    press(world.page, Key.Key_Space)
    wait_for(qtbot, world, Phase.REVIEWING)
    press(world.page, Key.Key_N)
    wait_for(qtbot, world, Phase.ASKING)
    assert words.text() == ""


def test_an_answer_that_is_being_recorded_is_not_skipped(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    assert world.page.room.voice_bar.skip.isVisible()
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(5.0)
    assert not world.page.room.voice_bar.skip.isVisible()

    press(world.page, Key.Key_K)

    assert phase_of(world) is Phase.ANSWERING
    assert world.recorder.is_recording


def test_an_answer_is_paused_and_resumed_within_one_take(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(10)

    press(world.page, Key.Key_P)
    assert phase_of(world) is Phase.PAUSED
    assert world.page.room.stage.sign.words.startswith("Paused")
    world.recorder.hear(99)
    press(world.page, Key.Key_P)
    assert phase_of(world) is Phase.ANSWERING
    world.recorder.hear(5)
    press(world.page, Key.Key_Space)

    wait_for(qtbot, world, Phase.REVIEWING)
    take = world.page.review.take
    assert take is not None
    assert (take.number, round(take.duration_s)) == (1, 15)


def test_the_voice_is_stopped_repeated_and_held(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    press(world.page, Key.Key_P)
    assert world.player.is_paused
    press(world.page, Key.Key_P)
    assert not world.player.is_paused

    press(world.page, Key.Key_Escape)
    assert phase_of(world) is Phase.THINKING
    assert world.player.token == ""

    press(world.page, Key.Key_R)
    assert phase_of(world) is Phase.ASKING
    qtbot.waitUntil(lambda: bool(world.player.token))
    press(world.page, Key.Key_S)
    assert phase_of(world) is Phase.THINKING


class Flashes(QObject):
    """Writes down every window that appears besides the page's own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, RehearsePage)
        ):
            self.seen.append(type(watched).__name__)
        return False


def test_no_stray_window_flashes_up_while_views_are_built(
    qtbot: QtBot, make_world: MakeWorld, qapp: QApplication
) -> None:
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    world = make_world(question_count=1)
    begin(qtbot, world)
    answer(qtbot, world)
    press(world.page, Key.Key_N)
    assert world.page.currentWidget() is world.page.summary
    qapp.removeEventFilter(flashes)
    assert flashes.seen == []


def test_hesitations_in_the_review_are_hidden_by_key_and_are_still_hidden_in_the_next_answer(
    qtbot: QtBot, world: World
) -> None:
    world.transcriber.says = "We had um time"
    world.transcriber.measures = Measures(words=3, hesitations=(Mark("um", 0.8, 1.15),))
    said = world.page.review.answer.transcript
    begin(qtbot, world)
    answer(qtbot, world)
    qtbot.waitUntil(lambda: said.text() == "We had um time")

    press(world.page, Key.Key_U)
    assert said.text() == "We had time"

    press(world.page, Key.Key_N)
    wait_for(qtbot, world, Phase.ASKING)
    qtbot.waitUntil(lambda: bool(world.player.token))
    answer(qtbot, world)
    qtbot.waitUntil(lambda: said.text() == "We had time")
    press(world.page, Key.Key_U)
    assert said.text() == "We had um time"


def test_a_question_is_skipped(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    press(world.page, Key.Key_K)
    wait_for(qtbot, world, Phase.ASKING)
    assert world.page.room.place.text().endswith("2 of 2")


def test_an_answer_is_typed_instead_and_the_draft_survives_a_second_thought(
    qtbot: QtBot, world: World
) -> None:
    page = world.page
    begin(qtbot, world)
    press(page, Key.Key_T)
    editor = page.room.stage.editor
    qtbot.waitUntil(editor.hasFocus)
    assert not page.room.bar.primary.isEnabled()
    QTest.keyClicks(editor, "I skip rope to rest")  # every letter is a key of the room as well
    assert phase_of(world) is Phase.TYPING

    press(page, Key.Key_Escape)
    assert phase_of(world) is Phase.THINKING
    press(page, Key.Key_T)
    assert editor.toPlainText() == "I skip rope to rest"

    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, world, Phase.REVIEWING)
    assert page.review.answer.transcript.text() == "I skip rope to rest"
    assert page.review.figures.words == "5 words, typed"
    assert not page.review.listen.isVisible()


def test_another_take_is_compared_and_kept_as_best(qtbot: QtBot, world: World) -> None:
    page = world.page
    begin(qtbot, world)
    answer(qtbot, world, 10)
    press(page, Key.Key_T)
    wait_for(qtbot, world, Phase.THINKING)
    answer(qtbot, world, 20)
    review = page.review
    assert [review.answer.box.itemText(n) for n in range(2)] == ["Take 1", "Take 2"]
    assert review.answer.box.currentText() == "Take 2"

    press(page, Key.Key_B)
    assert review.answer.box.currentText() == "Take 2, the best"
    assert review.best.text() == "The best take"
    review.answer.box.setCurrentIndex(0)
    review.answer.box.activated.emit(0)
    assert "0:10 of 2:00" in review.figures.words
    qtbot.waitUntil(lambda: world.sessions.get(1).takes[1].is_best)


def test_an_answer_is_played_from_a_word_and_the_words_follow(qtbot: QtBot, world: World) -> None:
    begin(qtbot, world)
    answer(qtbot, world)
    review = world.page.review
    transcript = review.answer.transcript
    qtbot.waitUntil(lambda: bool(transcript.text()))

    press(world.page, Key.Key_L)
    assert world.player.token.startswith("take:")
    assert review.listen.text() == "Pause"
    world.player.go_to(0.9)
    qtbot.waitUntil(lambda: transcript.played_word == "three")
    press(world.page, Key.Key_L)
    assert world.player.is_paused

    transcript.setFocus()
    for _ in range(4):
        press(world.page, Key.Key_Right)
    press(world.page, Key.Key_Return)
    assert world.player.position_s == 3 * 0.4
    world.player.end()
    qtbot.waitUntil(lambda: review.listen.text() == "Listen")
    assert transcript.played_word == ""


def test_the_review_says_what_is_still_missing_and_offers_the_way_on(
    qtbot: QtBot, world: World
) -> None:
    begin(qtbot, world)
    world.transcriber.gate.clear()
    answer(qtbot, world)
    column = world.page.review.answer
    qtbot.waitUntil(column.busy.isVisible)
    assert column.busy.text() == "Writing down what you said…"

    world.transcriber.problem = "The recognizer stopped."
    world.transcriber.gate.set()
    qtbot.waitUntil(column.again.isVisible)
    assert "your recording is kept" in column.message.text()
    assert "The recognizer stopped." in column.message.text()

    world.transcriber.problem, world.transcriber.says = "", ""
    column.again.click()
    qtbot.waitUntil(lambda: "Nothing was heard" in column.message.text())

    world.transcriber.says = "There it is"
    column.again.click()
    qtbot.waitUntil(lambda: column.transcript.text() == "There it is")
    assert not column.again.isVisible()


def test_a_session_that_was_left_is_offered_again_and_continued(qtbot: QtBot, world: World) -> None:
    page = world.page
    begin(qtbot, world)
    answer(qtbot, world)
    press(page, Key.Key_N)
    wait_for(qtbot, world, Phase.ASKING)
    press(page, Key.Key_W, Qt.KeyboardModifier.ControlModifier)

    assert page.currentWidget() is page.setup
    qtbot.waitUntil(page.setup.card.isVisible)
    assert "1 of 2 answered" in page.setup.card.text()
    page.setup.card.button.setFocus()
    press(page, Key.Key_Return)
    wait_for(qtbot, world, Phase.ASKING)
    assert page.room.place.text().endswith("2 of 2")


def test_leaving_in_mid_answer_keeps_the_answer(qtbot: QtBot, world: World) -> None:
    page = world.page
    begin(qtbot, world)
    press(page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(7)
    assert "recorded" in page.before_closing()

    page.leave()

    qtbot.waitUntil(lambda: bool(world.sessions.get(1).takes))
    qtbot.waitUntil(lambda: world.sessions.get(1).takes[0].duration_s == 7)
    qtbot.waitUntil(lambda: page.is_settled)
    assert page.before_closing() == ""


def test_the_focus_never_leaves_the_room_while_an_answer_is_kept(
    qtbot: QtBot, world: World
) -> None:
    begin(qtbot, world)
    world.recorder.is_slow_to_save = True
    press(world.page, Key.Key_Space)
    qtbot.waitUntil(lambda: world.recorder.is_recording)
    world.recorder.hear(3)
    press(world.page, Key.Key_Space)
    assert phase_of(world) is Phase.SAVING
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is world.page.room or world.page.room.isAncestorOf(focus)
    world.recorder.save_now()
    wait_for(qtbot, world, Phase.REVIEWING)


def test_choices_are_remembered(qtbot: QtBot, make_world: MakeWorld) -> None:
    world = make_world(
        question_count=1, mode="interview", think_s=60, voice="off", order="shuffled"
    )
    plan = world.page.setup.plan()
    assert plan.mode is Mode.INTERVIEW
    assert (plan.count, plan.settings.think_s, plan.settings.voice) == (1, 60, "off")

    world.page.setup.how.practice.setChecked(True)
    world.page.setup.questions.count_box.setValue(2)
    press(world.page, Key.Key_Return)
    wait_for(qtbot, world, Phase.THINKING)
    settings = world.preferences.settings
    assert (settings.mode, settings.question_count) == ("practice", 2)
    assert settings.last_guide == "it-product-manager"


def test_leaving_out_a_section_leaves_out_its_questions(qtbot: QtBot, world: World) -> None:
    questions = world.page.setup.questions
    assert questions.count_box.maximum() == 3
    questions.sections[0].setChecked(False)
    assert questions.count_box.maximum() == 1
    assert world.page.setup.plan().sections == ("Behavioral questions",)
    questions.sections[1].setChecked(False)
    assert not world.page.setup.begin_button.isEnabled()
