"""My stories on the Guides page, driven by its keys, over a real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from interview_app.domain.errors import StorageError
from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.guides.question_picker import QuestionPicker
from interview_app.gui.guides.stories_view import StoriesView
from interview_app.gui.models.guide_choice import GuideChoice
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.models.story_list import StoryList
from interview_app.gui.theme import Theme
from tests.fakes import GUIDE
from tests.gui.guides_world import GuidesWorld, build_guides, wait
from tests.gui.keys import press
from tests.gui.naming import nameless

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
WHY = QuestionKey(GUIDE.id, "why")
CRANE = Story(
    "a" * 32,
    "The harbour crane",
    "The crane stood still.",
    "I had a week.",
    "I found the worn *relay*.",
    "It moved again.",
    questions=(WHY,),
)
ROOF = Story("b" * 32, "The leaking roof", situation="It rained in.")


@pytest.fixture
def world(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[GuidesWorld]:
    world = build_guides(theme, tmp_path, (GUIDE,))
    world.page.resize(1100, 700)
    qtbot.addWidget(world.page)
    yield world
    world.close()


def open_page(qtbot: QtBot, world: GuidesWorld, *stories: Story) -> None:
    for story in stories:
        world.stories.keep(story)
    world.page.show()
    world.page.activateWindow()
    world.page.setFocus()
    wait(qtbot, lambda: world.page.views.is_ready)


def open_stories(qtbot: QtBot, world: GuidesWorld, *stories: Story) -> StoriesView:
    open_page(qtbot, world, *stories)
    press(world.page, Key.Key_S)
    view = world.page.views.stories.view
    place = view.list if stories else view.empty
    wait(qtbot, place.isVisible)
    assert len(view.stories.stories) == len(stories)
    assert world.page.currentWidget() is view
    return view


def type_text(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def choose_question(qtbot: QtBot, world: GuidesWorld, words: str) -> QuestionPicker:
    """Have the story in front serve the question that has those words; the chooser stays."""
    view = world.page.views.stories.view
    view.list.setFocus()
    press(view, Key.Key_L, CTRL)
    chooser = world.page.currentWidget()
    assert isinstance(chooser, QuestionPicker)
    type_text(words)
    wait(qtbot, lambda: chooser.guides.key(chooser.tree.currentIndex()) is not None)
    press(chooser, Key.Key_Return)
    press(chooser, Key.Key_Space)
    return chooser


def kept_titles(world: GuidesWorld) -> list[str]:
    return [story.title for story in world.stories.all()]


def show_why(qtbot: QtBot, world: GuidesWorld) -> None:
    """Have the question WHY in front, with all that is the person's own to it."""
    world.browse.list.show_place(GuideLocation(GUIDE.id, question_id="why"))
    wait(qtbot, lambda: world.browse.reader.mine.note is not None)
    world.browse.list.take_focus()


def test_without_a_story_the_page_says_what_to_do_and_enter_begins_one(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    view = open_stories(qtbot, world)
    assert view.empty.isVisible()
    assert "Write down what happened" in view.empty.text()
    press(view, Key.Key_Return)
    assert QApplication.focusWidget() is view.form.title
    type_text("The crane")
    press(view, Key.Key_Tab)
    type_text("It stood still.")
    wait(qtbot, lambda: [s.situation for s in world.stories.all()] == ["It stood still."])
    wait(qtbot, lambda: view.form.state.text() == "Saved")
    assert view.list.currentIndex().data() == "The crane"


def test_a_story_nobody_wrote_leaves_nothing(qtbot: QtBot, world: GuidesWorld) -> None:
    view = open_stories(qtbot, world, CRANE)
    press(view, Key.Key_N, CTRL)
    wait(qtbot, lambda: view.stories.rowCount() == 2)
    press(view, Key.Key_N, CTRL)
    assert view.stories.rowCount() == 2, "one empty story is enough"
    press(view, Key.Key_Escape)
    press(view, Key.Key_Escape)
    assert world.page.currentWidget() is world.browse
    assert kept_titles(world) == ["The harbour crane"]


def test_the_spoken_length_follows_the_words(qtbot: QtBot, world: GuidesWorld) -> None:
    view = open_stories(qtbot, world, ROOF)
    view.form.fields["action"].setPlainText("word " * 147)
    assert view.form.length.text().startswith("1:00 spoken at 150 words a minute")
    view.form.save()
    wait(qtbot, lambda: view.form.state.text() == "Saved")
    assert (
        view.list.currentIndex()
        .data(Qt.ItemDataRole.ToolTipRole)
        .startswith("The leaking roof. 1:00 · 0 questions")
    )


def test_stories_are_searched_as_one_types(qtbot: QtBot, world: GuidesWorld) -> None:
    view = open_stories(qtbot, world, CRANE, ROOF)
    press(view, Key.Key_F, CTRL)
    type_text("relay")
    assert [view.stories.index(n).data() for n in range(view.stories.rowCount())] == [
        "The harbour crane"
    ]
    assert view.form.title.text() == "The harbour crane"
    type_text("xyz")
    assert view.none.isVisible()
    assert not view.form.isEnabled()
    press(view, Key.Key_Escape)
    assert view.stories.rowCount() == 2


def test_a_deleted_story_comes_back_with_its_links(qtbot: QtBot, world: GuidesWorld) -> None:
    view = open_stories(qtbot, world, CRANE, ROOF)
    view.list.choose(1)
    view.list.setFocus()
    press(view, Key.Key_Delete)
    wait(qtbot, lambda: kept_titles(world) == ["The leaking roof"])
    wait(qtbot, view.notice.isVisible)
    assert view.form.title.text() == "The leaking roof"
    view.list.setFocus()
    press(view, Key.Key_Z, CTRL)
    wait(qtbot, lambda: world.stories.linked_to(WHY) == (CRANE,))
    wait(qtbot, lambda: view.form.title.text() == "The harbour crane")


def test_a_copy_is_a_story_of_its_own(qtbot: QtBot, world: GuidesWorld) -> None:
    view = open_stories(qtbot, world, CRANE)
    view.list.setFocus()
    press(view, Key.Key_D, CTRL)
    wait(qtbot, lambda: kept_titles(world) == ["The harbour crane (copy)", "The harbour crane"])
    assert view.form.title.text() == "The harbour crane (copy)"


def test_questions_are_chosen_across_guides_and_unlinked_again(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    view = open_stories(qtbot, world, ROOF)
    chooser = choose_question(qtbot, world, "prioritize")
    assert chooser.heading.text() == "Questions for “The leaking roof”"
    assert chooser.count.text() == "1 question chosen"
    wait(qtbot, lambda: world.stories.all()[0].questions == (QuestionKey(GUIDE.id, "prioritize"),))
    press(chooser, Key.Key_Escape)
    press(chooser, Key.Key_Escape)
    assert world.page.currentWidget() is view
    assert len(view.form.served) == 1
    view.form.unlink_asked.emit(QuestionKey(GUIDE.id, "prioritize"))
    wait(qtbot, lambda: world.stories.all()[0].questions == ())
    assert view.form.served == []


def test_words_still_being_written_are_not_lost_by_linking(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    view = open_stories(qtbot, world, ROOF)
    view.form.fields["task"].setPlainText("Mine was the roof.")
    choose_question(qtbot, world, "want this role")
    wait(qtbot, lambda: world.stories.linked_to(WHY) != ())
    (story,) = world.stories.linked_to(WHY)
    assert (story.task, view.form.fields["task"].toPlainText()) == ("Mine was the roof.",) * 2


def test_a_question_shows_its_stories_and_begins_another(qtbot: QtBot, world: GuidesWorld) -> None:
    open_page(qtbot, world, CRANE, ROOF)
    show_why(qtbot, world)
    served = world.browse.reader.served
    assert [fold.button.text() for fold in served.folds.folds] == ["The harbour crane · 0:06"]
    assert "I found the worn *relay*." in served.folds.readings[0].text()
    press(world.page, Key.Key_A)
    view = world.page.views.stories.view
    wait(qtbot, lambda: QApplication.focusWidget() is view.form.title)
    type_text("A third")
    press(view, Key.Key_Escape)
    wait(qtbot, lambda: len(world.stories.linked_to(WHY)) == 2)
    press(view, Key.Key_Escape)
    wait(qtbot, lambda: len(served.folds.folds) == 2)


def test_a_story_is_linked_from_the_question_by_a_menu(qtbot: QtBot, world: GuidesWorld) -> None:
    open_page(qtbot, world, CRANE, ROOF)
    show_why(qtbot, world)
    served = world.browse.reader.served
    roof, crane = served.menu.actions()
    assert (roof.isChecked(), crane.isChecked()) == (False, True)
    roof.trigger()
    wait(qtbot, lambda: len(served.folds.folds) == 2)
    served.menu.actions()[1].trigger()
    wait(qtbot, lambda: [s.title for s in world.stories.linked_to(WHY)] == ["The leaking roof"])
    wait(qtbot, lambda: len(served.folds.folds) == 1)


def test_the_search_of_the_guides_finds_stories_too(qtbot: QtBot, world: GuidesWorld) -> None:
    open_page(qtbot, world, CRANE)
    press(world.page, Key.Key_F, CTRL)
    type_text("crane")
    wait(qtbot, lambda: world.browse.list.hits.rowCount() == 1)
    reader = world.browse.reader
    assert reader.title.toPlainText() == "The harbour crane"
    assert reader.where.text() == "My stories"
    assert "The crane stood still." in reader.part("text").text
    assert not reader.mine.isVisible()
    press(world.page, Key.Key_Return)
    press(world.page, Key.Key_Return)
    view = world.page.views.stories.view
    wait(qtbot, lambda: view.form.title.text() == "The harbour crane")
    view.form.title.setText("The old crane")
    view.left.emit()
    wait(qtbot, lambda: reader.title.toPlainText() == "The old crane")
    press(world.page, Key.Key_Escape)
    assert reader.title.toPlainText() == GUIDE.title


def test_a_story_that_cannot_be_kept_stays_on_the_screen(
    qtbot: QtBot, world: GuidesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = open_stories(qtbot, world, ROOF)

    def refuse(_story: Story) -> None:
        raise StorageError("The disk is full.", remedy="Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(world.browsing, "keep_story", refuse)
        view.form.title.setText("The new roof")
        view.form.save()
        wait(qtbot, lambda: view.form.state.text() == "Not saved")
    assert "The disk is full." in view.notice.text()
    view.form.save()
    wait(qtbot, lambda: kept_titles(world) == ["The new roof"])


def test_closing_at_once_keeps_the_story_just_written(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    world = build_guides(theme, tmp_path, (GUIDE,))
    qtbot.addWidget(world.page)
    view = open_stories(qtbot, world)
    press(view, Key.Key_N, CTRL)
    wait(qtbot, lambda: view.form.story is not None)
    view.form.title.setText("Written at the last moment")
    world.page.close_page()
    world.jobs.close()
    assert kept_titles(world) == ["Written at the last moment"]
    world.close()


def test_every_control_of_my_stories_can_be_named(qtbot: QtBot, world: GuidesWorld) -> None:
    view = open_stories(qtbot, world, CRANE)
    found = {"stories": nameless(view)}
    press(view, Key.Key_L, CTRL)
    found["chooser"] = nameless(world.page)
    assert {place: missing for place, missing in found.items() if missing} == {}


def test_a_narrow_window_shows_the_list_or_the_story(qtbot: QtBot, world: GuidesWorld) -> None:
    world.page.resize(600, 600)
    view = open_stories(qtbot, world, CRANE)
    assert not view.form.isVisible()
    view.list.setFocus()
    press(view, Key.Key_Return)
    wait(qtbot, view.form.isVisible)
    assert not view.list.isVisible()
    press(view, Key.Key_Escape)
    assert view.list.isVisible()


def test_the_lists_keep_the_promises_of_models(qtbot: QtBot) -> None:
    stories, guides = StoryList(), GuideChoice()
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (stories, guides)
    ]
    stories.show_stories([CRANE, ROOF])
    stories.search("roof")
    stories.change(ROOF)
    guides.show_guides([GUIDE])
    question = guides.index_of(GuideLocation(GUIDE.id, question_id="why"))
    guides.setData(question, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert guides.chosen == {WHY}
    assert len(testers) == 2
