"""The Guides page driven by its keys, over a real database and real guide files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from interview_app.domain.errors import StorageError, VoiceUnavailable
from interview_app.domain.guide import Guide
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.theme import Theme
from interview_app.guide_formats import import_client
from interview_app.guide_formats.exporting import ExportFormat
from interview_app.guide_formats.markdown_form import read_guide
from interview_app.guide_formats.markdown_writer import tidy_guide, write_guide
from interview_app.services.guides.notes import PersonalNote
from interview_app.support.helper_process import HelperProcess
from tests.fakes import GUIDE
from tests.gui.guides_world import GuidesWorld, build_guides, wait
from tests.gui.keys import press
from tests.gui.naming import nameless

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SECOND = replace(GUIDE, id="engineer", title="Engineer", sections=GUIDE.sections[:1])
PAGE = """Data Analyst Interview Questions

How do you check a figure that looks wrong?
Why they ask: They want care.
Sample answer: I follow one row by hand from the source to the report.

Which chart would you choose for shares of a whole?
Why they ask: They want taste.
Sample answer: A bar, sorted.
"""
MakeGuides = Callable[..., GuidesWorld]


@pytest.fixture
def make_guides(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MakeGuides]:
    """Builds a page in front, its guides read and ready to be searched."""
    worlds: list[GuidesWorld] = []

    def make(*guides: Guide, width: int = 1100) -> GuidesWorld:
        world = build_guides(theme, tmp_path, guides)
        worlds.append(world)
        world.page.resize(width, 700)
        qtbot.addWidget(world.page)
        world.page.show()
        world.page.activateWindow()
        world.page.setFocus()
        wait(qtbot, lambda: world.page.views.is_ready)
        return world

    yield make
    for world in worlds:
        world.close()


@pytest.fixture
def world(make_guides: MakeGuides) -> GuidesWorld:
    return make_guides(GUIDE, SECOND)


def show(qtbot: QtBot, world: GuidesWorld, question_id: str) -> None:
    """Have a question in front, with its note fetched."""
    world.browse.list.show_place(GuideLocation(GUIDE.id, question_id=question_id))
    wait(qtbot, lambda: world.browse.reader.mine.note is not None)
    world.browse.list.take_focus()


def type_text(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def prompts(world: GuidesWorld) -> list[str]:
    return [question.prompt for question in world.library.get(GUIDE.id).questions]


def title(world: GuidesWorld) -> str:
    return world.browse.reader.title.toPlainText()


def told(world: GuidesWorld) -> set[str]:
    keys = world.page.keys()
    return {line.key for line in keys}


def test_a_guide_is_walked_through_with_the_arrow_keys(world: GuidesWorld) -> None:
    assert title(world) == "Engineer"
    press(world.page, Key.Key_Down)
    assert title(world) == "Common questions"
    press(world.page, Key.Key_Down)
    press(world.page, Key.Key_Right)
    assert title(world) == "IT Product Manager"
    press(world.page, Key.Key_Right)
    assert title(world) == "Common questions"
    press(world.page, Key.Key_Right)
    press(world.page, Key.Key_Right)
    assert title(world) == "How do you prioritize features when requests exceed capacity?"


def test_a_question_is_shown_with_everything_on_it(qtbot: QtBot, world: GuidesWorld) -> None:
    show(qtbot, world, "prioritize")
    reader = world.browse.reader
    assert reader.where.text() == "IT Product Manager · Common questions"
    assert "forty requests" in reader.part("sample_answer").reading.text()
    assert "say no kindly" in reader.part("why_they_ask").reading.text()
    assert "Name the outcome first." in reader.part("approach").reading.text()
    assert "a refusal" in reader.part("key_points").reading.text()
    assert "What did the refused team say?" in reader.part("follow_ups").reading.text()
    assert "Replace the parcel company" in reader.part("tip").reading.text()
    assert "everything is wanted at once" in reader.part("asked_as").reading.text()
    assert reader.part("competencies").reading.text() == "prioritization, negotiation"
    assert not reader.part("star").isVisibleTo(reader)
    show(qtbot, world, "trade-off")
    assert "Situation: Three weeks to a launch" in reader.part("star").reading.text()
    assert reader.facts.text() == "Answer in about 1:30"


def test_a_narrow_window_shows_the_list_or_the_question(
    qtbot: QtBot, make_guides: MakeGuides
) -> None:
    world = make_guides(GUIDE, width=600)
    browse = world.browse
    assert browse.list.isVisible()
    assert not browse.reader.isVisible()
    browse.list.show_place(GuideLocation(GUIDE.id, question_id="why"))
    browse.list.take_focus()
    press(world.page, Key.Key_Return)
    assert browse.reader.isVisible()
    assert not browse.list.isVisible()
    press(world.page, Key.Key_Escape)
    assert browse.list.tree.hasFocus()


def test_a_broken_file_is_named_and_the_others_are_there(qtbot: QtBot, world: GuidesWorld) -> None:
    world.paths.guides.mkdir(parents=True, exist_ok=True)
    (world.paths.guides / "broken.md").write_text("---\nid: [", encoding="utf-8")
    world.page.views.refresh()
    wait(qtbot, lambda: "broken.md" in world.browse.notice.text())
    assert world.browse.list.guides.rowCount() == 2


def test_without_any_guide_there_is_a_way_to_bring_one_in(make_guides: MakeGuides) -> None:
    world = make_guides()
    assert "No guide yet" in world.browse.empty.text()
    press(world.page, Key.Key_Return)
    assert world.page.currentWidget() is world.page.views.importing


def test_every_control_has_a_name(qtbot: QtBot, world: GuidesWorld) -> None:
    show(qtbot, world, "trade-off")
    assert nameless(world.page) == []
    press(world.page, Key.Key_E)
    assert nameless(world.page) == []
    press(world.page, Key.Key_Escape)
    press(world.page, Key.Key_I, CTRL)
    assert nameless(world.page) == []
    world.page.views.importing.read(PAGE)
    wait(qtbot, lambda: world.page.views.importing.is_previewing)
    assert nameless(world.page) == []


def test_the_keys_are_told_for_each_view(qtbot: QtBot, world: GuidesWorld) -> None:
    assert {"Ctrl+F", "L", "B", "E", "M", "Del", "Ctrl+Z"} <= told(world)
    show(qtbot, world, "why")
    press(world.page, Key.Key_E)
    assert told(world) == {"Ctrl+S", "Esc"}


def test_hits_come_while_one_types_and_can_be_read_at_once(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    browse = world.browse
    press(world.page, Key.Key_F, CTRL)
    type_text("refu")
    wait(qtbot, lambda: len(browse.list.hits.hits) == 3)
    type_text("nd")
    wait(qtbot, lambda: [h.question_id for h in browse.list.hits.hits] == ["trade-off"])
    assert title(world) == "Tell me about a time you had to choose between speed and quality."
    assert browse.list.count.text() == "1 of 1"
    press(world.page, Key.Key_Escape)
    assert browse.list.search.text() == ""
    assert browse.list.place == GuideLocation(GUIDE.id, 1, "trade-off"), (
        "the tree stands at the hit"
    )


@pytest.mark.parametrize("words", ["wanted at once", "negotiat"])
def test_rewordings_and_competencies_are_found(
    qtbot: QtBot, world: GuidesWorld, words: str
) -> None:
    press(world.page, Key.Key_F, CTRL)
    type_text(words)
    hits = world.browse.list.hits
    wait(qtbot, lambda: {hit.question_id for hit in hits.hits} == {"prioritize"})


def test_the_next_hit_is_one_key_away(qtbot: QtBot, world: GuidesWorld) -> None:
    press(world.page, Key.Key_F, CTRL)
    type_text("parcel")
    wait(qtbot, lambda: len(world.browse.list.hits.hits) == 2)
    first = world.browse.place
    press(world.page, Key.Key_F3)
    assert world.browse.place != first
    press(world.page, Key.Key_F3)
    assert world.browse.place == first


def test_nothing_found_is_said(qtbot: QtBot, world: GuidesWorld) -> None:
    press(world.page, Key.Key_F, CTRL)
    type_text("xylophone")
    none = world.browse.list.none
    wait(qtbot, lambda: "Nothing found for “xylophone”" in none.text())
    wait(qtbot, none.isVisible)


def test_any_text_is_read_aloud_paragraph_by_paragraph_and_stopped(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    show(qtbot, world, "prioritize")
    part = world.browse.reader.part("sample_answer")
    part.button.setFocus()
    press(world.page, Key.Key_Space)
    wait(qtbot, lambda: world.player.token != "")
    assert world.voice.said[0].startswith("I start from the outcome")
    assert part.button.accessibleName() == "Stop reading"
    world.player.end()
    wait(qtbot, lambda: world.player.token.startswith("guide:"))
    assert any(text.startswith("I scored each") for text in world.voice.said)
    press(world.page, Key.Key_Space)
    assert world.player.token == ""
    assert part.button.accessibleName() == "Read aloud: Sample answer"


def test_reading_ends_by_itself_and_when_another_question_comes(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    show(qtbot, world, "why")
    press(world.page, Key.Key_L)
    wait(qtbot, lambda: world.player.token != "")
    assert world.voice.said == ["Why do you want this role?"]
    world.player.end()
    wait(qtbot, lambda: world.browse.reader.listen.text() == "Read aloud")
    press(world.page, Key.Key_L)
    wait(qtbot, lambda: world.player.token != "")
    press(world.page, Key.Key_Up)
    assert world.player.token == ""


def test_a_missing_voice_is_said_with_its_remedy(qtbot: QtBot, world: GuidesWorld) -> None:
    show(qtbot, world, "why")
    world.voice.problem = VoiceUnavailable("No voice.", remedy="Install espeak-ng.")
    press(world.page, Key.Key_L)
    wait(qtbot, lambda: "Install espeak-ng." in world.browse.notice.text())
    assert world.browse.reader.listen.text() == "Read aloud"


def test_a_question_a_section_or_a_guide_is_rehearsed_at_once(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    show(qtbot, world, "trade-off")
    press(world.page, Key.Key_B)
    world.browse.list.show_place(GuideLocation(GUIDE.id, 1))
    world.browse.list.take_focus()
    press(world.page, Key.Key_B)
    world.browse.list.show_place(GuideLocation(GUIDE.id))
    press(world.page, Key.Key_B)
    asked = [(guide.id, *rest) for guide, *rest in world.rehearsed]
    assert asked == [
        (GUIDE.id, (), ("trade-off",)),
        (GUIDE.id, ("Behavioral questions",), ()),
        (GUIDE.id, (), ()),
    ]


def test_notes_are_kept_as_they_are_written_and_found(qtbot: QtBot, world: GuidesWorld) -> None:
    show(qtbot, world, "why")
    press(world.page, Key.Key_M)
    type_text("Because of the lighthouse")
    press(world.page, Key.Key_Tab)
    type_text("ask about tides")
    wanted = PersonalNote(GUIDE.id, "why", "ask about tides", "Because of the lighthouse")
    wait(qtbot, lambda: world.kept("why") == wanted)
    wait(qtbot, lambda: world.browse.reader.mine.state.text() == "Saved")
    press(world.page, Key.Key_F, CTRL)
    type_text("lighth")
    wait(qtbot, lambda: [h.question_id for h in world.browse.list.hits.hits] == ["why"])


def test_turning_to_another_question_keeps_what_was_just_written(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    show(qtbot, world, "why")
    press(world.page, Key.Key_M)
    type_text("Unfinished")
    show(qtbot, world, "prioritize")
    assert world.browse.reader.mine.answer.toPlainText() == ""
    wait(qtbot, lambda: world.kept("why").answer == "Unfinished")
    assert world.kept("prioritize").is_empty
    show(qtbot, world, "why")
    assert world.browse.reader.mine.answer.toPlainText() == "Unfinished"


def test_closing_at_once_keeps_what_was_just_written(
    qtbot: QtBot, make_guides: MakeGuides, tmp_path: Path
) -> None:
    world = make_guides(GUIDE)
    show(qtbot, world, "why")
    press(world.page, Key.Key_M)
    type_text("Half a wo")
    world.page.close_page()
    world.jobs.close()
    assert world.kept("why").answer == "Half a wo"


def test_words_that_could_not_be_kept_stay_and_are_kept_later(
    qtbot: QtBot, world: GuidesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, world, "why")
    press(world.page, Key.Key_M)

    def full(_note: PersonalNote) -> None:
        raise StorageError("The disk is full.", remedy="Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(world.browsing, "keep_note", full)
        type_text("Precious")
        wait(qtbot, lambda: "Free some space." in world.browse.notice.text())
    mine = world.browse.reader.mine
    assert mine.state.text() == "Not saved"
    assert mine.answer.toPlainText() == "Precious"
    mine.save()
    wait(qtbot, lambda: world.kept("why").answer == "Precious")


def test_an_edit_makes_a_version_of_ones_own_that_can_be_undone(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    before = read_guide(world.bundled / f"{GUIDE.id}.md")
    show(qtbot, world, "why")
    press(world.page, Key.Key_E)
    edit = world.page.views.edit
    edit.form.fields["prompt"].selectAll()
    type_text("Why us?")
    edit.form.fields["key_points"].setFocus()
    type_text("one thing")
    press(world.page, Key.Key_S, CTRL)
    wait(qtbot, lambda: title(world) == "Why us?")
    question = world.library.get(GUIDE.id).question("why")
    assert question is not None
    assert question.key_points == ("one thing",)
    assert world.own_file().exists()
    assert read_guide(world.bundled / f"{GUIDE.id}.md") == before, "the bundled file is untouched"
    assert world.browse.action("restore").isVisible()
    press(world.page, Key.Key_Z, CTRL)
    wait(qtbot, lambda: title(world) == "Why do you want this role?")
    assert not world.own_file().exists()


def test_rewordings_and_competencies_are_written_and_taken_back(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    show(qtbot, world, "prioritize")
    press(world.page, Key.Key_E)
    fields = world.page.views.edit.form.fields
    assert fields["competencies"].toPlainText() == "prioritization, negotiation"
    for name, text in (("asked_as", "So: "), ("competencies", "strategy, ")):
        fields[name].setFocus()
        type_text(text)
    press(world.page, Key.Key_S, CTRL)
    reader = world.browse.reader
    competencies = reader.part("competencies").reading
    wait(qtbot, lambda: competencies.text() == "strategy, prioritization, negotiation")
    kept = world.library.get(GUIDE.id).question("prioritize")
    old = tidy_guide(GUIDE).question("prioritize")
    assert old is not None
    assert kept == replace(
        old,
        asked_as=(f"So: {old.asked_as[0]}",),
        competencies=("strategy", *old.competencies),
    )
    press(world.page, Key.Key_Z, CTRL)
    wait(qtbot, lambda: competencies.text() == "prioritization, negotiation")
    assert world.library.get(GUIDE.id).question("prioritize") == old


def test_an_edit_touches_nothing_but_what_was_written(qtbot: QtBot, world: GuidesWorld) -> None:
    show(qtbot, world, "prioritize")
    press(world.page, Key.Key_E)
    edit = world.page.views.edit
    edit.form.fields["tip"].setFocus()
    type_text("Mind the clock. ")
    press(world.page, Key.Key_S, CTRL)
    wait(qtbot, lambda: world.library.is_own(GUIDE.id))
    old, new = tidy_guide(GUIDE).question("prioritize"), world.library.get(GUIDE.id)
    changed = new.question("prioritize")
    assert old is not None
    assert changed is not None
    assert changed.tip == f"Mind the clock. {old.tip}"
    assert replace(changed, tip=old.tip) == old


def test_items_of_several_paragraphs_survive_an_edit_beside_them(
    qtbot: QtBot, make_guides: MakeGuides
) -> None:
    first, *others = GUIDE.sections[0].questions
    long = replace(first, approach=("Say it.\n\nThen prove it.", "Stop."))
    section = replace(GUIDE.sections[0], questions=(long, *others))
    world = make_guides(tidy_guide(replace(GUIDE, sections=(section,))))
    show(qtbot, world, "prioritize")
    press(world.page, Key.Key_E)
    type_text("So: ")
    press(world.page, Key.Key_S, CTRL)
    wait(qtbot, lambda: title(world).startswith("So: "))
    changed = world.library.get(GUIDE.id).question("prioritize")
    assert changed is not None
    assert changed.approach == long.approach


def test_leaving_a_form_asks_before_words_are_lost(qtbot: QtBot, world: GuidesWorld) -> None:
    show(qtbot, world, "why")
    press(world.page, Key.Key_E)
    press(world.page, Key.Key_Escape)
    assert world.page.currentWidget() is world.browse
    press(world.page, Key.Key_E)
    type_text("x")
    press(world.page, Key.Key_Escape)
    edit = world.page.views.edit
    assert world.page.currentWidget() is edit
    assert "not saved" in edit.notice.text()
    assert "lost" in world.page.before_closing()
    edit.notice.button.click()
    assert world.page.currentWidget() is world.browse
    assert world.page.before_closing() == ""


def test_a_full_disk_loses_no_word_of_a_form(
    qtbot: QtBot, world: GuidesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, world, "why")
    press(world.page, Key.Key_E)
    edit = world.page.views.edit

    def refuse(*_args: object) -> None:
        raise StorageError("The disk is full.")

    type_text("Tell me: ")
    with monkeypatch.context() as patch:
        patch.setattr(world.library, "add", refuse)
        press(world.page, Key.Key_S, CTRL)
        wait(qtbot, lambda: "The disk is full." in edit.notice.text())
    assert world.page.currentWidget() is edit
    press(world.page, Key.Key_S, CTRL)
    wait(qtbot, lambda: title(world) == "Tell me: Why do you want this role?")


def test_a_question_is_added_duplicated_moved_and_deleted_and_all_is_undone(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    first = prompts(world)
    show(qtbot, world, "prioritize")
    press(world.page, Key.Key_N, CTRL)
    type_text("What did you learn?")
    press(world.page, Key.Key_S, CTRL)
    wait(qtbot, lambda: title(world) == "What did you learn?")
    assert prompts(world) == [first[0], "What did you learn?", *first[1:]]
    world.browse.list.take_focus()
    press(world.page, Key.Key_D, CTRL)
    wait(qtbot, lambda: title(world) == "What did you learn? (copy)")
    press(world.page, Key.Key_Up, ALT)
    wait(
        qtbot, lambda: prompts(world)[1:3] == ["What did you learn? (copy)", "What did you learn?"]
    )
    wait(qtbot, lambda: world.browse.list.tree.currentIndex().row() == 1)
    press(world.page, Key.Key_Delete)
    wait(qtbot, lambda: "deleted" in world.browse.notice.text())
    assert title(world) == "What did you learn?"
    for _ in range(4):
        count = len(prompts(world))
        press(world.page, Key.Key_Z, CTRL)
        wait(qtbot, lambda count=count: len(prompts(world)) != count or count == 5)  # type: ignore[misc]
    wait(qtbot, lambda: prompts(world) == first)
    wait(qtbot, lambda: not world.own_file().exists())


def test_the_original_comes_back_and_notes_stay(qtbot: QtBot, world: GuidesWorld) -> None:
    world.notes.keep(PersonalNote(GUIDE.id, "why", "mine"))
    show(qtbot, world, "why")
    press(world.page, Key.Key_Delete)
    wait(qtbot, lambda: len(prompts(world)) == 2)
    wait(qtbot, world.browse.action("restore").isVisible)
    world.browse.action("restore").trigger()
    wait(qtbot, lambda: "as it came" in world.browse.notice.text())
    assert len(prompts(world)) == 3
    show(qtbot, world, "why")
    assert world.browse.reader.mine.notes.toPlainText() == "mine"


def test_a_pasted_page_is_looked_at_corrected_and_kept(qtbot: QtBot, world: GuidesWorld) -> None:
    press(world.page, Key.Key_I, CTRL)
    view = world.page.views.importing
    assert view.pasted.hasFocus()
    QApplication.clipboard().setText(PAGE)
    press(world.page, Key.Key_V, CTRL)
    press(world.page, Key.Key_Return, CTRL)
    wait(qtbot, lambda: view.is_previewing)
    assert view.preview.facts.text().startswith("2 questions")
    assert not world.paths.guides.exists() or not list(world.paths.guides.glob("*.md"))
    view.preview.tree.setFocus()
    press(world.page, Key.Key_F2)
    editor = view.preview.tree.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "Data Analyst")
    QTest.keyClick(editor, Key.Key_Return)
    wait(qtbot, lambda: view.preview.tree.currentIndex().data() == "Data Analyst")
    press(world.page, Key.Key_Return, CTRL)
    wait(qtbot, lambda: title(world) == "Data Analyst")
    assert world.page.currentWidget() is world.browse
    kept = next(g for g in world.library.all() if g.title == "Data Analyst")
    assert len(list(kept.questions)) == 2
    press(world.page, Key.Key_F, CTRL)
    type_text("sorted")
    wait(qtbot, lambda: len(world.browse.list.hits.hits) == 1)


def test_a_very_long_page_that_is_pasted_is_read_without_being_laid_out(
    qtbot: QtBot, world: GuidesWorld
) -> None:
    press(world.page, Key.Key_I, CTRL)
    view = world.page.views.importing
    QApplication.clipboard().setText(PAGE * 700)
    press(world.page, Key.Key_V, CTRL)
    assert view.pasted.toPlainText() == ""
    wait(qtbot, lambda: view.is_previewing)
    assert view.preview.facts.text().startswith("1400 questions")


def test_each_remark_stands_at_its_line(qtbot: QtBot, world: GuidesWorld) -> None:
    page = Path(__file__).resolve().parents[2] / ".." / "shared/guides/digital-product-owner.txt"
    if not page.exists():
        pytest.skip("the shared sample page is not here")
    view = world.page.views.importing
    world.page.views.bring_in(page)
    wait(qtbot, lambda: view.is_previewing)
    model = view.preview.remarks.model()
    said = [model.index(n, 0).data() for n in range(model.rowCount())]
    assert any(s.startswith("Line 159 · ") and "Walk me through" in s for s in said)


@pytest.mark.parametrize("clash", ["keep-both", "replace", "merge"])
def test_a_guide_whose_id_is_taken_is_kept_as_the_person_says(
    qtbot: QtBot, world: GuidesWorld, tmp_path: Path, clash: str
) -> None:
    shorter = replace(GUIDE, sections=GUIDE.sections[1:])
    file = tmp_path / "again.md"
    file.write_text(write_guide(shorter), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    world.page.dropEvent(drop)
    view = world.page.views.importing
    wait(qtbot, lambda: view.is_previewing)
    choice = next(button for name, button in view.preview.choices.items() if name == clash)
    assert choice.isVisible()
    choice.setFocus()
    press(world.page, Key.Key_Space)
    press(world.page, Key.Key_Return, CTRL)
    wait(qtbot, lambda: world.page.currentWidget() is world.browse)
    counts = {guide.id: len(list(guide.questions)) for guide in world.library.all()}
    assert (
        counts
        == {
            "keep-both": {"engineer": 2, GUIDE.id: 3, f"{GUIDE.id}-2": 1},
            "replace": {"engineer": 2, GUIDE.id: 1},
            "merge": {"engineer": 2, GUIDE.id: 3},
        }[clash]
    )


def test_a_file_that_is_no_guide_is_refused_and_nothing_changes(
    qtbot: QtBot, world: GuidesWorld, tmp_path: Path
) -> None:
    file = tmp_path / "photo.docx"
    file.write_bytes(b"\x00\x01\x02" * 400)
    world.page.views.bring_in(file)
    view = world.page.views.importing
    wait(qtbot, lambda: "photo.docx" in view.notice.text())
    assert not view.is_previewing
    assert len(world.library.all()) == 2
    press(world.page, Key.Key_Escape)
    assert world.page.currentWidget() is world.browse


def test_an_import_is_cancelled_in_the_midst_of_reading_and_changes_nothing(
    qtbot: QtBot, world: GuidesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    helpers: list[HelperProcess] = []

    def note(*args: Any, **values: Any) -> HelperProcess:  # noqa: ANN401 - passed on as they are
        helpers.append(HelperProcess(*args, **values))
        return helpers[-1]

    monkeypatch.setattr(import_client, "HelperProcess", note)
    press(world.page, Key.Key_I, CTRL)
    view = world.page.views.importing
    long = PAGE * 24_000  # many seconds of reading; nobody waits for its end
    view.read(long)
    wait(qtbot, lambda: bool(helpers))
    wait(qtbot, view.busy.cancel_button.isVisible)
    assert helpers[0].is_alive
    view.busy.cancel_button.click()
    wait(qtbot, lambda: not helpers[0].is_alive)
    assert not view.is_previewing
    world.page.views.refresh()
    wait(qtbot, lambda: not world.browse.list.busy.is_busy)
    assert len(world.library.all()) == 2


def test_a_guide_that_cannot_be_kept_stays_to_be_kept_later(
    qtbot: QtBot, world: GuidesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = world.page.views.importing
    world.page.views.bring_in(PAGE)
    wait(qtbot, lambda: view.is_previewing)

    def refuse(*_args: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(world.library, "add", refuse)
        press(world.page, Key.Key_Return, CTRL)
        wait(qtbot, lambda: "The disk is full." in view.notice.text())
    assert view.is_previewing
    assert len(world.library.all()) == 2
    press(world.page, Key.Key_Return, CTRL)
    wait(qtbot, lambda: len(world.library.all()) == 3)
    wait(qtbot, lambda: world.page.currentWidget() is world.browse)


@pytest.mark.parametrize("form", list(ExportFormat))
def test_a_guide_is_exported_in_every_form(
    qtbot: QtBot, world: GuidesWorld, tmp_path: Path, form: ExportFormat
) -> None:
    path = tmp_path / f"out.{form}"
    world.page.views.commands.export(world.library.get(GUIDE.id), path)
    wait(qtbot, lambda: "Exported to" in world.browse.notice.text())
    assert path.stat().st_size > 500


def test_an_export_that_cannot_be_written_is_said(
    qtbot: QtBot, world: GuidesWorld, tmp_path: Path
) -> None:
    world.page.views.commands.export(GUIDE, tmp_path / "nowhere" / "out.md")
    wait(qtbot, lambda: "cannot be written" in world.browse.notice.text())
